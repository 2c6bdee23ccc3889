import hashlib

import numpy as np

from hegui.marks.watermark import pattern
from hegui.marks.watermark.code import SYMBOLS


def test_every_number_has_one_owner() -> None:
    owned = np.concatenate([pattern.OF_SYMBOL.reshape(-1), pattern.OF_SYNC])
    assert sorted(owned.tolist()) == list(range(pattern.SIZE))
    assert pattern.OF_SYMBOL.shape == (SYMBOLS, pattern.SHARE)


def test_a_tile_folds_back_to_its_numbers() -> None:
    values = np.random.RandomState(1).normal(0, 1, pattern.SIZE)
    tile = pattern.tile(values)
    assert tile.shape == (pattern.TILE, pattern.TILE)
    canvas = pattern.repeat(tile, 3 * pattern.TILE, 2 * pattern.TILE)
    assert np.allclose(pattern.numbers(pattern.fold(canvas)), 6 * values)


def test_a_shifted_canvas_turns_the_coefficients() -> None:
    values = np.random.RandomState(2).normal(0, 1, pattern.SIZE)
    canvas = pattern.repeat(pattern.tile(values), 256, 256)
    moved = np.roll(canvas, (5, 9), axis=(0, 1))
    turn = np.exp(-2j * np.pi * (pattern.ROWS * 5 + pattern.COLUMNS * 9) / pattern.TILE)
    assert np.allclose(pattern.fold(moved), pattern.fold(canvas) * turn)


def test_rings_have_one_strength_each() -> None:
    lengths = np.hypot(pattern.ROWS, pattern.COLUMNS)
    strength = pattern.rings(np.where(lengths < 20, 5j, 3 + 4j))
    assert np.allclose(strength, 5 / np.sqrt(2))
    strength = pattern.rings(np.where(lengths < 20, 10, 2j))
    assert np.allclose(strength[lengths < 20], 10 / np.sqrt(2))
    assert np.allclose(strength[lengths >= 20], 2 / np.sqrt(2))


def test_the_places_stay_what_they_are() -> None:
    """Pictures marked with one release must be read by the next."""
    data = b"".join(
        array.astype("<i4").tobytes()
        for array in (pattern.ROWS, pattern.COLUMNS, pattern.OF_SYMBOL, pattern.SIGNS)
    )
    assert hashlib.sha256(data).hexdigest()[:16] == "b9f03e814ff4c49e"
