"""``/decisions/{id}``: why something was stopped, in plain words, and how to appeal."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.cases import APPEAL, about
from hegui.portal import appeals, cards, decisions
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.words import speaker
from hegui.web import times
from hegui.web.answers import json_answer
from hegui.web.categories import category
from hegui.web.language import chosen


class Decisions:
    """Statements of reasons. Whoever knows the random number may read one; no text is in it."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/decisions", self._start),
            Route("/decisions/{id}", self._show),
            Route("/decisions/{id}/card", self._card),
        ]

    async def _start(self, request: Request) -> Response:
        """The form that asks for a decision's number, and the way from there."""
        given = request.query_params.get("number", "").strip()
        found = None
        if given:
            # As people copy it: with capitals, spaces or a line's end within.
            number = "".join(given.split()).lower()
            found = await asyncio.to_thread(decisions.find, self._house.store, number)
        if found is not None:
            return RedirectResponse(f"/decisions/{found.id}", status_code=303)
        return await self._pages.page(
            request,
            "appeal_start",
            status=404 if given else 200,
            given=given,
            wrong=bool(given),
        )

    async def _show(self, request: Request) -> Response:
        decision = await self._find(request)
        standing = await asyncio.to_thread(about, self._house.store, APPEAL.name, decision.id)
        lang = chosen(request)
        say = speaker(lang)
        return await self._pages.page(
            request,
            "decision",
            it=decision,
            category=category(decision.category, say),
            iso=times.iso(decision.at),
            appeal=standing,
            rule=appeals.answer_rule(lang),
        )

    async def _card(self, request: Request) -> Response:
        decision = await self._find(request)
        return json_answer(cards.stop(decision, decision.side, speaker(chosen(request))))

    async def _find(self, request: Request) -> decisions.Decision:
        found = await asyncio.to_thread(
            decisions.find, self._house.store, request.path_params["id"]
        )
        if found is None:
            raise HTTPException(404)
        return found
