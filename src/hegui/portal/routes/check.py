"""``/check``: anyone drops a file and reads what it says about itself. Nothing is kept."""

import base64
from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.portal.checked import MAX_FILE, Checked, check
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.web import times
from hegui.web.errors import WebError
from hegui.web.turns import Turns
from hegui.web.upload import one_file


class Check:
    """The page that reads a file's label."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages
        self._turns = Turns()

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/check", self._show, methods=["GET"]),
            Route("/check", self._read, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return await self._page(request, None)

    async def _read(self, request: Request) -> Response:
        try:
            found = await self._found(request)
        except WebError as error:
            return await self._page(request, None, wrong=error, status=error.status)
        if found is None:
            return await self._page(request, None, empty=True, status=400)
        return await self._page(request, found)

    async def _found(self, request: Request) -> Checked | None:
        """What the file says; none when it is empty."""
        settings = self._house.settings
        with self._turns.held():
            name, data = await one_file(request, MAX_FILE, settings.limits.body_seconds)
            if not data:
                return None
            shown = PurePath(name).name[:200]
            return await self._turns.run(
                check, self._house.ledger, settings.provider.code, shown, data
            )

    async def _page(
        self,
        request: Request,
        found: Checked | None,
        *,
        wrong: WebError | None = None,
        empty: bool = False,
        status: int = 200,
    ) -> Response:
        return await self._pages.page(
            request,
            "check",
            status=status,
            found=found,
            wrong=wrong,
            empty=empty,
            most=MAX_FILE // 1024 // 1024,
            iso=times.iso,
            proof=_download(found),
        )


def _download(found: Checked | None) -> str:
    """The proof as an address that holds it: nothing need be kept for a second request."""
    if found is None or found.proof is None:
        return ""
    packed = base64.b64encode(found.proof.encode()).decode()
    return f"data:application/octet-stream;base64,{packed}"
