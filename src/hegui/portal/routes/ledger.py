"""``/ledger``: the public record, for people and for verifiers.

Checkpoints and hash tiles are served as C2SP tlog-tiles has it, below the prefix ``/ledger``.
Entry bundles are not: they leave the house in a dossier alone (design rule 3).
"""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.ledger import LedgerError
from hegui.ledger.merkle import parse_tile_path
from hegui.ledger.merkle.hashing import HASH_BYTES
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.public_record import head
from hegui.web import times

_TEXT = "text/plain; charset=utf-8"


class Ledger:
    """The public record."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/ledger", self._show),
            Route("/ledger/checkpoint", self._checkpoint),
            Route("/ledger/vkey", self._vkey),
            Route("/ledger/{path:path}", self._tile),
        ]

    async def _show(self, request: Request) -> Response:
        checkpoint = await asyncio.to_thread(head, self._house.store)
        at = 0 if checkpoint is None else checkpoint.at
        return await self._pages.page(
            request,
            "ledger",
            checkpoint=checkpoint,
            iso=times.iso(at),
            vkey=self._house.ledger_vkey,
        )

    async def _checkpoint(self, _request: Request) -> Response:
        note = await asyncio.to_thread(self._house.ledger.latest_checkpoint)
        if note is None:
            raise HTTPException(404)
        return Response(note, headers={"content-type": _TEXT, "cache-control": "no-cache"})

    async def _vkey(self, _request: Request) -> Response:
        return Response(
            self._house.ledger_vkey + "\n",
            headers={"content-type": _TEXT, "cache-control": "no-cache"},
        )

    async def _tile(self, request: Request) -> Response:
        try:
            level, n, width = parse_tile_path(request.path_params["path"])
        except LedgerError:
            raise HTTPException(404) from None
        hashes = await asyncio.to_thread(self._house.ledger.tile, level, n)
        wanted = width * HASH_BYTES
        if len(hashes) < wanted:
            raise HTTPException(404)
        return Response(
            hashes[:wanted],
            headers={
                "content-type": "application/octet-stream",
                "cache-control": "public, max-age=31536000, immutable",
            },
        )
