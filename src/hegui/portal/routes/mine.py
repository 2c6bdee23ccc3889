"""``/mine``: when staff opened the signed-in reader's text, why and in which role."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.portal import openings
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.visitor import Door
from hegui.web import times


class Mine:
    """A reader's own record."""

    def __init__(self, house: House, pages: Pages, door: Door) -> None:
        self._house = house
        self._pages = pages
        self._door = door

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [Route("/mine", self._show)]

    async def _show(self, request: Request) -> Response:
        who = await self._door.visitor(request)
        if who is None:
            return RedirectResponse("/sign-in?next=/mine", status_code=303)
        before = request.query_params.get("before")
        found = await asyncio.to_thread(
            openings.of_person, self._house.store, who.person.id, before
        )
        return self._pages.render(
            request,
            "mine",
            who=who,
            openings=found.openings,
            older=found.next,
            before=before,
            iso=times.iso,
        )
