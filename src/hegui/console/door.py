"""Knows a member of staff by the session's cookie, gives it and takes it back."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from hegui.console.house import House
from hegui.people.staff import STAFF_SESSION_MS, Staff, StaffBook
from hegui.web.cookies import Cookie

#: Another name than the portal's: on one machine both apps share a host.
COOKIE = "hegui-staff"


class Door:
    """The console's door.

    Args:
        house: the running service.

    Attributes:
        book: the members of staff; one object a process, since it counts wrong attempts.
        session: the cookie that holds a session's token.
    """

    def __init__(self, house: House) -> None:
        self.book = StaffBook(house.store, house.world)
        self.session = Cookie(
            COOKIE, house.settings.listen.console_url, seconds=STAFF_SESSION_MS // 1000
        )

    async def staff(self, request: Request) -> Staff | None:
        """Who is signed in, or none."""
        token = self.token(request)
        return await asyncio.to_thread(self.book.who, token) if token else None

    def token(self, request: Request) -> str:
        """The session's token from the cookie, or empty."""
        return self.session.read(request)

    def remember(self, request: Request, response: Response, token: str) -> None:
        """Give a member of staff the session's cookie."""
        self.session.give(request, response, token)

    def forget(self, request: Request, response: Response) -> None:
        """Take the session's cookie back."""
        self.session.take_back(request, response)
