"""Matroska files built by hand, with what programs leave out or write in their own way."""

import zlib

from hegui.marks.carriers.ebml import header, packed, void

SEEK_HEAD, CUES, CLUSTER, TAGS, INFO = 0x114D9B74, 0x1C53BB6B, 0x1F43B675, 0x1254C367, 0x1549A966
EBML = packed(0x1A45DFA3, packed(0x4282, b"matroska"))
INFORMATION = packed(INFO, packed(0x4D80, b"maker"))
UNKNOWN = b"\x01" + b"\xff" * 7


def crc(data: bytes) -> bytes:
    """Data behind their checksum."""
    return packed(0xBF, zlib.crc32(data).to_bytes(4, "little")) + data


def simple(name: str, value: str, *within: bytes) -> bytes:
    """A SimpleTag."""
    return packed(0x67C8, packed(0x45A3, name.encode()) + packed(0x4487, value.encode())
                  + b"".join(within))  # fmt: skip


def tag(*simples: bytes, track: int = 0) -> bytes:
    """A Tag of the whole file, or of a track."""
    targets = packed(0x63C5, bytes([track])) if track else packed(0x68CA, b"\x32")
    return packed(0x7373, packed(0x63C0, targets) + b"".join(simples))


def tags(*each: bytes, summed: bool = False) -> bytes:
    """A Tags element."""
    data = b"".join(each)
    return packed(TAGS, crc(data) if summed else data)


def cluster(time: int, *, position: int = 0, unknown: bool = False) -> bytes:
    """A cluster of one block; 500 bytes."""
    data = packed(0xE7, bytes([time]))
    if position:
        data += packed(0xA7, position.to_bytes(4, "big"))
    data += packed(0xA3, b"\x81\0\0\x80" + bytes(480))
    return header(CLUSTER, 0)[:4] + UNKNOWN + data if unknown else packed(CLUSTER, data)


def seek_head(places: dict[int, int], *, room: int = 0, summed: bool = False) -> bytes:
    """A SeekHead with positions of two bytes, and void behind it."""
    data = b"".join(
        packed(
            0x4DBB, packed(0x53AB, name.to_bytes(4, "big")) + packed(0x53AC, at.to_bytes(2, "big"))
        )
        for name, at in places.items()
    )
    return packed(SEEK_HEAD, crc(data) if summed else data) + void(room)


def cues(positions: list[int], *, width: int = 2, summed: bool = False) -> bytes:
    """Cues that lead to clusters."""
    data = b"".join(
        packed(0xBB, packed(0xB3, bytes([time]))
               + packed(0xB7, packed(0xF7, b"\1") + packed(0xF1, at.to_bytes(width, "big"))))
        for time, at in enumerate(positions)
    )  # fmt: skip
    return packed(CUES, crc(data) if summed else data)


def segment(*elements: bytes, unknown: bool = False, width: int = 8) -> bytes:
    """A file of one segment."""
    data = b"".join(elements)
    if unknown:
        return EBML + b"\x18\x53\x80\x67" + UNKNOWN + data
    return EBML + packed(0x18538067, data, width)
