"""The cookie that keeps a case open for its filer: number and secret, signed, for an hour.

The signature says that this house gave it after number and secret were right. So a page opened
by it needs no limit on attempts, and nobody who guesses at a number can lock its filer out.
"""

import hashlib
import hmac

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hegui.portal.house import House
from hegui.web.cookies import Cookie

#: How long a case stays open, from filing it or looking it up.
OPEN_MS = 3_600_000

_NAME = "hegui-case"
_PATH = "/cases"
# Keeps a signature of this use from being worth anything where the same secret signs others.
_USE = b"hegui case cookie v1\n"


class OpenCase(msgspec.Struct, frozen=True, array_like=True):
    """What the cookie says.

    Attributes:
        number: the case's number.
        secret: the filer's secret.
        until: when it closes, milliseconds since 1970, UTC.
        new: whether it was opened by filing it.
    """

    number: str
    secret: str
    until: int
    new: bool


class CaseCookie:
    """Opens a case for its filer, and reads which one is open."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._cookie = Cookie(
            _NAME,
            house.settings.listen.public_url,
            seconds=OPEN_MS // 1000,
            path=_PATH,
        )

    def open(
        self, request: Request, response: Response, number: str, secret: str, *, new: bool
    ) -> None:
        """Keep a case open whose number and secret are right."""
        told = OpenCase(number, secret, self._house.world.now() + OPEN_MS, new)
        body = msgspec.json.encode(told).hex()
        self._cookie.give(request, response, f"{body}.{self._mac(body)}")

    def read(self, request: Request) -> OpenCase | None:
        """The open case, or none: never opened, closed by time, or not of our making."""
        body, _, mac = self._cookie.read(request).partition(".")
        if not hmac.compare_digest(mac.encode(), self._mac(body).encode()):
            return None
        told = msgspec.json.decode(bytes.fromhex(body), type=OpenCase)
        return told if self._house.world.now() < told.until else None

    def _mac(self, body: str) -> str:
        signed = _USE + body.encode(errors="surrogatepass")
        return hmac.digest(self._house.link_secret, signed, hashlib.sha256).hex()
