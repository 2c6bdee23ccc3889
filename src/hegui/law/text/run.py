"""Which of the places where an article may begin make up the law: the longest run in order."""

from collections.abc import Sequence
from typing import NamedTuple, Optional

from hegui.law.text.headings import Heading

#: A law has at least so many articles, and at least this share of its numbers is found.
LEAST, SHARE = 3, 2 / 3
#: Numbers missing between two neighbours, at most.
_GAP = 20
#: What a place is worth; what every missing number costs. A place within a line may be a mention.
_FIRST, _WITHIN, _FULL, _MISSING = 10, 6, 1, 3


class _Chain(NamedTuple):
    """A run that ends with one heading; ``start`` is the place of its first."""

    score: int
    start: int
    last: Heading
    before: Optional["_Chain"]


def run(found: Sequence[Heading]) -> tuple[Heading, ...]:
    """The best run of one language's headings: the most articles, in the order of their numbers.

    Of runs that are equally good the one in the least space wins: an article quoted before or
    after the law is then no part of it.

    Args:
        found: in the text's order.

    Returns:
        The run; empty where nothing has the shape of a law.
    """
    best: dict[int, _Chain] = {}
    for place, one in enumerate(found):
        worth = (_FIRST if one.first else _WITHIN) + (_FULL if one.full else 0)
        ways = [
            _Chain(before.score + worth - _cost(earlier, one), before.start, one, before)
            for earlier in range(one.number - 1, max(0, one.number - _GAP - 2), -1)
            if (before := best.get(earlier)) is not None
        ]
        if one.number <= _GAP + 1:
            ways.append(_Chain(worth - _cost(0, one), place, one, None))
        if one.number in best:
            ways.insert(0, best[one.number])
        if ways:
            best[one.number] = max(ways, key=_rank)
    won = max(best.values(), key=_rank, default=None)
    chosen = _unrolled(won)
    return chosen if _is_law(chosen) else ()


def _cost(earlier: int, one: Heading) -> int:
    """What the numbers between two neighbours cost."""
    return _MISSING * (one.number - earlier - 1)


def _rank(chain: _Chain) -> tuple[int, int]:
    """The one with more; of equals the one that starts later; ``max`` keeps the first of equals."""
    return chain.score, chain.start


def _unrolled(chain: _Chain | None) -> tuple[Heading, ...]:
    found: list[Heading] = []
    while chain is not None:
        found.append(chain.last)
        chain = chain.before
    return tuple(reversed(found))


def _is_law(chosen: tuple[Heading, ...]) -> bool:
    return (
        len(chosen) >= LEAST
        and len(chosen) >= SHARE * chosen[-1].number
        and 2 * sum(one.full for one in chosen) >= len(chosen)
    )
