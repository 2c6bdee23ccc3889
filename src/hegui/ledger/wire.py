"""The few text forms that C2SP's formats share: bounded UTF-8, base64, decimal numbers.

Each value has one accepted spelling, so that no proof or checkpoint exists in two forms.
Every function gives ``None`` for what is malformed; the caller says what that means.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error

from hegui.ledger.merkle.tiles import MAX_SIZE

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


def read_text(data: bytes | str, limit: int) -> str | None:
    """Text of at most ``limit`` UTF-8 bytes with no control character but the newline."""
    # Cheap before exact: no text has fewer bytes than characters.
    if len(data) > limit:
        return None
    try:
        text = data.decode() if isinstance(data, bytes) else data
        size = len(text.encode())
    except UnicodeError:
        return None
    return None if size > limit or _CONTROL.search(text) else text


def write_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648, section 4)."""
    return b64encode(data).decode("ascii")


def read_base64(text: str) -> bytes | None:
    """The bytes, only when ``text`` is exactly what ``write_base64`` makes of them."""
    try:
        data = b64decode(text, validate=True)
    except (Error, ValueError):
        return None
    return data if write_base64(data) == text else None


def read_number(text: str) -> int | None:
    """A decimal number without sign or leading zero, from 0 to 2^63 - 1."""
    if len(text) > 19 or not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if number <= MAX_SIZE and str(number) == text else None
