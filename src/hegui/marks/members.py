"""Objects as people and programs really write them: JSON, YAML flow, and what only resembles them.

Values that are no strings keep their text, since ``001…`` read as a number would lose its zeros.
"""

import json
import re
from typing import Any, Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal["integer", "number", "boolean", "null", "list", "object", "alias"]

#: A label with security data is some thousand characters; beyond this nothing is looked into.
MAX_TEXT = 65_536
#: Members of one object that are looked at; a label with what programs add to it has some ten.
MAX_MEMBERS = 64
#: Objects of one file that are looked into; it should have one label.
MAX_OBJECTS = 16


class Bare(msgspec.Struct, frozen=True):
    """A value that is no string: its text as it stands, and what it is instead."""

    text: str
    kind: Kind


class Pairs(list[tuple[str, "Value"]]):
    """An object's members in their order, the same key perhaps twice."""


Value: TypeAlias = str | Bare | Pairs | list[Any]

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
#: YAML's and JSON's escapes of one letter; any other letter stands for itself.
_ESCAPES = dict(zip("ntrbf0aevN_LP", "\n\t\r\b\f\0\a\x1b\v\x85\xa0\u2028\u2029", strict=True))
_DOUBLE = re.compile(r"""(?:[^"\\]|\\.)*+\"""", re.DOTALL)
_SPACE = re.compile(r"\s*")
_SINGLE = re.compile(r"(?:[^']|'')*+'")
#: A quoted string that never ends goes to the end, so that each character is looked at once.
_BRACKETS = re.compile(r"""[{}\[\]]|"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|'[^']*+(?:'|\Z)""", re.DOTALL)


def plain(text: str) -> str | Bare:
    """An unquoted scalar by YAML 1.2's core schema, as most programs would read it.

    Args:
        text: without spaces around.
    """
    if text in {"", "~", "null", "Null", "NULL"}:
        return Bare(text, "null")
    if text in {"true", "True", "TRUE", "false", "False", "FALSE"}:
        return Bare(text, "boolean")
    if _INTEGER.fullmatch(text):
        return Bare(text, "integer")
    if _NUMBER.fullmatch(text):
        return Bare(text, "number")
    if text[0] == "*":
        return Bare(text, "alias")
    return text


def strict(text: str) -> Value | None:
    """Sound JSON, members in order and numbers as text; ``None`` for anything else."""
    if len(text) > MAX_TEXT:
        return None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_int=lambda number: Bare(number, "integer"),
            parse_float=lambda number: Bare(number, "number"),
            parse_constant=lambda name: Bare(name, "number"),
        )
    except (ValueError, RecursionError):
        return None
    return _named(value)


def _pairs(members: list[tuple[str, Any]]) -> Pairs:
    return Pairs((_sound(name), _named(value)) for name, value in members)


def _named(value: Any) -> Value:
    if value is None:
        return Bare("null", "null")
    if isinstance(value, bool):
        return Bare(str(value).lower(), "boolean")
    if isinstance(value, str):
        return _sound(value)
    return value  # type: ignore[no-any-return]  # Bare, Pairs or list: JSON has no more


def _sound(text: str) -> str:
    """Half a character, which JSON can name by an escape, is none."""
    return (
        text
        if text.isascii()
        else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


def text_of(value: Value) -> str:
    """A value as text: null as nothing, an object or a list as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, Bare):
        return "" if value.kind == "null" else value.text
    try:
        return json.dumps(_built_in(value), ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        return ""


def _built_in(value: Value) -> Any:
    if isinstance(value, Pairs):
        return {name: _built_in(member) for name, member in value}
    if isinstance(value, list):
        return [_built_in(_named(member)) for member in value]
    return text_of(value)


def double(text: str) -> str:
    """The inside of a double-quoted scalar, its escapes undone (JSON's and YAML's)."""
    if "\\" not in text:
        return text
    return _sound(_ESCAPE.sub(_unescaped, text))  # two escapes may make one character


def _unescaped(match: re.Match[str]) -> str:
    what = match[1]
    if len(what) > 1:
        code = int(what[1:], 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    return _ESCAPES.get(what, what)


class _Scanner:
    """One pass over the members of something in braces."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        self.clean = True

    def peek(self) -> str:
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at] if self.at < len(self.text) else ""

    def quoted(self) -> str:
        """A quoted string from its quote on; one that never ends goes to the end."""
        found, self.at, closed = quoted(self.text, self.at)
        self.clean &= closed
        return found

    def bare(self, stops: str) -> str:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in stops:
            self.at += 1
        return self.text[start : self.at].strip()

    def nested(self) -> Bare:
        start = self.at
        self.at = end_of(self.text, start)
        kind: Kind = "object" if self.text[start] == "{" else "list"
        return Bare(self.text[start : self.at], kind)

    def value(self) -> str | Bare:
        first = self.peek()
        if first in {'"', "'"}:
            found = self.quoted()
            if self.peek() not in {",", "}", ""}:
                self.clean = False
                self.bare(",}\n")
            return found
        if first and first in "{[":
            return self.nested()
        text = self.bare(",}\n")
        if text.endswith(('"', "'")):  # the opening quote is missing
            self.clean = False
            return text[:-1]
        return plain(text)


def pairs(text: str) -> tuple[Pairs, bool]:
    """The members of something in braces, sound or not.

    Args:
        text: begins at its ``{``; at most ``MAX_TEXT`` characters are looked at.

    Returns:
        The members, and whether the text is sound YAML flow.
    """
    scan = _Scanner(text[:MAX_TEXT], 1)
    found = Pairs()
    while (first := scan.peek()) and first != "}":
        if first == ",":
            scan.at += 1
            continue
        before = scan.at
        key = scan.quoted() if first in {'"', "'"} else scan.bare(":=,}\n")
        following = scan.peek()
        if following in {":", "="}:
            scan.at += 1
            found.append((key, scan.value()))
        elif key.rstrip().endswith(":"):  # the closing quote of the key is missing
            scan.clean = False
            found.append((key.rstrip(" :"), scan.value()))
        else:
            scan.clean = False
        scan.at = max(scan.at, before + 1)
    return found, scan.clean and bool(first)


def quoted(text: str, start: int) -> tuple[str, int, bool]:
    """A quoted scalar, YAML's or JSON's.

    Args:
        text: holds it.
        start: where its quotation mark stands.

    Returns:
        What it says, the offset after it, and whether it ends at all.
    """
    quote = text[start]
    match = (_DOUBLE if quote == '"' else _SINGLE).match(text, start + 1)
    stop = match.end() if match else len(text)
    inside = text[start + 1 : stop - bool(match)]
    said = double(inside) if quote == '"' else inside.replace("''", "'")
    return said, stop, match is not None


def end_of(text: str, start: int) -> int:
    """Where the brackets that open at ``start`` close; the text's end when they do not."""
    depth = 0
    for match in _BRACKETS.finditer(text, start):
        mark = match[0]
        if mark in {"{", "["}:
            depth += 1
        elif mark in {"}", "]"}:
            depth -= 1
            if depth == 0:
                return match.end()
    return len(text)
