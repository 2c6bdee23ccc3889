"""A newly encoded picture in its old file: everything but the pixels comes from the old one."""

import re
import struct
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
#: Chunks of PNG that belong to the pixels.
_PIXELS = {
    b"IHDR", b"PLTE", b"tRNS", b"hIST", b"acTL", b"fcTL", b"IDAT", b"fdAT", b"IEND",
}  # fmt: skip
#: In a JPEG's pixels, 0xFF with these after it is no segment.
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_SOS, _EOI, _APP0, _APP2, _ADOBE, _COMMENT = 0xDA, 0xD9, 0xE0, 0xE2, 0xEE, 0xFE


def jpeg(old: bytes, new: bytes) -> bytes:
    """Application data and comments of ``old``, pixels of ``new``.

    A list of further pictures in the file (CIPA DC-007, ``MPF``) goes, and so do these: they show
    the content without the mark.
    """
    kept, end = [], len(old)
    several = False
    for marker, start, stop in _segments(old):
        if marker == _EOI:
            end = stop
            break
        body = old[start + 4 : stop]
        if marker == _APP2 and body.startswith(b"MPF\0"):
            several = True
        elif (_APP0 <= marker < 0xF0 and marker != _ADOBE) or marker == _COMMENT:
            kept.append(old[start:stop])
    head = [part for part in kept if part[1] == _APP0]
    pixels = [
        new[start:stop]
        for marker, start, stop in _segments(new)
        if marker == _ADOBE or not (_APP0 <= marker < 0xF0 or marker == _COMMENT)
    ]
    rest = [part for part in kept if part[1] != _APP0]
    return b"".join((b"\xff\xd8", *head, *rest, *pixels, b"" if several else old[end:]))


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and stop of each segment after the first two bytes; pixels belong to SOS."""
    at = 2
    while at + 4 <= len(data) or data[at : at + 2] == b"\xff\xd9":
        if data[at] != 0xFF:
            # Decoders pass over bytes between segments, too.
            follows = _MARKER.search(data, at)
            if follows is None:
                return
            at = follows.start()
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _EOI:
            yield marker, at, at + 2
            return
        stop = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == _SOS:
            follows = _MARKER.search(data, stop)
            stop = follows.start() if follows else len(data)
        yield marker, at, stop
        at = stop


def png(old: bytes, new: bytes) -> bytes:
    """Ancillary chunks of ``old`` in their order, pixels and animation of ``new``."""
    before: list[bytes] = []
    beside: list[bytes] = []
    after: list[bytes] = []
    place = before
    end = len(_PNG)
    for kind, part in _chunks(old):
        end += len(part)
        if kind == b"PLTE":
            place = beside
        elif kind == b"IDAT":
            place = after
        elif kind == b"bKGD" and place is before:
            beside.append(part)
        elif kind not in _PIXELS:
            place.append(part)
    fresh = [(kind, part) for kind, part in _chunks(new) if kind in _PIXELS]
    colours = [part for kind, part in fresh if kind in {b"PLTE", b"tRNS"}]
    pixels = [part for kind, part in fresh if kind in {b"acTL", b"fcTL", b"IDAT", b"fdAT"}]
    head, last = fresh[0][1], fresh[-1][1]
    return b"".join((_PNG, head, *before, *colours, *beside, *pixels, *after, last, old[end:]))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and bytes of each chunk of a PNG."""
    at = len(_PNG)
    while at + 12 <= len(data):
        size = struct.unpack_from(">I", data, at)[0]
        kind = data[at + 4 : at + 8]
        yield kind, data[at : at + 12 + size]
        at += 12 + size
        if kind == b"IEND":
            return


def webp(old: bytes, new: bytes) -> bytes:
    """Chunks of ``old`` that nobody else brought over, at the end of ``new``."""
    known = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"EXIF", b"XMP "}
    more = b"".join(part for kind, part in _riff(old) if kind not in known)
    return b"RIFF" + struct.pack("<I", len(new) - 8 + len(more)) + new[8:] + more


def webp_lossless(data: bytes) -> bool:
    """Whether a WebP holds its pixels, or its first frame's, without loss."""
    for kind, part in _riff(data):
        if kind in {b"VP8 ", b"VP8L", b"ANMF"}:
            inner = part[24:] if kind == b"ANMF" else part
            return b"VP8L" in (inner[:4], _after_opacity(inner))
    return False


def _after_opacity(part: bytes) -> bytes:
    if part[:4] != b"ALPH" or len(part) < 8:
        return b""
    size = struct.unpack_from("<I", part, 4)[0]
    return part[8 + size + size % 2 :][:4]


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and padded bytes of each top chunk of a RIFF file."""
    at, end = 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at + 8 <= end:
        size = struct.unpack_from("<I", data, at + 4)[0]
        stop = at + 8 + size + size % 2
        yield data[at : at + 4], data[at:stop]
        at = stop


def tiff_tag(data: bytes, tag: int, body: bytes) -> bytes:
    """A TIFF whose first page gains a tag that tells the place of further tags.

    Args:
        data: the file, of even length.
        tag: the tag's number.
        body: the further tags, made for the place at the file's end.
    """
    order = "<" if data[:2] == b"II" else ">"
    start = struct.unpack_from(f"{order}I", data, 4)[0]
    count = struct.unpack_from(f"{order}H", data, start)[0]
    end = start + 2 + 12 * count
    entries = [data[at : at + 12] for at in range(start + 2, end, 12)]
    entries.append(struct.pack(f"{order}HHII", tag, 4, 1, len(data)))
    entries.sort(key=lambda entry: int(struct.unpack_from(f"{order}H", entry)[0]))
    body += b"\0" * (len(body) % 2)
    head = data[:4] + struct.pack(f"{order}I", len(data) + len(body))
    first = struct.pack(f"{order}H", count + 1) + b"".join(entries) + data[end : end + 4]
    return head + data[8:] + body + first
