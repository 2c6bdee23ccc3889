"""How the house stands: the tally of thirty days, the ledger, and what waits for a person."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Text,
    cast,
    func,
    literal,
    select,
    union_all,
)

from hegui.cases.clocks import ABOUT, Clock
from hegui.console.reading.figures import percentile
from hegui.store import Store, tables, tally

DAYS = 30
#: Categories, deadlines and notices that are listed; of more, their number is told.
MOST_CATEGORIES, MOST_DUE, MOST_NOTICES = 30, 5, 6
_MEASURES = ("generation", "first_ms", "case.filed")
_APPEAL = "appeal"
_SUMMED = (f"decided.{_APPEAL}.upheld", f"decided.{_APPEAL}.rejected", "stop.input", "stop.output")
_OPEN = ("received", "assigned")


class Day(msgspec.Struct, frozen=True):
    """What one day counted.

    Attributes:
        day: as ``20261122``, in Beijing.
        outcomes: ``admitted``, ``delivered``, ``stopped``, … to how many.
        p50, p95: milliseconds to the first byte of whole answers; None of none.
        filed: appeals.
    """

    day: int
    outcomes: Mapping[str, int]
    p50: int | None
    p95: int | None
    filed: int

    def of(self, outcome: str) -> int:
        """How many generations had this outcome."""
        return self.outcomes.get(outcome, 0)

    @property
    def admitted(self) -> int:
        """How many were let in."""
        return self.of("admitted")

    @property
    def stopped(self) -> int:
        """How many were stopped."""
        return self.of("stopped")

    @property
    def slowest(self) -> int:
        """The day's 95th percentile; 0 of none."""
        return self.p95 or 0

    @property
    def other(self) -> int:
        """How many ended in another way than whole or by a stop."""
        return sum(self.of(outcome) for outcome in ("failed", "abandoned", "interrupted"))


class Category(msgspec.Struct, frozen=True):
    """Stops of thirty days in one category, by the side stopped, and what became of appeals."""

    name: str
    input: int
    output: int
    upheld: int
    rejected: int

    @property
    def stops(self) -> int:
        """Both sides together."""
        return self.input + self.output


class Ledger(msgspec.Struct, frozen=True):
    """The head of the ledger, and how far it is counted.

    Attributes:
        size, at: entries under the last checkpoint, and when it was signed; 0 and None of none.
        through: entries counted.
        counted_at: the time of the last entry counted.
    """

    size: int
    at: int | None
    through: int
    counted_at: int | None


class Verification(msgspec.Struct, frozen=True):
    """The last verification of the ledger; ``ok`` is None while it runs or was cut."""

    started: int
    ended: int | None
    size: int
    done: int
    ok: bool | None


class Due(msgspec.Struct, frozen=True):
    """A deadline, with the case it is of, and why it stands still if it does."""

    case_id: str
    number: str
    kind: str
    state: str
    clock: Clock
    reason: str


class Notice(msgspec.Struct, frozen=True):
    """Something that the console was told and that still needs somebody.

    Attributes:
        topic: what happened.
        subject: to what: an act's id.
        at: when, milliseconds since 1970, UTC.
        number: the number of a case or of a licence, if it is one.
        control: what was attested, as ``PACK/CONTROL``, if it is an attestation.
        licence: whether it is a licence.
    """

    topic: str
    subject: str
    at: int
    number: str | None
    control: str | None
    licence: bool


class Overview(msgspec.Struct, frozen=True):
    """Everything the overview shows.

    Attributes:
        days: thirty, oldest first, today last.
        categories: most stops first, at most thirty.
        more_categories: how many more there are.
        upheld, rejected: appeals decided in these days.
        open: appeals that wait for a decision now.
        due: the next deadlines, then those that stand still; ``running`` counts all that run,
            ``still`` those that don't, ``late`` those past.
        notices: the latest; ``notices_open`` counts all.
    """

    days: list[Day]
    categories: list[Category]
    more_categories: int
    upheld: int
    rejected: int
    open: int
    ledger: Ledger
    verification: Verification | None
    due: list[Due]
    running: int
    still: int
    late: int
    notices: list[Notice]
    notices_open: int

    @property
    def today(self) -> Day:
        """The last of the days."""
        return self.days[-1]

    def total(self, outcome: str) -> int:
        """How many generations of these days had this outcome."""
        return sum(day.of(outcome) for day in self.days)


def read(store: Store, now: int) -> Overview:
    """How the house stands, in five statements whatever the number of rows; blocking.

    Args:
        store: the database.
        now: milliseconds since 1970, UTC.
    """
    days = _days(now)
    with store.read() as conn:
        daily, sums = _tallied(conn, days[0])
        ledger, opened = _head(conn)
        verification = _verification(conn)
        due, running, still, late = _due(conn, now)
        notices, notices_open = _notices(conn)
    categories = _categories(sums)
    return Overview(
        days=[_day(day, daily.get(day, {})) for day in days],
        categories=categories[:MOST_CATEGORIES],
        more_categories=max(0, len(categories) - MOST_CATEGORIES),
        upheld=sum(one.upheld for one in categories),
        rejected=sum(one.rejected for one in categories),
        open=opened,
        ledger=ledger,
        verification=verification,
        due=due,
        running=running,
        still=still,
        late=late,
        notices=notices,
        notices_open=notices_open,
    )


Counts = dict[str, dict[str, int]]


