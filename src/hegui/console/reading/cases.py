"""Cases as the console lists them, and what surrounds one: its evidence, and who may decide it."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, func, select, tuple_

from hegui.cases import OPEN, CaseRow, Clock, Filters, State
from hegui.cases.clocks import ABOUT, ANSWER
from hegui.console.actions import Action, who_may
from hegui.ledger.entry import decode
from hegui.ledger.errors import LedgerError
from hegui.ledger.kinds import ClockFired
from hegui.store import Store, tables
from hegui.world import is_id

#: Entries of one case, and people who may decide it, that a page shows.
MOST_ENTRIES, MOST_PEOPLE = 60, 20
#: Open cases are counted up to here; past it the page says "more than".
MOST_COUNTED = 999
_case, _clock, _staff = tables.case_file, tables.clock, tables.staff
_CLOCK = [_clock.c[name].label(f"clock_{name}") for name in Clock.__struct_fields__]
_KEPT = ("id", "number", "kind", "subject", "state", "received", "changed", "assigned")


class Place(msgspec.Struct, frozen=True):
    """Where a page of the list begins: after this row of the page before."""

    due: int
    id: str

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """A place from an address, ``DUE-ID``; ``None`` for anything else."""
        due, _, clock_id = text.partition("-")
        if not (due.isascii() and due.isdigit() and len(due) < 16 and is_id(clock_id)):
            return None
        return cls(int(due), clock_id)

    def __str__(self) -> str:
        return f"{self.due}-{self.id}"


class Counts(msgspec.Struct, frozen=True):
    """How many open cases there are: of all, past their due date, and with one person."""

    open: int
    overdue: int
    mine: int


class Written(msgspec.Struct, frozen=True):
    """An entry of the ledger about a case.

    Attributes:
        kind: ``case.filed``, ``case.moved``, ``case.decided`` or ``clock.fired``.
        at: when, milliseconds since 1970, UTC.
        index: its place in the log; ``None`` while it waits for it.
        stage: of a clock: ``before``, ``due``, ``after`` or ``moved``.
    """

    kind: str
    at: int
    index: int | None
    stage: str = ""


def queue(store: Store, filters: Filters, limit: int, after: Place | None = None) -> list[CaseRow]:
    """Open cases, what is due first on top, in one statement. Blocking."""
    wanted = [_clock.c.stopped.is_(None), _clock.c.name == ANSWER]
    if filters.kind is not None:
        wanted.append(_case.c.kind == filters.kind)
    if filters.states:
        wanted.append(_case.c.state.in_(filters.states))
    if filters.assigned is not None:
        wanted.append(_case.c.assigned == filters.assigned)
    if after is not None:
        wanted.append(tuple_(_clock.c.due, _clock.c.id) > (after.due, after.id))
    rows = (
        select(*(_case.c[name] for name in _KEPT), _staff.c.name.label("assignee"), *_CLOCK)
        .join_from(_clock, _case, (_clock.c.about == ABOUT) & (_clock.c.subject == _case.c.id))
        .outerjoin(_staff, _staff.c.id == _case.c.assigned)
        .where(*wanted)
        .order_by(_clock.c.due, _clock.c.id)
        .limit(limit)
    )
    with store.read() as conn:
        return [
            CaseRow(
                **{name: row[name] for name in _KEPT if name != "state"},
                state=State(row["state"]),
                assignee=row["assignee"] or "",
                outcome=None,
                clock=Clock(**{name: row[f"clock_{name}"] for name in Clock.__struct_fields__}),
            )
            for row in conn.execute(rows).mappings()
        ]


def counts(store: Store, staff_id: str, now: int) -> Counts:
    """How many cases are open, each number at most ``MOST_COUNTED`` + 1. Blocking."""
    of_case = (_clock.c.about == ABOUT) & _clock.c.stopped.is_(None)
    running = select(_clock.c.id, _clock.c.due).where(of_case)
    every = running.limit(MOST_COUNTED + 1).subquery()
    over = (
        running.where(_clock.c.due < now, _clock.c.paused.is_(None))
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    own = (
        select(_case.c.id)
        .where(_case.c.assigned == staff_id, _case.c.state.in_(OPEN))
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    numbers = select(
        *(select(func.count()).select_from(part).scalar_subquery() for part in (every, over, own))
    )
    with store.read() as conn:
        return Counts(*conn.execute(numbers).one())


def find(conn: Connection, named: str) -> str | None:
    """The id of the case of that number or id; ``None`` when there is none."""
    column = _case.c.id if is_id(named) else _case.c.number
    return conn.scalar(select(_case.c.id).where(column == named))


def written(conn: Connection, case_id: str) -> list[Written]:
    """The ledger's entries about a case, in the order in which they were made."""
    entry = tables.entry
    rows = conn.execute(
        select(entry.c.kind, entry.c.at, entry.c.idx, entry.c.body)
        .where(entry.c.act == case_id)
        .order_by(entry.c.id)
        .limit(MOST_ENTRIES)
    )
    return [Written(row.kind, row.at, row.idx, _stage(row.kind, row.body)) for row in rows]


def deciders(conn: Connection, but: Iterable[str], authors: Iterable[str]) -> list[str]:
    """Names of those who may decide a case.

    Args:
        conn: a connection.
        but: ids of those who may not decide this one.
        authors: names, case-folded, of those who may not either.
    """
    left_out = frozenset(authors)
    names = conn.scalars(
        select(_staff.c.name)
        .where(
            _staff.c.role.in_([str(role) for role in who_may(Action.DECIDE_CASES)]),
            _staff.c.disabled.is_(None),
            _staff.c.id.not_in(list(but)),
        )
        .order_by(_staff.c.name)
        .limit(MOST_PEOPLE + len(left_out))
    )
    return [name for name in names if name.strip().casefold() not in left_out][:MOST_PEOPLE]


def _stage(kind: str, body: bytes) -> str:
    if kind != "clock.fired":
        return ""
    try:
        entry = decode(body)
    except LedgerError:  # verification tells of it; the history goes without the stage
        return ""
    return entry.stage if isinstance(entry, ClockFired) else ""


__all__ = ["Counts", "Place", "Written", "counts", "deciders", "find", "is_id", "queue", "written"]
