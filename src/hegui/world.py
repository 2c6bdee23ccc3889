"""The outside that is injected: clock and randomness. HTTP is injected where it is used."""

import secrets
import time
from typing import Protocol


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
        return secrets.token_bytes(size)


def new_id(world: World) -> str:
    """A random act id: 32 lower-case hexadecimal digits (128 bits)."""
    return world.token(16).hex()
