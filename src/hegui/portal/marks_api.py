"""``/api/marks``: an application reads a file's label, or has its own files labelled."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.marks import FORMATS, MarksError
from hegui.portal.checked import MAX_FILE, Checked, check
from hegui.portal.house import House
from hegui.portal.labelled import labelled
from hegui.web import bounded
from hegui.web.answers import json_answer
from hegui.web.errors import WebError, unreadable
from hegui.web.turns import Turns


class MarksApi:
    """The routes for files.

    Args:
        house: the running service.
        application: tells whose key came with a request, or refuses it.
    """

    def __init__(self, house: House, application: Callable[[Request], Awaitable[str]]) -> None:
        self._house = house
        self._application = application
        self._seconds = house.settings.limits.body_seconds
        self._turns = Turns()

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/api/marks/read", self._read, methods=["POST"]),
            Route("/api/marks/write", self._write, methods=["POST"]),
        ]

    async def _read(self, request: Request) -> Response:
        await self._application(request)
        house = self._house
        with self._turns.held():
            data = await self._file(request)
            found = await self._turns.run(
                check, house.ledger, house.settings.provider.code, "", data
            )
        return json_answer(_told(found))

    async def _write(self, request: Request) -> Response:
        await self._application(request)
        with self._turns.held():
            data = await self._file(request)
            try:
                format_, made, label = await self._turns.run(labelled, self._house, data)
            except MarksError as error:
                raise WebError(error.code, status=422, zh=error.zh, en=error.en) from error
        return Response(
            made,
            media_type=FORMATS[format_].media_type,
            headers={"hegui-label": label.to_json().decode()},
        )

    async def _file(self, request: Request) -> bytes:
        data = await bounded.read(request, MAX_FILE, self._seconds)
        if not data:
            raise unreadable()
        return data


def _told(found: Checked) -> dict[str, Any]:
    document = found.reading.to_dict("")
    del document["file"]
    known = None if found.known is None else msgspec.to_builtins(found.known)
    return document | {"sha256": found.digest, "record": known, "proof": found.proof}
