"""Marks on GIF: on every frame; colour tables, timing, loops and all extensions stay.

Frames are drawn on one after the other as a player shows them: one that leaves the mark's place
alone stays as it is, byte for byte; one that would be shown while the mark is not yet there, or
was cleared away, grows to hold it.
"""

from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from hegui.marks.errors import MarksError, malformed, too_complex
from hegui.marks.explicit import image, palette, stills
from hegui.marks.explicit.gif_blocks import Frame, Gif, Indices, read
from hegui.marks.explicit.plate import Plate, fit
from hegui.marks.explicit.standard import standard
from hegui.marks.explicit.wish import PICTURE_TEXT, Wish
from hegui.marks.source import Source

Shades = npt.NDArray[np.uint8]
#: Held at once, where a full colour table asks for changes in all frames.
_MOST_PIXELS = 1 << 28


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Draws the mark on every frame.

    Args:
        source: the picture.
        format: ``gif``.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when the first and the last frame show a mark; then nothing is written.

    Raises:
        MarksError: ``mark_too_large``, ``mark_font``; ``mark_animation`` for frames that can't be
            drawn on without loss; as ``stills.opened``.
    """
    with stills.opened(source, format) as picture:
        last = getattr(picture, "n_frames", 1) - 1
        there = image.seen(picture, wish) is not None
        picture.seek(last)
        if there and image.seen(picture, wish) is not None:
            return False
        whole = read(source.copy(0, source.size))
        width, height = picture.size
        plate = fit(
            width, height, wish.words(PICTURE_TEXT), wish.corner,
            standard().image_height.value, opaque=True,
        )  # fmt: skip
        _Screen(whole, plate, (height, width)).draw()
    out.writelines(whole.encoded())
    return True


class _Screen:
    """What a player shows, as far as the mark is concerned."""

    def __init__(self, whole: Gif, plate: Plate, size: tuple[int, int]) -> None:
        self._whole = whole
        self._plate = plate
        self._size = size
        self._inside = plate.cover >= 0.5
        self._shown = np.zeros(self._inside.shape, dtype=bool)
        self._blank = np.ones(size, dtype=bool)
        self._pixels: dict[int, Indices] = {}
        self._global = self._global_shades()

    def draw(self) -> None:
        """Draws on every frame that needs it."""
        for number, frame in enumerate(self._whole.frames):
            before = self._shown.copy(), self._blank.copy()
            if not (self._shown | self._over(frame) | ~self._inside).all():
                self._grow(number, frame)
            over = self._over(frame)
            if over.any():
                self._stamp(number, frame)
            elif number in self._pixels:
                frame.set_pixels(self._pixels[number])
            self._pixels.pop(number, None)
            if frame.disposal == 3:
                self._shown, self._blank = before
            else:
                self._shown = self._shown & ~over if frame.disposal == 2 else self._shown | over
                self._blank[frame.box] = frame.disposal == 2

    def _over(self, frame: Frame) -> npt.NDArray[np.bool_]:
        """The mark's pixels that a frame covers."""
        screen = np.zeros(self._size, dtype=bool)
        screen[frame.box] = True
        return screen[self._plate.box]

    def _stamp(self, number: int, frame: Frame) -> None:
        pixels = self._take(number, frame)
        if frame.colours is None:
            shades = self._global
        else:
            opaque = [at != frame.transparent for at in range(len(frame.colours))]
            frame.colours, shades = palette.extended(frame.colours, opaque, pixels)
        # Over the whole screen, so that a frame that holds a part of the mark gets that part.
        rows, columns = self._size
        canvas = np.zeros(
            (max(rows, frame.top + frame.height), max(columns, frame.left + frame.width)), np.uint8
        )
        canvas[frame.box] = pixels
        palette.stamp(canvas[self._plate.box], self._plate, shades)
        frame.set_pixels(canvas[frame.box])

    def _grow(self, number: int, frame: Frame) -> None:
        """Makes a frame large enough for the mark; what it gains lets the ground through."""
        rows, columns = self._plate.box
        left, top = min(frame.left, columns.start), min(frame.top, rows.start)
        right = max(frame.left + frame.width, columns.stop)
        bottom = max(frame.top + frame.height, rows.stop)
        gained = np.zeros(self._size, dtype=bool)
        gained[top:bottom, left:right] = True
        gained[frame.box] = False
        if frame.disposal == 2 and (gained & ~self._blank)[: self._size[0]].any():
            raise MarksError(
                "mark_animation",
                zh="此动图的帧相互叠加和清除的方式使标识无法无损加入；文件未改动。"
                "请先把每帧展开为整幅画面。",
                en="The frames of this animation build on and clear each other in a way that can't "
                "take a mark without loss; the file was left as it is. Expand its frames first.",
            )
        pixels = self._take(number, frame)
        through = self._through(frame, pixels)
        grown = np.full((bottom - top, right - left), through, dtype=np.uint8)
        inner = slice(frame.top - top, frame.top - top + frame.height)
        grown[inner, frame.left - left : frame.left - left + frame.width] = pixels
        frame.left, frame.top, frame.width, frame.height = left, top, right - left, bottom - top
        self._pixels[number] = grown

    def _through(self, frame: Frame, pixels: Indices) -> int:
        """An index that lets the ground through; the frame gets one when it has none."""
        if frame.transparent is not None:
            return frame.transparent
        used = set(np.unique(pixels).tolist()) | set(self._global.tolist())
        free = [at for at in range(256) if at not in used]
        if not free:
            raise MarksError(
                "mark_animation",
                zh="此动图有一帧用满了 256 色且不覆盖标识处，无法无损加入标识；文件未改动。"
                "请先把每帧展开为整幅画面。",
                en="A frame of this animation uses all 256 colours and leaves out the mark's "
                "place, so it can't take a mark without loss; the file was left as it is. Expand "
                "its frames first.",
            )
        colours = frame.colours if frame.colours is not None else self._whole.colours
        if colours is not None and free[0] >= len(colours):
            colours.extend([palette.DARK] * (free[0] + 1 - len(colours)))
        packed, delay, _ = frame.control or (0, 0, 0)
        frame.control = packed | 1, delay, free[0]
        return free[0]

    def _take(self, number: int, frame: Frame) -> Indices:
        if number not in self._pixels:
            self._pixels[number] = frame.pixels()
        return self._pixels[number]

    def _global_shades(self) -> Shades:
        """The mark's entries in the global table, which many frames share."""
        whole = self._whole
        sharing = [(at, one) for at, one in enumerate(whole.frames) if one.colours is None]
        if whole.colours is None:
            if sharing:
                raise malformed("gif", "有一帧没有颜色表", "a frame has no colour table")
            return np.zeros(0, dtype=np.uint8)
        through = {frame.transparent for _, frame in sharing}
        opaque = [at not in through for at in range(len(whole.colours))]
        pictures: list[Indices] = []
        if len(whole.colours) > 254:
            # Only a full table may need frames changed; then all that share it are.
            if sum(frame.width * frame.height for _, frame in sharing) > _MOST_PIXELS:
                raise too_complex("gif")
            pictures = [self._take(at, frame) for at, frame in sharing]
        before = list(whole.colours)
        whole.colours, shades = palette.extended(whole.colours, opaque, *pictures)
        if whole.colours == before:
            self._pixels.clear()
        return shades
