"""``/law/scope``: what the service is, what applies to it, and which ways it has to go."""

import asyncio
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading.names import staff_names
from hegui.console.routes.law_parts import worth
from hegui.duties import licences, scope, scope_drafts
from hegui.duties.licences import Licence
from hegui.duties.packs import book
from hegui.law import Words, day_of, numbered
from hegui.law.scope import (
    Change,
    DutyScope,
    Kind,
    RouteScope,
    ScopeRecord,
    answer_words,
    changes,
    facts,
    groups,
)
from hegui.people.staff import Staff
from hegui.store import Store
from hegui.web.language import chosen
from hegui.world import is_id

#: Changed duties that a page names; the rest are counted.
MOST_CHANGES = 40
#: Which answer comes first.
_ORDER = {True: 0, None: 1, False: 2}


class _Told(NamedTuple):
    """A record with what stands around it; titles are those of the packs in force."""

    record: ScopeRecord
    before: ScopeRecord | None
    history: list[scope.Recorded]
    names: dict[str, str]
    held: list[Licence]
    review: scope.Review
    titles: dict[str, Words]
    begun: scope_drafts.Draft | None


class LawScope:
    """Records of what applies."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            guarded("/law/scope", self._latest, Action.READ_LAW),
            guarded("/law/scope/{record}", self._one, Action.READ_LAW),
        ]

    async def _latest(self, request: Request, who: Staff) -> Response:
        found = await asyncio.to_thread(scope.latest, self._house.store)
        if found is None:
            begun = await asyncio.to_thread(scope_drafts.of, self._house.store, who.id)
            return await self._pages.page(request, who, "law_scope_first", begun=begun)
        return await self._show(request, who, found, current=True)

    async def _one(self, request: Request, who: Staff) -> Response:
        wanted = request.path_params["record"]
        found = None
        if is_id(wanted):
            found = await asyncio.to_thread(scope.one, self._house.store, wanted)
        if found is None:
            raise HTTPException(404)
        return await self._show(request, who, found, current=False)

    async def _show(
        self, request: Request, who: Staff, record: ScopeRecord, *, current: bool
    ) -> Response:
        now = self._house.world.now()
        told = await asyncio.to_thread(_read, self._house.store, record, now, who.id)
        lang = chosen(request)
        day = day_of(now)
        return await self._pages.page(
            request,
            who,
            "law_scope",
            it=record,
            told=told,
            current=current or told.history[0].id == record.id,
            routes=sorted(record.routes, key=lambda one: _ORDER[one.applies.answer]),
            instruments=sorted(
                (one for one in record.instruments if not one.apart),
                key=lambda one: _ORDER[one.applies.answer],
            ),
            apart=[one for one in record.instruments if one.apart],
            owed=_owed(record.duties),
            waiting=[one for one in record.duties if one.applies.answer is None and not one.apart],
            changed=_grouped(() if told.before is None else changes(told.before, record)),
            renewed=[
                told.titles[name].of(lang) if name in told.titles else name
                for name in told.review.packs
            ],
            most=MOST_CHANGES,
            entered={one.kind for one in told.held},
            held=_held(told.held, numbered(day)),
            missing=[
                (group.id, one)
                for group in groups()
                for one in group.facts
                if one.id in record.missing
            ],
            answers=_answers(record),
            done=request.query_params.get("done", ""),
            of=lambda words: words.of(lang),
            worth=lambda value: worth(value, lang),
            needs_licence=_needs_licence,
        )


def _read(store: Store, record: ScopeRecord, now: int, staff: str) -> _Told:
    history, packs = scope.history(store), book(store)
    return _Told(
        record=record,
        before=scope.before(store, record),
        history=history,
        names=staff_names(store, (one.staff for one in history)),
        held=licences.listed(store),
        review=scope.review(record, packs, now),
        titles={one.name: one.title for one in packs.packs},
        begun=scope_drafts.of(store, staff),
    )


def _owed(duties: tuple[DutyScope, ...]) -> dict[str, dict[bool | None, int]]:
    """How many duties of each instrument have each answer."""
    counts: dict[str, dict[bool | None, int]] = {}
    for one in duties:
        of = counts.setdefault(one.instrument, dict.fromkeys(_ORDER, 0))
        of[one.applies.answer] += 1
    return counts


def _grouped(found: tuple[Change, ...]) -> dict[str, list[Change]]:
    by: dict[str, list[Change]] = {}
    for one in found:
        by.setdefault(one.about, []).append(one)
    return by


def _held(found: list[Licence], today: int) -> dict[str, list[Licence]]:
    """Licences in date on a day such as 20261122, by kind."""
    by: dict[str, list[Licence]] = {}
    for one in found:
        if (one.issued or 0) <= today and (one.expires is None or one.expires >= today):
            by.setdefault(one.kind, []).append(one)
    return by


def _needs_licence(route: RouteScope) -> bool:
    """Whether what stands at a route's end belongs in the register."""
    return route.kind in ("filing", "licence")


def _answers(record: ScopeRecord) -> list[tuple[Any, Any]]:
    """What was answered, fact by fact, with its words."""
    told = []
    for name, one in facts().items():
        value = record.answers.get(name)
        if value is not None:
            said = tuple(value) if one.kind is Kind.SEVERAL else value
            told.append((one, answer_words(one, said)))
    return told
