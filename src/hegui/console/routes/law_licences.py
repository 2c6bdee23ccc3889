"""``/law/licences``: what the provider holds, and how it is entered, replaced and withdrawn."""

import asyncio
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading.names import staff_names
from hegui.console.upload import Uploaded, upload_with
from hegui.console.words import speaker
from hegui.duties import files, licences
from hegui.duties.errors import DutiesError
from hegui.duties.licences import Given, Licence
from hegui.duties.packs import book
from hegui.law import Span, china, day_of, end_of, numbered, subtract
from hegui.law.scope import routes
from hegui.people.staff import Staff
from hegui.store import Store
from hegui.web.language import Language, chosen
from hegui.world import is_id

_FIELDS = ("kind", "number", "scope", "holder", "issued", "expires")
_UPLOAD_SECONDS = 300.0
#: How long before its last day a licence is said to run out.
_WARN = "own/attestation.warn"


class LawLicences:
    """The register of licences, filings and registrations."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        read, manage = Action.READ_LAW, Action.LAW_SCOPE
        one = "/law/licences/{licence}"
        return [
            guarded("/law/licences", self._list, read),
            guarded("/law/licences/new", self._new, manage),
            guarded("/law/licences/new", self._add, manage, ("POST",)),
            guarded(one, self._one, read),
            guarded(f"{one}/replace", self._ask_replace, manage),
            guarded(f"{one}/replace", self._replace, manage, ("POST",)),
            guarded(f"{one}/withdraw", self._ask_withdraw, manage),
            guarded(f"{one}/withdraw", self._withdraw, manage, ("POST",)),
        ]

    async def _list(self, request: Request, who: Staff) -> Response:
        now = self._house.world.now()
        held, gone, names, warn = await asyncio.to_thread(_read, self._house.store, now)
        return await self._page(
            request,
            who,
            "law_licences",
            held=[(one, _state(one, now, warn)) for one in held],
            gone=gone,
            names=names,
            done=request.query_params.get("done", ""),
        )

    async def _one(self, request: Request, who: Staff) -> Response:
        licence = await self._licence(request)
        now = self._house.world.now()
        _, _, names, warn = await asyncio.to_thread(_read, self._house.store, now)
        return await self._page(
            request,
            who,
            "law_licence",
            it=licence,
            state=_state(licence, now, warn),
            by=names.get(licence.staff_id or "", ""),
            done=request.query_params.get("done", ""),
        )

    async def _new(self, request: Request, who: Staff) -> Response:
        given = dict.fromkeys(_FIELDS, "")
        wanted = request.query_params.get("kind", "")
        if wanted in licences.kinds():
            given["kind"] = wanted
        return await self._form(request, who, None, given)

    async def _add(self, request: Request, who: Staff) -> Response:
        return await self._save(request, who, None)

    async def _ask_replace(self, request: Request, who: Staff) -> Response:
        old = await self._licence(request)
        if old.replaced is not None:
            return RedirectResponse(f"/law/licences/{old.id}", status_code=303)
        given = {field: getattr(old, field) for field in ("kind", "number", "scope", "holder")}
        given |= {"issued": _shown(old.issued), "expires": _shown(old.expires)}
        return await self._form(request, who, old, given)

    async def _replace(self, request: Request, who: Staff) -> Response:
        return await self._save(request, who, await self._licence(request))

    async def _ask_withdraw(self, request: Request, who: Staff) -> Response:
        licence = await self._licence(request)
        if licence.replaced is not None:
            return RedirectResponse(f"/law/licences/{licence.id}", status_code=303)
        return await self._page(request, who, "law_licence_withdraw", it=licence)

    async def _withdraw(self, request: Request, who: Staff) -> Response:
        licence = await self._licence(request)
        try:
            await asyncio.to_thread(
                licences.withdraw, self._house.store, self._house.world, licence.id
            )
        except DutiesError as error:  # somebody was quicker
            return self._told(request, who, error)
        return RedirectResponse("/law/licences?done=withdrawn", status_code=303)

    async def _save(self, request: Request, who: Staff, old: Licence | None) -> Response:
        """Enter what the form says, or show it again with what is wrong."""
        sent = await upload_with(request, "file", files.MOST_BYTES, _UPLOAD_SECONDS)
        given = {field: sent.fields.get(field, "").strip() for field in _FIELDS}
        try:
            made = await asyncio.to_thread(self._enter, given, sent, old, who.id)
        except DutiesError as error:
            if error.code == "licence_gone":
                return self._told(request, who, error)
            return await self._form(request, who, old, given, error)
        return RedirectResponse(f"/law/licences/{made.id}?done=saved", status_code=303)

    def _enter(
        self, given: dict[str, str], sent: Uploaded, old: Licence | None, staff: str
    ) -> Licence:
        licence = Given(
            kind=given["kind"],
            number=given["number"],
            scope=given["scope"].replace("\r\n", "\n"),
            holder=given["holder"],
            issued=licences.day("issued", given["issued"]),
            expires=licences.day("expires", given["expires"]),
        )
        file = files.File(sent.name, sent.media_type, sent.data) if sent.name else None
        store, world = self._house.store, self._house.world
        if old is None:
            return licences.add(store, world, licence, file=file, staff=staff)
        return licences.replace(store, world, old.id, licence, file=file, staff=staff)

    async def _form(
        self,
        request: Request,
        who: Staff,
        old: Licence | None,
        given: dict[str, str],
        error: DutiesError | None = None,
    ) -> Response:
        lang = chosen(request)
        return await self._page(
            request,
            who,
            "law_licence_form",
            status=400 if error else 200,
            old=old,
            given=given,
            wrong="" if error is None else error.field,
            told="" if error is None else (error.zh if lang == "zh" else error.en),
            kinds=[(kind, _kind(kind, lang)) for kind in _kinds(old)],
            most=files.MOST_BYTES >> 20,
        )

    def _told(self, request: Request, who: Staff, error: DutiesError) -> Response:
        text = error.zh if chosen(request) == "zh" else error.en
        title = speaker(chosen(request))("law_licences.not_saved")
        return self._pages.message(request, status=409, title=title, lines=[text], who=who)

    async def _licence(self, request: Request) -> Licence:
        """The licence that the address names.

        Raises:
            HTTPException: 404.
        """
        wanted = request.path_params["licence"]
        found = None
        if is_id(wanted):
            found = await asyncio.to_thread(licences.one, self._house.store, wanted)
        if found is None:
            raise HTTPException(404)
        return found

    async def _page(self, request: Request, who: Staff, name: str, **values: Any) -> Response:
        lang = chosen(request)
        titles = {one.id: one.title.of(lang) for one in routes()}
        return await self._pages.page(request, who, name, titles=titles, day=_shown, **values)


def _read(store: Store, now: int) -> tuple[list[Licence], list[Licence], dict[str, str], Span]:
    """The register: what holds, what no longer does, who entered it, and how soon to warn."""
    held, gone = licences.listed(store), licences.listed(store, gone=True)
    span = book(store).parameter(_WARN, day_of(now)).span
    names = staff_names(store, (one.staff_id for one in (*held, *gone)))
    return held, gone, names, span


def _state(one: Licence, now: int, warn: Span) -> tuple[str, str]:
    """The kind of a licence's status, and its word."""
    if one.replaced is not None:
        return "na", "replaced" if one.replaced_by else "withdrawn"
    if one.issued is not None and one.issued > numbered(day_of(now)):
        return "na", "later"
    if one.last_day is None:
        return "met", "good"
    ends = end_of(one.last_day)
    if ends < now:
        return "overdue", "expired"
    return ("due", "soon") if subtract(ends, warn, china()).at < now else ("met", "good")


def _kinds(old: Licence | None) -> tuple[str, ...]:
    """What may be chosen; in the place of another comes its own kind alone."""
    return licences.kinds() if old is None else (old.kind,)


def _kind(kind: str, lang: Language) -> str:
    return (
        speaker(lang)("law_licences.other")
        if kind == licences.OTHER
        else licences.title(kind).of(lang)
    )


def _shown(number: int | None) -> str:
    """``2028-12-31`` from ``20281231``; empty of none."""
    return "" if number is None else date.fromisoformat(str(number)).isoformat()
