"""SVG: the label as XMP in a ``metadata`` element (XMP specification, part 3).

No guide names a carrier for SVG; this is the convention for XMP in it, ``rdf:RDF`` without the
wrapper ``x:xmpmeta``, by which ExifTool would take the file for a bare packet. The text is edited
where the label goes and nowhere else. A compressed file (``.svgz``) is read; writing would have to
compress it again, so it is refused.
"""

import codecs
import re
import zlib
from binascii import a2b_base64
from collections.abc import Iterator

import msgspec

from hegui.marks import markup, xmp, xmp_scan
from hegui.marks.edits import spliced
from hegui.marks.errors import MarksError, malformed, no_carrier, too_complex
from hegui.marks.markup import Tag
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta
from hegui.marks.source import Source
from hegui.marks.xmp_scan import Scan

_GZIP = b"\x1f\x8b\x08"
_MAX_TEXT, _MAX_META = 32 << 20, 65_536
#: Labelled ``metadata`` elements; all of them; tags before the first.
_MAX_LABELLED, _MAX_ELEMENTS, _MAX_BEFORE = 4, 50_000, 2000
#: Comments and instructions before the outermost element.
_MAX_PROLOG = 1000
_ENCODING = re.compile(rb"<\?xml[^<>]{1,200}?encoding[ \t\r\n]*=[ \t\r\n]*[\"']([\w.-]{1,40})")
#: Encodings in which ASCII stands for itself.
_NARROW = ("utf-8", "ascii", "iso8859", "cp125", "gb", "big5", "euc_", "shift_jis", "koi8")
#: What the search for metadata looks for, and what of it may hold anything.
_SKIPPED = ("<!--", "<![CDATA[", "<?")
_NEEDLES = ("<metadata", ":metadata", *_SKIPPED)
_MAX_PREFIX = 64
_MANIFEST = re.compile(r"<c2pa:manifest>([A-Za-z0-9+/= \t\r\n]{0,87380})")
_SUBSET_END = re.compile(r"\][ \t\r\n]*+>")


class _Document(msgspec.Struct, frozen=True):
    """A document as it is walked.

    Attributes:
        text: its bytes as Latin-1, or its characters when they are wide.
        codec: the encoding.
        root: the outermost start tag.
        scans: that tag, and the ``metadata`` elements that count.
        own: that of them which describes the document, not a part of it.
    """

    text: str
    codec: str
    root: Tag
    scans: list[Scan]
    own: Scan | None


def sniff(head: bytes, source: Source) -> str | None:
    """``svg`` for a document whose outermost element is ``svg``, compressed or not."""
    if head.startswith(_GZIP):
        return "svg" if _is_svg(_inflated(head, _MAX_META)) else None
    if head.lstrip(b" \t\r\n\0\xef\xbb\xbf\xfe\xff")[:1] != b"<":
        return None
    if _is_svg(head):
        return "svg"
    # Illustrator's document type can be longer than what was given.
    long = b"<!DOCTYPE svg" in head and len(head) < source.size
    return "svg" if long and _is_svg(source.upto(0, _MAX_META)) else None


