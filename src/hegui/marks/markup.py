"""Walking XML by its tags, with offsets, so that an edit touches nothing but what it must.

The walk is a single pass: whatever is no tag, comment, section or instruction ends it. Texts of
one byte a character (UTF-8 among them) are walked as Latin-1, so that offsets are bytes.
"""

import re
from collections.abc import Callable, Iterator

import msgspec

from hegui.marks.errors import too_complex

#: A packet of metadata has some hundred tags; more than this is an attack or no metadata.
MAX_TAGS = 40_000
SPACE = " \t\r\n"
# Possessive throughout: a failed match costs its own length once.
_TAG = re.compile(
    r"<(/?)([^ \t\r\n!?/<>\"'=][^ \t\r\n/<>\"'=]*+)"
    r"((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
)
_ATTRIBUTE = re.compile(
    r"[ \t\r\n]*+([^ \t\r\n=/<>\"']++)[ \t\r\n]*+=[ \t\r\n]*+(?:\"([^\"]*+)\"|'([^']*+)')"
)
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(quot|amp|lt|gt|apos));")
_NAMED = {"quot": '"', "amp": "&", "lt": "<", "gt": ">", "apos": "'"}
_PLAIN = tuple((f"&{name};", _NAMED[name]) for name in ("quot", "lt", "gt", "apos", "amp"))
_SKIPPED = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))


class Tag(msgspec.Struct, frozen=True):
    """One start, end or empty tag.

    Attributes:
        start: offset of its ``<``.
        stop: offset after its ``>``.
        name: with the prefix, as written.
        attributes: what stands between the name and ``>``, without an empty tag's slash.
        closing: an end tag.
        empty: an empty tag, ``<a/>``.
    """

    start: int
    stop: int
    name: str
    attributes: str
    closing: bool
    empty: bool


class Attribute(msgspec.Struct, frozen=True):
    """One attribute.

    Attributes:
        name: with the prefix.
        start: offset of the space before it.
        stop: offset after its closing quote.
        inner: offsets of the raw value, within the quotes.
        raw: that value, references unresolved.
    """

    name: str
    start: int
    stop: int
    inner: tuple[int, int]
    raw: str


def tag_at(text: str, start: int) -> Tag | None:
    """The tag that starts at an offset, or None when none does.

    Args:
        text: the whole text.
        start: offset of a ``<``.
    """
    match = _TAG.match(text, start)
    if match is None:
        return None
    slash, name, held = match.groups()
    empty = held.endswith("/")
    return Tag(start, match.end(), name, held[:-1] if empty else held, slash == "/", empty)


def tags(text: str, start: int = 0) -> Iterator[Tag]:
    """Every tag in order, from an offset; ends early where the text is no markup.

    Args:
        text: the whole text.
        start: where to begin, outside of any tag.

    Raises:
        MarksError: ``file_too_complex`` after 40,000 tags.
    """
    at, count = text.find("<", start), 0
    while at >= 0:
        tag = tag_at(text, at)
        if tag is not None:
            yield tag
            stop = tag.stop
        else:
            stop = skip(text, at)
            if stop < 0:
                return
        count += 1
        if count > MAX_TAGS:
            raise too_complex("XML")
        at = text.find("<", stop)


def skip(text: str, at: int) -> int:
    """The end of the comment, section or instruction at an offset; -1 when none is whole there."""
    for opening, closing in _SKIPPED:
        if text.startswith(opening, at):
            stop = text.find(closing, at + len(opening))
            return stop + len(closing) if stop >= 0 else -1
    return -1


def attributes(tag: Tag) -> list[Attribute]:
    """The attributes of a tag in order; ends early at what is none.

    Args:
        tag: from this module, so that its offsets are those of the text.
    """
    held = tag.attributes
    base = tag.start + 1 + tag.closing + len(tag.name)
    found: list[Attribute] = []
    at = 0
    while at < len(held) and (match := _ATTRIBUTE.match(held, at)):
        name, double, single = match.groups()
        raw, group = (double, 2) if single is None else (single, 3)
        first, last = match.span(group)
        start, at = at, match.end()
        found.append(Attribute(name, base + start, base + at, (base + first, base + last), raw))
    return found


def unescape(text: str) -> str:
    """Text with XML's own references resolved; others stay as they stand."""
    if "&#" in text:
        return _REFERENCE.sub(_character, text)
    # The ampersand last: what it gives must not be read again.
    for reference, character in _PLAIN:
        if "&" not in text:
            break
        text = text.replace(reference, character)
    return text


def escape(text: str) -> str:
    """Text for element content and for attributes of either quote."""
    for name in ("amp", "lt", "gt", "quot", "apos"):
        text = text.replace(_NAMED[name], f"&{name};")
    return text


def content(text: str, decode: Callable[[str], str]) -> str:
    """The characters within a piece of markup: tags dropped, sections and references resolved.

    Args:
        text: what stands between a start tag and its end tag.
        decode: from the walked text to real characters.
    """
    if "<" not in text:
        return unescape(decode(text))
    parts: list[str] = []
    at = 0
    while (opening := text.find("<", at)) >= 0:
        parts.append(unescape(decode(text[at:opening])))
        tag = tag_at(text, opening)
        at = tag.stop if tag else skip(text, opening)
        if at < 0:
            return "".join(parts)
        if text.startswith("<![CDATA[", opening):
            parts.append(decode(text[opening + 9 : at - 3]))
    parts.append(unescape(decode(text[at:])))
    return "".join(parts)


def _character(match: re.Match[str]) -> str:
    if match.group(3):
        return _NAMED[match.group(3)]
    code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
