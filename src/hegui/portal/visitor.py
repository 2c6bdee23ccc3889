"""Who is looking: the signed-in account, and the person it is in the chat application."""

import asyncio

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hegui.people import Account, Person, accounts, agreements, persons
from hegui.portal.house import House

COOKIE = "hegui"


class Visitor(msgspec.Struct, frozen=True):
    """A signed-in reader.

    Attributes:
        account: the portal account.
        person: the person of that pseudonym in the chat application.
        agreement: the version in force, or none.
    """

    account: Account
    person: Person
    agreement: int | None

    @property
    def agreed(self) -> bool:
        """Whether the agreement in force is accepted."""
        return self.agreement is not None and self.person.accepted == self.agreement


def is_https(house: House, request: Request) -> bool:
    """Whether readers reach the portal over HTTPS, here or at the proxy before it."""
    public = house.settings.listen.public_url
    return public.startswith("https://") or request.url.scheme == "https"


def cookie_name(house: House, request: Request) -> str:
    """``__Host-hegui`` over HTTPS (bound to this host by the browser), else ``hegui``."""
    return f"__Host-{COOKIE}" if is_https(house, request) else COOKIE


async def visitor(house: House, request: Request) -> Visitor | None:
    """The signed-in reader, or none."""
    token = request.cookies.get(cookie_name(house, request), "")
    return await asyncio.to_thread(_look_up, house, token) if token else None


def _look_up(house: House, token: str) -> Visitor | None:
    account = accounts.find_session(house.store, token, house.world.now())
    if account is None:
        return None
    person, _ = persons.find_or_register(
        house.store,
        house.person_keys,
        house.world,
        house.chat_application_id,
        account.pseudonym,
    )
    current = agreements.current(house.store)
    return Visitor(account, person, None if current is None else current.version)


def remember(house: House, request: Request, response: Response, token: str) -> None:
    """Give the reader the session's cookie."""
    response.set_cookie(
        cookie_name(house, request),
        token,
        max_age=accounts.SESSION_MS // 1000,
        path="/",
        secure=is_https(house, request),
        httponly=True,
        samesite="lax",
    )


def forget(house: House, request: Request, response: Response) -> None:
    """Take the session's cookie back."""
    response.delete_cookie(
        cookie_name(house, request),
        path="/",
        secure=is_https(house, request),
        httponly=True,
        samesite="lax",
    )
