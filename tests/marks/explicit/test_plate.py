"""Marks pass a strict measure on the drawn pixels: height, place, contrast, whatever the ground."""

import numpy as np
import pytest
from PIL import Image
from tests.marks.explicit.pictures import GROUNDS, encoded, ground, measured, opened

from hegui.marks import MarksError
from hegui.marks.explicit import image, plate
from hegui.marks.explicit.wish import Corner, Wish

SIZES = [(1024, 1024), (1280, 720), (720, 1280), (333, 517), (200, 900)]


@pytest.mark.parametrize("kind", GROUNDS)
@pytest.mark.parametrize("size", SIZES)
def test_a_strict_measure(kind: str, size: tuple[int, int]) -> None:
    before = ground(kind, *size)
    after = before.copy()
    assert image.draw(after, Wish())
    found = measured(before, after)
    assert found.lowest >= 0.05
    assert found.to_side <= 0.08
    assert found.to_end <= 0.08
    assert found.contrast >= 7


@pytest.mark.parametrize("kind", [kind for kind in GROUNDS if kind != "noise"])
def test_the_same_after_jpeg_of_quality_60(kind: str) -> None:
    before = ground(kind, 640, 640)
    after = before.copy()
    image.draw(after, Wish(text="人工智能生成合成内容"))
    found = measured(before, opened(encoded(after, "JPEG", quality=60, subsampling=0)))
    assert found.contrast >= 6
    assert image.seen(opened(encoded(after, "JPEG", quality=60)), Wish()) is not None


@pytest.mark.parametrize("corner", ["bottom-right", "bottom-left", "top-right", "top-left"])
def test_each_corner(corner: Corner) -> None:
    made = plate.fit(400, 300, "AI生成", corner, 0.05)
    rows, columns = made.box
    assert (columns.start < 12) == corner.endswith("left")
    assert (400 - columns.stop < 12) == corner.endswith("right")
    assert (rows.start < 12) == corner.startswith("top")
    assert (300 - rows.stop < 12) == corner.startswith("bottom")


def test_small_pictures_get_what_can_still_be_read() -> None:
    assert plate.fit(100, 80, "AI生成", "top-left", 0.05).height == plate.LEGIBLE
    lines = plate.fit(40, 40, "AI生成", "top-left", 0.05)
    assert lines.ink.shape[0] > lines.size * 2  # two lines
    with pytest.raises(MarksError) as caught:
        plate.fit(12, 12, "AI生成", "top-left", 0.05)
    assert caught.value.code == "mark_too_large"


def test_long_texts_break_and_elements_never_do() -> None:
    lines = plate.broken("本图片由人工智能生成，请注意甄别", 7)
    assert lines == ["本图片由", "人工智能生成，", "请注意甄别"]
    assert plate.broken("AI generated 生成", 6) == ["AI", "generated", "生成"]
    assert plate.broken("人工智能生成", 3) is None


def test_nothing_but_the_marks_own_pixels_changes() -> None:
    before = ground("noise", 400, 300)
    after = before.copy()
    image.draw(after, Wish())
    box = plate.fit(400, 300, "AI生成", "bottom-right", 0.05).box
    old, new = np.array(before), np.array(after)
    new[box] = old[box]
    assert (old == new).all()


@pytest.mark.parametrize("mode", ["F", "I", "HSV", "PA"])
def test_pixels_that_can_not_be_drawn_on_are_refused(mode: str) -> None:
    picture = Image.new("RGB", (200, 200)).convert("P" if mode == "PA" else "RGB")
    with pytest.raises(MarksError) as caught:
        image.draw(picture.convert(mode) if mode != "I" else Image.new("I", (200, 200)), Wish())
    assert caught.value.code == "mark_pixels"
