"""Drawing a mark into the planes of a video's frames, without converting them."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane

from hegui.marks.explicit import find, image
from hegui.marks.explicit.pixels import Kind, Pixels, blend, reduced
from hegui.marks.explicit.plate import Grey, Plate

#: Packed pixels whose every byte is light or nothing.
_PACKED = {"rgb24": 3, "bgr24": 3, "rgb0": 4, "bgr0": 4, "0rgb": 4, "0bgr": 4}
_FULL_RANGE = 2


class Channel(msgspec.Struct, frozen=True):
    """One channel of a frame.

    Attributes:
        pixels: ``(rows, columns)``; drawing into it draws into the frame.
        kind: what it holds.
        low: its least value.
        high: its greatest.
        across: picture columns to one of its columns.
        down: picture rows to one of its rows.
    """

    pixels: Pixels
    kind: Kind
    low: float
    high: float
    across: int
    down: int


def channels(frame: VideoFrame) -> list[Channel]:
    """A frame's channels, the first of them light.

    Raises:
        MarksError: ``mark_pixels`` for pixels laid out in a way that isn't known here.
    """
    return list(_channels(frame))


def _channels(frame: VideoFrame) -> Iterator[Channel]:
    name = frame.format.name
    parts = frame.format.components
    if any(plane.line_size < 0 for plane in frame.planes):
        raise image.unfit(name)
    if name in _PACKED:
        rows = _rows(frame.planes[0], np.dtype("u1"))
        width = _PACKED[name]
        for number in range(width):
            yield Channel(rows[:, number : frame.width * width : width], "light", 0, 255, 1, 1)
        return
    deep = parts[0].bits > 8
    kind = np.dtype(("<" if not name.endswith("be") else ">") + "u2") if deep else np.dtype("u1")
    scale = 1 << (parts[0].bits - 8)
    full = (
        frame.format.is_rgb or name.startswith(("yuvj", "gray")) or frame.color_range == _FULL_RANGE
    )
    pairs = name in {"nv12", "nv21", "nv16"}
    if parts[0].bits < 8 or not (pairs or len(frame.planes) == len(parts)):
        raise image.unfit(name)
    for number, part in enumerate(parts):
        rows = _rows(frame.planes[part.plane], kind)
        if pairs and part.plane == 1:
            rows = rows[:, number - 1 :: 2]
        across = -(-frame.width // part.width)
        down = -(-frame.height // part.height)
        pixels = rows[: part.height, : part.width]
        if part.is_alpha:
            yield Channel(pixels, "opacity", 0, (256 * scale) - 1, across, down)
        elif number in {1, 2} and len(parts) >= 3 and not frame.format.is_rgb:
            low, high = (0, 256 * scale - 1) if full else (16 * scale, 240 * scale)
            yield Channel(pixels, "colour", low, high, across, down)
        else:
            low, high = (0, 256 * scale - 1) if full else (16 * scale, 235 * scale)
            yield Channel(pixels, "light", low, high, across, down)


def _rows(plane: VideoPlane, kind: npt.DTypeLike) -> npt.NDArray[Any]:
    """All of a plane, padding at the ends of rows included."""
    array: npt.NDArray[Any] = np.frombuffer(memoryview(plane), dtype=kind)
    width = plane.line_size // array.itemsize
    return array[: array.size // width * width].reshape(-1, width)


def matrix(frame: VideoFrame) -> list[int] | None:
    """The nine numbers that say how a frame is turned when it is shown, if the file has them."""
    side: Any = frame.side_data
    found = side.get("DISPLAYMATRIX")
    return None if found is None else memoryview(bytes(found)).cast("i").tolist()


def turned(frame: VideoFrame) -> int:
    """How a frame is turned when it is shown, as Exif counts it, 1 to 8."""
    (a, b, _, c, d, *_) = np.sign(matrix(frame) or [1, 0, 0, 0, 1, 0, 0, 0, 1]).tolist()
    if a or d:
        return {(1, 1): 1, (-1, 1): 2, (-1, -1): 3, (1, -1): 4}.get((a, d), 1)
    return {(1, 1): 5, (1, -1): 6, (-1, -1): 7, (-1, 1): 8}.get((b, c), 1)


def laid(plate: Plate, size: tuple[int, int], turn: int) -> Plate:
    """A mark as it lies in the stored frame, so that it is upright when shown."""
    left, top, _, _ = image.stored(size, turn, plate)
    return Plate(
        left, top, _laid(plate.cover, turn), _laid(plate.ink, turn), plate.height, plate.size
    )


def _laid(part: Grey, turn: int) -> Grey:
    if turn >= 5:
        part = part.swapaxes(0, 1)
    if turn in {3, 4, 6, 7}:
        part = part[::-1]
    return part[:, ::-1] if turn in {2, 3, 7, 8} else part


def draw(frame: VideoFrame, plate: Plate) -> None:
    """Draws a mark, as ``laid``, into a frame that may be written to."""
    for channel in channels(frame):
        small = _scaled(plate, channel)
        blend(channel.pixels[small.box], small, channel.kind, channel.low, channel.high)


def _scaled(plate: Plate, channel: Channel) -> Plate:
    """The mark in a channel's own resolution."""
    across, down = channel.across, channel.down
    if across == down == 1:
        return plate
    before = ((plate.top % down, 0), (plate.left % across, 0))
    cover, ink = (reduced(np.pad(part, before), across, down) for part in (plate.cover, plate.ink))
    rows, columns = channel.pixels.shape
    top, left = plate.top // down, plate.left // across
    box = slice(0, rows - top), slice(0, columns - left)
    return Plate(left, top, cover[box], ink[box], plate.height, plate.size)


def light(frame: VideoFrame) -> Grey:
    """How light a frame is as it is stored, ``(rows, columns)``, 0 to 255."""
    first = channels(frame)[0]
    scale = 255 / (first.high - first.low)
    pixels = first.pixels.astype(np.float32)
    return np.asarray((pixels - first.low) * scale, dtype=np.float32)


def shows(frame: VideoFrame, plates: list[Plate]) -> bool:
    """Whether a frame shows one of the marks, as ``laid``, at its very place."""
    ground = light(frame)
    return any(find.same(ground[plate.box], plate) for plate in plates)
