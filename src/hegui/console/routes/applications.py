"""``/applications``: who uses the service, for which public, and by which keys."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import cast, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading import applications as reading
from hegui.people import CHAT, Application, PeopleError
from hegui.people.api_keys import Key, create_key, revoke_key
from hegui.people.applications import LabelAt, register
from hegui.people.staff import Staff
from hegui.web import bounded
from hegui.world import BEIJING, is_id

_FIELDS = ("name", "operator", "public", "label_at", "interface")
_FORM_BYTES, _FORM_SECONDS = 16_384, 30.0
#: A form proposes a key for a year; a key may live for a hundred.
_PROPOSED_DAYS, _MOST_DAYS = 365, 36_500
_DAY = timedelta(days=1)
#: A key that runs out sooner is due to be replaced.
SOON_MS = 14 * 86_400_000


class Applications:
    """Applications and their keys."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages

    def routes(self) -> list[Route]:
        """The routes of this module."""
        read, manage = Action.READ_APPLICATIONS, Action.MANAGE_APPLICATIONS
        one, revoke = "/applications/{id}", "/applications/{id}/keys/{key}/revoke"
        return [
            guarded("/applications", self._list, read),
            guarded("/applications/new", self._new, manage),
            guarded("/applications/new", self._register, manage, ("POST",)),
            guarded(one, self._one, read),
            guarded(f"{one}/change", self._edit, manage),
            guarded(f"{one}/change", self._change, manage, ("POST",)),
            guarded(f"{one}/key", self._ask_key, manage),
            guarded(f"{one}/key", self._make_key, manage, ("POST",)),
            guarded(revoke, self._ask_revoke, manage),
            guarded(revoke, self._revoke, manage, ("POST",)),
        ]

    async def _list(self, request: Request, who: Staff) -> Response:
        after = request.query_params.get("after", "")
        after = after if after.isprintable() else ""
        now = self._house.world.now()
        lines, more = await asyncio.to_thread(reading.page, self._house.store, now, after)
        return await self._pages.page(
            request,
            who,
            "applications",
            lines=lines,
            after=after,
            more=more,
            soon=now + SOON_MS,
            ends=_last_day,
        )

    async def _new(self, request: Request, who: Staff) -> Response:
        given = dict.fromkeys(_FIELDS, "") | {"label_at": self._house.settings.labels.at}
        return await self._form(request, who, None, given)

    async def _register(self, request: Request, who: Staff) -> Response:
        given = await _given(request)
        name = given["name"] = given["name"].strip()
        taken = None
        if name.isprintable():
            taken = await asyncio.to_thread(reading.named, self._house.store, name)
        if taken is not None:
            return await self._form(request, who, None, given, wrong="taken", taken=taken)
        return await self._declare(request, who, None, given)

    async def _one(self, request: Request, who: Staff) -> Response:
        application = await self._application(request)
        keys = await asyncio.to_thread(reading.keys, self._house.store, application.id)
        now = self._house.world.now()
        return await self._pages.page(
            request,
            who,
            "application",
            it=application,
            keys=[(key, _state(key, now)) for key in keys],
            most=reading.MOST_KEYS,
            is_chat=application.name == CHAT,
            done=request.query_params.get("done", ""),
            last_day=_last_day,
        )

    async def _edit(self, request: Request, who: Staff) -> Response:
        application = await self._application(request)
        given = {field: getattr(application, field) for field in _FIELDS}
        return await self._form(request, who, application, given)

    async def _change(self, request: Request, who: Staff) -> Response:
        application = await self._application(request)
        given = await _given(request) | {"name": application.name}
        return await self._declare(request, who, application, given)

    async def _declare(
        self, request: Request, who: Staff, old: Application | None, given: dict[str, str]
    ) -> Response:
        """Register or change what the form says, or show the form again with what is wrong."""
        if given["label_at"] != "interface":
            given["interface"] = ""
        try:
            application = await asyncio.to_thread(
                register,
                self._house.store,
                self._house.world,
                given["name"],
                operator=given["operator"].strip(),
                public=given["public"].strip(),
                label_at=cast("LabelAt", given["label_at"]),
                interface=given["interface"].strip(),
            )
        except PeopleError as error:
            return await self._form(request, who, old, given, wrong=error.field)
        done = "changed" if old else "registered"
        return RedirectResponse(f"/applications/{application.id}?done={done}", status_code=303)

    async def _form(
        self,
        request: Request,
        who: Staff,
        old: Application | None,
        given: Mapping[str, str],
        *,
        wrong: str = "",
        taken: Application | None = None,
    ) -> Response:
        return await self._pages.page(
            request,
            who,
            "application_form",
            status=400 if wrong else 200,
            old=old,
            given=given,
            wrong=wrong,
            taken=taken,
            places=get_args(LabelAt),
        )

    async def _ask_key(self, request: Request, who: Staff) -> Response:
        application = await self._application(request)
        proposed = (_today(self._house.world.now()) + _PROPOSED_DAYS * _DAY).isoformat()
        return await self._key_form(request, who, application, proposed)

    async def _make_key(self, request: Request, who: Staff) -> Response:
        application = await self._application(request)
        form = await bounded.form(request, _FORM_BYTES, _FORM_SECONDS)
        last = form.get("last", "").strip()
        try:
            expires = _expires(last, self._house.world.now())
        except ValueError:
            return await self._key_form(request, who, application, last, wrong=True)
        key_id, secret = await asyncio.to_thread(
            create_key, self._house.store, self._house.world, application, expires
        )
        return await self._pages.page(
            request,
            who,
            "application_key",
            it=application,
            key_id=key_id,
            secret=secret,
            last=last,
            api_url=self._house.api_url,
        )

    async def _key_form(
        self,
        request: Request,
        who: Staff,
        application: Application,
        last: str,
        *,
        wrong: bool = False,
    ) -> Response:
        today = _today(self._house.world.now())
        return await self._pages.page(
            request,
            who,
            "application_key_form",
            status=400 if wrong else 200,
            it=application,
            last=last,
            wrong=wrong,
            first_day=today.isoformat(),
            final_day=(today + _MOST_DAYS * _DAY).isoformat(),
        )

    async def _ask_revoke(self, request: Request, who: Staff) -> Response:
        application, key = await self._key(request)
        return await self._pages.page(
            request,
            who,
            "application_revoke",
            it=application,
            key=key,
            state=_state(key, self._house.world.now()),
            is_chat=application.name == CHAT,
            last_day=_last_day,
        )

    async def _revoke(self, request: Request, _who: Staff) -> Response:
        application, key = await self._key(request)
        await asyncio.to_thread(revoke_key, self._house.store, self._house.world, key.id)
        return RedirectResponse(f"/applications/{application.id}?done=revoked", status_code=303)

    async def _application(self, request: Request) -> Application:
        """The application that the address names.

        Raises:
            HTTPException: 404.
        """
        wanted = request.path_params["id"]
        found = None
        if is_id(wanted):
            found = await asyncio.to_thread(reading.one, self._house.store, wanted)
        if found is None:
            raise HTTPException(404)
        return found

    async def _key(self, request: Request) -> tuple[Application, Key]:
        """The application and its key that the address names.

        Raises:
            HTTPException: 404.
        """
        application = await self._application(request)
        wanted = request.path_params["key"]
        key = None
        if is_id(wanted):
            key = await asyncio.to_thread(reading.key, self._house.store, application.id, wanted)
        if key is None:
            raise HTTPException(404)
        return application, key


