"""Reads cases: one for its filer, one or many for the staff. Every function blocks."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, select

from hegui.cases.clocks import ABOUT, ANSWER, Clock
from hegui.cases.errors import case_missing, case_unknown
from hegui.cases.kinds import KINDS
from hegui.cases.machine import Event, State
from hegui.cases.numbers import plain_number, same
from hegui.cases.texts import Texts, opened
from hegui.cases.views import Case, CaseRow, Decided, Happened
from hegui.store import Store, tables
from hegui.vault import PersonKeys
from hegui.world import is_id

#: The most rows of one list.
MOST = 200

_case, _clock, _decision = tables.case_file, tables.clock, tables.case_decision
_assignee, _decider = tables.staff.alias("assignee"), tables.staff.alias("decider")
_CLOCK = [_clock.c[name].label(f"clock_{name}") for name in Clock.__struct_fields__]
_DECIDED = [name for name in Decided.__struct_fields__ if name != "by"]


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases a list shows; without a value, all.

    Attributes:
        kind: of this kind.
        states: in one of these states.
        assigned: with this member of staff (id).
    """

    kind: str | None = None
    states: tuple[State, ...] = ()
    assigned: str | None = None


ALL = Filters()


def by_number(store: Store, keys: PersonKeys, number: str, secret: str) -> Case:
    """The case of a number and its secret, for its filer: with its words, without staff names.

    Capitals, spaces and hyphens don't matter in the secret. The caller limits how often this can
    be tried.

    Raises:
        CasesError: ``case_unknown``, when there is no such number or the secret is wrong.
        VaultError: ``sealed_broken``, ``key_unreadable``.
    """
    with store.read() as conn:
        row = conn.execute(_whole().where(_case.c.number == plain_number(number))).one_or_none()
        if not same(secret, None if row is None else row.secret) or row is None:
            raise case_unknown()
        texts = opened(conn, keys, row.id)
        return _case_of(conn, row, texts, named=False)


def one(store: Store, case_id: str) -> Case:
    """A case for the staff, with who did what and without its sealed words.

    Raises:
        CasesError: ``case_missing``.
    """
    if not is_id(case_id):
        raise case_missing()
    with store.read() as conn:
        row = conn.execute(_whole().where(_case.c.id == case_id)).one_or_none()
        if row is None:
            raise case_missing()
        return _case_of(conn, row, Texts(), named=True)


def open_text(store: Store, keys: PersonKeys, case_id: str) -> Texts:
    """The words of a case for staff who may decide cases; what is destroyed is ``None``.

    Raises:
        CasesError: ``case_missing``, for what is no id.
        VaultError: ``sealed_broken``, ``key_unreadable``.
    """
    if not is_id(case_id):
        raise case_missing()
    with store.read() as conn:
        return opened(conn, keys, case_id)


def list_cases(
    store: Store, filters: Filters = ALL, limit: int = 50, before: str | None = None
) -> list[CaseRow]:
    """Cases, newest first, in one query.

    Args:
        store: the house's database.
        filters: which ones.
        limit: at most so many, and never more than ``MOST``.
        before: the id of the last row of the page before.
    """
    named = [text for text in (before, filters.assigned) if text is not None]
    if not all(map(is_id, named)) or filters.kind not in (None, *KINDS):
        return []
    wanted = [] if before is None else [_case.c.id < before]
    if filters.kind is not None:
        wanted.append(_case.c.kind == filters.kind)
    if filters.states:
        wanted.append(_case.c.state.in_(filters.states))
    if filters.assigned is not None:
        wanted.append(_case.c.assigned == filters.assigned)
    return _rows(store, _listed().where(*wanted).order_by(_case.c.id.desc()), limit)


def due_next(store: Store, limit: int = 10) -> list[CaseRow]:
    """Open cases whose answer is due, soonest first, in one query."""
    running = _listed(clocks_first=True).where(_clock.c.stopped.is_(None))
    return _rows(store, running.order_by(_clock.c.due, _clock.c.id), limit)


def about(store: Store, kind: str, subject: str) -> CaseRow | None:
    """The case of a kind about an act that is open or decided; a withdrawn one does not count."""
    if not is_id(subject):
        return None
    wanted = and_(
        _case.c.kind == kind, _case.c.subject == subject, _case.c.state != State.WITHDRAWN
    )
    rows = _rows(store, _listed().where(wanted), 1)
    return rows[0] if rows else None


def _listed(*more: ColumnElement[Any], clocks_first: bool = False) -> Select[Any]:
    """Cases with their clock, which every case has; the outer join keeps the cases' order."""
    answer = and_(_clock.c.about == ABOUT, _clock.c.subject == _case.c.id, _clock.c.name == ANSWER)
    return (
        select(_case, _assignee.c.name.label("assignee"), _decision.c.outcome, *_CLOCK, *more)
        .join_from(_case, _clock, answer, isouter=not clocks_first)
        .outerjoin(_assignee, _assignee.c.id == _case.c.assigned)
        .outerjoin(_decision, _decision.c.case_id == _case.c.id)
    )


def _whole() -> Select[Any]:
    decided = [_decision.c[name].label(f"decision_{name}") for name in _DECIDED]
    return _listed(*decided, _decider.c.name.label("decider")).outerjoin(
        _decider, _decider.c.id == _decision.c.staff_id
    )


def _rows(store: Store, query: Select[Any], limit: int) -> list[CaseRow]:
    with store.read() as conn:
        rows = conn.execute(query.limit(max(1, min(limit, MOST)))).all()
    return [CaseRow(**_listed_fields(row)) for row in rows]


def _listed_fields(row: Row[Any]) -> dict[str, Any]:
    kept = ("id", "number", "kind", "subject", "received", "changed", "assigned", "outcome")
    fields = row._mapping  # noqa: SLF001  the public name of a row's columns
    return {
        **{name: fields[name] for name in kept},
        "state": State(row.state),
        "assignee": row.assignee or "",
        "clock": Clock(**{name: fields[f"clock_{name}"] for name in Clock.__struct_fields__}),
    }


def _case_of(conn: Connection, row: Row[Any], texts: Texts, *, named: bool) -> Case:
    return Case(
        **_listed_fields(row) | ({} if named else {"assigned": None, "assignee": ""}),
        events=_events(conn, row.id, named=named),
        decision=_decided(row, named=named),
        texts=texts,
    )


def _decided(row: Row[Any], *, named: bool) -> Decided | None:
    if row.decision_at is None:
        return None
    fields = row._mapping  # noqa: SLF001  the public name of a row's columns
    by = row.decider if named else ""
    return Decided(by=by, **{name: fields[f"decision_{name}"] for name in _DECIDED})


def _events(conn: Connection, case_id: str, *, named: bool) -> tuple[Happened, ...]:
    event, staff = tables.case_event, tables.staff
    rows = conn.execute(
        select(event.c.event, event.c.state, event.c.at, staff.c.name)
        .outerjoin(staff, staff.c.id == event.c.staff_id)
        .where(event.c.case_id == case_id)
        .order_by(event.c.seq)
    )
    return tuple(
        Happened(
            event=Event(row.event),
            state=State(row.state),
            at=row.at,
            by=(row.name or "") if named else "",
        )
        for row in rows
    )
