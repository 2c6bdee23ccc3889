"""``/me``: one's own sign-in."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import MATRIX, Action, Role
from hegui.console.door import Door
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.words import speaker
from hegui.people import PeopleError
from hegui.people.staff import Staff
from hegui.web import bounded
from hegui.web.language import chosen

#: No form of this area is larger.
FORM_BYTES = 16_384
_DONE = frozenset({"saved", "ended"})


class Me:
    """A member's own passphrase and sessions."""

    def __init__(self, house: House, pages: Pages, door: Door) -> None:
        self._house = house
        self._pages = pages
        self._door = door

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            guarded("/me", self._show, Action.ENTER),
            guarded("/me/passphrase", self._choose, Action.ENTER, methods=("POST",)),
            guarded("/me/sessions", self._end, Action.ENTER, methods=("POST",)),
        ]

    async def _show(self, request: Request, who: Staff) -> Response:
        done = request.query_params.get("done", "")
        return await self._page(request, who, done=done if done in _DONE else "")

    async def _choose(self, request: Request, who: Staff) -> Response:
        fields = await bounded.form(request, FORM_BYTES, self._house.settings.limits.body_seconds)
        new, current = fields.get("new", ""), fields.get("current", "")
        lang = chosen(request)
        if not new:
            return await self._page(
                request, who, wrong=speaker(lang)("me.empty"), at="new", status=400
            )
        try:
            await asyncio.to_thread(
                self._door.book.change_passphrase, self._door.token(request), current, new
            )
        except PeopleError as error:
            return await self._page(
                request,
                who,
                wrong=error.zh if lang == "zh" else error.en,
                at="new" if error.code == "passphrase_length" else "current",
                status=429 if error.code == "too_many_attempts" else 400,
            )
        return RedirectResponse("/me?done=saved", status_code=303)

    async def _end(self, request: Request, who: Staff) -> Response:
        keep = self._door.token(request)
        await asyncio.to_thread(self._door.book.end_sessions, who.id, keep=keep)
        return RedirectResponse("/me?done=ended", status_code=303)

    async def _page(
        self,
        request: Request,
        who: Staff,
        *,
        done: str = "",
        wrong: str = "",
        at: str = "",
        status: int = 200,
    ) -> Response:
        standing = await asyncio.to_thread(self._door.book.standing, self._door.token(request))
        return await self._pages.page(
            request,
            who,
            "me",
            status=status,
            standing=standing,
            actions=[action for action in Action if action in MATRIX[Role(who.role)]],
            done=done,
            wrong=wrong,
            at=at,
        )
