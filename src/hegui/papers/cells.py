"""Cells as text."""

from datetime import datetime

from hegui.papers.model import Cell, State, Term

_NEVER = frozenset("\x7f\ufffe\uffff")


def printable(text: str) -> str:
    """The text without control characters but for line ends and tabs, and without no characters.

    XML, of which Word's and Excel's files are made, takes neither U+FFFE nor U+FFFF, nor half of
    a pair of surrogates.
    """
    return "".join(
        one
        for one in text
        if (one >= " " and one not in _NEVER and not "\ud800" <= one <= "\udfff") or one in "\n\t"
    )


def shown(cell: Cell) -> str:
    """A cell as people read it; nothing is a dash."""
    if isinstance(cell, State):
        return f"{cell.shape} {printable(cell.word)}"
    if isinstance(cell, Term):
        return printable(cell.word)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return "–" if cell is None else printable(str(cell))
