"""``/law/compare``: two packs side by side; ``/law/crosswalk``: one law beside others."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading.law import key
from hegui.console.routes.law_parts import tools, worth
from hegui.console.words import speaker
from hegui.console.words.law import ZH
from hegui.duties import packs
from hegui.duties.standing import standing
from hegui.law import Book, LawError, Pack, Provision, Status, worst
from hegui.law.compare import diff
from hegui.people.staff import Staff
from hegui.web.language import Language, Say, chosen

#: What the crosswalk shows first.
CROSSED = "eu-ai-act-50"


class Pair(NamedTuple):
    """A provision, one that belongs with it, and how the latter's duties stand; none of a right."""

    ours: Provision
    ref: str
    pack: Pack
    theirs: Provision
    status: Status | None


class LawCompare:
    """Packs beside one another."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            guarded("/law/compare/{a}/{b}", self._compare, Action.READ_LAW),
            guarded("/law/crosswalk/{pack}", self._crosswalk, Action.READ_LAW),
        ]

    async def _compare(self, request: Request, who: Staff) -> Response:
        book = await asyncio.to_thread(packs.book, self._house.store)
        a, b = (_pack(book, request.path_params[name]) for name in ("a", "b"))
        lang = chosen(request)
        try:
            found = await asyncio.to_thread(diff, a, b)
        except LawError:  # two that have nothing to do with one another
            raise HTTPException(404) from None
        counts = Counter(one.change.value for one in found)
        asked = request.query_params.get("change", "")
        return await self._pages.page(
            request,
            who,
            "law_compare",
            a=a,
            b=b,
            shifted=lambda value: _shifted(value, speaker(lang), lang),
            found=[one for one in found if one.change == asked] if asked in counts else found,
            asked=asked,
            counts=counts,
            total=len(found),
            **tools(book, speaker(lang), lang),
        )

    async def _crosswalk(self, request: Request, who: Staff) -> Response:
        store, now = self._house.store, self._house.world.now()
        book = await asyncio.to_thread(packs.book, store)
        pack = _pack(book, request.path_params["pack"])
        stands = await asyncio.to_thread(standing, store, now)
        by: dict[str, list[Status]] = {}
        for one in stands.duties:
            by.setdefault(f"{one.ref.partition('/')[0]}/{one.provision.id}", []).append(one.status)
        lang = chosen(request)
        return await self._pages.page(
            request,
            who,
            "law_crosswalk",
            pack=pack,
            pairs=list(_pairs(book, pack, by)),
            key=key,
            **tools(book, speaker(lang), lang),
        )


def _shifted(value: str | None, say: Say, lang: Language) -> str:
    """One side of a value that differs: whom it binds and how in words, a number as read aloud."""
    if value is None:
        return "–"
    parts = value.split(", ")
    for kind in ("law.who", "law.modality"):
        if all(f"{kind}.{part}" in ZH for part in parts):
            return say("law.and").join(say(f"{kind}.{part}") for part in parts)
    return worth(value, lang)


def _pairs(book: Book, pack: Pack, by: dict[str, list[Status]]) -> Iterator[Pair]:
    for one in pack.provisions:
        for ref in one.related:
            other = book.pack(ref.partition("/")[0])
            statuses = by.get(ref)
            yield Pair(one, ref, other, book.provision(ref), worst(statuses) if statuses else None)


def _pack(book: Book, name: str) -> Pack:
    try:
        return book.pack(name)
    except LawError:
        raise HTTPException(404) from None
