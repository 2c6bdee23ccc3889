"""One walk over an XMP packet: where the label stands, and where another would go.

Reading takes what is seen in the wild: the attribute form, other prefixes, the namespace without
its last slash, ``rdf:Alt``, a namespace of one's own.
"""

from collections.abc import Mapping

import msgspec

from hegui.marks.errors import too_complex
from hegui.marks.markup import MAX_TAGS, SPACE, Attribute, Tag, attributes, content, tags, unescape

_MAX_DEPTH, _MAX_SCOPE = 1000, 200
#: Raw characters of one value that are looked at, and labels whose values are; a sound packet
#: has one, of some hundred.
_MAX_VALUE, _MAX_LABELS = 131_072, 8
TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/"
IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#: How the name of an attribute begins that declares a namespace; the default one has no more.
_DECLARES = frozenset({"xmlns", "xmlns:"})


class Property(msgspec.Struct, frozen=True):
    """One property as it stands in a packet.

    Attributes:
        start: offset of its element, or of the space before its attribute.
        stop: offset after it.
        inner: offsets of its raw text when that alone can be replaced, else None.
        uri: the namespace as written, empty when its prefix is not declared.
        value: its characters.
    """

    start: int
    stop: int
    inner: tuple[int, int] | None
    uri: str
    value: str


class Scan(msgspec.Struct):
    """What one walk over a packet found.

    Attributes:
        labels: the properties that call themselves AIGC.
        sources: IPTC's DigitalSourceType.
        root: offsets of the outermost element.
        rdf: the first ``rdf:RDF``'s start tag, and where it ends inside (None when not whole).
        about: the raw ``rdf:about`` of the first description.
    """

    labels: list[Property] = msgspec.field(default_factory=list)
    sources: list[Property] = msgspec.field(default_factory=list)
    root: tuple[int, int] | None = None
    rdf: Tag | None = None
    rdf_end: int | None = None
    about: str = ""


class _Open(msgspec.Struct, frozen=True):
    tag: Tag
    scope: Mapping[str, str]
    attributes: list[Attribute]


def scan(text: str, codec: str, start: int = 0, scope: Mapping[str, str] | None = None) -> Scan:
    """Walks one element and what is in it.

    Args:
        text: the walked text (bytes as Latin-1 when the codec has one byte a unit).
        codec: the codec of the values.
        start: where to begin.
        scope: the namespaces declared around the element, by prefix.

    Raises:
        MarksError: ``file_too_complex`` past 40,000 tags or attributes, 1,000 levels or
            200 namespaces.
    """
    found = Scan()
    stack: list[_Open] = []
    awaited: _Open | None = None  # the property whose end has not come
    inner = scope or {}
    weight = 0  # attributes
    for tag in tags(text, start):
        if tag.closing:
            if not stack or stack[-1].tag.name != tag.name:
                break
            opened = stack.pop()
            if opened.tag is found.rdf:
                found.rdf_end = tag.start
        else:
            weight += tag.attributes.count("=")
            if weight > MAX_TAGS or len(stack) > _MAX_DEPTH:
                raise too_complex("XML")
            opened = _opened(tag, inner)
            if awaited is None:
                _note(found, codec, opened)
                if _is_property(tag.name):
                    awaited = opened
            if not tag.empty:
                stack.append(opened)
                inner = opened.scope
                continue
        if awaited is opened:
            awaited = None
            _keep(found, text, codec, opened, tag)
        if not stack:
            found.root = (opened.tag.start, tag.stop)
            break
        inner = stack[-1].scope
    return found


def of_tag(tag: Tag, codec: str) -> tuple[Scan, Mapping[str, str]]:
    """As ``scan``, but of a start tag alone; and the namespaces that it declares.

    Args:
        tag: no property itself.
        codec: the codec of the values.

    Raises:
        MarksError: as ``scan``.
    """
    if tag.attributes.count("=") > MAX_TAGS:
        raise too_complex("XML")
    found = Scan(root=(tag.start, tag.stop))
    opened = _opened(tag, {})
    _note(found, codec, opened)
    return found, opened.scope


