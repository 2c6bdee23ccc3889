"""``/evidence``: the record, its entries and their proofs."""

import asyncio
from importlib.resources import files

import msgspec
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading import evidence
from hegui.console.tree import Step, draw, steps
from hegui.console.verifying import Verifying
from hegui.console.words import speaker
from hegui.console.words.ledger import ZH
from hegui.people.staff import Staff
from hegui.store import verifications
from hegui.web.language import Say, chosen
from hegui.world import is_id

#: Digits of an index that any log could have.
_LONGEST_INDEX = 18


_SECOND, _MINUTE, _HOUR = 1_000, 60_000, 3_600_000
_read_fields = msgspec.json.Decoder(dict[str, str | int | bool]).decode


class LedgerDesk:
    """The record, its verification and its proofs."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages
        self.verifying = Verifying(house)
        self._check = files("hegui.console").joinpath("check.go").read_text(encoding="utf-8")

    def routes(self) -> list[Route]:
        """The routes of this module."""
        read, verify = Action.READ_LEDGER, Action.VERIFY_LEDGER
        return [
            guarded("/evidence", self._show, read),
            guarded("/evidence/verify", self._verify, verify, ("POST",)),
            guarded("/evidence/verification", self._progress, read),
            guarded("/evidence/find", self._find, read),
            guarded("/evidence/acts/{act}", self._act, read),
            guarded("/evidence/entries/{index}", self._entry, read),
            guarded("/evidence/proof/{index}", self._proof, read),
            guarded("/evidence/check.go", self._go, read),
        ]

    async def _show(self, request: Request, who: Staff) -> Response:
        top = _index(request.query_params.get("from", ""))
        return await self._ledger(request, who, top=top, busy="busy" in request.query_params)

    async def _ledger(
        self,
        request: Request,
        who: Staff,
        *,
        status: int = 200,
        top: int | None = None,
        **more: object,
    ) -> Response:
        store = self._house.store
        ledger, checks = await asyncio.gather(
            asyncio.to_thread(evidence.ledger, store, top),
            asyncio.to_thread(verifications.latest, store),
        )
        say = speaker(chosen(request))
        values = {"busy": False, "wrong": "", "what": "", **more}
        return await self._pages.page(
            request,
            who,
            "ledger",
            status=status,
            ledger=ledger,
            checks=checks,
            now=self._house.world.now(),
            span=lambda ms: _span(ms, say),
            kind=lambda kind: _kind(kind, say),
            vkey=self._house.ledger_vkey,
            **values,
        )

    async def _verify(self, _request: Request, who: Staff) -> Response:
        began = await asyncio.to_thread(self.verifying.start, who.id)
        return RedirectResponse("/evidence" if began else "/evidence?busy=1", status_code=303)

    async def _progress(self, request: Request, who: Staff) -> Response:
        """The part of the page that tells of verifications, for the page to fetch anew."""
        checks = await asyncio.to_thread(verifications.latest, self._house.store)
        say = speaker(chosen(request))
        return await self._pages.page(
            request, who, "ledger_checks", checks=checks, span=lambda ms: _span(ms, say)
        )

    async def _find(self, request: Request, who: Staff) -> Response:
        what = request.query_params.get("what", "").strip().replace(",", "").lower()
        if _index(what) is not None:
            return RedirectResponse(f"/evidence/entries/{int(what)}", status_code=303)
        if is_id(what):
            return RedirectResponse(f"/evidence/acts/{what}", status_code=303)
        return await self._ledger(
            request, who, status=400, wrong="malformed", what=request.query_params.get("what", "")
        )

    async def _act(self, request: Request, who: Staff) -> Response:
        act = request.path_params["act"]
        rows: list[evidence.Row] = []
        if is_id(act):
            rows = await asyncio.to_thread(evidence.of_act, self._house.store, act)
        if not rows:
            return await self._ledger(request, who, status=404, wrong="unknown", what=act)
        say = speaker(chosen(request))
        return await self._pages.page(
            request, who, "ledger_act", act=act, rows=rows, kind=lambda kind: _kind(kind, say)
        )

    async def _entry(self, request: Request, who: Staff) -> Response:
        found = await self._placed(request)
        if found is None:
            return await self._ledger(
                request, who, status=404, wrong="unknown", what=request.path_params["index"]
            )
        say = speaker(chosen(request))
        way, drawing = _way(found, say)
        return await self._pages.page(
            request,
            who,
            "ledger_entry",
            found=found,
            kind=_kind(found.row.kind, say),
            fields=_fields(found.body),
            way=way,
            drawing=drawing,
            vkey=self._house.ledger_vkey,
            check=self._check,
        )

    async def _proof(self, request: Request, _who: Staff) -> Response:
        found = await self._placed(request)
        if found is None or found.proved is None:
            raise HTTPException(404)
        name = f"entry-{found.row.index}.tlog-proof"
        return Response(
            found.proved.proof.to_text(),
            headers={
                "content-type": "text/plain; charset=utf-8",
                "content-disposition": f'attachment; filename="{name}"',
            },
        )

    async def _go(self, _request: Request, _who: Staff) -> Response:
        return Response(
            self._check,
            headers={
                "content-type": "text/plain; charset=utf-8",
                "content-disposition": 'attachment; filename="check.go"',
            },
        )

    async def _placed(self, request: Request) -> evidence.Placed | None:
        """The entry that the address names, or None."""
        index = _index(request.path_params["index"])
        if index is None:
            return None
        house = self._house
        return await asyncio.to_thread(
            evidence.placed, house.store, house.ledger, house.verifier, index
        )


def _index(text: str) -> int | None:
    """The index that a text is, or None."""
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_INDEX:
        return int(text)
    return None


def _way(found: evidence.Placed, say: Say) -> tuple[list[Step], Markup]:
    """The entry's way up the tree, and its drawing; nothing of an entry without proof."""
    if found.proved is None:
        return [], Markup()
    index, size = found.proved.proof.index, found.proved.checkpoint.size
    way = steps(index, size, found.leaf, found.proved.proof.hashes)
    return way, draw(
        way,
        told=say("ledger.tree_told", n=f"{index:,}", size=f"{size:,}", steps=len(way)),
        root=say("ledger.tree_root"),
        entry=say("ledger.tree_entry", n=f"{index:,}"),
    )


def _kind(kind: str, say: Say) -> str:
    """A kind of entry in words; one that was altered, or of a later version, as it stands."""
    key = f"ledger.kind.{kind}"
    return say(key) if key in ZH else kind


def _span(ms: int, say: Say) -> str:
    """A span of time in one unit."""
    if ms < _SECOND:
        return say("ledger.span_ms", n=ms)
    if ms < 2 * _MINUTE:
        return say("ledger.span_s", n=f"{ms / _SECOND:.1f}")
    if ms < 2 * _HOUR:
        return say("ledger.span_min", n=ms // _MINUTE)
    return say("ledger.span_h", n=f"{ms // _HOUR:,}")


def _fields(body: bytes) -> dict[str, str | int | bool]:
    """What a body says; nothing of one that was altered beyond reading."""
    try:
        return _read_fields(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
