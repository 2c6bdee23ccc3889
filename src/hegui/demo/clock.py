"""The clock of a demonstration: the machine's own, set back, and moved on from slot to slot."""

from hegui.world import World


class DemoWorld:
    """A world whose time runs as the machine's does, a while ago.

    Within an act time is real, so durations are; between acts the demonstration moves it on. It
    never goes back, and never past the machine's own clock. Randomness is the outside's, since
    keys, nonces, ids and salts guard people in a demonstration's data folder too.

    Args:
        outside: the machine's clock and randomness.
        start: the time to begin with, in milliseconds since 1970; not in the machine's future.
    """

    def __init__(self, outside: World, start: int) -> None:
        self._outside = outside
        self._behind = max(0, outside.now() - start)

    def now(self) -> int:
        """Milliseconds since 1970-01-01T00:00:00Z, as the demonstration has it."""
        return self._outside.now() - self._behind

    def token(self, size: int) -> bytes:
        """``size`` bytes from the outside."""
        return self._outside.token(size)

    def move_to(self, at: int) -> None:
        """Move on to a time; one that is past already changes nothing."""
        self._behind = max(0, min(self._behind, self._outside.now() - at))

    def catch_up(self) -> None:
        """From now on this is the machine's own clock."""
        self._behind = 0
