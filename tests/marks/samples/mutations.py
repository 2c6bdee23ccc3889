"""Damaged copies of a sample: flips, cuts, doubled and removed slices, extreme numbers."""

import random
from collections.abc import Iterator

_EXTREMES = [
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\0\0\0\1",
]


def mutations(data: bytes, count: int, seed: int = 1) -> Iterator[bytes]:
    """So many damaged copies, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        copy = bytearray(data)
        for _ in range(chance.choice((1, 1, 2, 4))):
            _damage(copy, chance)
        yield bytes(copy)


def _damage(copy: bytearray, chance: random.Random) -> None:
    if not copy:
        return
    at = chance.randrange(len(copy))
    size = chance.choice((1, 2, 4, 16, 64, 256))
    kind = chance.randrange(6)
    if kind == 0:
        copy[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        copy[at] = chance.randrange(256)
    elif kind == 2:
        del copy[at:]
    elif kind == 3:
        copy[at:at] = copy[at : at + size]
    elif kind == 4:
        del copy[at : at + size]
    else:
        copy[at : at + 4] = chance.choice(_EXTREMES)
