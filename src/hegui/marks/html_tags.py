"""The few tags of an HTML file that matter here, found in one pass about as a browser would.

What stands in a comment, a script, a style, a title or a text area is no tag.
"""

import re
from collections.abc import Iterator

import msgspec

from hegui.marks.errors import too_complex

_COMMENT = b"<!--"
#: Everything that must be noticed; the rest of the file is passed over.
_NOTICED = (
    _COMMENT, b"<html", b"<head", b"</head", b"<body", b"<meta",
    b"<script", b"</script", b"<style", b"</style", b"<title", b"<textarea",
)  # fmt: skip
#: What stands in these is text up to their end tag.
_RAW = frozenset({"script", "style", "title", "textarea"})
_AFTER_NAME = frozenset(b" \t\r\n\f/>")
_GAP = re.compile(rb"[\s/]*+")
_ATTRIBUTE = re.compile(
    rb"""([^\s=>/"'][^\s=>/]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?"""
)
#: The attributes of meta elements that matter.
_KEPT = frozenset({"name", "content", "charset", "http-equiv"})
_MAX_TAGS = 20_000
_MAX_ATTRIBUTES = 1000


class Tag(msgspec.Struct, frozen=True):
    """A tag, or a comment with the name ``!--``.

    Attributes:
        name: lower case, with its slash when it closes.
        start: offset of its ``<``.
        stop: offset after its ``>``.
        attributes: those of a meta element that matter, values as they stand.
    """

    name: str
    start: int
    stop: int
    attributes: dict[str, bytes]


def tags(data: bytes) -> Iterator[Tag]:
    """The tags that matter, and all comments, in order; ends where a tag never does.

    Args:
        data: the file, in an encoding that keeps ASCII.

    Raises:
        MarksError: ``file_too_complex`` beyond 20,000 of them.
    """
    lower = data.lower()
    ahead = {needle: lower.find(needle) for needle in _NOTICED}
    at = 0
    for _ in range(_MAX_TAGS):
        for needle, place in ahead.items():
            if 0 <= place < at:
                ahead[needle] = lower.find(needle, at)
        start, needle = min(
            ((place, needle) for needle, place in ahead.items() if place >= 0), default=(-1, b"")
        )
        if start < 0:
            return
        tag = _comment(data, start) if needle == _COMMENT else _tag(data, start, needle)
        if tag is None:
            return
        if tag.name:
            yield tag
        at = tag.stop
        if tag.name in _RAW:
            at = lower.find(b"</" + tag.name.encode(), at)
            if at < 0:
                return
    raise too_complex("html")


def _comment(data: bytes, start: int) -> Tag | None:
    end = data.find(b"-->", start + 2)
    return Tag("!--", start, end + 3, {}) if end >= 0 else None


def _tag(data: bytes, start: int, needle: bytes) -> Tag | None:
    """The tag at an offset; without a name when a longer name begins there."""
    at = start + len(needle)
    if data[at : at + 1] and data[at] not in _AFTER_NAME:
        return Tag("", start, at, {})
    name = needle[1:].decode()
    attributes: dict[str, bytes] = {}
    for _ in range(_MAX_ATTRIBUTES):
        at = _past(data, at)
        if data[at : at + 1] == b">":
            return Tag(name, start, at + 1, attributes)
        attribute = _ATTRIBUTE.match(data, at)
        if attribute is None:
            break
        value = next((one for one in attribute.groups()[1:] if one is not None), b"")
        key = attribute[1].lower().decode("latin-1")
        if key in _KEPT:
            attributes.setdefault(key, value)
        at = attribute.end()
    closing = data.find(b">", at)
    return Tag(name, start, closing + 1, attributes) if closing >= 0 else None


def _past(data: bytes, at: int) -> int:
    gap = _GAP.match(data, at)
    return gap.end() if gap else at
