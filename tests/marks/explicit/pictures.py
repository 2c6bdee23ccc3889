"""Pictures for tests, and a strict measure of a mark that shares nothing with what draws it."""

from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[Any]
GROUNDS = ("black", "white", "noise", "stripes", "busy")


def ground(kind: str, width: int, height: int) -> Image.Image:
    """A picture of a kind that makes marks hard to see."""
    rng = np.random.default_rng(5)
    y, x = np.indices((height, width))
    if kind == "noise":
        array = rng.integers(0, 256, (height, width, 3))
    elif kind == "stripes":
        array = np.where(((x + y) // 5 % 2)[..., None] == 0, (255, 220, 0), (0, 0, 0))
    elif kind == "busy":
        waves = (np.sin(x / 9), np.sin(y / 7), np.sin((x + y) / 13))
        array = np.stack([128 + 127 * wave for wave in waves], axis=-1)
    else:
        array = np.full((height, width, 3), 255 if kind == "white" else 0)
    return Image.fromarray(array.astype(np.uint8))


def encoded(image: Image.Image, kind: str, **settings: Any) -> bytes:
    """A picture as a file's bytes."""
    made = BytesIO()
    image.save(made, kind, **settings)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    """A file's picture, loaded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


class Measure(NamedTuple):
    """What a strict reader measures of a mark; lengths are parts of the shortest side."""

    lowest: float  # ink height of the lowest character
    to_side: float  # from the ink to the nearest of left and right
    to_end: float  # from the ink to the nearest of top and bottom
    contrast: float  # of characters and plate


def measured(before: Image.Image, after: Image.Image) -> Measure:
    """Measures the mark that makes the difference between two pictures."""
    old, new = (np.asarray(each.convert("RGB"), dtype=float) for each in (before, after))
    changed = np.abs(old - new).max(axis=2) > 24
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    # The corners of the changed box are outside the rounded plate; on black no plate is seen.
    rim = round((rows[-1] - rows[0]) * 0.12) if old.any() else 0
    rows, columns = rows[rim : len(rows) - rim], columns[rim : len(columns) - rim]
    part = new[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    light = part @ (0.2126, 0.7152, 0.0722)
    ink = light > 185
    lines = np.flatnonzero(ink.any(axis=1))
    across = np.flatnonzero(ink.any(axis=0))
    shortest = min(before.size)
    height, width = new.shape[:2]
    top, left = rows[0] + lines[0], columns[0] + across[0]
    bottom, right = rows[0] + lines[-1] + 1, columns[0] + across[-1] + 1
    luminance = (np.median(light[ink]) / 255) ** 2.2, (np.median(light[~ink]) / 255) ** 2.2
    return Measure(
        min(len(np.flatnonzero(glyph.any(axis=1))) for glyph in _glyphs(ink)) / shortest,
        min(left, width - right) / shortest,
        min(top, height - bottom) / shortest,
        float((luminance[0] + 0.05) / (luminance[1] + 0.05)),
    )


def _glyphs(ink: Pixels) -> list[Pixels]:
    """The columns of ink, one stretch without a gap after the other."""
    filled = np.concatenate(([0], ink.any(axis=0).astype(int), [0]))
    edges = np.flatnonzero(np.diff(filled)).reshape(-1, 2)
    return [ink[:, start:stop] for start, stop in edges if stop - start > 1]
