"""``/casework/{number}/decide``: a decision is written, seen as it will be read, and sent."""

import asyncio
from typing import get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.cases import CasesError, Filters, State, Statement, decide, kind, read_words
from hegui.cases.statement import Ground
from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading import cases as reading
from hegui.console.routes import cases_form
from hegui.console.routes.cases_form import Form
from hegui.console.routes.cases_one import Found, find, shown, told
from hegui.console.words import speaker
from hegui.people.staff import Staff
from hegui.web import bounded
from hegui.web.language import chosen

_FORM_SECONDS = 30.0
GROUNDS = get_args(Ground)
#: The fields that the form shows unfolded.
_FIRST = frozenset({"outcome", "explanation", "facts", "ground"})


class Deciding:
    """A decision: its form, its preview, and the sending of it."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        at, needs = "/casework/{case}/decide", Action.DECIDE_CASES
        return [guarded(at, self._write, needs), guarded(at, self._sent, needs, ("POST",))]

    async def _write(self, request: Request, who: Staff) -> Response:
        found = await self._find(request, who)
        say = speaker(chosen(request))
        draft = found.panel.draft(found.subject, say)
        form = cases_form.begin(draft, self._house.settings.provider.contact, say)
        if not _may(found, who):
            return RedirectResponse(f"/casework/{found.case.number}", status_code=303)
        return await self._form(request, who, found, form, fresh=True)

    async def _sent(self, request: Request, who: Staff) -> Response:
        """One step: ``words`` opens the filer's, ``edit`` and ``preview`` show, ``send`` sends."""
        fields = await bounded.form(request, cases_form.MOST_BYTES, _FORM_SECONDS)
        found = await self._find(request, who)
        lang = chosen(request)
        form = cases_form.read(fields, kind(found.case.kind), lang, speaker(lang))
        step = fields.get("step")
        try:
            if step == "words":
                await asyncio.to_thread(
                    read_words, self._house.store, self._house.world, found.case.id, who
                )
                found = await self._find(request, who)
            if step in {"words", "edit"}:
                return await self._form(request, who, found, Form(form.values))
            if form.statement is None:
                return await self._form(request, who, found, form, status=422)
            if step != "send":
                return await self._preview(request, who, found, form)
            await asyncio.to_thread(_decide, self._house, found, who, form.statement)
        except CasesError as error:
            said = told(error, lang)
            return await self._form(request, who, found, form, status=409, refused=said)
        following = await asyncio.to_thread(_next, self._house, who)
        return RedirectResponse(f"/casework{following}?sent={found.case.number}", status_code=303)

    async def _find(self, request: Request, who: Staff) -> Found:
        return await asyncio.to_thread(find, self._house, request.path_params["case"], who)

    async def _form(
        self,
        request: Request,
        who: Staff,
        found: Found,
        form: Form,
        *,
        status: int = 200,
        refused: str = "",
        fresh: bool = False,
    ) -> Response:
        say = speaker(chosen(request))
        return await self._pages.page(
            request,
            who,
            "cases_decide",
            status=status,
            form=form,
            outcomes=kind(found.case.kind).outcomes,
            longest=cases_form.FIELDS,
            least=cases_form.LEAST_EXPLANATION,
            grounds=[
                ("", say("cases.choose")),
                *((one, say(f"cases.ground.{one}")) for one in GROUNDS),
            ],
            rest_wrong=not _FIRST.issuperset(form.wrong),
            refused=refused,
            fresh=fresh,
            **shown(self._house, found, chosen(request)),
        )

    async def _preview(self, request: Request, who: Staff, found: Found, form: Form) -> Response:
        return await self._pages.page(
            request,
            who,
            "cases_preview",
            form=form,
            statement=form.statement,
            **shown(self._house, found, chosen(request)),
        )


def _may(found: Found, who: Staff) -> bool:
    """Whether the form is any use to them; that they may decide at all, the route has asked."""
    case = found.case
    return case.state is State.ASSIGNED and case.assigned == who.id and not found.own_rule


def _decide(house: House, found: Found, who: Staff, statement: Statement) -> None:
    decide(house.store, house.person_keys, house.world, found.case.id, who, statement)


def _next(house: House, who: Staff) -> str:
    """The address, below the list's, of the case to do next: one's own, else one nobody has."""
    for filters in (Filters(assigned=who.id), Filters(states=(State.RECEIVED,))):
        for case in reading.queue(house.store, filters, 1):
            return f"/{case.number}"
    return ""
