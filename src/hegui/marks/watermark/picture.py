"""A picture's brightness on the canvas, evened out so that every part of it counts alike."""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hegui.marks.extras import need
from hegui.marks.watermark.pattern import CANVAS

if TYPE_CHECKING:
    from PIL.Image import Image

#: Modes whose pixels can be averaged.
_PLAIN_MODES = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"})
#: Half the side of the square that "around a point" means, in units.
_AROUND = 7
#: No point hides more change than one that varies by so much.
_CEILING = 16.0
#: Where a picture is flat, the mark may change the brightness as if it varied by so much.
_FLOOR = 3.0


def brightness(image: "Image") -> "Image":
    """The picture's brightness, as floating point; a large picture shrinks by a whole factor."""
    factor = max(image.size) // (2 * CANVAS)
    smaller = image.reduce(factor) if factor > 1 and image.mode in _PLAIN_MODES else image
    return smaller.convert("L").convert("F")


def canvas_size(width: int, height: int, scale: float = 1.0) -> tuple[int, int]:
    """Whole units that a picture takes, when its longer side has ``CANVAS / scale`` units."""
    units = CANVAS / scale / max(width, height)
    return max(1, math.floor(width * units + 1e-6)), max(1, math.floor(height * units + 1e-6))


def on_canvas(image: "Image", scale: float = 1.0) -> NDArray[np.float64]:
    """A floating-point picture in units, exactly to scale: what is left over at an edge goes.

    Args:
        image: the picture.
        scale: longer side of the picture before it was cropped, over that of this one.
    """
    pil = need("PIL.Image", "watermark")
    units = CANVAS / scale / max(image.size)
    size = canvas_size(*image.size, scale)
    box = (0.0, 0.0, min(image.width, size[0] / units), min(image.height, size[1] / units))
    return np.asarray(image.resize(size, pil.Resampling.BICUBIC, box=box), np.float64)


def variation(canvas: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each point the mean around it, and how much the brightness varies there."""
    mean = _box(canvas)
    varies = np.sqrt(np.maximum(_box(canvas * canvas) - mean * mean, 0.0)) + _FLOOR
    return mean, varies


def hides(varies: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much change each point hides: the least variation of the squares that touch it.

    So a plain surface beside a sharp edge counts as plain, although the edge varies.
    """
    least = varies
    height, width = varies.shape
    wide = np.pad(varies, _AROUND, mode="edge")
    for down in (0, _AROUND, 2 * _AROUND):
        for across in (0, _AROUND, 2 * _AROUND):
            least = np.minimum(least, wide[down : down + height, across : across + width])
    return np.minimum(least, _CEILING)


def evened(canvas: NDArray[np.float64]) -> NDArray[np.float64]:
    """The canvas less its mean around each point, over how much it varies there."""
    mean, varies = variation(canvas)
    return (canvas - mean) / varies


def _box(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean over a square around each point, by running sums."""
    for axis in (0, 1):
        padded = np.pad(values, [(_AROUND + 1, _AROUND) if a == axis else (0, 0) for a in (0, 1)],
                        mode="edge")  # fmt: skip
        total = np.cumsum(padded, axis=axis)
        step = 2 * _AROUND + 1
        high = np.take(total, range(step, total.shape[axis]), axis=axis)
        low = np.take(total, range(total.shape[axis] - step), axis=axis)
        values = (high - low) / step
    return values