async def _given(request: Request) -> dict[str, str]:
    form = await bounded.form(request, _FORM_BYTES, _FORM_SECONDS)
    return {field: form.get(field, "") for field in _FIELDS}


def _state(key: Key, now: int) -> tuple[str, str]:
    """The kind of a key's status, and its word."""
    if key.revoked is not None:
        return "na", "revoked"
    if key.expires is None:
        return "met", "good"
    if key.expires <= now:
        return "na", "expired"
    return ("due", "soon") if key.expires <= now + SOON_MS else ("met", "good")


def _today(now: int) -> date:
    return datetime.fromtimestamp(now / 1000, UTC).astimezone(BEIJING).date()


def _last_day(expires: int) -> str:
    """The last day on which a key works, in Beijing."""
    return _today(expires - 1).isoformat()


def _expires(last: str, now: int) -> int | None:
    """When a key ends whose last day is given: at the end of it, in Beijing; None for never.

    Raises:
        ValueError: no day, one that is past, or one more than a hundred years away.
    """
    if not last:
        return None
    day, today = date.fromisoformat(last), _today(now)
    if not today <= day <= today + _MOST_DAYS * _DAY:
        raise ValueError(last)
    end = datetime.combine(day + _DAY, time(), BEIJING)
    return int(end.timestamp() * 1000)
