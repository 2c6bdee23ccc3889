"""Who is looking: the signed-in account, and the person it is in the chat application."""

import asyncio

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hegui.people import SESSION_MS, Account, Accounts, PeopleError, Person, agreements, persons
from hegui.portal.house import House
from hegui.web.cookies import Cookie

COOKIE = "hegui"


class Visitor(msgspec.Struct, frozen=True):
    """A signed-in reader.

    Attributes:
        account: the portal account.
        person: the person of that pseudonym in the chat application.
        agreement: the agreement in force, or none.
    """

    account: Account
    person: Person
    agreement: agreements.Agreement | None

    @property
    def agreed(self) -> bool:
        """Whether the agreement in force is accepted."""
        return self.agreement is not None and self.person.accepted == self.agreement.version


class Door:
    """Knows a reader by the session's cookie, gives it and takes it back.

    Args:
        house: the running service.

    Attributes:
        accounts: the accounts; one object a process, since it counts wrong attempts.
        session: the cookie that holds a session's token.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self.accounts = Accounts(house.store, house.world)
        self.session = Cookie(COOKIE, house.settings.listen.public_url, seconds=SESSION_MS // 1000)

    async def visitor(self, request: Request) -> Visitor | None:
        """The signed-in reader, or none."""
        token = self.token(request)
        return await asyncio.to_thread(self._look_up, token) if token else None

    def token(self, request: Request) -> str:
        """The session's token from the cookie, or empty."""
        return self.session.read(request)

    def remember(self, request: Request, response: Response, token: str) -> None:
        """Give the reader the session's cookie."""
        self.session.give(request, response, token)

    def forget(self, request: Request, response: Response) -> None:
        """Take the session's cookie back."""
        self.session.take_back(request, response)

    def _look_up(self, token: str) -> Visitor | None:
        account = self.accounts.who(token)
        if account is None:
            return None
        person, _ = persons.find_or_register(
            self._house.store,
            self._house.person_keys,
            self._house.world,
            self._house.chat_application_id,
            account.pseudonym,
        )
        return Visitor(account, person, in_force(self._house))


def in_force(house: House) -> agreements.Agreement | None:
    """The agreement in force, or none before the first was published; blocking."""
    try:
        return agreements.current(house.store)
    except PeopleError as error:
        if error.code != "agreement_missing":
            raise
        return None
