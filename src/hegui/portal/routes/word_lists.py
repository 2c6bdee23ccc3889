"""``/words``: which word lists text is compared with, and never the words."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.people.pack_list import PackList
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.web import times


class WordListPage:
    """The public list of the lists."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._pages = pages
        self._lists = PackList(house.store, house.settings)

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [Route("/words", self._show)]

    async def _show(self, request: Request) -> Response:
        lists = await asyncio.to_thread(self._lists.listing)
        return await self._pages.page(request, "words", lists=lists, iso=times.iso)
