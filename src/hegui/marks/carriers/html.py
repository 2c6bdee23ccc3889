"""HTML: ``<meta name="AIGC" content="…">`` in the head, a convention that several writers share.

The text guide's scope is not confirmed for HTML. A label in a comment is read and told of, since
no checker looks there; writing takes it out.
"""

import html
import re
from collections.abc import Iterable

from hegui.marks.edits import Edit, spliced
from hegui.marks.errors import malformed, too_complex
from hegui.marks.field_names import meant
from hegui.marks.finding import finding
from hegui.marks.html_tags import Tag, tags
from hegui.marks.label import Label
from hegui.marks.members import MAX_MEMBERS, MAX_OBJECTS, MAX_TEXT, Pairs, strict
from hegui.marks.plain_text import EDGE, MAX_BYTES, encoding_of, is_text, is_wide, of_edges
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Meta, Place
from hegui.marks.source import Source

# Not possessive: Python 3.11.2 loses its way in such a group, and each end has one way to match.
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*"
    rb"<(?:!doctype\s+html|html|head)[\s>]",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*AIGC(?:_INFO)?\s*[:=]\s*", re.IGNORECASE)
#: Of the head and the tail, looked through for text.
_SHOWN = 262_144
_MARKUP = re.compile(rb"<[^<>]*>")


def sniff(head: bytes, source: Source) -> str | None:
    """``html`` for a text that begins with a document type, ``html`` or ``head``."""
    if source.size > MAX_BYTES or not is_text(head, source) or is_wide(head):
        return None
    return "html" if _START.match(head) else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """The labels in meta elements and in comments, and the text for its marks.

    Raises:
        MarksError: ``file_too_complex`` for more comments like a label's than any file has.
    """
    data = source.at(0, source.size)
    encoding = encoding_of(data)
    places = []
    found = list(tags(data))
    comments = _comments(data, found, encoding)
    for tag in found:
        if _is_meta(tag):
            text = html.unescape(tag.attributes.get("content", b"").decode(encoding, "replace"))
            places.append(Place("meta", text))
        elif tag.start in comments:
            places.append(Place("comment", comments[tag.start], (_PLACEMENT,)))
    return Contents(format, tuple(places), (_text(data),))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002
    """The file with the one meta element: in the place of the first one, or new in the head.

    Raises:
        MarksError: ``file_malformed`` when no tag tells where the head begins;
            ``file_too_complex`` as for ``read``.
    """
    data = source.at(0, source.size)
    encoding = encoding_of(data)
    found = list(tags(data))
    element = _element(wanted.label, ascii_only=encoding != "utf-8")
    old = [tag for tag in found if _is_meta(tag)]
    again = {tag.start for tag in old[1:]} | _comments(data, found, encoding).keys()
    gone: list[Edit] = [(tag.start, tag.stop, b"") for tag in found if tag.start in again]
    if old:
        return spliced(len(data), [(old[0].start, old[0].stop, element), *gone])
    at = _head(found)
    if at is None:
        raise malformed(format, "找不到 head 的位置", "it does not tell where its head begins")
    return spliced(len(data), [(at, at, element), *gone])


_PLACEMENT = finding(
    "placement",
    where_zh="HTML 注释里",
    where_en="in an HTML comment",
    right_zh=" head 的 meta 元素",
    right_en="in a meta element of the head",
)


def _is_meta(tag: Tag) -> bool:
    return tag.name == "meta" and tag.attributes.get("name", b"").strip().upper() == b"AIGC"


def _comments(data: bytes, found: Iterable[Tag], encoding: str) -> dict[int, str]:
    """The labels in comments, as ``<!-- AIGC: {…} -->`` has them, by where the comments begin."""
    labels: dict[int, str] = {}
    looked = 0
    for tag in found:
        if tag.name != "!--" or tag.stop - tag.start > MAX_TEXT:
            continue
        text = data[tag.start + 4 : tag.stop - 3].decode(encoding, "replace")
        match = _COMMENT.match(text)
        value = html.unescape(text[match.end() :]).strip() if match else ""
        if not value.startswith("{"):
            continue
        looked += 1
        if looked > MAX_OBJECTS:
            raise too_complex("HTML")
        members = strict(value)
        if isinstance(members, Pairs) and any(
            meant(name) or name == "AIGC" for name, _ in members[:MAX_MEMBERS]
        ):
            labels[tag.start] = value
    return labels


def _text(data: bytes) -> Meta:
    """About what people read at the beginning and at the end."""
    tail = data[_SHOWN:][-_SHOWN:]
    return of_edges(_visible(data[:_SHOWN])[:EDGE], _visible(tail)[-EDGE:])


def _visible(data: bytes) -> bytes:
    """A part without comments, scripts and tags, which become line ends."""
    pieces, at = [], 0
    for tag in tags(data):
        pieces.append(data[at : tag.start])
        at = max(at, tag.stop)
        if tag.name in {"/script", "/style"}:
            pieces.pop()
    pieces.append(data[at:])
    return _MARKUP.sub(b"\n", b"\n".join(pieces))


def _head(found: list[Tag]) -> int | None:
    """Where a new element goes: after the one that tells the encoding, which must come early."""
    head = next((tag for tag in found if tag.name == "head"), None)
    start = head or next((tag for tag in found if tag.name == "html"), None)
    if start is None:
        return None
    for tag in found:
        if tag.name in {"/head", "body"} or tag.start > start.stop + 1024:
            break
        if tag.name == "meta" and tag.start >= start.stop and _tells_encoding(tag):
            return tag.stop
    return start.stop


def _tells_encoding(tag: Tag) -> bool:
    about = tag.attributes.get("http-equiv", b"").lower() == b"content-type"
    return "charset" in tag.attributes or about


def _element(label: Label, *, ascii_only: bool) -> bytes:
    content = html.escape(label.to_json().decode())
    encoded = content.encode("ascii", "xmlcharrefreplace") if ascii_only else content.encode()
    return b'<meta name="AIGC" content="' + encoded + b'" />'
