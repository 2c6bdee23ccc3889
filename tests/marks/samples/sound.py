"""Sound files built by hand, with the parts that programs leave out or write in their own way."""

import struct

from hegui.marks import Label
from hegui.marks.carriers.riff import packed
from hegui.marks.plan import Wanted
from hegui.marks.xmp import put

FMT = packed(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8))
SOUND = bytes(range(256)) * 4
DATA = packed(b"data", SOUND)
#: One frame of MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes of silence.
FRAME = b"\xff\xfb\x90\xc4" + bytes(413)
MPEG = FRAME * 4


def wave(*chunks: bytes, size: int | None = None) -> bytes:
    """A WAV of these chunks; ``size`` where the form is to say another."""
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body


def info(**texts: str) -> bytes:
    """A list of texts."""
    return packed(
        b"LIST",
        b"INFO"
        + b"".join(packed(name.encode(), text.encode() + b"\0") for name, text in texts.items()),
    )


def xmp(label: Label) -> bytes:
    """A packet with a label."""
    return put(None, Wanted(label))


def tag(version: int, body: bytes, flags: int = 0, padding: int = 0) -> bytes:
    """An ID3 tag; a footer by its flag."""
    body += bytes(padding)
    head = bytes([version, 0, flags]) + syncsafe(len(body))
    return b"ID3" + head + body + (b"3DI" + head if flags & 0x10 else b"")


def frame(version: int, name: str, data: bytes, flags: int = 0) -> bytes:
    """An ID3 frame."""
    if version == 2:
        return name.encode() + len(data).to_bytes(3, "big") + data
    size = syncsafe(len(data)) if version == 4 else len(data).to_bytes(4, "big")
    return name.encode() + size + flags.to_bytes(2, "big") + data


def syncsafe(number: int) -> bytes:
    """Four bytes of seven bits."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def ape(*, header: bool = True, **items: str) -> bytes:
    """An APE tag, version 2."""
    body = b"".join(
        struct.pack("<II", len(text.encode()), 0) + key.encode() + b"\0" + text.encode()
        for key, text in items.items()
    )
    flags = (1 << 31 if header else 0, 1 << 29)

    def end(flag: int) -> bytes:
        return b"APETAGEX" + struct.pack("<IIII8x", 2000, len(body) + 32, len(items), flag)

    return (end(flags[0] | flags[1]) if header else b"") + body + end(flags[0])


def comments(*texts: str, vendor: str = "maker") -> bytes:
    """A Vorbis comment header."""
    parts = [vendor.encode(), *(text.encode() for text in texts)]
    counted = [struct.pack("<I", len(part)) + part for part in parts]
    return counted[0] + struct.pack("<I", len(texts)) + b"".join(counted[1:])


STREAMINFO = struct.pack(">HH", 4096, 4096) + bytes(6) + b"\x0a\xc4\x40\xf0" + bytes(20)


def flac(*blocks: tuple[int, bytes], sound: bytes = b"\xff\xf8sound") -> bytes:
    """A FLAC file of STREAMINFO and these blocks."""
    every = [(0, STREAMINFO), *blocks]
    parts = [
        bytes([kind | (0x80 if place == len(every) - 1 else 0)])
        + len(data).to_bytes(3, "big")
        + data
        for place, (kind, data) in enumerate(every)
    ]
    return b"fLaC" + b"".join(parts) + sound


def page(serial: int, number: int, flags: int, granule: int, segments: list[bytes]) -> bytes:
    """An Ogg page of segments as they are, its checksum by long division."""
    head = b"OggS" + struct.pack("<BBqII", 0, flags, granule, serial, number)
    tail = bytes([len(segments), *map(len, segments)]) + b"".join(segments)
    return head + struct.pack("<I", crc(head + bytes(4) + tail)) + tail


def crc(data: bytes) -> int:
    """Ogg's checksum, bit by bit."""
    total = 0
    for byte in data:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1 ^ (0x04C11DB7 if total >> 31 else 0)) & 0xFFFFFFFF
    return total


def pages(serial: int, packets: list[tuple[int, bytes]], start: int = 0) -> list[bytes]:
    """Each packet on pages of its own, with the position at its end."""
    made: list[bytes] = []
    number = start
    for granule, packet in packets:
        cut = [packet[at : at + 255] for at in range(0, len(packet) + 1, 255)]
        for at in range(0, len(cut), 255):
            ends = at + 255 >= len(cut)
            flags = (1 if at else 0) | (2 if number == 0 else 0)
            made.append(page(serial, number, flags, granule if ends else -1, cut[at : at + 255]))
            number += 1
    return made


def opus(serial: int, *texts: str, padding: bytes = b"", sound: int = 5) -> list[bytes]:
    """The pages of an Opus stream."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48000, 0, 0)
    tags = b"OpusTags" + comments(*texts) + padding
    return pages(
        serial,
        [(0, head), (0, tags), *((960 * turn, b"\xfc\xff\xfe" * 50) for turn in range(sound))],
    )
