"""``/settings``: the settings in force, as read."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui import __version__
from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading import settings as reading
from hegui.people import Agreement, PeopleError, agreements
from hegui.people.staff import Staff
from hegui.store import Store


class SettingsPage:
    """The settings in force, as read."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages
        self._tables = reading.tables(house.settings)
        self._receivers = reading.receivers(house.settings)

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [guarded("/settings", self._show, Action.READ_SETTINGS)]

    async def _show(self, request: Request, who: Staff) -> Response:
        agreement = await asyncio.to_thread(_agreement, self._house.store)
        house = self._house
        return await self._pages.page(
            request,
            who,
            "settings",
            tables=self._tables,
            receivers=self._receivers,
            unnamed=sum(bool(one.missing) for one in self._receivers),
            agreement=agreement,
            version=__version__,
            addresses={
                "api": house.api_url,
                "portal": house.portal_url,
                "console": house.console_url,
            },
        )


def _agreement(store: Store) -> Agreement | None:
    """The agreement in force, or None before the first; blocking."""
    try:
        return agreements.current(store)
    except PeopleError:
        return None
