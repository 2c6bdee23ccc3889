"""Marks are found again by their shapes, and nothing else is taken for one."""

import numpy as np
import pytest
from PIL import Image, ImageDraw
from tests.marks.explicit.pictures import GROUNDS, encoded, ground, opened

from hegui.marks.explicit import find, font, image
from hegui.marks.explicit.wish import Wish


def marked(kind: str, width: int, height: int, text: str = "AI生成") -> Image.Image:
    picture = ground(kind, width, height)
    assert image.draw(picture, Wish(text=text, corner="top-left"))
    return picture


@pytest.mark.parametrize("kind", GROUNDS)
@pytest.mark.parametrize("quality", [90, 60, 30])
def test_after_jpeg(kind: str, quality: int) -> None:
    picture = opened(encoded(marked(kind, 500, 400, "本图片由AI生成"), "JPEG", quality=quality))
    found = find.search(image.light(picture))
    assert found is not None
    assert found.height == pytest.approx(0.05, rel=0.1)
    assert found.edge < 0.1


@pytest.mark.parametrize("scale", [0.5, 0.75, 1.5, 3])
def test_after_resizing(scale: float) -> None:
    picture = marked("busy", 512, 512, "人工智能合成")
    found = find.search(image.light(picture.resize((round(512 * scale),) * 2)))
    assert found is not None
    assert found.height == pytest.approx(0.05, rel=0.12)


def test_after_cutting_and_padding() -> None:
    picture = marked("busy", 600, 600)
    cut = find.search(image.light(picture.crop((0, 0, 450, 450))))
    assert cut is not None
    assert cut.height > 0.06
    wide = Image.new("RGB", (800, 800), "white")
    wide.paste(picture, (0, 100))
    padded = find.search(image.light(wide))
    assert padded is not None
    assert padded.height < 0.045
    assert padded.edge > 0.1


@pytest.mark.parametrize("kind", GROUNDS)
def test_no_mark_is_no_mark(kind: str) -> None:
    assert find.search(image.light(ground(kind, 640, 480))) is None


@pytest.mark.parametrize("text", ["AI", "生成", "人工智能", "AI生戍", "人工智能合众", "A1生成"])
def test_other_words_are_no_mark(text: str) -> None:
    picture = Image.new("L", (400, 400), 40)
    ImageDraw.Draw(picture).text((300, 360), text, font=font.at(27), fill=255)
    assert find.search(np.asarray(picture, dtype=np.float32)) is None


def test_flat_and_tiny_pictures() -> None:
    assert find.search(np.zeros((1, 1), dtype=np.float32)) is None
    assert find.search(np.full((5, 900), 200, dtype=np.float32)) is None
