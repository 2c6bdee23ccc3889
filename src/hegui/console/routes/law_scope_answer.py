"""``/law/scope/answer/GROUP``: the questions of one group a page, then the record."""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console import scope_form
from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.scope_form import END
from hegui.duties import scope, scope_drafts
from hegui.law import LawError
from hegui.law.scope import Answer, Group, Profile, answer_words, groups
from hegui.people.staff import Staff
from hegui.store import Store
from hegui.web import bounded
from hegui.web.language import chosen

_FORM_BYTES, _FORM_SECONDS = 131_072, 30.0
_ANSWER = "/law/scope/answer"


class _Begun(NamedTuple):
    """What a form begins with.

    Attributes:
        answers: the draft's, or those of the latest record, or none.
        kept: when the draft was kept last; none: there is no draft.
        passed: when somebody recorded answers after that; none: nobody did.
    """

    answers: dict[str, Answer]
    kept: int | None = None
    passed: int | None = None


class LawScopeAnswer:
    """The questionnaire."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            guarded(f"{_ANSWER}/{{group}}", self._ask, Action.LAW_SCOPE),
            guarded(f"{_ANSWER}/{{group}}", self._take, Action.LAW_SCOPE, ("POST",)),
            guarded("/law/scope/drop", self._drop, Action.LAW_SCOPE, ("POST",)),
        ]

    async def _ask(self, request: Request, who: Staff) -> Response:
        begun = await self._begun(who)
        if request.path_params["group"] == END:
            return await self._end(request, who, begun)
        group = _group(request)
        given = scope_form.fields(group, begun.answers)
        return await self._page(request, who, group, begun, given)

    async def _take(self, request: Request, who: Staff) -> Response:
        begun = await self._begun(who)
        if request.path_params["group"] == END:
            return await self._record(request, who, begun)
        group = _group(request)
        form = await bounded.form(request, _FORM_BYTES, _FORM_SECONDS)
        sent = scope_form.read(form, scope_form.shown(group, begun.answers))
        if sent.wrong:
            given = scope_form.fields(group, begun.answers) | sent.given
            return await self._page(request, who, group, begun, given, wrong=sent.wrong)
        answers = scope_form.joined(begun.answers, group, sent.answers)
        store, world = self._house.store, self._house.world
        await asyncio.to_thread(scope_drafts.keep, store, world, answers, who.id)
        to = END if form.get("to") == END else scope_form.after(group, answers)
        return RedirectResponse(f"{_ANSWER}/{to}", status_code=303)

    async def _record(self, request: Request, who: Staff, begun: _Begun) -> Response:
        store, world = self._house.store, self._house.world
        try:
            made = await asyncio.to_thread(scope.record, store, world, begun.answers, who.id)
        except LawError as error:
            return await self._end(request, who, begun, error)
        return RedirectResponse(f"/law/scope/{made.id}?done=recorded", status_code=303)

    async def _drop(self, _request: Request, who: Staff) -> Response:
        await asyncio.to_thread(scope_drafts.drop, self._house.store, who.id)
        return RedirectResponse("/law/scope", status_code=303)

    async def _begun(self, who: Staff) -> _Begun:
        return await asyncio.to_thread(_begun, self._house.store, who.id)

    async def _page(
        self,
        request: Request,
        who: Staff,
        group: Group,
        begun: _Begun,
        given: Mapping[str, Any],
        *,
        wrong: Mapping[str, LawError] | None = None,
    ) -> Response:
        lang = chosen(request)
        said = {
            name: error.zh if lang == "zh" else error.en for name, error in (wrong or {}).items()
        }
        return await self._pages.page(
            request,
            who,
            "law_scope_answer",
            status=400 if said else 200,
            group=group,
            asked=scope_form.shown(group, begun.answers),
            given=given,
            wrong=said,
            **_frame(group.id, begun, lang),
        )

    async def _end(
        self,
        request: Request,
        who: Staff,
        begun: _Begun,
        error: LawError | None = None,
    ) -> Response:
        lang = chosen(request)
        profile, answers = Profile(begun.answers), begun.answers
        return await self._pages.page(
            request,
            who,
            "law_scope_end",
            status=400 if error else 200,
            parts=[
                (group, [one for one in group.facts if one.id in profile.asked])
                for group in groups()
            ],
            said=lambda one: answer_words(one, answers.get(one.id)).of(lang),
            missing=profile.missing,
            wrong="" if error is None else (error.zh if lang == "zh" else error.en),
            **_frame(END, begun, lang),
        )


def _begun(store: Store, staff: str) -> _Begun:
    draft, latest = scope_drafts.of(store, staff), scope.latest(store)
    if draft is None:
        return _Begun({} if latest is None else scope_form.stored(latest.answers))
    passed = latest.at if latest is not None and latest.at > draft.at else None
    return _Begun(scope_form.stored(draft.answers), draft.at, passed)


def _frame(name: str, begun: _Begun, lang: str) -> dict[str, Any]:
    """What both kinds of page have: the way through the groups, and back, and the draft."""
    way = [one for one in groups() if scope_form.shown(one, begun.answers) or one.id == name]
    return {
        "way": way,
        "here": next((n for n, one in enumerate(way, 1) if one.id == name), len(way) + 1),
        "name": name,
        "previous": scope_form.previous(name, begun.answers),
        "begun": begun,
        "of": lambda words: words.of(lang),
    }


def _group(request: Request) -> Group:
    """The group that the address names.

    Raises:
        HTTPException: 404.
    """
    found = scope_form.group_of(request.path_params["group"])
    if found is None:
        raise HTTPException(404)
    return found