def read(source: Source, format: str) -> Contents:  # noqa: A002 - the carriers' interface
    """The labels and the metadata of an SVG.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    document = _document(_data(source))
    places = [xmp.place(label) for scan in document.scans for label in scan.labels]
    head = xmp_scan.decoded(document.text[: document.root.start][:_MAX_META], document.codec)
    metadata = [Meta("svg:head", head)]
    for scan in document.scans[1:]:
        start, stop = scan.root or (0, 0)
        text = xmp_scan.decoded(document.text[start : min(stop, start + _MAX_META)], document.codec)
        metadata.append(Meta("xmp", text))
    # A plain search first: the text may have megabytes, and the expression takes ten times longer.
    manifest = _MANIFEST.search(document.text) if "<c2pa:manifest>" in document.text else None
    if manifest is not None:
        metadata.append(Meta("c2pa", _manifest(manifest.group(1))))
    return Contents(format, tuple(places), tuple(metadata))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002, ARG001
    """The same SVG with the wanted label and no other.

    Raises:
        MarksError: ``file_malformed`` when an element that holds metadata is not whole;
            ``format_no_carrier`` for a compressed one.
    """
    if source.upto(0, 3) == _GZIP:
        raise no_carrier("SVGZ")
    data = _data(source)
    document = _document(data)
    codec = document.codec
    target = _target(document)
    changes: list[xmp.Change] = []
    for scan in document.scans:
        if scan is target or scan.labels:
            changes += xmp.changes(scan, wanted if scan is target else None, codec)
    if target is None:
        start, stop, piece = _added(document, wanted)
        changes.append((start, stop, xmp_scan.walked(piece, codec)))
    if not xmp_scan.is_wide(codec):
        edits = [(start, stop, piece.encode("latin-1")) for start, stop, piece in changes]
        return spliced(source.size, edits)
    try:
        return [xmp.changed(document.text, changes).encode(codec, "surrogatepass")]
    except UnicodeError as error:
        raise _unsound() from error


def _manifest(text: str) -> str:
    """The start of a C2PA manifest in Base64, each byte a character."""
    digits = "".join(text.split())
    try:
        return a2b_base64(digits[: len(digits) // 4 * 4]).decode("latin-1")
    except ValueError:
        return ""


def _data(source: Source) -> bytes:
    if source.size > _MAX_TEXT:
        raise too_complex("SVG")
    data = source.upto(0, source.size)
    if data.startswith(_GZIP):
        data = _inflated(data, _MAX_TEXT + 1)
        if len(data) > _MAX_TEXT:
            raise too_complex("SVGZ")
    return data


def _inflated(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data, most)
    except zlib.error:
        return b""


def _codec(data: bytes) -> str:
    codec = xmp.codec_of(data)
    declared = _ENCODING.search(data[:512]) if codec == "utf-8" else None
    if declared is None:
        return codec
    try:
        name = codecs.lookup(declared.group(1).decode()).name
    except (LookupError, ValueError):
        return "ascii"
    return name if name.startswith(_NARROW) else "ascii"


def _walked(data: bytes) -> tuple[str, str]:
    codec = _codec(data)
    if not xmp_scan.is_wide(codec):
        return data.decode("latin-1"), codec
    return data.decode(codec, "replace"), codec


def _is_svg(data: bytes) -> bool:
    root = _root(_walked(data)[0])
    return root is not None and root.name.rpartition(":")[2] == "svg"


def _root(text: str) -> Tag | None:
    """The outermost start tag, behind comments, instructions and the document type."""
    at = text.find("<")
    for _ in range(_MAX_PROLOG):
        tag = markup.tag_at(text, at) if at >= 0 else None
        if tag is not None:
            return None if tag.closing else tag
        at = _type_end(text, at) if text.startswith("<!DOCTYPE", at) else markup.skip(text, at)
        if at < 0:
            return None
        at = text.find("<", at)
    return None


def _type_end(text: str, at: int) -> int:
    """The end of the document type, with its own declarations in brackets; -1 without one."""
    end, subset = text.find(">", at), text.find("[", at)
    if end < 0 or not 0 <= subset < end:
        return end + 1 or -1
    match = _SUBSET_END.search(text, subset)
    return match.end() if match else -1


def _document(data: bytes) -> _Document:
    text, codec = _walked(data)
    root = _root(text)
    if root is None:
        raise _unsound()
    alone, scope = xmp_scan.of_tag(root, codec)
    scans = [alone]
    own, first, done = None, True, 0
    for start, stop in _elements(text, root.stop):
        if start < done:
            continue
        direct, first = first and _is_direct(text, root.stop, start), False
        if direct or "aigc" in text[start:stop].lower():
            scan = xmp_scan.scan(text, codec, start, scope)
            if scan.root is None or len(scans) > _MAX_LABELLED:
                raise _unsound()
            scans.append(scan)
            own = scan if direct else own
            done = scan.root[1]
    return _Document(text, codec, root, scans, own)


def _elements(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Where ``metadata`` elements start, and where the first end tag of that name stands.

    None of them is within a comment, a section or an instruction.
    """
    ahead = dict.fromkeys(_NEEDLES, -1)
    for _ in range(_MAX_ELEMENTS):
        ahead = {needle: _next(text, needle, at, known) for needle, known in ahead.items()}
        ahead = {needle: place for needle, place in ahead.items() if place >= 0}
        if not ahead:
            return
        needle = min(ahead, key=ahead.__getitem__)
        place = ahead[needle]
        if needle in _SKIPPED:
            at = markup.skip(text, place)
            if at < 0:
                raise _unsound()
            continue
        start = text.rfind("<", max(at, place - _MAX_PREFIX), place + 1)
        tag = markup.tag_at(text, start) if start >= 0 else None
        at = place + len(needle)
        if tag is not None and not tag.closing and tag.name.rpartition(":")[2] == "metadata":
            end = tag.stop if tag.empty else text.find(f"</{tag.name}", tag.stop)
            if end < 0:
                raise _unsound()
            yield start, end
            at = end
    raise too_complex("SVG")


def _next(text: str, needle: str, at: int, known: int) -> int:
    """Where a needle stands next; each stretch of the text is searched but once for it."""
    return known if known >= at else text.find(needle, at)


def _is_direct(text: str, start: int, stop: int) -> bool:
    """Whether no element is open between two offsets; False when there is too much to look at."""
    if text.find("<", start, stop) < 0:
        return True
    depth = 0
    for count, tag in enumerate(markup.tags(text, start)):
        if tag.start >= stop:
            return depth == 0
        depth += 0 if tag.empty else -1 if tag.closing else 1
        if count > _MAX_BEFORE:
            return False
    return False


def _target(document: _Document) -> Scan | None:
    """The element that gets the label: where one stands as it should, else the document's own."""
    for scan in document.scans:
        usable = any(label.inner and label.uri == xmp_scan.TC260 for label in scan.labels)
        if usable and scan.rdf is not None:
            return scan
    own = document.own
    return own if own is not None and own.rdf is not None else None


def _added(document: _Document, wanted: Wanted) -> xmp.Change:
    """Where a new RDF goes, with an element of its own unless there is one."""
    block = xmp.rdf(wanted)
    text, root, own = document.text, document.root, document.own
    if own is not None and own.root is not None:
        start, stop = own.root
        tag = markup.tag_at(text, start)
        if tag is not None and tag.empty:
            return stop - 2, stop, f">{block}</{tag.name}>"
        end = text.rfind("</", start, stop)
        return end, end, block
    prefix, colon, _ = root.name.rpartition(":")
    name = f"{prefix}{colon}metadata"
    element = f"<{name}>{block}</{name}>"
    if root.empty:
        return root.stop - 2, root.stop, f">{element}</{root.name}>"
    return root.stop, root.stop, element


def _unsound() -> MarksError:
    return malformed("SVG", "XML 不完整", "its XML is not whole")
