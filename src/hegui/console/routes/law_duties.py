"""``/law/duties``: every duty in one list, what needs somebody first, by status, pack or words."""

import asyncio
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading.law import key
from hegui.console.routes.law_parts import tools
from hegui.console.words import speaker
from hegui.duties import packs
from hegui.duties.standing import standing
from hegui.duties.views import DutyView, Standing
from hegui.law import Book, Status
from hegui.people.staff import Staff
from hegui.store import Store
from hegui.web.language import chosen

#: Duties on a page.
MOST = 50
#: Characters of the words that are looked for.
_LONGEST = 100
_HOME = "/law/duties"


class Asked(NamedTuple):
    """What is asked for; empty: any.

    Without a status it is every duty that applies or may apply.
    """

    status: str
    pack: str
    words: str

    def fits(self, one: DutyView) -> bool:
        """Whether a duty is one of those asked for."""
        wanted = one.status == self.status if self.status else one.applies.answer is not False
        of = not self.pack or one.ref.startswith(f"{self.pack}/")
        return wanted and of and all(word in _text(one) for word in self.words.casefold().split())

    def at(self, start: int) -> str:
        """The address of the page that begins at a place."""
        given = {name: value for name, value in self._asdict().items() if value}
        query = urlencode(given | ({"start": str(start)} if start else {}))
        return f"{_HOME}?{query}" if query else _HOME


class LawDuties:
    """The list of duties."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [guarded(_HOME, self._list, Action.READ_LAW)]

    async def _list(self, request: Request, who: Staff) -> Response:
        store, now = self._house.store, self._house.world.now()
        book, stands = await asyncio.to_thread(_read, store, now)
        asked, start = _asked(request, book)
        found = _ordered(one for one in stands.duties if asked.fits(one))
        start = start if start < len(found) else 0
        lang = chosen(request)
        return await self._pages.page(
            request,
            who,
            "law_duties",
            asked=asked,
            found=found[start : start + MOST],
            first=start + 1,
            total=len(found),
            older=asked.at(start + MOST) if start + MOST < len(found) else "",
            newest=asked.at(0) if start else "",
            packs=[(one.name, one.title.of(lang)) for one in stands.packs if one.duties],
            profile=stands.profile,
            key=key,
            **tools(book, speaker(lang), lang),
        )


def _read(store: Store, now: int) -> tuple[Book, Standing]:
    return packs.book(store), standing(store, now)


def _asked(request: Request, book: Book) -> tuple[Asked, int]:
    """What the address asks for, and from which place on; what it can't mean counts as any."""
    given = request.query_params
    status, pack, start = (given.get(name, "") for name in ("status", "pack", "start"))
    asked = Asked(
        status if status in set(Status) else "",
        pack if pack in {one.name for one in book.packs} else "",
        given.get("words", "").strip()[:_LONGEST],
    )
    return asked, int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 0


def _ordered(duties: Iterable[DutyView]) -> list[DutyView]:
    """The most urgent first; among equals as the packs have them."""
    order = list(Status)
    return sorted(duties, key=lambda one: order.index(one.status))


def _text(one: DutyView) -> str:
    """All words of a duty, in both languages."""
    provision = one.provision
    words = (one.duty.text, provision.title, provision.clause, one.instrument.short)
    return " ".join(f"{each.zh} {each.en}" for each in words).casefold() + f" {one.ref}".casefold()
