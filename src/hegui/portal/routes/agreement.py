"""``/agreement``: the text in force, and saying yes to it, signed in or by a signed link."""

import asyncio

import msgspec
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.people import PeopleError, Person, agreements, links, persons
from hegui.portal import prose
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.routes.account import FORM_BYTES
from hegui.portal.visitor import Door, Visitor, in_force
from hegui.portal.words import speaker
from hegui.store import tables
from hegui.web import bounded
from hegui.web.language import chosen

#: What :func:`hegui.people.links.open_link` says of a link that leads nowhere any more.
_DEAD_LINK = frozenset({"link_invalid", "link_expired", "person_unknown"})


class Reader(msgspec.Struct, frozen=True):
    """Who reads the agreement: signed in, or by a link (then ``token`` is not empty)."""

    who: Visitor | None
    token: str
    person: Person | None


class Agreement:
    """The agreement page."""

    def __init__(self, house: House, pages: Pages, door: Door) -> None:
        self._house = house
        self._pages = pages
        self._door = door

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/agreement", self._show, methods=["GET"]),
            Route("/agreement", self._accept, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return await self._page(
            request,
            request.query_params.get("token", ""),
            request.query_params.get("next", ""),
        )

    async def _accept(self, request: Request) -> Response:
        fields = await bounded.form(request, FORM_BYTES, self._house.settings.limits.body_seconds)
        token, onward = fields.get("token", ""), fields.get("next", "")
        reader = await self._reader(request, token)
        if reader is None:
            return self._expired(request)
        if reader.person is None:
            return RedirectResponse("/sign-in?next=/agreement", status_code=303)
        current = await asyncio.to_thread(in_force, self._house)
        if current is None or fields.get("version") != str(current.version):
            # Another version came into force while this one was read: show that one.
            return await self._page(request, token, onward)
        at = await asyncio.to_thread(self._record, reader.person.id, current.version)
        if onward == "/chat" and not token:
            return RedirectResponse("/chat", status_code=303)
        return self._pages.render(
            request,
            "accepted",
            who=reader.who,
            version=current.version,
            at=at,
            linked=bool(token),
        )

    async def _page(self, request: Request, token: str, onward: str) -> Response:
        reader = await self._reader(request, token)
        if reader is None:
            return self._expired(request)
        agreement = await asyncio.to_thread(in_force, self._house)
        if agreement is None:
            return self._none(request, reader.who)
        lang = chosen(request)
        return self._pages.render(
            request,
            "agreement",
            who=reader.who,
            agreement=agreement,
            blocks=prose.blocks(agreement.zh if lang == "zh" else agreement.en),
            accepted=reader.person is not None and reader.person.accepted == agreement.version,
            token=token,
            next="/chat" if onward == "/chat" else "",
        )

    async def _reader(self, request: Request, token: str) -> Reader | None:
        """Who reads; none when they come by a link that no longer works."""
        who = await self._door.visitor(request)
        if not token:
            return Reader(who, "", None if who is None else who.person)
        try:
            person = await asyncio.to_thread(self._by_link, token)
        except PeopleError as error:
            if error.code not in _DEAD_LINK:
                raise
            return None
        return Reader(who, token, person)

    def _by_link(self, token: str) -> Person:
        person_id = links.open_link(self._house.link_secret, token, self._house.world.now())
        return persons.get(self._house.store, person_id)

    def _record(self, person_id: str, version: int) -> int:
        store = self._house.store
        act = agreements.accept(
            store, self._house.world, person_id, version, via="page", evidence=None
        )
        with store.read() as conn:
            at = select(tables.acceptance.c.at).where(tables.acceptance.c.id == act)
            return int(conn.execute(at).scalar_one())

    def _expired(self, request: Request) -> Response:
        say = speaker(chosen(request))
        return self._pages.render(
            request,
            "message",
            who=None,
            status=410,
            mark="",
            title=say("expired.title"),
            lines=[say("expired.text"), say("expired.todo")],
            home=False,
        )

    def _none(self, request: Request, who: Visitor | None) -> Response:
        say = speaker(chosen(request))
        contact = self._house.settings.provider.contact
        return self._pages.render(
            request,
            "message",
            who=who,
            status=503,
            mark="",
            title=say("agreement.none"),
            lines=[say("agreement.none_text", contact=contact)],
            home=True,
        )
