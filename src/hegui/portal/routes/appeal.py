"""``/decisions/{id}/appeal``: one question, why the stop was wrong, and the filing of the case."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.cases import APPEAL, CaseRow, CasesError, Filed, about, file
from hegui.portal import appeals, decisions
from hegui.portal.case_cookie import CaseCookie
from hegui.portal.decisions import Decision
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.visitor import Door, Visitor
from hegui.portal.words import speaker
from hegui.store import StoreError
from hegui.web import bounded
from hegui.web.categories import category
from hegui.web.language import chosen

#: Far more than an appeal may hold, so that one too long comes back to be shortened.
FORM_BYTES = 262_144


class Appeals:
    """The form of an appeal. Whoever knows the decision's random number may file one."""

    def __init__(self, house: House, pages: Pages, door: Door, cookie: CaseCookie) -> None:
        self._house = house
        self._pages = pages
        self._door = door
        self._cookie = cookie

    def routes(self) -> list[Route]:
        """The routes of this module."""
        path = "/decisions/{id}/appeal"
        return [
            Route(path, self._show, methods=["GET"]),
            Route(path, self._file, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return await self._form(request)

    async def _file(self, request: Request) -> Response:
        fields = await bounded.form(request, FORM_BYTES, self._house.settings.limits.body_seconds)
        given = fields.get("statement", "")
        try:
            filed = await asyncio.to_thread(self._keep, request.path_params["id"], given)
        except StoreError:
            return self._later(request, given)
        except CasesError as error:
            return await self._refused(request, given, error)
        response = RedirectResponse(f"/cases/{filed.number}", status_code=303)
        self._cookie.open(request, response, filed.number, filed.secret, new=True)
        return response

    async def _refused(self, request: Request, given: str, error: CasesError) -> Response:
        if error.code == "case_exists":
            return await self._form(request, given=given, status=409)
        if error.code == "case_person":  # erased in between: nobody is known the next time
            return self._later(request, given)
        if error.code != "case_text":
            raise HTTPException(404) from error
        wrong = error.zh if chosen(request) == "zh" else error.en
        return await self._form(request, given=given, wrong=wrong, status=400)

    def _later(self, request: Request, given: str) -> Response:
        """The form with all that was written, made without the database."""
        wrong = speaker(chosen(request))("appeal.later")
        return self._render(request, None, None, None, given=given, wrong=wrong, status=503)

    def _keep(self, decision_id: str, statement: str) -> Filed:
        house = self._house
        person = appeals.person_of(house.store, decision_id)
        return file(
            house.store, house.person_keys, house.world, APPEAL, decision_id, statement, person
        )

    async def _form(
        self, request: Request, *, given: str = "", wrong: str = "", status: int = 200
    ) -> Response:
        store, decision_id = self._house.store, request.path_params["id"]
        found, standing, who = await asyncio.gather(
            asyncio.to_thread(decisions.find, store, decision_id),
            asyncio.to_thread(about, store, APPEAL.name, decision_id),
            self._door.visitor(request),
        )
        if found is None:
            raise HTTPException(404)
        return self._render(request, who, found, standing, given=given, wrong=wrong, status=status)

    def _render(
        self,
        request: Request,
        who: Visitor | None,
        found: Decision | None,
        standing: CaseRow | None,
        *,
        given: str,
        wrong: str,
        status: int,
    ) -> Response:
        lang = chosen(request)
        say = speaker(lang)
        return self._pages.render(
            request,
            "appeal",
            who=who,
            status=status,
            id=request.path_params["id"],
            it=found,
            category="" if found is None else category(found.category, say),
            appeal=standing,
            rule=appeals.answer_rule(lang),
            most=APPEAL.texts["statement"],
            given=given,
            wrong=wrong,
        )
