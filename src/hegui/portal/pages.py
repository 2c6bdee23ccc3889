"""Pages: templates filled in the reader's language, in the one frame they share."""

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from hegui.portal.house import House
from hegui.portal.visitor import Door, Visitor
from hegui.portal.words import speaker
from hegui.web import times
from hegui.web.language import chosen, in_language, remember
from hegui.web.templates import environment


class Pages:
    """Renders the portal's templates.

    Args:
        house: the running service.
        door: knows who asks.
        static: the path of the static files.
    """

    def __init__(self, house: House, door: Door, static: str) -> None:
        self._house = house
        self._door = door
        self._env = environment(
            "hegui.portal", static=static, settings=house.settings, demo=house.demo
        )

    async def page(
        self, request: Request, name: str, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The page ``name`` for whoever asks; ``who`` may be given when it is known already."""
        if "who" not in values:
            values["who"] = await self._door.visitor(request)
        return self.render(request, name, status=status, **values)

    def render(
        self, request: Request, name: str, *, who: Visitor | None, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The page ``name``, without asking the database for anything."""
        lang = chosen(request)
        say = speaker(lang)
        now = self._house.world.now()
        text = self._env.get_template(f"{name}.html").render(
            t=say,
            lang=lang,
            who=who,
            path=request.url.path,
            in_language=lambda other: in_language(request, other),
            stamp=lambda ms: times.stamp(ms, say),
            ago=lambda ms: times.ago(ms, now, say),
            **values,
        )
        response = HTMLResponse(text, status_code=status)
        self.remember_language(request, response)
        return response

    def remember_language(self, request: Request, response: HTMLResponse) -> None:
        """Keep the language that was asked for just now."""
        remember(request, response, secure=self._door.is_https(request))
