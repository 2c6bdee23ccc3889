"""The right edge of a growing tree: all that its next leaf and its root need."""

from collections.abc import Sequence

from hegui.ledger import merkle

_FULL_BYTES = 256 * 32


class Edge:
    """Rebuilds a tree in order, in memory that grows with its height alone.

    A shallow copy grows on its own: what an edge holds is replaced, never changed.

    Attributes:
        size: number of leaves so far.
    """

    def __init__(self) -> None:
        self.size = 0
        self._tiles: dict[tuple[int, int], bytes] = {}

    def extend(self, leaves: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
        """Adds leaf hashes; returns the tiles that became full, ``{(level, n): hashes}``."""
        changed = merkle.append(self.size, leaves, self._read)
        self.size += len(leaves)
        known = self._tiles | changed
        self._tiles = {at: tile for at, tile in known.items() if self._is_rightmost(*at)}
        return {at: tile for at, tile in changed.items() if len(tile) == _FULL_BYTES}

    def root(self) -> bytes:
        """The tree's root."""
        return merkle.root_hash(self.size, self._read)

    def partial(self) -> dict[tuple[int, int], bytes]:
        """The tiles that are not full."""
        return dict(self._tiles)

    def _is_rightmost(self, level: int, n: int) -> bool:
        return n == self.size >> 8 * (level + 1)

    def _read(self, level: int, n: int) -> bytes:
        return self._tiles.get((level, n), b"")
