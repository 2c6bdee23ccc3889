"""A newly made sound in its old file's tags: everything but the sound comes over as it was."""

import struct
from collections.abc import Callable

from hegui.marks.errors import malformed

#: Blocks of FLAC that belong to the sound (RFC 9639, 8.1): properties, seek table.
_PROPERTIES, _SEEK = 0, 3
_LAST = 0x80


def mp3(old: bytes, new: bytes) -> bytes:
    """ID3 and APE tags of ``old``, frames of ``new``."""
    head, tail = _head(old), _tail(old)
    start, stop = _head(new), _tail(new)
    return old[:head] + new[start:stop] + old[tail:]


def _head(data: bytes) -> int:
    """Where the tags before the sound end (ID3v2, section 3.1)."""
    at = 0
    while data[at : at + 3] == b"ID3" and len(data) >= at + 10:
        size = 0
        for byte in data[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        at += 10 + size + (10 if data[at + 5] & 0x10 else 0)
    return min(at, len(data))


def _tail(data: bytes) -> int:
    """Where the tags after the sound begin: ID3v1 last, APEv2 before it."""
    end = len(data)
    if data[-128:-125] == b"TAG":
        end -= 128
    if data[end - 32 : end - 24] == b"APETAGEX":
        size, _, flags = struct.unpack_from("<III", data, end - 20)
        end -= size + (32 if flags & 0x80000000 else 0)
    return max(end, 0)


def flac(old: bytes, new: bytes) -> bytes:
    """Metadata blocks of ``old``, properties and frames of ``new``; the seek table goes."""
    start = _head(old)
    kept = [block for kind, block in _blocks(old, start) if kind not in {_PROPERTIES, _SEEK}]
    made = _blocks(new, 0)
    blocks = [block for kind, block in made if kind == _PROPERTIES] + kept
    blocks = [bytes((block[0] & ~_LAST,)) + block[1:] for block in blocks]
    blocks[-1] = bytes((blocks[-1][0] | _LAST,)) + blocks[-1][1:]
    frames = 4 + sum(len(block) for _, block in made)
    return old[:start] + b"fLaC" + b"".join(blocks) + new[frames:]


def _blocks(data: bytes, start: int) -> list[tuple[int, bytes]]:
    """Kind and bytes of each metadata block."""
    found = []
    at = start + 4
    while at + 4 <= len(data):
        size = int.from_bytes(data[at + 1 : at + 4], "big")
        found.append((data[at] & 0x7F, data[at : at + 4 + size]))
        last = data[at] & _LAST
        at += 4 + size
        if last:
            return found
    raise malformed("flac", "元数据块没有结尾", "its metadata blocks don't end")


#: By format.
GRAFTS: dict[str, Callable[[bytes, bytes], bytes]] = {"mp3": mp3, "flac": flac}
