"""``/decisions/{id}``: why something was stopped, in plain words, and how to appeal."""

import asyncio
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.portal import cards, decisions
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.words import speaker
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
            Route("/decisions/{id}", self._show),
            Route("/decisions/{id}/card", self._card),
        ]

    async def _show(self, request: Request) -> Response:
        decision = await self._find(request)
        say = speaker(chosen(request))
        return await self._pages.page(
            request,
            "decision",
            it=decision,
            category=category(decision.category, say),
            iso=datetime.fromtimestamp(decision.at / 1000, UTC).isoformat(timespec="seconds"),
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
