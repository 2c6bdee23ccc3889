"""An entry as far as checks keep and show it."""

from collections.abc import Iterable

import msgspec

from hegui.checks.result import Shown
from hegui.ledger.kinds import Entry

#: Entries shown for a result, and kept of either side.
MOST_SHOWN = 20


class Seen(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry, as far as it is shown."""

    index: int
    act: str
    kind: str
    at: int

    def shown(self, *, against: bool) -> Shown:
        """The entry as a result shows it."""
        return Shown(self.index, self.act, self.kind, self.at, against)


def seen(entry: Entry, index: int) -> Seen:
    """What is kept of an entry."""
    return Seen(index, entry.act, str(entry.__struct_config__.tag), entry.at)


def shown(against: Iterable[Seen], others: Iterable[Seen] = ()) -> tuple[Shown, ...]:
    """At most 20 entries: those against first, and the latest of each side before the others."""
    first = [one.shown(against=True) for one in reversed(list(against))][:MOST_SHOWN]
    rest = [one.shown(against=False) for one in reversed(list(others))]
    return (*first, *rest[: MOST_SHOWN - len(first)])
