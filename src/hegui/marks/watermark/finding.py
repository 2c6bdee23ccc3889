"""Finding the mark in a picture that may have been resized, compressed or cropped."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hegui.marks.extras import need
from hegui.marks.watermark import code, pattern
from hegui.marks.watermark.picture import brightness, evened, on_canvas

if TYPE_CHECKING:
    from PIL.Image import Image

#: How much of the longer side may have been cropped away: up to a third.
_SCALES = np.exp(np.arange(0.0, np.log(1.5), 0.0025))
#: Shifts are looked for in steps of a half unit.
_FINE = 2 * pattern.TILE
#: A place where the known pattern stands out by so many deviations is decoded at once: chance
#: does not reach it among all scales and shifts.
_SURE = 8.0
#: So many of the most likely other places are decoded.
_TRIES = 6
#: The picture on which scales are tried, in units of its longer side.
_WORK = 1.5


class _Place(NamedTuple):
    """A scale and shift at which the known pattern stands out, by how many deviations."""

    peak: float
    scale: float
    shift: tuple[float, float]


def find(image: "Image") -> bytes | None:
    """The 16 bytes of the mark in a picture, or ``None`` when none is found.

    Args:
        image: a picture of Pillow.

    Raises:
        MarksError: ``extra_missing``.
    """
    plain = brightness(image)
    found = _decoded(pattern.fold(evened(on_canvas(plain))), (0.0, 0.0))
    if found is not None:
        return found
    pil = need("PIL.Image", "watermark")
    # Evened out once, at a size that still holds the finest detail of every scale.
    work = pil.fromarray(evened(on_canvas(plain, 1 / _WORK)).astype(np.float32))
    places = []
    for scale in _SCALES.tolist():
        place = _place(work, scale)
        places.append(place)
        if place.peak > _SURE and (found := _at(place, plain, work)) is not None:
            return found
    likely = (place for place in sorted(places, reverse=True)[:_TRIES] if place.peak <= _SURE)
    return next((found for place in likely if (found := _at(place, plain, work))), None)


def _at(place: _Place, plain: "Image", work: "Image") -> bytes | None:
    """The payload at a place, its scale found more finely first."""
    best = max(_place(work, place.scale * factor) for factor in (0.99875, 1.0, 1.00125))
    return _decoded(pattern.fold(evened(on_canvas(plain, best.scale))), best.shift)


def _place(work: "Image", scale: float) -> _Place:
    """Where the known pattern stands out most at a scale."""
    coefficients = pattern.fold(on_canvas(work, scale))
    coefficients = coefficients / pattern.rings(coefficients)
    spectrum = np.zeros((_FINE, _FINE), np.complex128)
    spectrum[pattern.ROWS, pattern.COLUMNS] = coefficients * np.conj(_KNOWN)
    match = np.fft.ifft2(spectrum).real
    at = int(np.argmax(match))
    row, column = divmod(at, _FINE)
    step = pattern.TILE / _FINE
    peak = float(match.flat[at]) * match.size / np.sqrt(pattern.OF_SYNC.size)
    return _Place(peak, scale, (row * step, column * step))


def _decoded(coefficients: NDArray[np.complex128], shift: tuple[float, float]) -> bytes | None:
    """The payload, when the tile is moved back by a shift."""
    turn = (pattern.ROWS * shift[0] + pattern.COLUMNS * shift[1]) / pattern.TILE
    moved = coefficients / pattern.rings(coefficients) * np.exp(2j * np.pi * turn)
    numbers = pattern.numbers(moved) * pattern.SIGNS
    return code.decode(numbers[pattern.OF_SYMBOL].sum(axis=1))


def _known() -> NDArray[np.complex128]:
    """The known pattern's coefficients."""
    values = np.zeros(pattern.SIZE)
    values[pattern.OF_SYNC] = pattern.SIGNS[pattern.OF_SYNC]
    half = pattern.SIZE // 2
    known: NDArray[np.complex128] = values[:half] + 1j * values[half:]
    return known


_KNOWN = _known()
