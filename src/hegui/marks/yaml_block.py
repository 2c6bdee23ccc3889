"""A label as a YAML mapping: the lines below ``AIGC:``, and only these.

A subset of YAML is enough for seven scalars, and it forgives what real labels have: commas at the
ends of lines, fields that are not indented, a list of one-member mappings. Nothing else of the
front matter is parsed, so nothing else of it can fail; aliases are not followed.
"""

import re
from collections.abc import Sequence

import msgspec

from hegui.marks.field_names import meant
from hegui.marks.label import Label
from hegui.marks.members import Bare, Pairs, end_of, pairs, plain, quoted, strict

#: A scalar or a flow mapping may go on over so many lines.
_MAX_LINES = 40
#: Beyond so many fields the lines are passed over.
_MAX_FIELDS = 64
_KEY = re.compile(r"""(?:-[ \t]+)?("[^"]*+"|'[^']*+'|[A-Za-z][\w .-]{0,60}?)[ \t]*:(?:[ \t]+|$)""")
#: Tags and anchors, which stand before a value; within one they are text.
_TAGS = re.compile(r"(?:(?:![^\s]*|&[^\s]+)[ \t]+)*")


class Parsed(msgspec.Struct):
    """What stands below a key.

    Attributes:
        value: the members of a mapping; the text of a scalar.
        lines: how many lines belong to it.
        clean: whether it is sound YAML.
    """

    value: Pairs | str
    lines: int
    clean: bool


def below(first: str, lines: Sequence[str], indent: int) -> Parsed:
    """Reads the value of a key.

    Args:
        first: what stands after the key's colon, on its own line.
        lines: the lines after, without their ends.
        indent: columns before the key.
    """
    text = _untagged(first.strip())
    if text and not text.startswith("#"):
        value, used, clean = _scalar(text, lines, 0, indent)
        if isinstance(value, Bare) and value.kind == "object":
            members = strict(value.text)
            if isinstance(members, Pairs):
                return Parsed(members, used, clean)
            found, sound = pairs(value.text)
            return Parsed(found, used, clean and sound)
        return Parsed(value.text if isinstance(value, Bare) else value, used, clean)
    return _mapping(lines, indent)


def _mapping(lines: Sequence[str], indent: int) -> Parsed:
    found = Pairs()
    at = used = 0
    clean = True
    while at < len(lines):
        body = lines[at].lstrip(" \t")
        depth = len(lines[at]) - len(body)
        if not body.strip() or body.startswith("#"):
            at += 1
            continue
        match = _KEY.match(body)
        if depth <= indent:
            # Fields that someone forgot to indent; any other key is the file's own.
            if depth < indent or match is None or meant(_bare(match[1])) is None:
                break
            clean = False
        if match is None or len(found) >= _MAX_FIELDS:
            clean = False
            at += 1
            used = at
            continue
        clean &= not body.startswith("-") and "\t" not in lines[at][:depth]
        value, at, sound = _scalar(body[match.end() :].strip(), lines, at + 1, depth)
        clean &= sound
        found.append((_bare(match[1]), value))
        used = at
    return Parsed(found, used, clean)


def _scalar(text: str, lines: Sequence[str], at: int, depth: int) -> tuple[str | Bare, int, bool]:
    """A scalar, the line after it, and whether it is sound."""
    text = _untagged(text)
    if text[:1] in {"'", '"'}:
        return _quoted(text, lines, at)
    if text[:1] in {"{", "["}:
        text, at = _flow(text, lines, at)
        end = end_of(text, 0)
        nested = Bare(text[:end], "object" if text[0] == "{" else "list")
        return nested, at, _ends(text[end:])
    if text[:1] in {"|", ">"}:
        rest, at = _deeper(lines, at, depth)
        return ("\n" if text[0] == "|" else " ").join(rest), at, True
    rest, at = _deeper(lines, at, depth)
    text = " ".join([_uncommented(text), *(_uncommented(line) for line in rest)]).strip()
    clean = not text.endswith(",") and not (text[:1] and text[0] in "@`%")
    return plain(text.rstrip(",")), at, clean


def _untagged(text: str) -> str:
    tags = _TAGS.match(text)
    return text[tags.end() :] if tags else text


def _quoted(text: str, lines: Sequence[str], at: int) -> tuple[str, int, bool]:
    said, end, closed = quoted(text, 0)
    if closed:
        return said, at, _ends(text[end:])
    following = [line.strip() for line in lines[at : at + _MAX_LINES]]
    joined = " ".join([text, *following])
    longer, end, closed = quoted(joined, 0)
    if not closed:
        return said, at, False
    reached = len(text)
    while reached < end:
        reached += 1 + len(lines[at].strip())
        at += 1
    return longer, at, _ends(joined[end:reached])


def _flow(text: str, lines: Sequence[str], at: int) -> tuple[str, int]:
    """A flow collection with the lines that it goes on over."""
    stop = min(len(lines), at + _MAX_LINES)
    parts, depth = [text], _depth(text)
    here = at
    while depth > 0 and here < stop:
        parts.append(lines[here].strip())
        depth += _depth(lines[here])
        here += 1
    return (" ".join(parts), here) if depth <= 0 else (text, at)


def _depth(text: str) -> int:
    return sum(text.count(mark) for mark in "{[") - sum(text.count(mark) for mark in "}]")


def _deeper(lines: Sequence[str], at: int, depth: int) -> tuple[list[str], int]:
    """The lines of a scalar that are indented more than its key."""
    found: list[str] = []
    stop = min(len(lines), at + _MAX_LINES)
    while at < stop:
        body = lines[at].lstrip(" \t")
        if not body.strip() or len(lines[at]) - len(body) <= depth:
            break
        found.append(body.strip())
        at += 1
    return found, at


def _uncommented(text: str) -> str:
    return "" if text.startswith("#") else text.split(" #", 1)[0].rstrip()


def _ends(rest: str) -> bool:
    rest = rest.strip()
    return not rest or rest.startswith("#")


def _bare(key: str) -> str:
    return key[1:-1] if key[:1] in {'"', "'"} else key


def written(label: Label, newline: str, *, ascii_only: bool) -> str:
    """A label as the lines of a front matter, beginning with ``AIGC:`` (TC260-PG-20258A 6.5).

    Every value is quoted, since a code of digits would be read as a number.

    Args:
        label: the label.
        newline: how the file's lines end.
        ascii_only: write other characters as escapes.
    """
    names = label.__struct_encode_fields__
    values = (getattr(label, field) for field in label.__struct_fields__)
    lines = [
        f"  {name}: {_quotation(value, ascii_only=ascii_only)}"
        for name, value in zip(names, values, strict=True)
    ]
    return newline.join(["AIGC:", *lines, ""])


def _quotation(value: str, *, ascii_only: bool) -> str:
    if value.isprintable() and (value.isascii() or not ascii_only):
        return "'" + value.replace("'", "''") + "'"
    escaped = (
        character
        if character.isprintable()
        and (character.isascii() or not ascii_only)
        and character not in '"\\'
        else _escape(character)
        for character in value
    )
    return '"' + "".join(escaped) + '"'


def _escape(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
