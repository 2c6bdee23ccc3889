"""Text as a terminal of 80 columns shows it, Chinese and English alike: wrapped, and in columns."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width

#: What every terminal has room for.
COLUMNS = 80
_GAP = "  "
#: What a last column is never narrower than, however wide the others are.
_LEAST = 20
_WIDE = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_OPENING, _CLOSING = "（《〈「『【“‘", "，。；：、！？）》〉」』】”’…"
#: What stays on one line: white space, a Chinese character or a word, with its brackets and stops.
_PIECE = re.compile(
    rf"\s+|[{_OPENING}]*(?:[^\s{_WIDE}{_OPENING}{_CLOSING}]+|[{_WIDE}])?[{_CLOSING}]*"
)


def wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    """A text in lines of at most 80 columns.

    Args:
        text: may have several lines, each wrapped by itself.
        first: what stands before its first line.
        rest: what stands before every other; none: as many spaces.
    """
    hang = " " * width(first) if rest is None else rest
    room = COLUMNS - max(width(first), width(hang))
    lines = [piece for line in text.split("\n") for piece in split(line, room)]
    return "\n".join(
        ((first if number == 0 else hang) + line).rstrip() for number, line in enumerate(lines)
    )


def card(head: str, lines: Iterable[str], indent: str = "") -> str:
    """A line, and below it, further in, what belongs to it; all wrapped.

    Args:
        head: what it is about.
        lines: what is told of it, each of one or several lines; empty ones are left out.
        indent: before each line.
    """
    told = [wrapped(head, indent, f"{indent}  ")]
    parts = [part for line in lines for part in line.split("\n") if part]
    told += [wrapped(part, f"{indent}    ", f"{indent}      ") for part in parts]
    return "\n".join(told)


def aligned(rows: Sequence[Sequence[str]], indent: str = "") -> str:
    """Rows with their columns under one another; a cell may have several lines.

    The last column is wrapped into what the others leave of 80 columns.

    Args:
        rows: of as many cells each.
        indent: before each line.
    """
    cells = [[cell.split("\n") for cell in row] for row in rows]
    columns = zip(*cells, strict=True)
    widths = [max(width(line) for cell in column for line in cell) for column in columns]
    used = width(indent) + sum(widths[:-1]) + len(_GAP) * (len(widths) - 1)
    room = max(COLUMNS - used, _LEAST)
    lines = []
    for row in cells:
        row[-1] = [piece for line in row[-1] for piece in split(line, room)]
        for number in range(max(len(cell) for cell in row)):
            parts = [cell[number] if number < len(cell) else "" for cell in row]
            padded = (
                part + " " * (most - width(part)) for part, most in zip(parts, widths, strict=True)
            )
            lines.append((indent + _GAP.join(padded)).rstrip())
    return "\n".join(lines)


def both(zh: str, en: str, indent: int = 6) -> str:
    """The same in both languages, in one line where it fits behind an indent."""
    return f"{zh} {en}" if width(f"{zh} {en}") <= COLUMNS - indent else f"{zh}\n{en}"


def width(text: str) -> int:
    """How many places of a terminal a text takes: a Chinese character takes two."""
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def split(text: str, room: int) -> list[str]:
    """One line as several of so many places; only what is longer than one is broken within."""
    lines, line, used = [], "", 0
    for piece in _PIECE.findall(text):
        takes = width(piece)
        if used + takes > room and line:
            lines.append(line.rstrip())
            line, used = "", 0
            if piece.isspace():
                continue
        for char in piece if takes > room else (piece,):
            if used + width(char) > room:
                lines.append(line)
                line, used = "", 0
            line, used = line + char, used + width(char)
    return [*lines, line.rstrip()]
