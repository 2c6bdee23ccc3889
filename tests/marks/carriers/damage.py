"""Seeded damage for readers: flips, cuts, repeats, and extreme lengths."""

import random
from collections.abc import Iterator

EXTREMES = (
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x80\0\0\0",
)


def damaged(samples: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Mutations of samples, the same ones at each run."""
    luck = random.Random(seed)
    for _ in range(count):
        data = bytearray(luck.choice(samples))
        for _ in range(luck.choice((1, 1, 2, 5))):
            at = luck.randrange(len(data) + 1)
            stop = min(len(data), at + luck.choice((1, 4, 40)))
            match luck.randrange(6):
                case 0 if at < len(data):
                    data[at] ^= 1 << luck.randrange(8)
                case 1:
                    del data[at:]
                case 2:
                    del data[at:stop]
                case 3:
                    data[at:at] = data[at:stop]
                case 4:
                    data[at : at + 4] = luck.choice(EXTREMES)
                case _:
                    data[at:at] = luck.choice((b'"', b"'", b"{", b"}", b"<", b"\n", b"---\n", b":"))
        yield bytes(data)
