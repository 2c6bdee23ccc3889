"""Where the mark lives: the middle frequencies of a tile that repeats over the picture.

A picture is looked at on a canvas whose longer side has ``CANVAS`` units, whatever its pixels, so
a resized picture looks the same. Tiles of ``TILE`` units repeat over the canvas, so a cropped
picture still has all of the mark, shifted. Each sign of the code owns a few of the tile's Fourier
coefficients; the rest carry a known pattern, by which the shift and the scale are found.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from hegui.marks.watermark.code import SYMBOLS

CANVAS = 512
TILE = 128
#: Cycles a tile. Lower ones are the picture's own, higher ones are lost when it gets smaller.
_LOWEST, _HIGHEST = 6, 32
#: Real numbers (two to a coefficient) that each sign owns.
SHARE = 5


def _own() -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the coefficients in the band, one of each conjugate pair."""
    span = range(-_HIGHEST, _HIGHEST + 1)
    found = [
        (y, x)
        for y in range(_HIGHEST + 1)
        for x in span
        if _LOWEST**2 <= y * y + x * x <= _HIGHEST**2 and (y > 0 or x > 0)
    ]
    return (
        np.array([y for y, _ in found], np.intp),
        np.array([x for _, x in found], np.intp),
    )


ROWS, COLUMNS = _own()
#: Real numbers in the band: the real parts, then the imaginary parts.
SIZE = 2 * len(ROWS)


def _shuffled() -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """A fixed order of the real numbers and a fixed sign for each; never to be changed."""
    digests = [hashlib.sha256(b"hegui watermark 1 %d" % index).digest() for index in range(SIZE)]
    order = sorted(range(SIZE), key=digests.__getitem__)
    signs = [1.0 if digest[-1] & 1 else -1.0 for digest in digests]
    return np.array(order, np.intp), np.array(signs)


_ORDER, SIGNS = _shuffled()
#: Row ``i``: the numbers that sign ``i`` of the code owns.
OF_SYMBOL = _ORDER[: SYMBOLS * SHARE].reshape(SYMBOLS, SHARE)
#: The numbers of the known pattern.
OF_SYNC = _ORDER[SYMBOLS * SHARE :]
#: Each coefficient's ring, by which it is weighed.
RING = (np.hypot(ROWS, COLUMNS) / 2).astype(np.intp)


def fold(canvas: NDArray[np.float64]) -> NDArray[np.complex128]:
    """The band's coefficients of all tiles laid on one another, each ring at the same strength.

    Args:
        canvas: height by width, of any size; partial tiles count too.
    """
    height, width = canvas.shape
    down, across = -(-height // TILE), -(-width // TILE)
    padded = np.zeros((down * TILE, across * TILE))
    padded[:height, :width] = canvas
    tile = padded.reshape(down, TILE, across, TILE).sum(axis=(0, 2))
    return np.fft.fft2(tile)[ROWS, COLUMNS]


def rings(coefficients: NDArray[np.complex128]) -> NDArray[np.float64]:
    """For each coefficient, how strong its ring is: the root of the mean square of a real part."""
    power = np.bincount(RING, np.abs(coefficients) ** 2) / np.maximum(np.bincount(RING), 1) / 2
    strength: NDArray[np.float64] = np.sqrt(power)[RING] + 1e-9
    return strength


def numbers(coefficients: NDArray[np.complex128]) -> NDArray[np.float64]:
    """Coefficients as real numbers."""
    return np.concatenate([coefficients.real, coefficients.imag])


def tile(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The tile whose band has these real numbers."""
    half = values.size // 2
    spectrum = np.zeros((TILE, TILE), np.complex128)
    spectrum[ROWS, COLUMNS] = values[:half] + 1j * values[half:]
    # The conjugate half follows, since a tile is real: twice the real part is both.
    return 2 * np.fft.ifft2(spectrum).real


def repeat(one: NDArray[np.float64], height: int, width: int) -> NDArray[np.float64]:
    """A tile repeated over a canvas from its upper left corner."""
    down, across = -(-height // TILE), -(-width // TILE)
    return np.tile(one, (down, across))[:height, :width]
