"""Pages of the portal, in the reader's language."""

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from hegui.portal.house import House
from hegui.portal.visitor import Door
from hegui.portal.words import CATALOGUES
from hegui.web.pages import Renderer


class Pages(Renderer):
    """Renders the portal's templates.

    Args:
        house: the running service.
        door: knows who asks.
        static: the path of the static files.
    """

    def __init__(self, house: House, door: Door, static: str) -> None:
        super().__init__(
            "hegui.portal",
            CATALOGUES,
            house.world,
            door.session,
            static=static,
            settings=house.settings,
            demo=house.demo,
        )
        self._door = door

    async def page(
        self, request: Request, name: str, /, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The page ``name`` for whoever asks; ``who`` may be given when it is known already."""
        if "who" not in values:
            values["who"] = await self._door.visitor(request)
        return self.render(request, name, status=status, **values)
