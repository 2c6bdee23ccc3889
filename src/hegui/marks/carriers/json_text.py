"""JSON: the label is the member ``AIGC`` of the top-level object, a convention of this library.

No guide names a place in JSON; interfaces in use carry such a member, some in lower case. An array
has no place for it.
"""

import json
import re
from collections.abc import Iterator

import msgspec

from hegui.marks.edits import spliced
from hegui.marks.errors import malformed, no_carrier, too_complex
from hegui.marks.field_names import meant
from hegui.marks.members import MAX_MEMBERS, MAX_OBJECTS, Pairs, strict
from hegui.marks.plain_text import is_text
from hegui.marks.plan import Plan, Wanted
from hegui.marks.reading import Contents, Place
from hegui.marks.source import Source

_MAX_BYTES = 32 * 1024 * 1024
#: To find a member's end its value is built in memory, which takes many times its bytes.
_MAX_WALK = 4 * 1024 * 1024
_MAX_MEMBERS = 50_000
_BOM = b"\xef\xbb\xbf"
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_SPACE = re.compile(r"[ \t\r\n]*")
_LINE = re.compile(rb"\s*\{(\r?\n[ \t]+)\"")
#: So many of the seven fields tell a label from a house's own member ``aigc``.
_ENOUGH = 3
# Numbers are only passed over; as text they may have any length.
_sound = msgspec.json.Decoder(dict[str, msgspec.Raw] | list[msgspec.Raw])
_decoder = json.JSONDecoder(parse_int=len, parse_float=len)


class _Member(msgspec.Struct, frozen=True):
    """A member: its name, and offsets of its key, its value and its end, in characters."""

    name: str
    start: int
    value: int
    stop: int


def sniff(head: bytes, source: Source) -> str | None:
    """``json`` for an object or an array that is sound to its end."""
    if source.size > _MAX_BYTES or not _START.match(head) or not is_text(head, source):
        return None
    return "json" if _names(source.upto(0, source.size)) is not None else None


def read(source: Source, format: str) -> Contents:  # noqa: A002  the word that users know
    """The members that are labels.

    Raises:
        MarksError: ``file_too_complex`` for more members named AIGC than any file has.
    """
    text, members = _members(source, format)
    labels = (one for one in members if _is_label(one, text))
    return Contents(format, tuple(Place("member", text[one.value : one.stop]) for one in labels))


def write(source: Source, format: str, wanted: Wanted) -> Plan:  # noqa: A002
    """The object with the label as its last member, or in the place of the one it had.

    Raises:
        MarksError: ``format_no_carrier`` for an array; ``file_malformed`` when a member named
            AIGC is something other than a label; ``file_too_complex`` as for ``read``.
    """
    text, members = _members(source, format)
    data = source.at(0, source.size)
    if data.removeprefix(_BOM).lstrip().startswith(b"["):
        raise no_carrier("JSON array")
    labels = [one for one in members if _is_label(one, text)]
    if any(one.name == "AIGC" and one not in labels for one in members):
        raise malformed(format, "成员 AIGC 另有内容", "its member AIGC is something else")
    label = wanted.label.to_json()
    if labels:
        first, *others = labels
        edits = [(_offset(text, first.value), _offset(text, first.stop), label)]
        end = text.index('"', first.start + 1) + 1  # the name holds no quotation mark
        edits.append((_offset(text, first.start), _offset(text, end), b'"AIGC"'))
        for one in others:
            comma = text.rindex(",", 0, one.start)
            edits.append((_offset(text, comma), _offset(text, one.stop), b""))
        return spliced(len(data), edits)
    line = _LINE.match(data.removeprefix(_BOM))
    lead, colon_ = (line[1], b": ") if line else (b"", b":")
    inside = data[: data.rindex(b"}")].rstrip()
    comma_ = b"" if inside.endswith(b"{") else b","
    member = comma_ + lead + b'"AIGC"' + colon_ + label
    return spliced(len(data), [(len(inside), len(inside), member)])


def _names(data: bytes) -> list[str] | None:
    """The members' names, none for an array; ``None`` when it is no sound JSON."""
    try:
        data.decode()
        found = _sound.decode(data.removeprefix(_BOM))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return list(found) if isinstance(found, dict) else []


def _members(source: Source, format: str) -> tuple[str, list[_Member]]:  # noqa: A002
    """The text, and its members named AIGC in whatever case."""
    data = source.at(0, source.size)
    names = _names(data)
    if names is None:
        raise malformed(format, "JSON 语法有误", "its syntax is not JSON")
    text = data.decode()
    if not any(name.upper() == "AIGC" for name in names):
        return text, []
    if len(data) > _MAX_WALK:
        raise too_complex(format)
    try:
        named = [one for one in _walk(text) if one.name.upper() == "AIGC"]
    except (ValueError, RecursionError) as error:
        raise malformed(format, "嵌套过深", "it is nested too deeply") from error
    if len(named) > MAX_OBJECTS:
        raise too_complex(format)
    return text, named


def _walk(text: str) -> Iterator[_Member]:
    """The members of a sound object, one after another."""
    at = text.index("{") + 1
    for _ in range(_MAX_MEMBERS):
        at = _past(text, at)
        if text[at] == "}":
            return
        start = at + 1 if text[at] == "," else at
        start = _past(text, start)
        name, at = _decoder.raw_decode(text, start)
        value = _past(text, _past(text, at) + 1)
        _, at = _decoder.raw_decode(text, value)
        yield _Member(name, start, value, at)
    raise too_complex("json")


def _past(text: str, at: int) -> int:
    """The first character that is no white space."""
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _is_label(member: _Member, text: str) -> bool:
    value = strict(text[member.value : member.stop])
    if isinstance(value, str):
        value = strict(value)
    if isinstance(value, Pairs) and len(value) == 1 and isinstance(value[0][1], Pairs):
        value = value[0][1]
    pairs = value[:MAX_MEMBERS] if isinstance(value, Pairs) else []
    known = sum(meant(name) is not None for name, _ in pairs)
    return known >= (1 if member.name == "AIGC" else _ENOUGH)


def _offset(text: str, at: int) -> int:
    """The byte that a character begins at."""
    return len(text[:at].encode())
