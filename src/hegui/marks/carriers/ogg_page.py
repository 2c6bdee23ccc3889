"""Ogg pages (RFC 3533): header, lacing, checksum.

A packet is cut into segments of 255 bytes and a last one that is shorter; a page holds at most 255
segments, of one stream, named by its serial number, with a running number of its own.
"""

import zlib
from collections.abc import Iterator, Sequence

import msgspec

from hegui.marks.source import Source

MAGIC = b"OggS"
_HEADER = 27
#: Segments of a page.
SEGMENTS = 255
_CONTINUED, _BOS, _EOS = 1, 2, 4
_NOTHING_ENDS = b"\xff" * 8
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


class Page(msgspec.Struct, frozen=True):
    """One page: where it stands in the file, its header with the lacing, and where it ends."""

    start: int
    head: bytes
    stop: int

    @property
    def bos(self) -> bool:
        """Whether a stream begins with it."""
        return bool(self.head[5] & _BOS)

    @property
    def eos(self) -> bool:
        """Whether a stream ends with it."""
        return bool(self.head[5] & _EOS)

    @property
    def granule(self) -> int:
        """The position that it reaches, -1 when no packet ends on it."""
        return int.from_bytes(self.head[6:14], "little", signed=True)

    @property
    def serial(self) -> bytes:
        """The stream's number, four bytes."""
        return self.head[14:18]

    @property
    def number(self) -> int:
        """Its place among the stream's pages."""
        return int.from_bytes(self.head[18:22], "little")

    @property
    def lacing(self) -> bytes:
        """The sizes of its segments."""
        return self.head[_HEADER:]

    @property
    def complete(self) -> bool:
        """Whether its last packet ends on it."""
        return bool(self.lacing) and self.lacing[-1] < SEGMENTS

    def body(self, source: Source) -> bytes:
        """Its segments' bytes."""
        at = self.start + len(self.head)
        return source.at(at, self.stop - at)


def page(source: Source, at: int) -> Page | None:
    """The page at an offset; None when there is none, or it is cut short."""
    head = source.upto(at, _HEADER + SEGMENTS)
    if len(head) < _HEADER or head[:5] != MAGIC + b"\0":
        return None
    head = head[: _HEADER + head[26]]
    stop = at + len(head) + sum(head[_HEADER:])
    if len(head) < _HEADER + head[26] or stop > source.size:
        return None
    return Page(at, head, stop)


def packets(source: Source, pages: Sequence[Page]) -> Iterator[bytes]:
    """The packets that end on these pages, the first of which begins one."""
    parts: list[bytes] = []
    for one in pages:
        body, at = one.body(source), 0
        for size in one.lacing:
            parts.append(body[at : at + size])
            at += size
            if size < SEGMENTS:
                yield b"".join(parts)
                parts = []


def paged(packs: Sequence[bytes], first: Page, count: int, *, eos: bool) -> list[bytes]:
    """Lays out header packets on so many pages, as evenly as may be.

    More pages are made when these do not suffice, fewer when there are not enough segments.

    Args:
        packs: the packets, which all end at position 0.
        first: the page that stood where the first comes to stand: its serial and number go on.
        count: how many pages are wanted.
        eos: whether the stream ends here.
    """
    lacing = b"".join(
        b"\xff" * (len(pack) // SEGMENTS) + bytes([len(pack) % SEGMENTS]) for pack in packs
    )
    body = b"".join(packs)
    count = min(max(count, -(-len(lacing) // SEGMENTS)), len(lacing))
    pages: list[bytes] = []
    at = used = 0
    for left in range(count, 0, -1):
        take = lacing[used : used + -(-(len(lacing) - used) // left)]
        flags = _CONTINUED if used and lacing[used - 1] == SEGMENTS else 0
        flags |= _EOS if eos and left == 1 else 0
        granule = bytes(8) if min(take) < SEGMENTS else _NOTHING_ENDS
        number = first.number + count - left & 0xFFFFFFFF
        head = MAGIC + bytes([0, flags]) + granule + first.serial + number.to_bytes(4, "little")
        size = sum(take)
        pages.append(_summed(head + bytes(4) + bytes([len(take)]) + take + body[at : at + size]))
        used += len(take)
        at += size
    return pages


def renumbered(one: Page, by: int) -> tuple[int, bytes]:
    """A page's new number and checksum: where they stand, and the eight bytes.

    The checksum is linear, so what changes in it follows from what changes in the page; the body
    need not be read, and one that was damaged is still seen to be.
    """
    number = (one.number + by & 0xFFFFFFFF).to_bytes(4, "little")
    change = bytes(a ^ b for a, b in zip(number, one.head[18:22], strict=True))
    size = one.stop - one.start
    delta = checksum(change + bytes(size - 22))
    old = int.from_bytes(one.head[22:26], "little")
    return one.start + 18, number + (old ^ delta).to_bytes(4, "little")


def checksum(data: bytes) -> int:
    """Ogg's CRC: polynomial 0x04C11DB7, from the highest bit on, starting at 0.

    zlib's is the same from the lowest bit on, so bits are turned round before and after.
    """
    turned = zlib.crc32(data.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(turned.to_bytes(4, "little").translate(_REVERSED), "big")


def _summed(data: bytes) -> bytes:
    return data[:22] + checksum(data).to_bytes(4, "little") + data[26:]
