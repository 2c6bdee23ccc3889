"""``/``: what this service is, how it stands, and where to go."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.public_record import head
from hegui.portal.visitor import in_force


class Home:
    """The home page."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [Route("/", self._show)]

    async def _show(self, request: Request) -> Response:
        agreement, checkpoint = await asyncio.gather(
            asyncio.to_thread(in_force, self._house),
            asyncio.to_thread(head, self._house.store),
        )
        return await self._pages.page(request, "home", agreement=agreement, checkpoint=checkpoint)