def _opened(tag: Tag, scope: Mapping[str, str]) -> _Open:
    """A start tag with the attributes that may count, and the namespaces of its prefixes."""
    held = tag.attributes
    declares = "xmlns" in held
    if not declares and "about" not in held and not _is_named(held):
        return _Open(tag, scope, [])
    known = attributes(tag)
    if declares:
        own = {one.name[6:]: unescape(one.raw) for one in known if one.name[:6] in _DECLARES}
        scope = {**scope, **own}
        if len(scope) > _MAX_SCOPE:
            raise too_complex("XML")
    return _Open(tag, scope, known)


def _is_property(name: str) -> bool:
    local = name.rpartition(":")[2]
    return "AIGC" in local.upper() or local == "DigitalSourceType"


def _is_named(held: str) -> bool:
    """Whether attributes may hold a property."""
    return "AIGC" in held.upper() or "DigitalSourceType" in held


def _note(found: Scan, codec: str, opened: _Open) -> None:
    """Notes the RDF element, its ``about``, and properties written as attributes."""
    tag, scope = opened.tag, opened.scope
    prefix, _, local = tag.name.rpartition(":")
    if local == "RDF" and found.rdf is None and scope.get(prefix) == RDF:
        found.rdf = tag
    about = local == "Description" and not found.about
    for attribute in opened.attributes:
        prefix, _, local = attribute.name.rpartition(":")
        if about and local == "about":
            found.about = attribute.raw
        elif prefix and prefix != "xmlns" and _is_property(local):
            value = _value(found, attribute.raw, codec)
            uri = scope.get(prefix, "")
            kept = Property(attribute.start, attribute.stop, attribute.inner, uri, value)
            _sort(found, prefix, local, kept)


def _keep(found: Scan, text: str, codec: str, opened: _Open, end: Tag) -> None:
    """Takes a property written as an element, from its start tag and its end."""
    tag, scope = opened.tag, opened.scope
    raw = text[tag.stop : end.start]
    plain = not tag.empty and "<" not in raw
    plain = plain and all(each.name.startswith("xmlns") for each in attributes(tag))
    inner = (tag.stop, end.start) if plain else None
    prefix, _, local = tag.name.rpartition(":")
    value = _value(found, raw, codec).strip(SPACE)
    kept = Property(tag.start, end.stop, inner, scope.get(prefix, ""), value)
    _sort(found, prefix, local, kept)


def _value(found: Scan, raw: str, codec: str) -> str:
    if len(found.labels) >= _MAX_LABELS:
        return ""
    return content(raw[:_MAX_VALUE], lambda piece: decoded(piece, codec))


def _sort(found: Scan, prefix: str, local: str, kept: Property) -> None:
    if local == "DigitalSourceType":
        if kept.uri == IPTC:
            found.sources.append(kept)
        return
    ours = is_tc260(kept.uri) or (not kept.uri and prefix.upper() == "TC260")
    # In a foreign namespace only what looks like a label is one.
    if ours or "Label" in kept.value or "ContentProducer" in kept.value:
        found.labels.append(kept)


def is_tc260(uri: str) -> bool:
    """Whether a namespace is TC260's, also as some write it: with https, or without a slash."""
    return uri == TC260 or uri.rstrip("/").lower().endswith("tc260.org.cn/ns/aigc/1.0")


def is_wide(codec: str) -> bool:
    """Whether a codec has several bytes a unit, so that the text is walked by characters."""
    return codec.startswith(("utf-16", "utf-32"))


def decoded(piece: str, codec: str) -> str:
    """A piece of the walked text as real characters."""
    if piece.isascii() or is_wide(codec):
        return piece
    return piece.encode("latin-1").decode(codec, "replace")


def walked(piece: str, codec: str) -> str:
    """New text as the walked text has it: in the file's encoding, a byte a character.

    Args:
        piece: markup.
        codec: of the file; what one of its own cannot hold becomes a reference.
    """
    if is_wide(codec):
        return piece
    errors = "strict" if codec == "utf-8" else "xmlcharrefreplace"
    return piece.encode("utf-8" if codec == "utf-8" else "ascii", errors).decode("latin-1")
