"""A run of the ledger: entries in their order, and what checks ask of many of them at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import attrgetter
from typing import Any

from hegui.checks.moment import day_number
from hegui.checks.seen import MOST_SHOWN, Seen
from hegui.ledger.kinds import Entry

_ACT, _KIND, _AT = attrgetter("act"), attrgetter("__struct_config__.tag"), attrgetter("at")


class Run:
    """Entries in the ledger's order.

    Many checks ask the same of the same entries, so what is found is kept, and found by loops of
    the interpreter's own: each request brings two entries, and a busy house has thousands in a run.

    Args:
        entries: what happened.
        places: of each its place in the ledger; ``PENDING`` of one that has none yet.

    Attributes:
        kinds: those that there are entries of.
    """

    def __init__(self, entries: Sequence[Entry], places: Sequence[int]) -> None:
        self.entries = entries
        self.places = places
        self.kinds = frozenset(map(type, entries))
        self._values: dict[str, list[Any]] = {}
        self._of: dict[frozenset[type[Entry]], Run] = {}

    def of(self, *kinds: type[Entry]) -> "Run":
        """The entries of some kinds alone."""
        there = self.kinds.intersection(kinds)
        if there == self.kinds:
            return self
        found = self._of.get(there)
        if found is None:
            wanted = list(map(there.__contains__, map(type, self.entries)))
            found = self._of[there] = self.only(wanted)
        return found

    def only(self, wanted: Sequence[object]) -> "Run":
        """The entries for which something true is given, one to each."""
        return Run(list(compress(self.entries, wanted)), list(compress(self.places, wanted)))

    def values(self, name: str) -> list[Any]:
        """A field of each entry; every kind that is there has it."""
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = list(map(attrgetter(name), self.entries))
        return found

    @cached_property
    def days(self) -> Mapping[int, int]:
        """By the day's number, how many entries there are; the first day that is met first."""
        at = self.values("at")
        if day_number(min(at)) == day_number(max(at)):
            return {day_number(at[0]): len(at)}
        return Counter(map(day_number, at))

    @cached_property
    def last(self) -> int:
        """The time of the latest; of an empty run there is none."""
        last: int = max(self.values("at"))
        return last

    @cached_property
    def seen(self) -> list[Seen]:
        """What is kept of each entry."""
        return _seen(self.entries, self.places)

    @cached_property
    def latest(self) -> list[Seen]:
        """What is kept of the last 20."""
        return _seen(self.entries[-MOST_SHOWN:], self.places[-MOST_SHOWN:])


def _seen(entries: Sequence[Entry], places: Sequence[int]) -> list[Seen]:
    return list(map(Seen, places, map(_ACT, entries), map(_KIND, entries), map(_AT, entries)))
