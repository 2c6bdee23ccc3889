"""Rows of text in columns, as a terminal shows them, Chinese and English alike."""

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

_GAP = "  "


def aligned(rows: Sequence[Sequence[str]], indent: str = "") -> str:
    """Rows with their columns under one another; a cell may have several lines.

    Args:
        rows: of as many cells each.
        indent: before each line.
    """
    cells = [[cell.split("\n") for cell in row] for row in rows]
    columns = zip(*cells, strict=True)
    widths = [max(width(line) for cell in column for line in cell) for column in columns]
    lines = []
    for row in cells:
        for number in range(max(len(cell) for cell in row)):
            parts = [cell[number] if number < len(cell) else "" for cell in row]
            padded = (
                part + " " * (most - width(part)) for part, most in zip(parts, widths, strict=True)
            )
            lines.append((indent + _GAP.join(padded)).rstrip())
    return "\n".join(lines)


def width(text: str) -> int:
    """How many places of a terminal a text takes: a Chinese character takes two."""
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )
