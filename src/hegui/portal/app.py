"""The public pages as one Starlette app. It carries no route of the staff's console."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.routes.account import Account
from hegui.portal.routes.agreement import Agreement
from hegui.portal.routes.chat import Chat
from hegui.portal.routes.decision import Decisions
from hegui.portal.routes.home import Home
from hegui.portal.routes.ledger import Ledger
from hegui.portal.routes.word_lists import WordListPage
from hegui.portal.visitor import Door
from hegui.portal.words import speaker
from hegui.web.csrf import CrossOrigin
from hegui.web.errors import WebError
from hegui.web.language import chosen
from hegui.web.security import HEADERS, SecurityHeaders
from hegui.web.static_files import StaticFiles

#: Statuses that have words of their own; any other shows those of 400.
_TOLD = frozenset({400, 403, 404, 405, 413})


def build(house: House) -> Starlette:
    """The portal of a house. ``house.http`` is first used when a chat is sent."""
    static = StaticFiles()
    door = Door(house)
    pages = Pages(house, door, static.base)
    parts = (
        Home(house, pages),
        Account(house, pages, door),
        Agreement(house, pages, door),
        Chat(house, pages, door),
        Decisions(house, pages),
        Ledger(house, pages),
        WordListPage(house, pages),
        static,
    )
    refused = _refused(pages)
    app = Starlette(
        routes=[route for part in parts for route in part.routes()],
        middleware=[Middleware(SecurityHeaders), Middleware(CrossOrigin, refuse=refused)],
        exception_handlers={
            HTTPException: refused,
            WebError: refused,
            Exception: _broken(house, pages),
        },
    )
    # Two addresses for one page would be two pages to a reader's history.
    app.router.redirect_slashes = False
    return app


def _refused(pages: Pages) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def page(request: Request, error: Exception) -> Response:
        status = error.status if isinstance(error, WebError) else _status(error)
        told = status if status in _TOLD else 400
        say = speaker(chosen(request))
        return pages.render(
            request,
            "message",
            who=None,
            status=status,
            mark=str(status),
            title=say(f"{told}.title"),
            lines=[say(f"{told}.text")],
            home=True,
        )

    return page


def _broken(house: House, pages: Pages) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def page(request: Request, _error: Exception) -> Response:
        # Starlette answers this outside all middleware, and then raises the error for the log.
        say = speaker(chosen(request))
        response = pages.render(
            request,
            "message",
            who=None,
            status=500,
            mark="500",
            title=say("500.title"),
            lines=[
                say("500.text"),
                say("500.todo", contact=house.settings.provider.contact),
            ],
            home=True,
        )
        response.headers.update({**HEADERS, "cache-control": "no-store"})
        return response

    return page


def _status(error: Exception) -> int:
    return error.status_code if isinstance(error, HTTPException) else 400
