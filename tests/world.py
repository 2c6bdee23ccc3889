"""The outside world of a test: a clock that moves when told, and repeatable randomness."""

import random


class FakeWorld:
    """Starts at 2026-01-05T04:00:00Z; equal seeds give equal tokens."""

    def __init__(self, seed: int = 0, at: int = 1_767_585_600_000) -> None:
        self.at = at
        self._random = random.Random(seed)

    def now(self) -> int:
        return self.at

    def token(self, size: int) -> bytes:
        return self._random.randbytes(size)

    def tick(self, ms: int) -> int:
        """Moves the clock on and returns the new time."""
        self.at += ms
        return self.at
