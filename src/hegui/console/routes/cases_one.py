"""``/casework/{number}``: one case: how it stands, why, and what can be done now."""

import asyncio
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.cases import (
    Case,
    CasesError,
    Event,
    State,
    Texts,
    assign,
    kind,
    one,
    open_text,
    read_words,
    release,
)
from hegui.console.actions import Action, Role, may
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading import cases as reading
from hegui.console.routes.cases_clock import rule, standing, strip
from hegui.console.routes.cases_subjects import PANELS, Panel
from hegui.console.words import speaker
from hegui.law import china, day_of
from hegui.people.staff import Staff
from hegui.web import clock_bar, rules
from hegui.web.categories import category
from hegui.web.language import Language, chosen


class Step(msgspec.Struct, frozen=True):
    """Something that happened to a case.

    Attributes:
        at: when, milliseconds since 1970, UTC.
        word: the end of its key in the catalogue.
        by: who did it; empty for the filer and for the house.
        evidence: ``in`` the ledger, ``pending`` or ``none``.
        index: its place there.
    """

    at: int
    word: str
    by: str
    evidence: str
    index: int | None


class Found(msgspec.Struct, frozen=True):
    """A case with all that its pages show of it.

    Attributes:
        case: the case.
        panel: how its kind shows its subject.
        subject: what the panel found.
        own_rule: whether who asks wrote the rule in question.
        others: who may decide it instead.
        history: what happened, in order.
        texts: its words, for who opened them; else ``None``.
    """

    case: Case
    panel: Panel
    subject: Any
    own_rule: bool
    others: list[str]
    history: list[Step]
    texts: Texts | None

    @property
    def is_open(self) -> bool:
        """Whether it still needs somebody."""
        return self.case.clock.stopped is None


def find(house: House, named: str, who: Staff) -> Found:
    """A case by its number or id, for somebody. Blocking.

    Raises:
        HTTPException: 404 when there is none.
    """
    with house.store.read() as conn:
        case_id = reading.find(conn, named)
        if case_id is None:
            raise HTTPException(404)
    case = one(house.store, case_id)
    panel = PANELS[case.kind]
    with house.store.read() as conn:
        subject = panel.load(conn, case.subject)
        about = kind(case.kind).subject(conn, case.subject)
        own = about is not None and about.written_by(who.id, who.name)
        others = (
            reading.deciders(conn, {who.id, *about.staff}, about.authors)
            if own and about is not None
            else []
        )
        entries = reading.written(conn, case_id)
    texts = open_text(house.store, house.person_keys, case_id) if has_read(case, who) else None
    return Found(case, panel, subject, own, others, _history(case, entries), texts)


def has_read(case: Case, who: Staff) -> bool:
    """Whether it is on record, since the case was last taken up, that they opened its words."""
    if case.state is not State.DECIDED and (case.state, case.assigned) != (State.ASSIGNED, who.id):
        return False
    for event in reversed(case.events):
        if event.event is Event.ASSIGN:
            return False
        if event.event is Event.READ and event.by == who.name:
            return True
    return False


def shown(house: House, found: Found, lang: Language) -> dict[str, Any]:
    """What the templates of a case need besides the case."""
    clock, now, calendar, say = found.case.clock, house.world.now(), china(), speaker(lang)
    source = rule(clock, calendar)
    return {
        "it": found,
        "case": found.case,
        "stands": standing(clock, now, calendar, say),
        "rule": source,
        "plain": rules.rule(clock.rule, clock.span, lang),
        "days": strip(source.counted, now) if source else "",
        "picture": clock_bar.draw,
        "layout": clock_bar.lay_out(clock.started, clock.due, now, clock.stopped),
        "category": lambda name: category(name, say),
        "now": now,
        "day": lambda ms: f"{day_of(ms):%m-%d}",
    }


class OneCase:
    """One case: how it stands, why, and what can be done now."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        at = "/casework/{case}"
        return [
            guarded(at, self._show, Action.READ_CASES),
            guarded(f"{at}/assign", self._assign, Action.WORK_CASES, ("POST",)),
            guarded(f"{at}/release", self._release, Action.WORK_CASES, ("POST",)),
            guarded(f"{at}/words", self._read, Action.DECIDE_CASES, ("POST",)),
        ]

    async def _show(self, request: Request, who: Staff) -> Response:
        return await self._page(request, who, None)

    async def _page(self, request: Request, who: Staff, error: CasesError | None) -> Response:
        lang = chosen(request)
        found = await asyncio.to_thread(find, self._house, request.path_params["case"], who)
        return await self._pages.page(
            request,
            who,
            "cases_one",
            status=200 if error is None else 409,
            wrong=told(error, lang) if error else "",
            sent=request.query_params.get("sent", "")[:24],
            decides=may(Role(who.role), Action.DECIDE_CASES),
            **shown(self._house, found, lang),
        )

    async def _assign(self, request: Request, who: Staff) -> Response:
        return await self._do(request, who, assign)

    async def _release(self, request: Request, who: Staff) -> Response:
        return await self._do(request, who, release)

    async def _read(self, request: Request, who: Staff) -> Response:
        return await self._do(request, who, read_words, "#words")

    async def _do(
        self, request: Request, who: Staff, act: Callable[..., None], at: str = ""
    ) -> Response:
        """An act on the case, and back to its page; what refuses it is told there."""
        found = await asyncio.to_thread(find, self._house, request.path_params["case"], who)
        case = found.case
        try:
            await asyncio.to_thread(act, self._house.store, self._house.world, case.id, who)
        except CasesError as error:
            return await self._page(request, who, error)
        return RedirectResponse(f"/casework/{case.number}{at}", status_code=303)


def told(error: CasesError, lang: Language) -> str:
    """What an error says."""
    return error.zh if lang == "zh" else error.en


def _history(case: Case, entries: list[reading.Written]) -> list[Step]:
    """Events and deadlines' stages by time; each event has its entry, in the same order."""
    of_case = [entry for entry in entries if entry.kind.startswith("case.")]
    steps = [
        Step(
            event.at,
            f"event.{event.event}",
            event.by,
            "none" if entry is None else "pending" if entry.index is None else "in",
            entry.index if entry else None,
        )
        for event, entry in zip_longest(case.events, of_case)
        if event is not None
    ]
    steps += [
        Step(
            entry.at,
            f"fired.{entry.stage}",
            "",
            "pending" if entry.index is None else "in",
            entry.index,
        )
        for entry in entries
        if entry.stage
    ]
    return sorted(steps, key=lambda step: step.at)
