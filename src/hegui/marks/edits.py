"""A plan from a few edits: what lies between them is kept."""

from collections.abc import Iterable
from typing import TypeAlias

from hegui.marks.plan import Piece, Plan, Span

#: Offsets of what goes, and the bytes that come there instead.
Edit: TypeAlias = tuple[int, int, bytes]


def spliced(size: int, edits: Iterable[Edit], start: int = 0) -> Plan:
    """The plan of a file in which some ranges are replaced.

    Args:
        size: where the kept part ends, usually the file's size.
        edits: ranges that do not overlap, in any order; two at one offset keep their order.
        start: where the kept part begins.
    """
    pieces: list[Piece] = []
    at = start
    for first, last, data in sorted(edits, key=_range):
        if first > at:
            pieces.append(Span(at, first))
        if data:
            pieces.append(data)
        at = last
    if size > at:
        pieces.append(Span(at, size))
    return pieces


def _range(edit: Edit) -> tuple[int, int]:
    return edit[:2]
