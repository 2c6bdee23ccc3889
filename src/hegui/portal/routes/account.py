"""``/sign-in``, ``/sign-up``, ``/sign-out``: a pseudonym and a passphrase, nothing else."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.errors import HeguiError
from hegui.people import PeopleError
from hegui.portal.house import House
from hegui.portal.pages import Pages
from hegui.portal.visitor import Door
from hegui.portal.words import speaker
from hegui.web import bounded
from hegui.web.language import chosen

#: No sign-in form is larger.
FORM_BYTES = 16_384
#: Where a sign-in may lead; anything else leads to the first.
ONWARD = ("/chat", "/agreement", "/mine")
#: Which field an error is about; any other is about both.
_FIELD = {
    "person_malformed": "pseudonym",
    "person_not_pseudonym": "pseudonym",
    "pseudonym_taken": "pseudonym",
    "passphrase_length": "passphrase",
}


class Account:
    """Signing up, in and out."""

    def __init__(self, house: House, pages: Pages, door: Door) -> None:
        self._house = house
        self._pages = pages
        self._door = door

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/sign-in", self._show, methods=["GET"]),
            Route("/sign-up", self._show, methods=["GET"]),
            Route("/sign-in", self._enter, methods=["POST"]),
            Route("/sign-up", self._enter, methods=["POST"]),
            Route("/sign-out", self._leave, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        onward = _onward(request.query_params.get("next"))
        who = await self._door.visitor(request)
        if who is not None:
            return RedirectResponse(onward, status_code=303)
        out = request.query_params.get("out") == "1"
        return self._form(request, onward, out=out)

    async def _enter(self, request: Request) -> Response:
        fields = await bounded.form(request, FORM_BYTES, self._house.settings.limits.body_seconds)
        onward = _onward(fields.get("next"))
        pseudonym = fields.get("pseudonym", "").strip()
        passphrase = fields.get("passphrase", "")
        lang = chosen(request)
        for value, key in ((pseudonym, "pseudonym"), (passphrase, "passphrase")):
            if not value:
                wrong = speaker(lang)(f"form.empty_{key}")
                return self._form(
                    request, onward, pseudonym=pseudonym, wrong=wrong, at=key, status=400
                )
        try:
            token = await asyncio.to_thread(
                self._open, pseudonym, passphrase, is_new=request.url.path == "/sign-up"
            )
        except PeopleError as error:
            return self._form(
                request,
                onward,
                # A pseudonym shaped like a phone number or an address is not shown again.
                pseudonym="" if error.code == "person_not_pseudonym" else pseudonym,
                wrong=_said(error, lang),
                at=_FIELD.get(error.code, ""),
                status=429 if error.code == "too_many_attempts" else 400,
            )
        response = RedirectResponse(onward, status_code=303)
        self._door.remember(request, response, token)
        return response

    async def _leave(self, request: Request) -> Response:
        token = self._door.token(request)
        if token:
            await asyncio.to_thread(self._door.accounts.sign_out, token)
        response = RedirectResponse("/sign-in?out=1", status_code=303)
        self._door.forget(request, response)
        return response

    def _open(self, pseudonym: str, passphrase: str, *, is_new: bool) -> str:
        if is_new:
            self._door.accounts.create(pseudonym, passphrase)
        return self._door.accounts.sign_in(pseudonym, passphrase)

    def _form(
        self,
        request: Request,
        onward: str,
        *,
        pseudonym: str = "",
        wrong: str = "",
        at: str = "",
        out: bool = False,
        status: int = 200,
    ) -> Response:
        return self._pages.render(
            request,
            "sign",
            who=None,
            status=status,
            new=request.url.path == "/sign-up",
            next=onward,
            pseudonym=pseudonym,
            wrong=wrong,
            at=at,
            out=out,
        )


def _onward(asked: str | None) -> str:
    return asked if asked in ONWARD else ONWARD[0]


def _said(error: HeguiError, lang: str) -> str:
    return error.zh if lang == "zh" else error.en
