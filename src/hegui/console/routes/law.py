"""``/law``: packs, their articles, and how each duty stands, with what shows it."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading import law as reading
from hegui.console.routes.law_parts import KIND, MEASURES, tools
from hegui.console.words import speaker
from hegui.duties import attest, changes, packs, texts
from hegui.duties.standing import standing
from hegui.duties.views import PackView, Standing
from hegui.law import Book, Coming, LawError, Owed, Pack, Status, day_of, numbered
from hegui.law.provision import Force
from hegui.people.staff import Staff
from hegui.store import Store
from hegui.web import drawings
from hegui.web.language import chosen

_DAY_MS = 86_400_000


class _Told(NamedTuple):
    """An article with its history and its official words."""

    article: reading.Article
    stands: Standing
    history: dict[str, list[reading.Day]]
    official: dict[str, Any]


class LawDesk:
    """Packs, articles and duties."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        read = Action.READ_LAW
        return [
            guarded("/law", self._room, read),
            guarded("/law/packs/{pack}", self._pack, read),
            guarded("/law/packs/{pack}/{article}", self._article, read),
            guarded("/law/duties/{pack}/{duty}", self._duty, read),
            guarded("/law/controls/{pack}/{control}", self._control, read),
            guarded("/law/provisions/{pack}/{provision}", self._provision, read),
        ]

    async def _room(self, request: Request, who: Staff) -> Response:
        store, now = self._house.store, self._house.world.now()
        book, stands = await asyncio.to_thread(_read, store, now)
        return await self._page(
            request,
            who,
            "law",
            book,
            stands=stands,
            views=_ordered(book, stands),
            by_pack=_by_pack(stands),
            coming=_coming(book, day_of(now)),
            key=reading.key_of,
        )

    async def _pack(self, request: Request, who: Staff) -> Response:
        store, now = self._house.store, self._house.world.now()
        book, stands = await asyncio.to_thread(_read, store, now)
        pack = _named(book, request.path_params["pack"])
        return await self._page(
            request,
            who,
            "law_pack",
            book,
            pack=pack,
            view=next(one for one in stands.packs if one.name == pack.name),
            cells=reading.cells(pack, stands.duties),
            numbers=reading.numbers(pack, day_of(now)),
            today=day_of(now),
        )

    async def _article(self, request: Request, who: Staff) -> Response:
        store, now = self._house.store, self._house.world.now()
        book = await asyncio.to_thread(packs.book, store)
        pack = _named(book, request.path_params["pack"])
        told = await asyncio.to_thread(_told, store, now, pack, request.path_params["article"])
        say = speaker(chosen(request))
        strips = {
            ref: drawings.strip(
                [_mark(one, say(_status_key(one.status))) for one in days],
                say("law.history_picture", n=len(days)),
            )
            for ref, days in told.history.items()
            if any(one.status for one in days)
        }
        return await self._page(
            request,
            who,
            "law_article",
            book,
            it=told.article,
            today=numbered(day_of(now)),
            stands=told.stands,
            strips=strips,
            official=told.official,
            reason=attest.REASON,
            step=reading.next_step(told.article.flat()),
            done=request.query_params.get("done", ""),
        )

    async def _duty(self, request: Request, _who: Staff) -> Response:
        """Where a duty is told of: its article, at its place."""
        return await self._owed(request.path_params["pack"], request.path_params["duty"], Book.duty)

    async def _control(self, request: Request, _who: Staff) -> Response:
        """Where a control is told of: at its duty."""
        pack, control = request.path_params["pack"], request.path_params["control"]
        return await self._owed(pack, control, Book.control)

    async def _owed(self, pack: str, name: str, of: Callable[[Book, str], Owed]) -> Response:
        book = await asyncio.to_thread(packs.book, self._house.store)
        try:
            owed = of(book, f"{pack}/{name}")
        except LawError:
            raise HTTPException(404) from None
        key = reading.key(owed.provision)
        return RedirectResponse(f"/law/packs/{pack}/{key}#duty-{owed.duty.id}", status_code=303)

    async def _provision(self, request: Request, _who: Staff) -> Response:
        """Where a provision is told of: its article, at its place."""
        pack, name = request.path_params["pack"], request.path_params["provision"]
        book = await asyncio.to_thread(packs.book, self._house.store)
        try:
            found = book.provision(f"{pack}/{name}")
        except LawError:
            raise HTTPException(404) from None
        return RedirectResponse(f"/law/packs/{pack}/{reading.key(found)}#{name}", status_code=303)

    async def _page(
        self, request: Request, who: Staff, name: str, book: Book, **values: Any
    ) -> Response:
        lang = chosen(request)
        shared = tools(book, speaker(lang), lang)
        return await self._pages.page(request, who, name, **shared, **values)


def _read(store: Store, now: int) -> tuple[Book, Standing]:
    return packs.book(store), standing(store, now)


def _told(store: Store, now: int, pack: Pack, number: str) -> _Told:
    stands = standing(store, now)
    article = reading.article(pack, number, stands.duties)
    if article is None:
        raise HTTPException(404)
    since = now - reading.DAYS * _DAY_MS
    history = changes.history(store, [one.ref for one in article.flat()], since)
    return _Told(
        article,
        stands,
        {ref: reading.days(found, now) for ref, found in history.items()},
        {
            language: found
            for language in ("zh", "en")
            if (found := texts.article(store, pack.name, language, number)) is not None
        },
    )


def _named(book: Book, name: str) -> Pack:
    try:
        return book.pack(name)
    except LawError:
        raise HTTPException(404) from None


def _by_pack(stands: Standing) -> dict[str, dict[str, int]]:
    """How many duties of each pack have each status that some have."""
    found: dict[str, dict[str, int]] = {}
    for one in stands.duties:
        counts = found.setdefault(one.ref.partition("/")[0], {})
        counts[one.status] = counts.get(one.status, 0) + 1
    order = list(Status)
    return {
        name: dict(sorted(counts.items(), key=lambda pair: order.index(Status(pair[0]))))
        for name, counts in found.items()
    }


def _ordered(book: Book, stands: Standing) -> list[PackView]:
    """Packs that may ask something of the provider first, the more binding the earlier."""
    force = list(Force)

    def place(view: PackView) -> tuple[bool, bool, int, str]:
        pack = book.pack(view.name)
        return (
            view.applies.answer is False,
            view.duties == 0,
            force.index(pack.instrument.force),
            "" if view.name == MEASURES else view.name,
        )

    return sorted(stands.packs, key=place)


def _coming(book: Book, today: date) -> list[tuple[date, Pack, list[Coming]]]:
    """What comes into force, by day and pack."""
    found: dict[tuple[date, str], list[Coming]] = {}
    for one in book.coming(today):
        found.setdefault((one.day, one.pack.name), []).append(one)
    return [(day, book.pack(name), ones) for (day, name), ones in found.items()]


def _mark(day: reading.Day, word: str) -> drawings.Mark:
    return drawings.Mark(f"{day.day}: {word}", "none" if day.status is None else KIND[day.status])


def _status_key(status: Status | None) -> str:
    return "law.status.none" if status is None else f"law.status.{status}"
