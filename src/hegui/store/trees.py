"""Tells an altered body from an altered tile, by what the next signed checkpoint says.

Two trees are rebuilt side by side: one from the stored leaf hashes, one from the bodies. While
they agree they are one; where they differ, a checkpoint is signed over one of them at most.
"""

from collections.abc import Sequence
from copy import copy
from enum import Enum

from hegui.store.edge import Edge
from hegui.store.problems import MOST_LISTED


class Verdict(Enum):
    """Which tree a checkpoint is signed over."""

    STORED = "the stored leaf hashes"
    BODIES = "the bodies"
    NEITHER = "neither"


class TwoTrees:
    """The tree as stored, and as the bodies make it."""

    def __init__(self) -> None:
        self._stored = Edge()
        self._bodies: Edge | None = None  # while it differs
        self._suspects: list[int] = []

    def extend(
        self, stored: Sequence[bytes], bodies: Sequence[bytes]
    ) -> dict[tuple[int, int], set[bytes]]:
        """Adds the same places to both; returns each tile that became full, as either has it."""
        first = self._stored.size
        if stored != bodies:
            self._bodies = self._bodies or copy(self._stored)
            pairs = enumerate(zip(stored, bodies, strict=True), first)
            self._suspects += [idx for idx, (left, right) in pairs if left != right]
            del self._suspects[MOST_LISTED + 1 :]
        full = self._stored.extend(stored)
        other = self._bodies.extend(bodies) if self._bodies else full
        return {at: {tile, other[at]} for at, tile in full.items()}

    def judge(self, root: bytes) -> tuple[Verdict, list[int]]:
        """Holds the trees against a signed root, and goes on with the one that it fits.

        Returns:
            Which one that is, and the places at which the two differed since the last call.
        """
        suspects, self._suspects = self._suspects, []
        bodies, self._bodies = self._bodies, None
        if self._stored.root() == root:
            return Verdict.STORED, suspects
        if bodies is not None and bodies.root() == root:
            self._stored = bodies
            return Verdict.BODIES, suspects
        return Verdict.NEITHER, suspects

    def partial(self) -> dict[tuple[int, int], bytes]:
        """The tiles that are not full."""
        return self._stored.partial()
