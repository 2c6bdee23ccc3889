"""Refuses what another site makes a reader's browser send.

Follows Go 1.25's ``net/http.CrossOriginProtection`` and Filippo Valsorda's account of it, as
Datasette does: no token in any form. A request that may change something is let in when

1. ``Sec-Fetch-Site`` is ``same-origin`` or ``none`` (every browser since 2023 sends it, and no
   page can set it), else refused when it is there with another value;
2. without it, ``Origin`` names the host that was asked (older browsers);
3. with neither, no browser sent it, so no browser's cookie can be abused.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from hegui.web.errors import WebError

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_ours(method: str, site: str | None, origin: str | None, host: str | None) -> bool:
    """Whether a request came from our own pages, or from no browser at all.

    Args:
        method: the HTTP method.
        site: the ``Sec-Fetch-Site`` header.
        origin: the ``Origin`` header.
        host: the ``Host`` header.
    """
    if method in SAFE:
        return True
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or urlsplit(origin).netloc == host


Refuse = Callable[[Request, Exception], Awaitable[Response]]


class CrossOrigin:
    """ASGI middleware that answers a foreign request with ``cross_origin``, in place of the app.

    Args:
        app: what is protected.
        refuse: makes the page that says so.
    """

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self.app = app
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http":
            request = Request(scope)
            headers = request.headers
            if not is_ours(
                scope["method"],
                headers.get("sec-fetch-site"),
                headers.get("origin"),
                headers.get("host"),
            ):
                answer = await self.refuse(request, _foreign())
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _foreign() -> WebError:
    return WebError(
        "cross_origin",
        status=403,
        zh="这个请求不是从本站发出的，没有执行任何操作。请从本站的页面重新提交。",
        en="This request did not come from our pages; nothing was done. "
        "Submit again from a page of this site.",
    )
