"""Entries to check: the examples of each kind, at a time and with fields of one's own."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec
from tests.ledger.examples import EXAMPLES

from hegui.checks.check import CHECKS, Live
from hegui.checks.moment import Moment
from hegui.checks.result import Result
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


def folded(check: str, entries: Iterable[kinds.Entry]) -> Live:
    """What a check remembers of a ledger that has just these entries."""
    found = CHECKS[check]
    assert found.live is not None
    live = found.live()
    for index, entry in enumerate(entries):
        if type(entry) in found.kinds:
            live.fold(entry, index)
    return live


def judged(
    check: str, entries: Sequence[kinds.Entry], now: int = NOW, book: Book | None = None
) -> Result:
    """What a check comes to over these entries; its memory goes through its stored form."""
    live = folded(check, entries)
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(live), type=type(live))
    assert again == live
    return again.judge(Moment(now, book or shipped_book()))
