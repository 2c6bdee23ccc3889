"""The list of generations, newest first, by pages.

It can be narrowed by what the house did, never by who asked or what was written: there is no
search over people or their words.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, select

from hegui.store import Store, tables
from hegui.world import BEIJING, first_id, is_id

PAGE = 50
#: So far back a page looks for what its filters ask.
LOOK_BACK = 20_000
#: What an outcome can be asked to be; ``running`` has none yet.
OUTCOMES = ("delivered", "stopped", "failed", "abandoned", "interrupted", "running")
_MOST_CHOICES = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_GENERATION, _OUTCOME = tables.generation, tables.outcome
_DECISION, _APPLICATION = tables.decision, tables.application


class Filters(msgspec.Struct, frozen=True):
    """What the list is narrowed to; an empty text narrows nothing.

    Attributes:
        outcome: one of ``OUTCOMES``.
        application: an application's id.
        model: as the application named it.
        day: as ``2026-11-22``, in Beijing.
        category: of a stop's decision.
    """

    outcome: str = ""
    application: str = ""
    model: str = ""
    day: str = ""
    category: str = ""

    @property
    def given(self) -> dict[str, str]:
        """The filters that narrow, for an address."""
        fields: dict[str, str] = msgspec.structs.asdict(self)
        return {name: value for name, value in fields.items() if value}

    @property
    def picky(self) -> bool:
        """Whether not every generation of its time fits."""
        return bool(self.outcome or self.application or self.model or self.category)


class Row(msgspec.Struct, frozen=True):
    """One generation of the list; ``outcome`` and what follows is None while it runs."""

    id: str
    application: str
    model: str
    started: int
    outcome: str | None
    first_ms: int | None
    ended: int | None
    chars: int | None
    side: str | None
    category: str | None


class Listed(msgspec.Struct, frozen=True):
    """One page of the list.

    Attributes:
        rows: at most ``PAGE``.
        older: the page after this begins below this id; None at the end.
        looked_back: the page is short since so many generations were looked through; ``older``
            looks further.
        since: when the oldest generation looked at began, if ``looked_back``.
    """

    rows: list[Row]
    older: str | None
    looked_back: bool = False
    since: int | None = None


class Floor(msgspec.Struct, frozen=True):
    """The last generation that a page looks at."""

    id: str
    started: int


def filters(query: Mapping[str, str]) -> Filters:
    """The filters of an address; what is none of their values narrows nothing."""

    def given(name: str, most: int = 64) -> str:
        value = query.get(name, "").strip()
        return value if len(value) <= most and "\0" not in value else ""

    outcome, application, day = given("outcome"), given("application"), given("day")
    return Filters(
        outcome=outcome if outcome in OUTCOMES else "",
        application=application if is_id(application) else "",
        model=given("model", 256),
        day=day if _midnight(day) is not None else "",
        category=given("category"),
    )


def page(store: Store, asked: Filters, before: str = "") -> Listed:
    """The newest generations below an id, in two statements; blocking.

    Args:
        store: the database.
        asked: what to narrow to.
        before: an id; from the newest on when it is none.
    """
    bounds = _range(asked, before)
    with store.read() as conn:
        # Whatever is not picky fills its page at once.
        floor = _floor(conn, bounds) if asked.picky else None
        if floor is not None:
            bounds.append(_GENERATION.c.id >= floor.id)
        rows = [Row(*row) for row in conn.execute(_matching(asked, bounds))]
    if len(rows) > PAGE:
        return Listed(rows[:PAGE], rows[PAGE - 1].id)
    if floor is None:
        return Listed(rows, None)
    return Listed(rows, floor.id, looked_back=True, since=floor.started)


def choices(store: Store) -> tuple[list[tuple[str, str]], list[str]]:
    """What can be chosen from, in two statements: applications (id, name), stops' categories."""
    application, counted = tables.application, tables.tally
    with store.read() as conn:
        names = conn.execute(
            select(application.c.id, application.c.name)
            .order_by(application.c.name)
            .limit(_MOST_CHOICES)
        )
        applications = [(row.id, row.name) for row in names]
        stopped = conn.scalars(
            select(counted.c.key)
            .where(counted.c.measure.in_(("stop.input", "stop.output")))
            .group_by(counted.c.key)
            .order_by(func.sum(counted.c.n).desc(), counted.c.key)
            .limit(_MOST_CHOICES)
        )
        return applications, list(stopped)


def find(store: Store, wanted: str) -> str | None:
    """The generation of an id, or of a decision's id; None of neither. One statement; blocking."""
    wanted = wanted.strip().lower()
    if not is_id(wanted):
        return None
    by_id = select(_GENERATION.c.id).where(_GENERATION.c.id == wanted)
    by_decision = select(_DECISION.c.generation_id).where(_DECISION.c.id == wanted)
    with store.read() as conn:
        found: str | None = conn.scalar(by_id.union_all(by_decision).limit(1))
    return found


def _matching(asked: Filters, bounds: list[ColumnElement[bool]]) -> "Select[*tuple[Any, ...]]":
    decided = _DECISION.c.generation_id == _GENERATION.c.id
    query = (
        select(
            _GENERATION.c.id,
            _APPLICATION.c.name,
            _GENERATION.c.model,
            _GENERATION.c.started,
            _OUTCOME.c.kind,
            _OUTCOME.c.first_ms,
            _OUTCOME.c.ended,
            _OUTCOME.c.answer_chars,
            _DECISION.c.side,
            _DECISION.c.category,
        )
        .join(_APPLICATION, _APPLICATION.c.id == _GENERATION.c.application_id)
        .outerjoin(_OUTCOME, _OUTCOME.c.generation_id == _GENERATION.c.id)
        .outerjoin(_DECISION, decided)
        .where(*bounds)
        .order_by(_GENERATION.c.id.desc())
        .limit(PAGE + 1)
    )
    if asked.outcome:
        running = asked.outcome == "running"
        kind = _OUTCOME.c.kind
        query = query.where(kind.is_(None) if running else kind == asked.outcome)
    if asked.application:
        query = query.where(_GENERATION.c.application_id == asked.application)
    if asked.model:
        query = query.where(_GENERATION.c.model == asked.model)
    if asked.category:
        query = query.where(_DECISION.c.category == asked.category)
    return query


def _range(asked: Filters, before: str) -> list[ColumnElement[bool]]:
    """The ids to look among: those of the day asked for, below the page before."""
    bounds = [_GENERATION.c.id < before] if is_id(before) else []
    midnight = _midnight(asked.day)
    if midnight is not None:
        day = (midnight, midnight + timedelta(days=1))
        first, end = (first_id(int(one.timestamp()) * 1000) for one in day)
        bounds += [_GENERATION.c.id >= first, _GENERATION.c.id < end]
    return bounds


def _floor(conn: Connection, bounds: list[ColumnElement[bool]]) -> "Floor | None":
    """The last generation to look at, when there are more than so many."""
    rows = conn.execute(
        select(_GENERATION.c.id, _GENERATION.c.started)
        .where(*bounds)
        .order_by(_GENERATION.c.id.desc())
        .offset(LOOK_BACK - 1)
        .limit(2)
    ).all()
    return Floor(*rows[0]) if len(rows) == 2 else None


def _midnight(day: str) -> datetime | None:
    """When a day begins in Beijing; None of what is no day since 1970."""
    if not _DAY.fullmatch(day):
        return None
    try:
        found = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=BEIJING)
    except ValueError:
        return None
    return found if 1970 < found.year < 9999 else None
