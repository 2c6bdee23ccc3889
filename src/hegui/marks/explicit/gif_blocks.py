"""GIF as blocks (GIF89a): frames with their controls and colour tables, all else as bytes."""

import struct
from collections.abc import Iterator
from io import BytesIO

import msgspec
import numpy as np
import numpy.typing as npt
from PIL import Image

from hegui.marks.errors import malformed, too_complex
from hegui.marks.explicit.palette import Colours

Indices = npt.NDArray[np.uint8]

#: More frames than any sound animation has.
_MOST_FRAMES = 10_000
#: The colours don't matter here, but a grey ramp would not be kept as a palette.
_ANY_COLOURS = bytes(value for entry in range(256) for value in (255 - entry, entry, 0))


class Frame(msgspec.Struct):
    """One frame.

    Attributes:
        left: pixels from the screen's left edge.
        top: pixels from its upper edge.
        width: pixels.
        height: pixels.
        interlaced: its rows come in four passes.
        colours: its own table, or ``None`` for the global one.
        data: code size and sub-blocks of its pixels.
        control: packed field, delay and transparent index of its control extension.
    """

    left: int
    top: int
    width: int
    height: int
    interlaced: bool
    colours: Colours | None
    data: bytes
    control: tuple[int, int, int] | None = None

    @property
    def disposal(self) -> int:
        """What becomes of the frame before the next: 0, 1 stays, 2 cleared, 3 as before."""
        return 0 if self.control is None else self.control[0] >> 2 & 7

    @property
    def transparent(self) -> int | None:
        """The index that lets the ground through."""
        if self.control is None or not self.control[0] & 1:
            return None
        return self.control[2]

    @property
    def box(self) -> tuple[slice, slice]:
        """Rows and columns of the screen."""
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)

    def pixels(self) -> Indices:
        """Its indices, ``(height, width)``."""
        flags = 0x40 if self.interlaced else 0
        head = struct.pack("<6sHHBBB", b"GIF89a", self.width, self.height, 0xF7, 0, 0)
        place = struct.pack("<BHHHHB", 0x2C, 0, 0, self.width, self.height, flags)
        with Image.open(BytesIO(head + _ANY_COLOURS + place + self.data + b";")) as image:
            return np.array(image)

    def set_pixels(self, pixels: Indices) -> None:
        """Encodes other indices; width and height follow them."""
        self.height, self.width = pixels.shape
        image = Image.frombytes("P", (self.width, self.height), pixels.tobytes())
        image.putpalette(_ANY_COLOURS)
        made = BytesIO()
        image.save(made, "GIF", optimize=False, interlace=0)
        self.interlaced = False
        self.data = next(each.data for each in read(made.getvalue()).frames)

    def encoded(self) -> bytes:
        """The frame's blocks."""
        control = b""
        if self.control is not None:
            control = struct.pack("<3sBHBB", b"!\xf9\x04", *self.control, 0)
        flags = 0x40 if self.interlaced else 0
        table = b""
        if self.colours is not None:
            table, bits = encoded_colours(self.colours)
            flags |= 0x80 | bits
        place = struct.pack("<BHHHHB", 0x2C, self.left, self.top, self.width, self.height, flags)
        return control + place + table + self.data


class Gif(msgspec.Struct):
    """A whole file.

    Attributes:
        version: signature and version.
        width: of the screen, pixels.
        height: the same.
        flags: the screen's packed field but for the table's size.
        rest: background index and aspect.
        colours: the global table.
        parts: frames, and other blocks as bytes, in order.
        tail: bytes after the trailer.
    """

    version: bytes
    width: int
    height: int
    flags: int
    rest: bytes
    colours: Colours | None
    parts: list[Frame | bytes]
    tail: bytes

    @property
    def frames(self) -> list[Frame]:
        """Only the frames."""
        return [part for part in self.parts if isinstance(part, Frame)]

    def encoded(self) -> Iterator[bytes]:
        """The file's bytes."""
        flags, table = self.flags & 0x78, b""
        if self.colours is not None:
            table, bits = encoded_colours(self.colours)
            flags |= 0x80 | bits
        yield b"GIF89a" + struct.pack("<HHB", self.width, self.height, flags) + self.rest + table
        for part in self.parts:
            yield part if isinstance(part, bytes) else part.encoded()
        yield b";" + self.tail


def encoded_colours(colours: Colours) -> tuple[bytes, int]:
    """A colour table filled up to a power of two, and the size's field."""
    bits = max(1, (len(colours) - 1).bit_length())
    flat = bytes(value for colour in colours for value in colour)
    return flat.ljust(3 << bits, b"\0"), bits - 1


def read(data: bytes) -> Gif:
    """Takes a file apart.

    Raises:
        MarksError: ``file_malformed``; ``file_too_complex`` for more than 10,000 frames.
    """
    try:
        return _read(data)
    except (struct.error, IndexError) as error:
        raise malformed("gif", "文件不完整", "it ends too early") from error


def _read(data: bytes) -> Gif:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13
    colours, at = _colours(data, at, flags)
    made = Gif(data[:6], width, height, flags, data[11:13], colours, [], b"")
    control: tuple[int, int, int] | None = None
    frames = 0
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            at = _blocks(data, at + 2)
            if data[start + 1] == 0xF9 and data[start + 2] == 4:
                control = struct.unpack_from("<BHB", data, start + 3)
            else:
                made.parts.append(data[start:at])
        elif data[at] == 0x2C:
            left, top, wide, high, flags = struct.unpack_from("<HHHHB", data, at + 1)
            table, begin = _colours(data, at + 10, flags)
            at = _blocks(data, begin + 1)
            interlaced = bool(flags & 0x40)
            body = data[begin:at]
            made.parts.append(Frame(left, top, wide, high, interlaced, table, body, control))
            control = None
            frames += 1
            if frames > _MOST_FRAMES:
                raise too_complex("gif")
        else:
            raise malformed("gif", f"第 {at} 字节处不是块", f"no block at byte {at}")
    made.tail = data[at + 1 :]
    return made


def _colours(data: bytes, at: int, flags: int) -> tuple[Colours | None, int]:
    if not flags & 0x80:
        return None, at
    end = at + (6 << (flags & 7))
    if end > len(data):
        raise IndexError
    flat = data[at:end]
    return list(zip(flat[0::3], flat[1::3], flat[2::3], strict=True)), end


def _blocks(data: bytes, at: int) -> int:
    """Past the sub-blocks that begin at a place."""
    while size := data[at]:
        at += 1 + size
    return at + 1
