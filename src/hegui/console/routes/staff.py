"""``/staff``: who works here in which role, and the forms that change it."""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import MATRIX, Action, Role
from hegui.console.door import Door
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.errors import HeguiError
from hegui.people import PeopleError
from hegui.people.staff import LINK_HOURS, Member, Staff
from hegui.people.staff_errors import staff_unknown
from hegui.web import bounded
from hegui.web.errors import WebError
from hegui.web.language import chosen

#: No form of this area is larger.
FORM_BYTES = 4_096
_HOUR_MS = 3_600_000


class StaffDesk:
    """The list of members, one member's page, and adding one."""

    def __init__(self, house: House, pages: Pages, door: Door) -> None:
        self._house = house
        self._pages = pages
        self._book = door.book

    def routes(self) -> list[Route]:
        """The routes of this module."""
        manage = Action.MANAGE_STAFF
        return [
            guarded("/staff", self._list, Action.READ_STAFF),
            guarded("/staff/new", self._new, manage),
            guarded("/staff/new", self._add, manage, methods=("POST",)),
            guarded("/staff/{id}", self._one, Action.READ_STAFF),
            guarded("/staff/{id}/role", self._set_role, manage, methods=("POST",)),
            guarded("/staff/{id}/disable", self._disable, manage, methods=("POST",)),
            guarded("/staff/{id}/link", self._link, manage, methods=("POST",)),
        ]

    async def _list(self, request: Request, who: Staff) -> Response:
        members = await asyncio.to_thread(self._book.list)
        return await self._pages.page(
            request, who, "staff", members=members, roles=list(Role), actions=_actions()
        )

    async def _new(self, request: Request, who: Staff) -> Response:
        return await self._form(request, who)

    async def _add(self, request: Request, who: Staff) -> Response:
        fields = await self._fields(request)
        name, role = fields.get("name", ""), fields.get("role", "")
        try:
            new = await asyncio.to_thread(self._book.add, name, role)
        except PeopleError as error:
            return await self._form(request, who, name=name, role=role, error=error)
        return await self._show_link(request, who, new)

    async def _one(self, request: Request, who: Staff) -> Response:
        done = request.query_params.get("done", "")
        return await self._member_page(request, who, done=done if done in _DONE else "")

    async def _set_role(self, request: Request, who: Staff) -> Response:
        role = (await self._fields(request)).get("role", "")
        member_id = request.path_params["id"]
        return await self._act(request, who, "role", lambda: self._book.set_role(member_id, role))

    async def _disable(self, request: Request, who: Staff) -> Response:
        member_id = request.path_params["id"]
        return await self._act(request, who, "disable", lambda: self._book.disable(member_id))

    async def _link(self, request: Request, who: Staff) -> Response:
        member = await self._member(request)
        if member.disabled is not None:
            return await self._member_page(request, who, error=staff_unknown())
        return await self._show_link(request, who, member)

    async def _act(
        self, request: Request, who: Staff, done: str, act: Callable[[], None]
    ) -> Response:
        member = await self._member(request)
        try:
            await asyncio.to_thread(act)
        except PeopleError as error:
            return await self._member_page(request, who, error=error)
        return RedirectResponse(f"/staff/{member.id}?done={done}", status_code=303)

    async def _fields(self, request: Request) -> dict[str, str]:
        seconds = self._house.settings.limits.body_seconds
        return await bounded.form(request, FORM_BYTES, seconds)

    async def _member(self, request: Request) -> Member:
        members = await asyncio.to_thread(self._book.list)
        found = next((one for one in members if one.id == request.path_params["id"]), None)
        if found is None:
            raise _no_member()
        return found

    async def _member_page(
        self, request: Request, who: Staff, *, done: str = "", error: HeguiError | None = None
    ) -> Response:
        return await self._pages.page(
            request,
            who,
            "staff_one",
            status=200 if error is None else 409,
            one=await self._member(request),
            roles=list(Role),
            done=done,
            wrong=_said(error, request),
        )

    async def _show_link(self, request: Request, who: Staff, member: Staff) -> Response:
        token = await asyncio.to_thread(self._book.link, member.id)
        return await self._pages.page(
            request,
            who,
            "staff_link",
            one=member,
            url=f"{self._house.console_url}/enter/{token}",
            until=self._house.world.now() + LINK_HOURS * _HOUR_MS,
        )

    async def _form(
        self,
        request: Request,
        who: Staff,
        *,
        name: str = "",
        role: str = Role.REVIEWER,
        error: PeopleError | None = None,
    ) -> Response:
        return await self._pages.page(
            request,
            who,
            "staff_new",
            status=200 if error is None else 400,
            name=name,
            role=role,
            roles=list(Role),
            wrong=_said(error, request),
        )


_DONE = frozenset({"role", "disable"})


def _actions() -> list[tuple[Action, list[bool]]]:
    """The matrix as rows: an action, and for each role whether it may."""
    return [(action, [action in MATRIX[role] for role in Role]) for action in Action]


def _said(error: HeguiError | None, request: Request) -> str:
    if error is None:
        return ""
    return error.zh if chosen(request) == "zh" else error.en


def _no_member() -> WebError:
    unknown = staff_unknown()
    return WebError(unknown.code, status=404, zh=unknown.zh, en=unknown.en)
