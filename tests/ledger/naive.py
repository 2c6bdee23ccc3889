"""The tree as RFC 6962 defines it, with no thought of speed: the oracle for every other way."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from hegui.ledger import merkle


def leaves(count: int) -> list[bytes]:
    """Leaf hashes only; what they are hashes of is of no concern to the tree."""
    return [sha256(b"leaf %d" % number).digest() for number in range(count)]


def split(count: int) -> int:
    k = 1
    while 2 * k < count:
        k *= 2
    return k


def root(hashes: Sequence[bytes]) -> bytes:
    """MTH, section 2.1."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return sha256(b"\x01" + root(hashes[:k]) + root(hashes[k:])).digest()


def path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH, section 2.1.1."""
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if index < k:
        return [*path(index, hashes[:k]), root(hashes[k:])]
    return [*path(index - k, hashes[k:]), root(hashes[:k])]


def subproof(size1: int, hashes: Sequence[bytes], known: bool = True) -> list[bytes]:
    """SUBPROOF, section 2.1.2; ``known``: the checker holds the root of these leaves."""
    if size1 == len(hashes):
        return [] if known else [root(hashes)]
    k = split(len(hashes))
    if size1 <= k:
        return [*subproof(size1, hashes[:k], known), root(hashes[k:])]
    return [*subproof(size1 - k, hashes[k:], False), root(hashes[:k])]


def tiles(hashes: Sequence[bytes]) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Every tile of C2SP tlog-tiles, by its formula."""
    level = 0
    while full := len(hashes) // 256**level:
        row = [root(hashes[i * 256**level : (i + 1) * 256**level]) for i in range(full)]
        for n in range(0, full, 256):
            yield (level, n // 256), b"".join(row[n : n + 256])
        level += 1


class Log:
    """A log that keeps its tiles in memory, built by the house's own ``append``."""

    def __init__(self, hashes: Sequence[bytes] = ()) -> None:
        self.size = 0
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.add(hashes)

    def read(self, level: int, n: int) -> bytes:
        return self.tiles.get((level, n), b"")

    def add(self, hashes: Sequence[bytes]) -> None:
        self.tiles |= merkle.append(self.size, hashes, self.read)
        self.size += len(hashes)
