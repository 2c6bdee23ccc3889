"""The label in an XMP packet: property ``AIGC`` of TC260's namespace (TC260-PG-20259A).

Its text is the bare seven-field object, escaped for XML. Writing changes the property alone; all
else stays byte for byte, and growth is taken from the packet's padding where there is some.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias
from xml.parsers import expat

from hegui.marks.errors import MarksError, malformed
from hegui.marks.finding import finding
from hegui.marks.markup import SPACE, escape, unescape
from hegui.marks.plan import Wanted
from hegui.marks.reading import Place
from hegui.marks.xmp_scan import IPTC, RDF, TC260, Property, Scan, is_tc260, scan, walked

#: Offsets in the walked text, and what comes there instead.
Change: TypeAlias = tuple[int, int, str]
_HEAD = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
)
_TAIL = '</x:xmpmeta>\n<?xpacket end="w"?>'
# Begins with characters of its own, which are found faster than the space before them.
_USUAL = re.compile(
    rb"xmlns:TC260=[\"']http://www\.tc260\.org\.cn/ns/AIGC/1\.0/[\"'][^<>]*+>"
    rb"[ \t\r\n]*+<TC260:AIGC>([^<]*+)</TC260:AIGC>"
)
_SPACES = frozenset({b" ", b"\t", b"\r", b"\n"})
#: As numbers, which are looked for in bytes without a detour by an exception.
_NUL, _BANG = 0x00, 0x21
#: What the first bytes say of the encoding; UTF-8 is walked byte by byte.
_CODECS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
#: Bytes of a packet that are looked at for traces of generation.
MAX_TEXT = 65_536
#: Shorter white space before the end of a packet is layout and no padding.
_LEAST_PADDING = 64


def find(packet: bytes) -> list[str]:
    """The values of every AIGC property in a packet, in order; empty when there is none.

    Args:
        packet: UTF-8, UTF-16 or UTF-32, with or without its wrapper and a byte order mark.

    Raises:
        MarksError: ``file_too_complex`` past 40,000 tags.
    """
    return [label.value for label in properties(packet)]


def properties(packet: bytes) -> list[Property]:
    """As ``find``, with the namespace of each."""
    plain = packet.replace(b"\0", b"").lower() if _NUL in packet else packet.lower()
    named = plain.count(b"aigc")
    if not named:
        return []
    usual = _usual(packet, named)
    if usual is not None:
        value = unescape(usual.group(1).decode("utf-8", "replace")).strip(SPACE)
        return [Property(usual.start(), usual.end(), usual.span(1), TC260, value)]
    codec = codec_of(packet)
    return scan(_text(packet, codec, "replace"), codec).labels


def _usual(packet: bytes, named: int) -> re.Match[bytes] | None:
    """The label where nearly every one stands, when nothing else in the packet could be one.

    The namespace and the two tags are then all that name it.

    Args:
        packet: as for ``find``.
        named: how often AIGC stands in it.
    """
    # A lone byte is found faster than two, and nearly no packet has this one.
    if named != 3 or (_BANG in packet and b"<!" in packet):
        return None
    usual = _USUAL.search(packet)
    if usual is None or packet[usual.start() - 1 : usual.start()] not in _SPACES:
        return None
    return usual


def places(packet: bytes, carrier: str = "xmp") -> list[Place]:
    """The labels of a packet as places, with a finding where the namespace is not TC260's.

    Args:
        packet: as for ``find``.
        carrier: the name of the place.

    Raises:
        MarksError: as ``find``.
    """
    return [place(label, carrier) for label in properties(packet)]


def place(label: Property, carrier: str = "xmp") -> Place:
    """One property as a place.

    Args:
        label: from ``properties`` or ``scan``.
        carrier: the name of the place.
    """
    own = () if is_tc260(label.uri) else (finding("namespace", uri=label.uri or "?"),)
    return Place(carrier, label.value, own)


def as_text(packet: bytes) -> str:
    """The packet as text, cut to 65,536 characters, for what else it tells.

    Args:
        packet: as for ``find``.
    """
    return packet[:MAX_TEXT].decode(codec_of(packet), "replace")


def put(packet: bytes | None, wanted: Wanted) -> bytes:
    """A packet that holds exactly the wanted label.

    Args:
        packet: the file's packet; None or white space makes a new one.
        wanted: the label, and IPTC's DigitalSourceType when it is to be written too.

    Raises:
        MarksError: ``file_malformed`` when the packet is no well-formed XMP.
    """
    return put_first([packet or b""], wanted)[0]


def put_first(packets: Sequence[bytes], wanted: Wanted) -> list[bytes]:
    """As ``put`` for a file with several packets: the first holds the label, no other does.

    Args:
        packets: at least one; an empty first one makes a new one.
        wanted: as for ``put``.

    Raises:
        MarksError: ``file_malformed`` when a packet to be changed is no well-formed XMP.
    """
    first, *others = packets
    written = [_edited(first, wanted) if first.strip(b"\0 \t\r\n") else fresh(wanted)]
    written += [_edited(other, None) if properties(other) else other for other in others]
    return written


def fresh(wanted: Wanted) -> bytes:
    """A new packet with nothing but the wanted label, UTF-8, without padding."""
    return (_HEAD + rdf(wanted) + _TAIL).encode()


def rdf(wanted: Wanted) -> str:
    """The ``rdf:RDF`` element with nothing but the wanted label."""
    held = description(label_text(wanted), wanted.source_type)
    return f'<rdf:RDF xmlns:rdf="{RDF}">{held}</rdf:RDF>'


def description(
    label: str | None, source: str | None, *, prefix: str = "rdf", about: str = ""
) -> str:
    """An ``rdf:Description`` with what is to be added to a packet.

    Args:
        label: the label's text as ``label_text`` gives it, or None.
        source: the URI of the source type, or None.
        prefix: the prefix of RDF's namespace where it goes.
        about: the raw value that all descriptions of a packet share.
    """
    uses = "" if prefix == "rdf" else f' xmlns:rdf="{RDF}"'
    held = ""
    if label is not None:
        uses += f' xmlns:TC260="{TC260}"'
        held = f"<TC260:AIGC>{label}</TC260:AIGC>"
    if source is not None:
        uses += f' xmlns:Iptc4xmpExt="{IPTC}"'
        name = "Iptc4xmpExt:DigitalSourceType"
        held += f"<{name}>{escape(source)}</{name}>"
    return f'<rdf:Description rdf:about="{about}"{uses}>{held}</rdf:Description>'


def label_text(wanted: Wanted) -> str:
    """The label as the property's text: bare JSON, escaped, without what XML can't hold."""
    text = escape(wanted.label.to_json().decode())
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def codec_of(packet: bytes) -> str:
    """The encoding by the first bytes: UTF-8 unless they are of UTF-16 or UTF-32."""
    head = packet[:4]
    if head.isascii() and _NUL not in head:
        return "utf-8"
    for start, codec in _CODECS:
        if head.startswith(start):
            return codec
    return "utf-8"


def _text(packet: bytes, codec: str, errors: str) -> str:
    return packet.decode("latin-1") if codec == "utf-8" else packet.decode(codec, errors)


def _edited(packet: bytes, wanted: Wanted | None) -> bytes:
    usual = None
    if wanted and wanted.source_type is None:
        usual = _usual(packet, packet.lower().count(b"aigc"))
    if wanted and usual is not None and _is_sound(packet.strip(b"\0 \t\r\n")):
        start, stop = usual.span(1)
        renewed = packet[:start] + label_text(wanted).encode() + packet[stop:]
        return _repadded(packet, renewed)
    codec = codec_of(packet)
    try:
        text = _text(packet, codec, "surrogatepass")
        found = scan(text, codec)
        root = text[slice(*(found.root or (0, 0)))]
        if not _is_sound(root.encode("latin-1" if codec == "utf-8" else "utf-8")):
            raise _broken()
        new = changed(text, changes(found, wanted, codec))
    except UnicodeError as error:
        raise _broken() from error
    if codec != "utf-8":
        return new.encode(codec, "surrogatepass")
    return _repadded(packet, new.encode("latin-1"))


def changes(found: Scan, wanted: Wanted | None, codec: str) -> list[Change]:
    """What to change so that the wanted label is the only one, in order.

    Args:
        found: the scan of the text.
        wanted: the label; None where another packet of the same file holds it.
        codec: the codec of the values, as for ``scan``.

    Raises:
        MarksError: ``file_malformed`` when an element is not whole, or there is no RDF.
    """
    if found.root is None:
        raise _broken()
    made: list[Change] = []
    if wanted is None:
        made += [(each.start, each.stop, "") for each in found.labels]
    else:
        label = _replaced(made, found.labels, TC260, label_text(wanted))
        source = wanted.source_type
        if source is not None:
            source = _replaced(made, found.sources, IPTC, escape(source)) and source
        if label is not None or source is not None:
            made.append(_added(found, label, source))
    return [(start, stop, walked(piece, codec)) for start, stop, piece in sorted(made)]


def changed(text: str, made: Sequence[Change]) -> str:
    """The text with changes made, in any order."""
    parts, at = [], 0
    for start, stop, piece in sorted(made):
        parts += [text[at:start], piece]
        at = stop
    return "".join([*parts, text[at:]])


def _replaced(made: list[Change], held: list[Property], uri: str, value: str) -> str | None:
    """Puts a value in the first property fit for it and drops the others; the value if none is."""
    rest: str | None = value
    for each in held:
        if rest is not None and each.inner and each.uri == uri:
            made.append((*each.inner, rest))
            rest = None
        else:
            made.append((each.start, each.stop, ""))
    return rest


def _added(found: Scan, label: str | None, source: str | None) -> Change:
    outer = found.rdf
    if outer is None or (found.rdf_end is None and not outer.empty):
        raise _broken()
    prefix = outer.name.rpartition(":")[0]
    new = description(label, source, prefix=prefix, about=found.about)
    if found.rdf_end is not None:
        return found.rdf_end, found.rdf_end, new
    return outer.stop - 2, outer.stop, f">{new}</{outer.name}>"


def _is_sound(element: bytes) -> bool:
    """Whether UTF-8 text is well-formed XML."""
    # Without a document type there are no entities, so nothing can expand.
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(element, True)
    except expat.ExpatError:
        return False
    return True


def _repadded(old: bytes, new: bytes) -> bytes:
    """Takes the growth from the packet's padding, so that it may be written where it stood."""
    end = new.rfind(b"<?xpacket end=")
    text_end = len(new[: max(end, 0)].rstrip(b" \t\r\n"))
    growth, padding = len(new) - len(old), end - text_end
    if padding < _LEAST_PADDING or growth >= padding or b"w" not in new[end + 14 : end + 16]:
        return new
    if growth < 0:
        return new[:text_end] + b" " * -growth + new[text_end:]
    return new[:text_end] + new[text_end + growth :]


def _broken() -> MarksError:
    return malformed("XMP", "XMP 数据包不是完整的 XML", "the XMP packet is no whole XML")
