"""Pages: templates filled in the reader's language, in the one frame that an app has."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from hegui.web import times
from hegui.web.cookies import Cookie
from hegui.web.language import Catalogues, chosen, in_language, remember
from hegui.web.templates import environment
from hegui.world import World


class Renderer:
    """Fills the templates of one app.

    Args:
        package: whose ``templates`` they are.
        catalogues: what the app says.
        world: the clock.
        session: the app's cookie, which knows of HTTPS.
        shared: values that every page has.
    """

    def __init__(
        self, package: str, catalogues: Catalogues, world: World, session: Cookie, **shared: Any
    ) -> None:
        self.catalogues = catalogues
        self._world = world
        self._session = session
        self._env = environment(package, **shared)

    def render(
        self, request: Request, name: str, /, *, who: Any, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The page ``name`` for ``who``, without asking the database for anything."""
        lang = chosen(request)
        say = self.catalogues.speaker(lang)
        now = self._world.now()
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

    def message(
        self,
        request: Request,
        *,
        status: int,
        title: str,
        lines: Sequence[str],
        who: Any = None,
    ) -> HTMLResponse:
        """A page that only tells something, such as an error, and leads home."""
        return self.render(
            request,
            "message",
            who=who,
            status=status,
            mark=str(status),
            title=title,
            lines=lines,
            home=True,
        )

    def remember_language(self, request: Request, response: HTMLResponse) -> None:
        """Keep the language that was asked for just now."""
        remember(request, response, secure=self._session.is_https(request))
