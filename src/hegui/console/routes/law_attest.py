"""``/law/attest``: a person states that a control works, and takes it back."""

import asyncio
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.checks import CHECKS
from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading.law import key
from hegui.console.routes.law_parts import tools
from hegui.console.upload import upload_with
from hegui.console.words import speaker
from hegui.duties import attest, files, packs
from hegui.duties.errors import DutiesError
from hegui.law import LawError, Span, china, day_of, due
from hegui.law.book import Owed
from hegui.people.staff import Staff
from hegui.web import bounded
from hegui.web.language import chosen

_FIELDS = ("statement", "true_on", "expires")
_SECONDS = 300.0
_FORM_BYTES, _FORM_SECONDS = 16_384, 30.0


class LawAttest:
    """Attestations of controls."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        one = "/law/attest/{pack}/{control}"
        return [
            guarded(one, self._ask, Action.ATTEST),
            guarded(one, self._sign, Action.ATTEST, ("POST",)),
            guarded("/law/attestations/{id}/withdraw", self._withdraw, Action.ATTEST, ("POST",)),
            guarded("/law/files/{digest}", self._file, Action.READ_LAW),
        ]

    async def _ask(self, request: Request, who: Staff) -> Response:
        owed = await self._owed(request)
        today = day_of(self._house.world.now())
        until = due(self._house.world.now(), Span.parse(owed.control.renew), china()).at
        given = {"statement": "", "true_on": f"{today}", "expires": f"{day_of(until)}"}
        return await self._form(request, who, owed, given)

    async def _sign(self, request: Request, who: Staff) -> Response:
        owed = await self._owed(request)
        sent = await upload_with(request, "file", files.MOST_BYTES, _SECONDS)
        given = {field: sent.fields.get(field, "").strip() for field in _FIELDS}
        true_on, expires = _date(given["true_on"]), _date(given["expires"])
        if true_on is None or expires is None:
            field = "true_on" if true_on is None else "expires"
            return await self._form(request, who, owed, given, wrong=f"law.wrong_{field}")
        try:
            await asyncio.to_thread(
                attest.sign,
                self._house.store,
                self._house.world,
                control=f"{owed.pack.name}/{owed.control.id}",
                statement=given["statement"].replace("\r\n", "\n"),
                true_on=true_on,
                expires=expires,
                file=files.File(sent.name, sent.media_type, sent.data) if sent.name else None,
                staff=who.id,
                signer=who.name,
            )
        except DutiesError as error:
            return await self._form(request, who, owed, given, error=error)
        return RedirectResponse(_back(owed, "attested"), status_code=303)

    async def _withdraw(self, request: Request, who: Staff) -> Response:
        form = await bounded.form(request, _FORM_BYTES, _FORM_SECONDS)
        try:
            control = await asyncio.to_thread(
                attest.withdraw,
                self._house.store,
                self._house.world,
                request.path_params["id"],
                reason=form.get("reason", "").strip(),
                staff=who.id,
            )
        except DutiesError as error:
            lang = chosen(request)
            return self._pages.message(
                request,
                status=400,
                title=speaker(lang)("law.not_withdrawn"),
                lines=[error.zh if lang == "zh" else error.en],
            )
        book = await asyncio.to_thread(packs.book, self._house.store)
        gone = book.digest_of(control) is None  # its pack is no longer in force
        to = "/law" if gone else _back(book.control(control), "withdrawn")
        return RedirectResponse(to, status_code=303)

    async def _file(self, request: Request, _who: Staff) -> Response:
        found = await asyncio.to_thread(files.get, self._house.store, request.path_params["digest"])
        if found is None:
            raise HTTPException(404)
        # Never shown in the page's own origin: a file that people brought is only kept.
        return Response(
            found.data,
            headers={
                "content-type": "application/octet-stream",
                "content-disposition": files.disposition(found.name),
                "content-security-policy": "sandbox",
            },
        )

    async def _form(
        self,
        request: Request,
        who: Staff,
        owed: Owed,
        given: dict[str, str],
        *,
        wrong: str = "",
        error: DutiesError | None = None,
    ) -> Response:
        lang = chosen(request)
        say = speaker(lang)
        told = say(wrong) if wrong else ""
        if error is not None:
            told = error.zh if lang == "zh" else error.en
        book = await asyncio.to_thread(packs.book, self._house.store)
        checks = [CHECKS[name] for name in owed.control.checks]
        return await self._pages.page(
            request,
            who,
            "law_attest",
            status=400 if told else 200,
            owed=owed,
            takes=attest.wants(owed.control),
            attach=[one.what for one in checks if one.attested],
            seen=[one for one in checks if not one.attested],
            given=given,
            wrong=told,
            back=_back(owed),
            renew=Span.parse(owed.control.renew).said,
            most=files.MOST_BYTES >> 20,
            **tools(book, say, lang),
        )

    async def _owed(self, request: Request) -> Owed:
        book = await asyncio.to_thread(packs.book, self._house.store)
        ref = f"{request.path_params['pack']}/{request.path_params['control']}"
        try:
            return book.control(ref)
        except LawError:
            raise HTTPException(404) from None


def _back(owed: Owed, done: str = "") -> str:
    asked = f"?done={done}" if done else ""
    return f"/law/packs/{owed.pack.name}/{key(owed.provision)}{asked}#duty-{owed.duty.id}"


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
