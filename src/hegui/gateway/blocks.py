"""Randomness in blocks: one call to the operating system serves many generations.

Each such call hands the interpreter to another thread, and that costs more than the bytes.
"""

from hegui.world import World

_BLOCK = 4_096


class Blocks:
    """A world whose tokens are cut from blocks, none of them twice; for one thread.

    Args:
        world: clock and randomness.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._block = b""
        self._at = _BLOCK
        #: Milliseconds since 1970-01-01T00:00:00Z.
        self.now = world.now

    def token(self, size: int) -> bytes:
        """``size`` unpredictable bytes."""
        start = self._at
        self._at = end = start + size
        if end > _BLOCK:
            self._block = self._world.token(max(size, _BLOCK))
            start, self._at = 0, size
        return self._block[start : start + size]
