"""Finding again, in pixels, the marks that were drawn here: by their shapes, near the edges.

It looks for the shipped font's own shapes. Marks of other makers are not recognised, and no guess
is made about them.
"""

import math
from functools import cache

import msgspec
import numpy as np
from PIL import Image, ImageDraw

from hegui.marks.explicit import font, typeface
from hegui.marks.explicit.plate import Grey, Plate
from hegui.marks.explicit.standard import standard

#: Correlation from which the pixels at the very place of a mark are that mark.
SAME = 0.75
#: Correlation of a word's shape somewhere near the edges: first look, and after a closer one.
LIKELY, SURE = 0.5, 0.66
#: Characters stand out by so many grey levels, of 255.
CONTRAST = 24.0
#: The picture is looked at with its shortest side reduced to so many pixels.
_SIDE = 240
#: How far from the upper and lower edge marks are looked for, of the shortest side.
_BAND = 0.26
#: Ink heights looked for, of the shortest side; each size by so much larger than the one before.
_LEAST, _MOST, _STEP = 0.035, 0.2, 1.055
#: In small pictures marks are taller: rows looked at, and the largest size, in pixels to the em.
_TALL, _LARGE = 44, 16.0
#: Ink height of the lowest character in ems, to translate heights into sizes.
_CAPITAL = 0.741


class Found(msgspec.Struct, frozen=True):
    """A mark found.

    Attributes:
        height: ink height of its lowest character, of the picture's shortest side; some hundredths
            off, since the shapes that are tried come in steps.
        edge: how far its ink is from the nearest edge, of the shortest side.
    """

    height: float
    edge: float


def same(ground: Grey, plate: Plate) -> bool:
    """Whether a mark already stands at its very place.

    Args:
        ground: light of the plate's own box, ``(rows, columns)``, 0 to 255.
        plate: the mark that would be drawn.
    """
    inside = plate.cover > 0.5
    seen, ink = ground[inside], plate.ink[inside]
    seen, ink = seen - seen.mean(), ink - ink.mean()
    spread = math.sqrt(float((seen**2).sum() * (ink**2).sum()))
    if spread == 0:
        return False
    product = float((seen * ink).sum())
    rise = product / float((ink**2).sum())
    return product / spread >= SAME and rise >= CONTRAST


def search(light: Grey) -> Found | None:
    """The clearest mark near the upper or lower edge, or ``None``.

    Args:
        light: the picture as it is shown, ``(rows, columns)``, 0 to 255.
    """
    rows, columns = light.shape
    scale = min(1.0, _SIDE / min(rows, columns))
    small = _resized(light, scale)
    side = min(small.shape)
    band = min(max(math.ceil(_BAND * side), _TALL), small.shape[0])
    most = max(_MOST * side / _CAPITAL, _LARGE)
    best: tuple[float, float, int, int] | None = None
    for top in sorted({0, small.shape[0] - band}):
        field = _Field(small[top : top + band])
        size = max(_LEAST * side / _CAPITAL, 7.0)
        while size <= most:
            for word in standard().elements.value[1]:
                value, y, x = field.best(_shape(word, round(size, 2)))
                if value >= LIKELY and (best is None or value > best[0]):
                    best = (value, size, top + y, x)
            size *= _STEP
    if best is None:
        return None
    return _closer(light, best[1] / scale, best[2] / scale, best[3] / scale)


def _closer(light: Grey, size: float, y: float, x: float) -> Found | None:
    """Looks again at the line of a likely word, large enough to be sure."""
    side = min(light.shape)
    top, bottom = max(0, round(y - 2.5 * size)), min(light.shape[0], round(y + 3.5 * size))
    left, right = max(0, round(x - 12 * size)), min(light.shape[1], round(x + 12 * size))
    scale = min(1.0, 28 / size)
    field = _Field(_resized(light[top:bottom, left:right], scale))
    made, machine = standard().elements.value[1], standard().elements.value[0]
    sizes = [size * scale * (0.95 + 0.01 * step) for step in range(11)]
    value, right_size, at = max(
        (found[0], tried, found[1])
        for tried in sizes
        for found in (field.best(_shape(word, round(tried, 2))) for word in made)
    )
    other, subject = max(
        (field.best(_shape(word, round(right_size, 2)))[0], word) for word in machine
    )
    if min(value, other) < SURE:
        return None
    size, upper = right_size / scale, top + at / scale
    inked = font.ink(1000, subject) / 1000 * size
    return Found(inked / side, max(0.0, min(upper, light.shape[0] - upper - size)) / side)


class _Field:
    """A part of a picture in which shapes are looked for by normalised correlation."""

    def __init__(self, light: Grey) -> None:
        self._light = light - light.mean()
        self._frame = tuple(_fast(length) for length in light.shape)
        self._wave = np.fft.rfft2(self._light, self._frame)
        wide = np.pad(self._light.astype(np.float64), ((1, 0), (1, 0)))
        self._sums = wide.cumsum(0).cumsum(1)
        self._squares = (wide**2).cumsum(0).cumsum(1)

    def best(self, shape: Grey) -> tuple[float, int, int]:
        """The highest correlation, and the row and column where it is."""
        rows, columns = shape.shape
        down, across = self._light.shape[0] - rows + 1, self._light.shape[1] - columns + 1
        if down < 1 or across < 1:
            return -1.0, 0, 0
        wave = np.fft.rfft2(shape, self._frame)
        product = np.fft.irfft2(self._wave * wave.conj(), self._frame)[:down, :across]
        count = rows * columns
        mean = _windows(self._sums, rows, columns)
        spread = _windows(self._squares, rows, columns) - mean**2 / count
        # Where the ground hardly varies there is no ink.
        least = count * (CONTRAST / 4) ** 2
        value = np.where(spread > least, product / np.sqrt(np.maximum(spread, least)), -1.0)
        place = int(value.argmax())
        return float(value.flat[place]), place // across, place % across


def _windows(sums: Grey, rows: int, columns: int) -> Grey:
    return sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[
        :-rows, :-columns
    ]  # fmt: skip


@cache
def _shape(word: str, size: float) -> Grey:
    """A word's ink with a little plate around it, its mean 0 and its length 1."""
    face = font.at(size)
    edge = 0.12 * size
    columns = math.ceil(typeface.width(word) * size + 2 * edge)
    rows = math.ceil((0.87 + 0.11) * size + 2 * edge)
    image = Image.new("L", (columns, rows))
    pen = ImageDraw.Draw(image)
    pen.text((edge, edge + 0.87 * size), word, font=face, fill=255, anchor="ls")
    ink = np.asarray(image, dtype=np.float32)
    ink = ink - ink.mean()
    return np.asarray(ink / math.sqrt(float((ink**2).sum())), dtype=np.float32)


def _resized(light: Grey, scale: float) -> Grey:
    if scale == 1:
        return light
    rows, columns = light.shape
    image = Image.fromarray(light)
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    return np.asarray(image.resize(size, Image.Resampling.BOX), dtype=np.float32)


def _fast(length: int) -> int:
    """A length at least as large whose only factors are 2, 3 and 5, for the Fourier transform."""
    while True:
        rest = length
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return length
        length += 1
