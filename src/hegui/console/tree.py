"""An entry's way up the ledger's tree, step by step and as a drawing. No script, no database."""

from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from hegui.ledger.merkle import node_hash

_STEP = 30
_REACH = 64
_MIDDLE = 90
_WIDTH = 340
_TOP = 24


class Step(msgspec.Struct, frozen=True):
    """One step up: a neighbour's hash joined with the one so far.

    Attributes:
        left: whether the neighbour stands to the left.
        neighbour: its hash, hexadecimal.
        joined: the hash of both.
    """

    left: bool
    neighbour: str
    joined: str


def steps(index: int, size: int, leaf: bytes, hashes: Sequence[bytes]) -> list[Step]:
    """The way from a leaf to the root (RFC 9162, section 2.1.3.2).

    Args:
        index: the leaf's place, from 0.
        size: leaves of the tree, more than ``index``.
        leaf: the leaf's hash.
        hashes: a proof that was verified.
    """
    place, last, so_far = index, size - 1, leaf
    way: list[Step] = []
    for neighbour in hashes:
        left = bool(place & 1) or place == last
        so_far = node_hash(neighbour, so_far) if left else node_hash(so_far, neighbour)
        # At the right edge a node without a neighbour stands in for those above it.
        while left and not place & 1 and place:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
        way.append(Step(left, neighbour.hex(), so_far.hex()))
    return way


def draw(way: Sequence[Step], *, told: str, root: str, entry: str) -> Markup:
    """The way as an SVG picture, the root at the top; colours are the stylesheet's (``.tree``).

    Args:
        way: the steps, from the leaf up.
        told: the whole picture in a sentence, for those who don't see it.
        root: the word beside the root.
        entry: the word beside the entry.
    """
    height = 2 * _TOP + _STEP * len(way)
    lines, dots = Markup(), Markup()
    y = height - _TOP
    for step in way:
        up = (_MIDDLE, y - _STEP)
        across = (_MIDDLE - _REACH if step.left else _MIDDLE + _REACH, y)
        lines += _line("tree-side", across, up) + _line("tree-way", (_MIDDLE, y), up)
        dots += _dot("tree-other", across, 5) + _dot("tree-own", (_MIDDLE, y), 5)
        y -= _STEP
    dots += _dot("tree-root", (_MIDDLE, y), 8)
    words = _word(height - _TOP, entry) + (_word(_TOP, root) if way else Markup())
    return Markup(
        '<svg class="tree" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">'
        "{}{}{}</svg>"
    ).format(told, _WIDTH, height, _WIDTH, height, lines, dots, words)


def _line(name: str, start: tuple[int, int], end: tuple[int, int]) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(name, *start, *end)


def _dot(name: str, at: tuple[int, int], radius: int) -> Markup:
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(name, *at, radius)


def _word(y: int, said: str) -> Markup:
    return Markup('<text x="{}" y="{}">{}</text>').format(_MIDDLE + _REACH + 14, y + 5, said)
