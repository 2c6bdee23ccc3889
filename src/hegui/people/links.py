"""A signed link that lets one person accept the agreement without a sign-in.

The token is base64url of ``person id (16 bytes) | expiry (8 bytes, milliseconds) | HMAC-SHA-256``.
Nothing is stored: the secret alone decides, and a link that has run out is worth nothing.
"""

import base64
import binascii
import hashlib
import hmac
import struct

from hegui.people.errors import PeopleError

#: How long a link works, from its making.
LINK_MS = 600_000

_BODY = struct.Struct(">16sQ")
# Keeps a token of this use from being worth anything where the same secret signs something else.
_USE = b"hegui agreement link v1\n"


def _mac(secret: bytes, body: bytes) -> bytes:
    return hmac.digest(secret, _USE + body, hashlib.sha256)


def sign_link(secret: bytes, person_id: str, expires_ms: int) -> str:
    """Make a link's token.

    Args:
        secret: at least 32 random bytes, known to the house alone.
        person_id: 32 hex digits.
        expires_ms: when it stops working, usually now plus :data:`LINK_MS`.
    """
    body = _BODY.pack(bytes.fromhex(person_id), expires_ms)
    return base64.urlsafe_b64encode(body + _mac(secret, body)).decode().rstrip("=")


def open_link(secret: bytes, token: str, now: int) -> str:
    """Read a link's token.

    Returns:
        The person's id.

    Raises:
        PeopleError: ``link_invalid`` (not ours, or changed), ``link_expired``.
    """
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if len(body) != _BODY.size or not hmac.compare_digest(mac, _mac(secret, body)):
        raise PeopleError(
            "link_invalid",
            zh="链接不完整或不是本服务签发的。请回到应用重新获取链接。",
            en="The link is incomplete or was not made by this service. "
            "Go back to the application and ask for a new one.",
        )
    person, expires = _BODY.unpack(body)
    if now >= expires:
        raise PeopleError(
            "link_expired",
            zh="链接已过期（有效期十分钟）。请回到应用重新获取链接。",
            en="The link has run out (it works for ten minutes). "
            "Go back to the application and ask for a new one.",
        )
    return bytes(person).hex()
