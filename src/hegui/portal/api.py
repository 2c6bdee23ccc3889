"""The machine API under ``/api``: its people's agreement, who opened what they wrote, files.

Applications prove themselves with their key. No cookie is read here, so no other site can use a
reader's browser against it.
"""

import asyncio
from typing import Any

import msgspec
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hegui.errors import HeguiError
from hegui.people import LINK_MS, PeopleError, Person, agreements, api_keys, links, persons
from hegui.people.errors import person_unknown
from hegui.portal import openings
from hegui.portal.api_body import Acceptance, Nothing, posted
from hegui.portal.house import House
from hegui.portal.marks_api import MarksApi
from hegui.portal.openapi import document
from hegui.store import StoreError, tables
from hegui.web.answers import json_answer
from hegui.web.errors import WebError

_STATUS = {
    "key_invalid": 401,
    "key_expired": 401,
    "key_revoked": 401,
    "agreement_missing": 503,
    "agreement_outdated": 409,
    "evidence_too_large": 413,
    "person_unknown": 404,
}
_TYPES = {401: "authentication_error", 404: "invalid_request_error", 503: "server_error"}
_NO_EVIDENCE = "said by the application, no evidence / 应用声称，没有凭据"
_EVIDENCED = "said by the application, with evidence / 应用声称，附有凭据"
_ON_PAGE = "accepted on the agreement page / 在协议页面上同意"


class Accepted(msgspec.Struct, frozen=True):
    """What stands on record; ``accepted_at`` in milliseconds since 1970, UTC."""

    person: str
    agreement: int
    accepted_at: int
    via: str
    evidence: dict[str, Any] | None
    note: str


class Link(msgspec.Struct, frozen=True):
    """A signed address of the agreement page; ``expires_at`` in milliseconds since 1970, UTC."""

    url: str
    expires_at: int


class MachineApi:
    """The routes of the machine API."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._seconds = house.settings.limits.body_seconds

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/api/people/{person:path}/agreement", self._accept, methods=["POST"]),
            Route("/api/people/{person:path}/link", self._link, methods=["POST"]),
            Route("/api/people/{person:path}/openings", self._openings, methods=["GET"]),
            Route("/api/openapi.json", self._document, methods=["GET"]),
            *MarksApi(self._house, self._application).routes(),
        ]

    async def _accept(self, request: Request) -> Response:
        application = await self._application(request)
        told = await posted(request, Acceptance, self._seconds)
        person = request.path_params["person"]
        return json_answer(await asyncio.to_thread(self._record, application, person, told))

    async def _link(self, request: Request) -> Response:
        application = await self._application(request)
        await posted(request, Nothing, self._seconds)
        person = await asyncio.to_thread(self._person, application, request.path_params["person"])
        expires = self._house.world.now() + LINK_MS
        token = links.sign_link(self._house.link_secret, person.id, expires)
        return json_answer(Link(f"{self._house.portal_url}/agreement?token={token}", expires))

    async def _openings(self, request: Request) -> Response:
        application = await self._application(request)
        person = await asyncio.to_thread(
            persons.find, self._house.store, application, request.path_params["person"]
        )
        if person is None:
            raise person_unknown()
        before = request.query_params.get("before")
        found = await asyncio.to_thread(openings.of_person, self._house.store, person.id, before)
        return json_answer(found)

    async def _document(self, _request: Request) -> Response:
        return json_answer(document(self._house.api_url))

    async def _application(self, request: Request) -> str:
        """The id of the application whose key came with the request."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise WebError(
                "key_missing",
                status=401,
                zh="请求没有应用密钥。请在 Authorization 头中传入 Bearer 密钥。",
                en="The request has no application key. Send it as Authorization: Bearer KEY.",
            )
        key = await asyncio.to_thread(
            api_keys.find_key, self._house.store, secret.strip(), self._house.world.now()
        )
        return key.application_id

    def _person(self, application_id: str, pseudonym: str) -> Person:
        house = self._house
        person, _ = persons.find_or_register(
            house.store, house.person_keys, house.world, application_id, pseudonym
        )
        return person

    def _record(self, application_id: str, pseudonym: str, told: Acceptance) -> Accepted:
        store, world = self._house.store, self._house.world
        person = self._person(application_id, pseudonym)
        version = told.version
        if version is None:
            version = agreements.current(store).version
        act = agreements.accept(
            store, world, person.id, version, via="application", evidence=told.evidence
        )
        column = tables.acceptance.c
        with store.read() as conn:
            row = conn.execute(
                select(column.at, column.via, column.evidence).where(column.id == act)
            ).one()
        evidence = None if row.evidence is None else msgspec.json.decode(row.evidence)
        note = _ON_PAGE if row.via == "page" else _EVIDENCED if evidence else _NO_EVIDENCE
        return Accepted(person.pseudonym, version, row.at, row.via, evidence, note)


def routes(house: House) -> list[Route]:
    """The routes of the machine API, for mounting beside others."""
    return MachineApi(house).routes()


def build(house: House) -> Starlette:
    """The machine API as an app of its own; every error is an OpenAI-style error object."""
    app = Starlette(
        routes=routes(house),
        exception_handlers={
            HTTPException: _http_error,
            WebError: _error,
            PeopleError: _error,
            StoreError: _error,
        },
    )
    app.router.redirect_slashes = False
    return app


async def _error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HeguiError)  # noqa: S101  registered for these alone
    if isinstance(error, WebError):
        return json_answer(_object(error, error.status, error.param), status=error.status)
    status = 503 if isinstance(error, StoreError) else _STATUS.get(error.code, 400)
    return json_answer(_object(error, status), status=status)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  registered for it alone
    allowed = (error.headers or {}).get("Allow", "")
    if error.status_code == 405:
        told = WebError(
            "method_not_allowed",
            status=405,
            zh=f"这个接口不接受 {request.method} 请求，没有执行任何操作。允许的方法：{allowed}。",
            en=f"This endpoint takes no {request.method} request; nothing was done. "
            f"Allowed: {allowed}.",
        )
    else:
        told = WebError(
            "not_found",
            status=404,
            zh="没有这个接口；清单见 /api/openapi.json。",
            en="There is no such endpoint; /api/openapi.json lists them.",
        )
    answer = json_answer(_object(told, told.status), status=told.status)
    if allowed:
        answer.headers["allow"] = allowed
    return answer


def _object(error: HeguiError, status: int, param: str | None = None) -> dict[str, Any]:
    """The error object, of the same form as the gateway's."""
    return {
        "error": {
            "message": f"{error.en} / {error.zh}",
            "type": _TYPES.get(status, "invalid_request_error"),
            "param": param,
            "code": error.code,
            "hegui": {"zh": error.zh, "en": error.en},
        }
    }
