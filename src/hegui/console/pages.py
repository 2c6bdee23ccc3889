"""Pages of the console, in the language of who reads them."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from hegui.console.actions import Action, Role, may
from hegui.console.door import Door
from hegui.console.house import House
from hegui.console.rooms import rooms_of
from hegui.console.words import CATALOGUES
from hegui.people.staff import Staff
from hegui.web.pages import Renderer


class Pages(Renderer):
    """Renders the console's templates.

    Every template gets ``t``, ``lang``, ``who``, ``path``, ``in_language``, ``stamp``, ``ago``,
    ``may`` (of an action or its value), ``rooms``, ``static``, ``settings``, ``demo``.

    Args:
        house: the running service.
        door: knows of HTTPS.
        static: the path of the static files.
    """

    def __init__(self, house: House, door: Door, static: str) -> None:
        super().__init__(
            "hegui.console",
            CATALOGUES,
            house.world,
            door.session,
            static=static,
            settings=house.settings,
            demo=house.demo,
            portal_url=house.portal_url,
        )

    async def page(
        self, request: Request, who: Staff | None, name: str, /, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The page ``name`` for a member of staff, or for nobody yet."""
        return self.render(request, name, who=who, status=status, **values)

    def message(
        self,
        request: Request,
        *,
        status: int,
        title: str,
        lines: Sequence[str],
        who: Any = None,
    ) -> HTMLResponse:
        """A page that only tells something; whom the guard knows keeps the rail."""
        who = who or getattr(request.state, "staff", None)
        return super().message(request, status=status, title=title, lines=lines, who=who)

    def render(
        self, request: Request, name: str, /, *, who: Staff | None, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The page ``name``, without asking the database for anything."""
        role = None if who is None else Role(who.role)

        def allowed(action: str) -> bool:
            return role is not None and may(role, Action(action))

        rooms = [] if role is None else rooms_of(role)
        return super().render(
            request, name, who=who, status=status, may=allowed, rooms=rooms, **values
        )
