"""``/casework``: cases: what came in, who works on it, what was decided."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import groupby
from urllib.parse import urlencode

import msgspec
from markupsafe import Markup
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.cases import CLOSED, KINDS, CaseRow, Filters, State, list_cases
from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading import cases as reading
from hegui.console.routes.cases_clock import Standing, bar, standing
from hegui.console.routes.cases_decide import Deciding
from hegui.console.routes.cases_one import OneCase
from hegui.console.routes.cases_subjects import PANELS
from hegui.console.words import speaker
from hegui.law import china
from hegui.people.staff import Staff
from hegui.store import Store
from hegui.web.language import Say, chosen

#: Rows on a page.
PAGE = 50
TABS = ("open", "mine", "decided")


class Row(msgspec.Struct, frozen=True):
    """A case in the list: its row, a few words of what it is about, and its clock."""

    case: CaseRow
    brief: str
    standing: Standing
    bar: Markup


class Asked(msgspec.Struct, frozen=True):
    """What the address asks to see: a tab, a kind, and whether only what nobody has taken up."""

    tab: str
    kind: str
    nobody: bool
    after: str
    number: str

    @classmethod
    def read(cls, query: QueryParams) -> "Asked":
        """From an address; what it does not know it leaves out."""
        tab = query.get("state", "")
        kind = query.get("kind", "")
        return cls(
            tab if tab in TABS else TABS[0],
            kind if kind in KINDS else "",
            query.get("with", "") == "nobody",
            query.get("after", "")[:64],
            query.get("number", "").strip()[:24],
        )

    def address(self, **other: str) -> str:
        """The address of this list, or of one that differs in ``other``."""
        parts = {
            "state": self.tab,
            "kind": self.kind,
            "with": "nobody" if self.nobody else "",
            **other,
        }
        kept = {name: value for name, value in parts.items() if value}
        return f"/casework?{urlencode(kept)}"


class Cases:
    """Cases: what came in, who works on it, what was decided."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            guarded("/casework", self._list, Action.READ_CASES),
            *OneCase(self._house, self._pages).routes(),
            *Deciding(self._house, self._pages).routes(),
        ]

    async def _list(self, request: Request, who: Staff) -> Response:
        asked = Asked.read(request.query_params)
        say = speaker(chosen(request))
        store, now = self._house.store, self._house.world.now()
        if asked.number:
            named = asked.number.upper()
            found = await asyncio.to_thread(_find, store, named)
            if found is not None:
                return RedirectResponse(f"/casework/{named}", status_code=303)
        cases = await asyncio.to_thread(_cases, store, asked, who)
        rows = cases[:PAGE]
        told, briefs = await asyncio.gather(
            asyncio.to_thread(reading.counts, store, who.id, now),
            asyncio.to_thread(_briefs, store, rows, say),
        )
        last = _place(asked, rows[-1]) if len(cases) > PAGE else ""
        calendar = china()
        return await self._pages.page(
            request,
            who,
            "cases",
            asked=asked,
            told=told,
            rows=[
                Row(
                    case,
                    briefs.get(case.subject, ""),
                    standing(case.clock, now, calendar, say),
                    bar(case.clock, now),
                )
                for case in rows
            ],
            tabs=TABS,
            kinds=[("", say("cases.any")), *((one, say(f"cases.kind.{one}")) for one in KINDS)],
            older=asked.address(after=last) if last else "",
            newest=asked.address() if asked.after else "",
            most=reading.MOST_COUNTED,
            decided=request.query_params.get("sent", "")[:24],
        )


def _find(store: Store, named: str) -> str | None:
    with store.read() as conn:
        return reading.find(conn, named)


def _cases(store: Store, asked: Asked, who: Staff) -> Sequence[CaseRow]:
    """One page of rows and one more, which tells that there is a further page."""
    kind = asked.kind or None
    if asked.tab == "decided":
        before = asked.after if reading.is_id(asked.after) else None
        return list_cases(store, Filters(kind=kind, states=CLOSED), PAGE + 1, before)
    filters = Filters(
        kind=kind,
        states=(State.RECEIVED,) if asked.nobody and asked.tab == "open" else (),
        assigned=who.id if asked.tab == "mine" else None,
    )
    return reading.queue(store, filters, PAGE + 1, reading.Place.read(asked.after))


def _place(asked: Asked, last: CaseRow) -> str:
    """Where the page after this row begins."""
    if asked.tab == "decided":
        return last.id
    return str(reading.Place(last.clock.due, last.clock.id))


def _briefs(store: Store, rows: Sequence[CaseRow], say: Say) -> Mapping[str, str]:
    """A few words for each subject; one statement for each kind on the page."""
    briefs: dict[str, str] = {}
    with store.read() as conn:
        for kind, cases in groupby(sorted(rows, key=lambda row: row.kind), lambda row: row.kind):
            briefs |= PANELS[kind].briefs(conn, [case.subject for case in cases], say)
    return briefs
