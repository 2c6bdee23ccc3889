"""What checks remember of entries: a few of the latest, counts by day, open acts; all bounded.

Nothing here depends on how the ledger was cut into runs: the same entries in the same order
leave the same memory.
"""

from collections.abc import Callable, Sequence

import msgspec

from hegui.checks.moment import WINDOW_DAYS, Moment, day_number
from hegui.checks.result import Shown
from hegui.checks.run import Run
from hegui.checks.seen import MOST_SHOWN, Seen, seen, shown
from hegui.ledger.kinds import Entry

#: Days counted: the window, and room for clocks that differ.
MOST_DAYS = 40
#: Different values counted of one day.
_MOST_VALUES = 8


class Recent(msgspec.Struct, frozen=True):
    """Acts of the window.

    Attributes:
        counted: how many.
        against: how many of them speak against the duty.
        shown: the latest of them.
        seen: when the last act of all was, within the window or before it; none: never.
    """

    counted: int
    against: int
    shown: tuple[Shown, ...]
    seen: int | None


class Acts(msgspec.Struct):
    """Acts of one kind, each for or against.

    Attributes:
        days: by the day's number, how many acts, and how many of them against.
        fine, wrong: the latest of each, oldest first.
        last: when the last one was; 0: never.
    """

    days: dict[int, tuple[int, int]] = {}
    fine: list[Seen] = []
    wrong: list[Seen] = []
    last: int = 0

    def add(self, entry: Entry, index: int, *, against: bool) -> None:
        """Take an act in."""
        self.put(seen(entry, index), against=against)

    def put(self, one: Seen, *, against: bool) -> None:
        """Take in an act of which no more is known than what is shown."""
        at = one.at
        days = self.days
        day = day_number(at)
        before = days.get(day)
        if before is None:
            days[day] = (1, int(against))
            if len(days) > MOST_DAYS:
                del days[min(days)]
        else:
            days[day] = (before[0] + 1, before[1] + against)
        kept = self.wrong if against else self.fine
        kept.append(one)
        if len(kept) > MOST_SHOWN:
            del kept[0]
        self.last = max(self.last, at)

    def take(self, run: Run, against: Sequence[object] = ()) -> None:
        """Take in the acts of a run, as if one after the other.

        Args:
            run: the acts; one to each entry.
            against: of each whether it is against; empty: none is.
        """
        if not run.entries:
            return
        fine, wrong = run, None
        if any(against):
            fine, wrong = run.only([not one for one in against]), run.only(against)
        days = self.days
        for day, n in run.days.items():
            counted, bad = days.get(day, (0, 0))
            days[day] = (counted + n, bad)
        if wrong is not None:
            for day, n in wrong.days.items():
                counted, bad = days[day]
                days[day] = (counted, bad + n)
            self.wrong = [*self.wrong, *wrong.latest][-MOST_SHOWN:]
        # A day that the bound lets go stays gone: so many later ones are there.
        while len(days) > MOST_DAYS:
            del days[min(days)]
        self.fine = [*self.fine, *fine.latest][-MOST_SHOWN:]
        self.last = max(self.last, run.last)

    def recent(self, at: Moment) -> Recent:
        """Those of the window."""
        days = [counts for day, counts in self.days.items() if day >= at.first]
        since = at.since
        return Recent(
            sum(counted for counted, _ in days),
            sum(against for _, against in days),
            shown(
                [one for one in self.wrong if one.at >= since],
                [one for one in self.fine if one.at >= since],
            ),
            self.last or None,
        )


class Open(msgspec.Struct):
    """Acts that have begun and not ended.

    Attributes:
        acts: by id, the oldest first.
        lost: how many more there were than could be kept; they are no longer watched.
    """

    acts: dict[str, Seen] = {}
    lost: int = 0

    def begin(self, entry: Entry, index: int, most: int) -> None:
        """An act begins; past ``most`` the oldest is let go and counted."""
        self.acts[entry.act] = seen(entry, index)
        if len(self.acts) > most:
            del self.acts[next(iter(self.acts))]
            self.lost += 1

    def end(self, act: str) -> None:
        """An act ends."""
        if self.acts.pop(act, None) is None and self.lost:
            self.lost -= 1


class Measured(msgspec.Struct):
    """Acts with a value each, of which the larger is the worse; the bound is known when judged.

    Attributes:
        days: by the day's number, how many acts had which value.
        worst: the acts with the largest values, the worst last, each with its value.
        latest: the latest acts, oldest first, each with its value.
        last: when the last one was; 0: never.
        today: the number of the latest day that is no single clock's error; 0: none yet.
    """

    days: dict[int, dict[int, int]] = {}
    worst: list[tuple[int, Seen]] = []
    latest: list[tuple[int, Seen]] = []
    last: int = 0
    today: int = 0

    def add(self, entry: Entry, index: int, value: int) -> None:
        """Take an act in."""
        day = day_number(entry.at)
        values = self.days.setdefault(day, {})
        values[value] = values.get(value, 0) + 1
        if len(values) > _MOST_VALUES:
            # Counted as the next worse: too strict rather than too kind.
            mild, worse = sorted(values)[:2]
            values[worse] += values.pop(mild)
        if len(self.days) > MOST_DAYS:
            del self.days[min(self.days)]
        self._pass(day)
        one = (value, seen(entry, index))
        self.latest.append(one)
        if len(self.latest) > MOST_SHOWN:
            del self.latest[0]
        self.worst.append(one)
        self.worst.sort(key=lambda each: (each[0], each[1].index))
        if len(self.worst) > MOST_SHOWN:
            # One outside of the window goes first, else the mildest.
            self.worst.remove(next((each for each in self.worst if self._out(each)), self.worst[0]))
        self.last = max(self.last, entry.at)

    def _pass(self, day: int) -> None:
        """Go on to an act's day; to one far off only when the act before was there too."""
        before = day_number(self.latest[-1][1].at) if self.latest else day
        if abs(day - self.today) <= MOST_DAYS:
            self.today = max(self.today, day)
        elif abs(day - before) <= MOST_DAYS:
            self.today = max(day, before)

    def _out(self, one: tuple[int, Seen]) -> bool:
        """Whether an act is outside of the window, as far as the acts tell what day it is."""
        day = day_number(one[1].at)
        return not self.today - WINDOW_DAYS < day <= self.today + MOST_DAYS

    def recent(self, at: Moment, wrong: Callable[[int, int], bool]) -> Recent:
        """Those of the window.

        Args:
            at: the moment.
            wrong: whether a value on a day, given by its number, speaks against the duty.
        """
        days = {day: values for day, values in self.days.items() if day >= at.first}
        since = at.since

        def bad(value: int, one: Seen) -> bool:
            return wrong(day_number(one.at), value)

        against = sorted(
            {one for value, one in (*self.worst, *self.latest) if bad(value, one)},
            key=lambda one: one.index,
        )
        fine = [one for value, one in self.latest if not bad(value, one)]
        return Recent(
            sum(sum(values.values()) for values in days.values()),
            sum(
                n
                for day, values in days.items()
                for value, n in values.items()
                if wrong(day, value)
            ),
            shown(
                [one for one in against if one.at >= since],
                [one for one in fine if one.at >= since],
            ),
            self.last or None,
        )
