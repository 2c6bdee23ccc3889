"""Pictures, drawn from scratch: a sun over hills, its colours chosen by the words."""

import struct
import zlib
from base64 import b64encode

from hegui.gateway.upstream.responder import scene

_WIDTH, _HEIGHT = 96, 64
_SUN = (70, 18, 9)  # centre and radius
_SKIES = ((142, 202, 230), (255, 205, 178), (190, 210, 160), (120, 140, 190))
_HILLS = ((45, 106, 79), (109, 89, 122), (188, 108, 37), (38, 70, 83))


def png(words: str) -> bytes:
    """A PNG of 96 × 64 pixels in 4 colours; equal words give equal bytes."""
    seed = zlib.crc32(words.encode())
    palette = bytes(
        [
            *_SKIES[seed % 4],
            *(255, 225, 120),
            *_HILLS[seed // 4 % 4],
            *_HILLS[(seed // 4 + 1) % 4],
        ]
    )
    slope = 2 + seed // 16 % 3
    rows = b"".join(
        b"\0" + bytes(_colour(x, y, slope) for x in range(_WIDTH)) for y in range(_HEIGHT)
    )
    return _file(_WIDTH, _HEIGHT, palette, rows)


def large(words: str, width: int, height: int) -> bytes:
    """A PNG of that many pixels that says in letters what it is.

    Args:
        words: what was asked for.
        width: at least :data:`hegui.gateway.upstream.responder.scene.LEAST`.
        height: the same.
    """
    scale = min(width, height) // scene.LEAST
    canvas = scene.rows(words, -(-width // scale), -(-height // scale))
    rows = bytearray()
    for row in canvas:
        line = b"\0" + b"".join(bytes([index]) * scale for index in row)[:width]
        rows += line * scale
    colours = bytes(value for colour in scene.palette(words) for value in colour)
    return _file(width, height, colours, bytes(rows[: (width + 1) * height]))


def _file(width: int, height: int, palette: bytes, rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)  # 8 bits, palette
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _colour(x: int, y: int, slope: int) -> int:
    """Palette index of a pixel: 0 sky, 1 sun, 2 near hill, 3 far hill."""
    if y > 40 + abs(x - 24) // slope:
        return 2
    if y > 36 + abs(x - 64) // (slope + 1):
        return 3
    return 1 if (x - _SUN[0]) ** 2 + (y - _SUN[1]) ** 2 <= _SUN[2] ** 2 else 0


def _chunk(name: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def data_uri(words: str) -> str:
    """The picture as a ``data:`` address."""
    return "data:image/png;base64," + b64encode(png(words)).decode()