def _days(now: int) -> list[int]:
    today = tally.day_of(now)
    last = date(today // 10_000, today // 100 % 100, today % 100)
    spans = (last - timedelta(days=back) for back in reversed(range(DAYS)))
    return [one.year * 10_000 + one.month * 100 + one.day for one in spans]


def _tallied(conn: Connection, since: int) -> tuple[dict[int, Counts], Counts]:
    """Counts by day, and sums over the days of what is told by category.

    A day's counts of one measure come as one row, ``KEY:N KEY:N``: these keys are the house's own
    words and figures, and a month has thousands of them.
    """
    table = tables.tally
    pairs = func.aggregate_strings(table.c.key + ":" + cast(table.c.n, Text), " ")
    daily = (
        select(table.c.day, table.c.measure, pairs, literal(0))
        .where(table.c.day >= since, table.c.measure.in_(_MEASURES))
        .group_by(table.c.day, table.c.measure)
    )
    sums = (
        select(literal(0), table.c.measure, table.c.key, func.sum(table.c.n))
        .where(table.c.day >= since, table.c.measure.in_(_SUMMED))
        .group_by(table.c.measure, table.c.key)
    )
    by_day: dict[int, Counts] = {}
    summed: Counts = {}
    for day, measure, key, n in conn.execute(union_all(daily, sums)):
        if day:
            counts = (pair.split(":") for pair in key.split(" "))
            by_day.setdefault(day, {})[measure] = {one: int(many) for one, many in counts}
        else:
            summed.setdefault(measure, {})[key] = int(n)
    return by_day, summed


def _day(day: int, counts: Counts) -> Day:
    waits = {int(ms): n for ms, n in counts.get("first_ms", {}).items()}
    return Day(
        day=day,
        outcomes=counts.get("generation", {}),
        p50=percentile(waits, 0.5),
        p95=percentile(waits, 0.95),
        filed=counts.get("case.filed", {}).get(_APPEAL, 0),
    )


def _categories(sums: Counts) -> list[Category]:
    def of(measure: str, name: str) -> int:
        return sums.get(measure, {}).get(name, 0)

    found = [
        Category(
            name,
            of("stop.input", name),
            of("stop.output", name),
            of(f"decided.{_APPEAL}.upheld", name),
            of(f"decided.{_APPEAL}.rejected", name),
        )
        for name in {key for keys in sums.values() for key in keys}
    ]
    return sorted(found, key=lambda one: (-one.stops, one.name))


def _head(conn: Connection) -> tuple[Ledger, int]:
    """The ledger's head, and how many appeals are open."""
    head, entry, cursor = tables.checkpoint, tables.entry, tables.tally_cursor
    case = tables.case_file
    following = select(func.max(cursor.c.next)).scalar_subquery()
    last = select(head.c.size).order_by(head.c.size.desc()).limit(1).scalar_subquery()
    opened = (
        select(func.count())
        .where(case.c.state.in_(_OPEN), case.c.kind == _APPEAL)
        .scalar_subquery()
    )
    row = conn.execute(
        select(
            last,
            select(head.c.at).order_by(head.c.size.desc()).limit(1).scalar_subquery(),
            following,
            select(entry.c.at).where(entry.c.idx == following - 1).scalar_subquery(),
            opened,
        )
    ).one()
    size, at, through, counted_at, appeals = row
    return Ledger(size or 0, at, through or 0, counted_at), appeals


def _verification(conn: Connection) -> Verification | None:
    table = tables.verification
    columns = (table.c[name] for name in Verification.__struct_fields__)
    # Ids begin with their time.
    row = conn.execute(select(*columns).order_by(table.c.id.desc()).limit(1)).first()
    return None if row is None else Verification(*row)


def _due(conn: Connection, now: int) -> tuple[list[Due], int, int, int]:
    clock, case, pause = tables.clock, tables.case_file, tables.clock_pause
    open_ = (clock.c.about == ABOUT) & clock.c.stopped.is_(None)
    runs = clock.c.paused.is_(None)

    def counted(*which: ColumnElement[bool]) -> ColumnElement[int]:
        return select(func.count()).where(open_, *which).correlate(None).scalar_subquery()

    of_case = (case.c.id, case.c.number, case.c.kind, case.c.state)
    rows = conn.execute(
        select(
            counted(runs),
            counted(clock.c.paused.is_not(None)),
            counted(runs, clock.c.due < now),
            *of_case,
            pause.c.reason,
            *(clock.c[name] for name in Clock.__struct_fields__),
        )
        .join(case, case.c.id == clock.c.subject)
        .outerjoin(pause, (pause.c.clock_id == clock.c.id) & (pause.c.started == clock.c.paused))
        .where(open_)
        .order_by(clock.c.paused.is_not(None), clock.c.due, clock.c.id)
        .limit(MOST_DUE)
    ).all()
    names = Clock.__struct_fields__
    due = [
        Due(
            row.id,
            row.number,
            row.kind,
            row.state,
            Clock(**dict(zip(names, row[8:], strict=True))),
            row.reason or "",
        )
        for row in rows
    ]
    return (due, *rows[0][:3]) if rows else ([], 0, 0, 0)


def _notices(conn: Connection) -> tuple[list[Notice], int]:
    notice, case = tables.notice, tables.case_file
    attestation, licence = tables.attestation, tables.licence

    def its(column: Column[Any], key: Column[Any]) -> ColumnElement[Any]:
        return select(column).where(key == notice.c.subject).scalar_subquery()

    licensed = its(licence.c.number, licence.c.id)
    opened = select(func.count()).where(notice.c.done.is_(None)).correlate(None)
    rows = conn.execute(
        select(
            notice.c.topic,
            notice.c.subject,
            notice.c.at,
            func.coalesce(its(case.c.number, case.c.id), licensed),
            its(attestation.c.control, attestation.c.id),
            licensed.is_not(None),
            opened.scalar_subquery(),
        )
        .where(notice.c.done.is_(None))
        .order_by(notice.c.at.desc(), notice.c.id)
        .limit(MOST_NOTICES)
    ).all()
    return [Notice(*row[:-1]) for row in rows], rows[0][-1] if rows else 0
