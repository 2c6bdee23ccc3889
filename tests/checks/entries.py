"""Entries to check: the examples of each kind, at a time and with fields of one's own."""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from tests.ledger.examples import EXAMPLES

from hegui.checks.check import CHECKS, Check, Live
from hegui.checks.moment import Moment
from hegui.checks.result import Result
from hegui.checks.run import Run
from hegui.law import Book, shipped_book
from hegui.ledger import kinds

_E = TypeVar("_E", bound=kinds.Entry)
_OF = {type(one): one for one in EXAMPLES}
#: 2026-01-05T04:00:00Z, noon in Beijing.
NOW = 1_767_585_600_000
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
DIGEST = "ab" * 32


def made(kind: type[_E], ago: int = HOUR, act: str = "", **fields: Any) -> _E:
    """An entry, so many milliseconds before now."""
    example = _OF[kind]
    assert isinstance(example, kind)
    return msgspec.structs.replace(example, at=NOW - ago, act=act or f"{ago:032x}", **fields)


def folded(check: str, entries: Sequence[kinds.Entry]) -> Live:
    """What a check remembers of a ledger that has just these entries."""
    found = CHECKS[check]
    assert found.live is not None
    live = found.live()
    take(found, live, entries)
    return live


def take(check: Check, live: Live, entries: Sequence[kinds.Entry], first: int = 0) -> None:
    """Give a check those of some entries that it reads, as one run; the first has this place."""
    mine = Run(entries, range(first, first + len(entries))).of(*check.kinds)
    if mine.entries:
        live.take(mine)


def judged(
    check: str, entries: Sequence[kinds.Entry], now: int = NOW, book: Book | None = None
) -> Result:
    """What a check comes to over these entries; its memory goes through its stored form."""
    live = folded(check, entries)
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(live), type=type(live))
    assert again == live
    return again.judge(Moment(now, book or shipped_book()))
