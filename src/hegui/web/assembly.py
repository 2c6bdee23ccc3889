"""An app of pages put together: its routes, the safety around them, and its error pages."""

from collections.abc import Awaitable, Callable, Iterable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from hegui.web.csrf import CrossOrigin
from hegui.web.errors import WebError
from hegui.web.language import chosen
from hegui.web.pages import Renderer
from hegui.web.security import HEADERS, SecurityHeaders

#: Statuses that have words of their own; any other shows those of 400.
_TOLD = frozenset({400, 403, 404, 405, 413})
_Handler = Callable[[Request, Exception], Awaitable[Response]]


def assemble(routes: Iterable[BaseRoute], pages: Renderer, contact: str) -> Starlette:
    """The app.

    Args:
        routes: all its routes.
        pages: renders its messages.
        contact: whom a reader tells of an error that stays.
    """
    refused = _refused(pages)
    app = Starlette(
        routes=list(routes),
        middleware=[Middleware(SecurityHeaders), Middleware(CrossOrigin, refuse=refused)],
        exception_handlers={
            HTTPException: refused,
            WebError: refused,
            Exception: _broken(pages, contact),
        },
    )
    # Two addresses for one page would be two pages to a reader's history.
    app.router.redirect_slashes = False
    return app


def _refused(pages: Renderer) -> _Handler:
    async def page(request: Request, error: Exception) -> Response:
        status = error.status if isinstance(error, WebError) else _status(error)
        told = status if status in _TOLD else 400
        say = pages.catalogues.speaker(chosen(request))
        return pages.message(
            request, status=status, title=say(f"{told}.title"), lines=[say(f"{told}.text")]
        )

    return page


def _broken(pages: Renderer, contact: str) -> _Handler:
    async def page(request: Request, _error: Exception) -> Response:
        # Starlette answers this outside all middleware, and then raises the error for the log.
        say = pages.catalogues.speaker(chosen(request))
        response = pages.message(
            request,
            status=500,
            title=say("500.title"),
            lines=[say("500.text"), say("500.todo", contact=contact)],
        )
        response.headers.update({**HEADERS, "cache-control": "no-store"})
        return response

    return page


def _status(error: Exception) -> int:
    return error.status_code if isinstance(error, HTTPException) else 400
