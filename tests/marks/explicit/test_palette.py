"""Drawing with a palette's own colours."""

import numpy as np
import pytest

from hegui.marks.explicit import palette


def test_its_own_black_and_white_are_enough() -> None:
    colours = [(255, 255, 255), (0, 0, 0), (128, 128, 128), (200, 0, 0)]
    same, shades = palette.extended(colours, [True] * 4)
    assert same == colours
    assert (shades[0], shades[-1], shades[8]) == (1, 0, 2)


def test_missing_ones_are_added_while_there_is_room() -> None:
    colours, shades = palette.extended([(200, 0, 0), (0, 90, 0)], [True, True])
    assert colours[2:] == [palette.DARK, palette.WHITE]
    assert colours[shades[0]] == palette.DARK
    assert colours[shades[-1]] == palette.WHITE


def test_transparent_entries_are_never_used() -> None:
    colours, shades = palette.extended([(0, 0, 0), (255, 255, 255)], [False, True])
    assert 0 not in shades.tolist()
    assert colours[shades[0]] == palette.DARK


def test_a_full_palette_gives_up_what_is_least_used() -> None:
    colours = [(100, 100, at) for at in range(256)]
    picture = np.arange(256, dtype=np.uint8).repeat(3)
    picture = np.delete(picture, [0, 3 * 200])  # entries 0 and 200 are used less
    made, shades = palette.extended(colours, [True] * 256, picture)
    assert {made.index(palette.WHITE), made.index(palette.DARK)} == {0, 200}
    assert not {0, 200} & set(picture.tolist())
    assert made[shades[-1]] == palette.WHITE


def test_a_full_palette_with_enough_contrast_stays() -> None:
    colours = [(at, at // 2 + 90, at // 2 + 60) for at in range(1, 255)] + [
        (5, 30, 5),
        (255, 255, 150),
    ]
    same, _ = palette.extended(colours, [True] * 256)
    assert same == colours


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21),
        ((119, 119, 119), (255, 255, 255), 4.48),
        ((9, 9, 9), (9, 9, 9), 1),
    ],
)
def test_contrast_is_that_of_wcag(one: palette.Colour, other: palette.Colour, ratio: float) -> None:
    assert palette.contrast(palette.luminance(one), palette.luminance(other)) == pytest.approx(
        ratio, abs=0.01
    )
