"""How the new file is made: pieces kept from the old one, and new bytes between them.

A carrier answers with a plan and writes nothing itself. What is not label is a ``Span`` of the
source, so nothing is ever encoded again, and a file of any size needs little memory.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

from hegui.marks.label import Label
from hegui.marks.source import Source

#: Copied at a time.
STEP = 1024 * 1024


class Span(msgspec.Struct, frozen=True):
    """Bytes kept from the source: from ``start``, up to but not including ``stop``."""

    start: int
    stop: int


Piece: TypeAlias = bytes | Span
Plan: TypeAlias = Sequence[Piece]


class Wanted(msgspec.Struct, frozen=True):
    """What is to stand in the new file.

    Attributes:
        label: the one label.
        source_type: IPTC DigitalSourceType as a full URI, or ``None``; only formats that carry
            XMP take it.
    """

    label: Label
    source_type: str | None = None


def length(plan: Plan) -> int:
    """Bytes of the file that a plan makes."""
    return sum(
        len(piece) if isinstance(piece, bytes) else piece.stop - piece.start for piece in plan
    )


def steps(source: Source, plan: Plan) -> Iterator[bytes]:
    """The new file's bytes, at most ``STEP`` of a kept piece at a time."""
    for piece in plan:
        if isinstance(piece, bytes):
            yield piece
            continue
        for start in range(piece.start, piece.stop, STEP):
            yield source.copy(start, min(start + STEP, piece.stop))


def render(source: Source, plan: Plan) -> bytes:
    """The new file, whole in memory."""
    return b"".join(steps(source, plan))
