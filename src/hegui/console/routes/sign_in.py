"""``/sign-in``, ``/enter/{token}``, ``/sign-out``: how staff come in and leave."""

import asyncio
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.door import Door
from hegui.console.guard import guarded, open_to_all
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.words import speaker
from hegui.people import PeopleError
from hegui.people.staff import Staff
from hegui.web import bounded
from hegui.web.language import chosen

#: No sign-in form is larger.
FORM_BYTES = 16_384


class SignIn:
    """Signing in by passphrase or by a one-time link, and out."""

    def __init__(self, house: House, pages: Pages, door: Door) -> None:
        self._house = house
        self._pages = pages
        self._door = door

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            open_to_all("/sign-in", self._show),
            open_to_all("/sign-in", self._sign_in, methods=("POST",)),
            # The link is opened by a press of its button, so that a preview does not use it up.
            open_to_all("/enter/{token}", self._ask),
            open_to_all("/enter/{token}", self._enter, methods=("POST",)),
            guarded("/sign-out", self._leave, Action.ENTER, methods=("POST",)),
        ]

    async def _show(self, request: Request) -> Response:
        onward = _onward(request.query_params.get("next"))
        if await self._door.staff(request) is not None:
            return RedirectResponse(onward, status_code=303)
        return await self._form(request, onward, out=request.query_params.get("out") == "1")

    async def _sign_in(self, request: Request) -> Response:
        fields = await bounded.form(request, FORM_BYTES, self._house.settings.limits.body_seconds)
        onward = _onward(fields.get("next"))
        name, passphrase = fields.get("name", "").strip(), fields.get("passphrase", "")
        lang = chosen(request)
        for key, value in (("name", name), ("passphrase", passphrase)):
            if not value:
                wrong = speaker(lang)(f"sign.empty_{key}")
                return await self._form(request, onward, name=name, wrong=wrong, at=key, status=400)
        try:
            token = await asyncio.to_thread(self._door.book.sign_in, name, passphrase)
        except PeopleError as error:
            wrong = error.zh if lang == "zh" else error.en
            status = 429 if error.code == "too_many_attempts" else 400
            return await self._form(request, onward, name=name, wrong=wrong, status=status)
        return self._let_in(request, onward, token)

    async def _ask(self, request: Request) -> Response:
        whom = await asyncio.to_thread(self._door.book.linked, request.path_params["token"])
        if whom is None:
            return self._used(request)
        return await self._pages.page(request, None, "enter", whom=whom)

    async def _enter(self, request: Request) -> Response:
        try:
            token = await asyncio.to_thread(
                self._door.book.sign_in_by_link, request.path_params["token"]
            )
        except PeopleError:
            return self._used(request)
        standing = await asyncio.to_thread(self._door.book.standing, token)
        return self._let_in(request, "/" if standing.has_passphrase else "/me", token)

    async def _leave(self, request: Request, _who: Staff) -> Response:
        await asyncio.to_thread(self._door.book.sign_out, self._door.token(request))
        response = RedirectResponse("/sign-in?out=1", status_code=303)
        self._door.forget(request, response)
        return response

    def _let_in(self, request: Request, onward: str, token: str) -> Response:
        response = RedirectResponse(onward, status_code=303)
        self._door.remember(request, response, token)
        return response

    def _used(self, request: Request) -> Response:
        say = speaker(chosen(request))
        return self._pages.message(
            request,
            status=410,
            title=say("enter.used_title"),
            lines=[say("enter.used_text"), say("enter.used_todo")],
        )

    async def _form(
        self,
        request: Request,
        onward: str,
        *,
        name: str = "",
        wrong: str = "",
        at: str = "",
        out: bool = False,
        status: int = 200,
    ) -> Response:
        return await self._pages.page(
            request,
            None,
            "sign_in",
            status=status,
            next=onward,
            name=name,
            wrong=wrong,
            at=at,
            out=out,
        )


def _onward(asked: str | None) -> str:
    """A page of this console to go on to; an address of any other host leads to the first."""
    if not asked or not asked.startswith("/") or not asked.isprintable() or "\\" in asked:
        return "/"
    parts = urlsplit(asked)
    return "/" if parts.netloc or asked.startswith("//") else asked
