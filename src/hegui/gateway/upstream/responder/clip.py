"""A clip of two seconds, computed from scratch: H.264 whose samples stand there as they are.

Every macroblock is ``I_PCM`` (ITU-T H.264, 7.3.5): no prediction, no transform, so that a stream
that every decoder plays is a matter of putting bytes in order. It is put into MP4 (ISO/IEC
14496-12 and -15).
"""

import re
import struct
from collections.abc import Sequence

from hegui.gateway.upstream.responder import scene

#: One pixel of the canvas is two by two of the clip, which is one sample of each colour.
_WIDTH, _HEIGHT = 80, 48
_ACROSS, _DOWN = _WIDTH // 8, _HEIGHT // 8
_FRAMES, _A_SECOND = 10, 5
#: ``mb_type`` 25 as ue(v), and zero bits up to the next byte.
_I_PCM = b"\x0d\x00"
_EMULATED = re.compile(rb"\x00\x00(?=[\x00-\x03])")
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def mp4(words: str) -> bytes:
    """The clip, 160 × 96 pixels, 10 frames, 2 s; equal words give equal bytes."""
    colours = [_yuv(*colour) for colour in scene.palette(words)]
    samples = []
    for number in range(_FRAMES):
        canvas = scene.rows(words, _WIDTH, _HEIGHT, number / _FRAMES)
        nal = _nal(0x65, _slice_head(number % 2, _frame(canvas, colours)))
        samples.append(struct.pack(">I", len(nal)) + nal)
    head = _box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")
    size = len(head) + len(_movie(samples, 0))
    data = _box(b"mdat", b"".join(samples))
    return head + _movie(samples, size + 8) + data


class _Bits:
    """Bits in order, written as H.264 writes numbers (9.1)."""

    def __init__(self) -> None:
        self._text = ""

    def fixed(self, value: int, size: int) -> "_Bits":
        self._text += f"{value:0{size}b}"
        return self

    def ue(self, *values: int) -> "_Bits":
        for value in values:
            digits = f"{value + 1:b}"
            self._text += "0" * (len(digits) - 1) + digits
        return self

    def ended(self) -> bytes:
        """Closed by a one and zeros (7.3.2.11)."""
        self._text += "1"
        return self.aligned()

    def aligned(self) -> bytes:
        text = self._text + "0" * (-len(self._text) % 8)
        return int(text, 2).to_bytes(len(text) // 8)


def _yuv(red: int, green: int, blue: int) -> tuple[int, int, int]:
    """BT.601 in the range of television, 16 to 240: never a byte that looks like a start code."""
    return (
        16 + (66 * red + 129 * green + 25 * blue + 128 >> 8),
        128 + (-38 * red - 74 * green + 112 * blue + 128 >> 8),
        128 + (112 * red - 94 * green - 18 * blue + 128 >> 8),
    )


def _frame(canvas: Sequence[bytearray], colours: Sequence[tuple[int, int, int]]) -> bytes:
    """All macroblocks: type, 256 of light, 64 of each colour."""
    y, u, v = (
        [bytes(row).translate(bytes([*plane, *bytes(256 - len(plane))])) for row in canvas]
        for plane in zip(*colours, strict=True)
    )
    wide = [bytes(sample for sample in row for _ in (0, 1)) for row in y]
    blocks = []
    for down in range(_DOWN):
        lines = range(down * 8, down * 8 + 8)
        for across in range(_ACROSS):
            at, light = across * 8, across * 16
            block = [wide[line][light : light + 16] * 2 for line in lines]
            block += [u[line][at : at + 8] for line in lines]
            block += [v[line][at : at + 8] for line in lines]
            blocks.append(b"".join(block))
    return _I_PCM.join([b"", *blocks])


def _slice_head(number: int, blocks: bytes) -> bytes:
    """One slice, one picture that needs no other (7.3.3)."""
    bits = _Bits().ue(0, 7, 0).fixed(0, 4).ue(number).fixed(0, 2).ue(0, 1)
    # The first macroblock's type follows at once; its zero bits end at the byte.
    head = bits.ue(25).aligned()
    return head + blocks.removeprefix(_I_PCM) + b"\x80"


def _nal(kind: int, data: bytes) -> bytes:
    return bytes([kind]) + _EMULATED.sub(b"\0\0\3", data)


def _sps() -> bytes:
    bits = _Bits().fixed(66, 8).fixed(0xC0, 8).fixed(30, 8)  # constrained baseline, level 3
    bits.ue(0, 0, 2, 1).fixed(0, 1).ue(_ACROSS - 1, _DOWN - 1).fixed(0b1100, 4)
    return _nal(0x67, bits.ended())


def _pps() -> bytes:
    bits = _Bits().ue(0, 0).fixed(0, 2).ue(0, 0, 0).fixed(0, 3).ue(0, 0, 0).fixed(0b100, 3)
    return _nal(0x68, bits.ended())


def _movie(samples: Sequence[bytes], start: int) -> bytes:
    """``moov``; ``start`` is where the first sample stands in the file."""
    width, height = _WIDTH * 2, _HEIGHT * 2
    length = _FRAMES * 1000 // _A_SECOND
    head = struct.pack(">4IIH10x", 0, 0, 1000, length, 0x10000, 0x100) + _MATRIX
    track = struct.pack(">5I8xhhh2x", 0, 0, 1, 0, length, 0, 0, 0) + _MATRIX
    track += struct.pack(">II", width << 16, height << 16)
    media = struct.pack(">4IHH", 0, 0, 1000, length, 0x55C4, 0)  # language: undetermined
    sps, pps = _sps(), _pps()
    avcc = b"\1" + sps[1:4] + b"\xff\xe1" + struct.pack(">H", len(sps)) + sps
    avcc += b"\1" + struct.pack(">H", len(pps)) + pps
    entry = struct.pack(">6xH16xHHIIIH32xHh", 1, width, height, 0x480000, 0x480000, 0, 1, 24, -1)
    sizes = struct.pack(f">II{len(samples)}I", 0, len(samples), *map(len, samples))
    table = _boxes(
        _full(b"stsd", struct.pack(">I", 1) + _box(b"avc1", entry + _box(b"avcC", avcc))),
        _full(b"stts", struct.pack(">3I", 1, len(samples), 1000 // _A_SECOND)),
        _full(b"stsc", struct.pack(">4I", 1, 1, len(samples), 1)),
        _full(b"stsz", sizes),
        _full(b"stco", struct.pack(">II", 1, start)),
    )
    there = _box(b"dinf", _full(b"dref", struct.pack(">I", 1) + _full(b"url ", b"", flags=1)))
    shown = _full(b"vmhd", bytes(8), flags=1)
    handler = _full(b"hdlr", struct.pack(">4x4s12x", b"vide") + b"demo, not an AI model\0")
    inside = _boxes(_full(b"mdhd", media), handler)
    inside += _box(b"minf", shown + there + _box(b"stbl", table))
    return _box(
        b"moov",
        _full(b"mvhd", head + bytes(24) + struct.pack(">I", 2))
        + _box(b"trak", _full(b"tkhd", track, flags=3) + _box(b"mdia", inside)),
    )


def _boxes(*boxes: bytes) -> bytes:
    return b"".join(boxes)


def _full(kind: bytes, data: bytes, *, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", flags) + data)


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data) + 8, kind) + data
