"""The outside that is injected: clock and randomness. HTTP is injected where it is used."""

import os
import re
import time
from datetime import timedelta, timezone
from typing import Protocol

#: China has one time zone without summer time (GB/T 7408: UTC+08:00).
BEIJING = timezone(timedelta(hours=8))
#: Random bytes that an act's id takes.
ID_TOKEN = 10
_ID = re.compile(r"[0-9a-f]{32}")


class World(Protocol):
    """What the house asks of the outside, so that a test or a demo can replace it."""

    def now(self) -> int:
        """Milliseconds since 1970-01-01T00:00:00Z."""
        ...

    def token(self, size: int) -> bytes:
        """``size`` unpredictable bytes."""
        ...


class RealWorld:
    """The machine's clock and the operating system's randomness."""

    def now(self) -> int:
        """Milliseconds since 1970-01-01T00:00:00Z."""
        return time.time_ns() // 1_000_000

    def token(self, size: int) -> bytes:
        """``size`` bytes from the operating system."""
        return os.urandom(size)


def new_id(world: World) -> str:
    """An act's id, made now."""
    return act_id(world.now(), world.token(ID_TOKEN))


def act_id(at: int, token: bytes) -> str:
    """An act's id: 32 lower-case hexadecimal digits, a UUID of version 7 (RFC 9562, 5.7).

    74 bits are random; the first 48 are the time, so that ids made together lie together in a
    database's index. The time is no secret: the act's evidence states it.

    Args:
        at: milliseconds since 1970.
        token: ``ID_TOKEN`` unpredictable bytes.
    """
    number = int.from_bytes(token) & ~(0xF << 76 | 0x3 << 62)
    return f"{at << 80 | 0x7 << 76 | 0x2 << 62 | number:032x}"


def first_id(at: int) -> str:
    """The least id of a time, in milliseconds since 1970: ids from then on are not smaller."""
    return f"{at << 80:032x}"


def is_id(text: str) -> bool:
    """Whether a text has the form of an act's id; what has not need not be looked for."""
    return _ID.fullmatch(text) is not None
