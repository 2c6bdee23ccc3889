"""``/cases``: a case read by its number and secret, its receipt, and its withdrawal."""

import asyncio
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.cases import OPEN, Case, CasesError, by_number, withdraw
from hegui.cases.numbers import plain_number
from hegui.law import day_of
from hegui.people import PeopleError
from hegui.people.throttle import Throttle
from hegui.portal import decisions, progress
from hegui.portal.case_cookie import CaseCookie, OpenCase
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.receipt import proof_of_filing
from hegui.portal.routes.account import FORM_BYTES
from hegui.portal.visitor import Door
from hegui.portal.words import speaker
from hegui.web import bounded, times
from hegui.web.categories import category
from hegui.web.language import chosen
from hegui.web.rules import rule

#: No number and no secret is longer, however it is typed.
MOST_TYPED = 128


class Cases:
    """What a filer reads. Number and secret prove who they are; there is no account behind."""

    def __init__(self, house: House, pages: Pages, door: Door, cookie: CaseCookie) -> None:
        self._house = house
        self._pages = pages
        self._door = door
        self._cookie = cookie
        self._throttle = Throttle()

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/cases", self._ask, methods=["GET"]),
            Route("/cases", self._look_up, methods=["POST"]),
            Route("/cases/{number}", self._show, methods=["GET"]),
            Route("/cases/{number}/receipt", self._receipt, methods=["GET"]),
            Route("/cases/{number}/withdraw", self._confirm, methods=["GET"]),
            Route("/cases/{number}/withdraw", self._withdraw, methods=["POST"]),
        ]

    async def _ask(self, request: Request) -> Response:
        return await self._form(request, request.query_params.get("number", ""))

    async def _look_up(self, request: Request) -> Response:
        fields = await bounded.form(request, FORM_BYTES, self._house.settings.limits.body_seconds)
        number, secret = fields.get("number", "").strip(), fields.get("secret", "").strip()
        for value, key in ((number, "number"), (secret, "secret")):
            if not value:
                return await self._form(request, number, secret, f"empty_{key}", at=key, status=400)
        try:
            case = await asyncio.to_thread(self._tried, number, secret)
        except PeopleError:
            return await self._form(request, number, secret, "too_many", status=429)
        except CasesError:
            return await self._form(request, number, secret, "unknown", status=404)
        response = RedirectResponse(f"/cases/{case.number}", status_code=303)
        self._cookie.open(request, response, case.number, secret, new=False)
        return response

    async def _show(self, request: Request) -> Response:
        told, case = await self._opened(request)
        if told is None or case is None:
            return _again(request)
        lang = chosen(request)
        say = speaker(lang)
        now = self._house.world.now()
        decision, who = await asyncio.gather(
            asyncio.to_thread(decisions.find, self._house.store, case.subject),
            self._door.visitor(request),
        )
        if decision is None:
            raise HTTPException(404)
        answered = "" if case.decision is None else category(case.decision.category, say)
        return self._pages.render(
            request,
            "case",
            who=who,
            it=case,
            secret=told.secret,
            new=told.new and case.state in OPEN,
            open=case.state in OPEN,
            late=case.state in OPEN and now > case.clock.due,
            mark=progress.mark(case, now),
            standing=progress.standing(case, now, say),
            steps=progress.steps(case),
            picture=progress.picture(case, now, say),
            days=progress.days(case.clock),
            due_year=day_of(case.clock.due).year,
            rule=rule(case.clock.rule, case.clock.span, lang),
            decision=decision,
            category=category(decision.category, say),
            answered_category=answered,
            where=f"{self._house.portal_url}/cases",
            vkey=self._house.ledger_vkey,
            iso=times.iso,
        )

    async def _receipt(self, request: Request) -> Response:
        _, case = await self._opened(request)
        if case is None:
            return _again(request)
        proof = await proof_of_filing(self._house.ledger, case.id)
        if proof is None:
            return await self._pages.page(request, "case_moment", status=503, number=case.number)
        return Response(
            proof,
            headers={
                "content-type": "text/plain; charset=utf-8",
                "content-disposition": f'attachment; filename="{case.number}.tlog-proof"',
            },
        )

    async def _confirm(self, request: Request) -> Response:
        _, case = await self._opened(request)
        if case is None:
            return _again(request)
        if case.state not in OPEN:
            return RedirectResponse(f"/cases/{case.number}", status_code=303)
        return await self._pages.page(request, "withdraw", number=case.number, late=False)

    async def _withdraw(self, request: Request) -> Response:
        told, case = await self._opened(request)
        if told is None or case is None:
            return _again(request)
        try:
            await asyncio.to_thread(
                withdraw, self._house.store, self._house.world, told.number, told.secret
            )
        except CasesError as error:
            if error.code != "case_state":
                raise
            return await self._pages.page(
                request, "withdraw", status=409, number=case.number, late=True
            )
        return RedirectResponse(f"/cases/{case.number}", status_code=303)

    def _tried(self, number: str, secret: str) -> Case:
        """The case, for somebody who types number and secret; wrong attempts are counted.

        Raises:
            CasesError: ``case_unknown``; a number that does not exist and a wrong secret look
                the same.
            PeopleError: ``too_many_attempts``.
        """
        name = plain_number(number)
        self._throttle.attempt(name, self._house.world.now())
        case = self._read(number, secret)
        self._throttle.right(name)
        return case

    def _read(self, number: str, secret: str) -> Case:
        return by_number(self._house.store, self._house.person_keys, number, secret)

    async def _opened(self, request: Request) -> tuple[OpenCase | None, Case | None]:
        """What the cookie opens, and the case; nothing when it is not the case asked for."""
        told = self._cookie.read(request)
        if told is None or told.number != request.path_params["number"]:
            return None, None
        try:
            return told, await asyncio.to_thread(self._read, told.number, told.secret)
        except CasesError:  # gone since the cookie was given
            return None, None

    async def _form(
        self,
        request: Request,
        number: str,
        secret: str = "",
        wrong: str = "",
        *,
        at: str = "",
        status: int = 200,
    ) -> Response:
        # What was typed stays, so that one letter can be mended; nobody keeps the page.
        said = speaker(chosen(request))(f"cases.{wrong}") if wrong else ""
        return await self._pages.page(
            request,
            "cases",
            status=status,
            number=number[:MOST_TYPED],
            secret=secret[:MOST_TYPED],
            wrong=said,
            at=at,
        )


def _again(request: Request) -> Response:
    """To the form, with the number filled in."""
    number = request.path_params["number"][:MOST_TYPED]
    return RedirectResponse(f"/cases?{urlencode({'number': number})}", status_code=303)
