"""The shipped font: its characters, its own name, its licence."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import hegui.marks.explicit
from hegui.marks import MarksError
from hegui.marks.explicit import font, outlines, typeface

FOLDER = Path(hegui.marks.explicit.__file__).parent / "fonts"


def test_the_list_of_characters_is_the_fonts_own() -> None:
    whole = TTFont(FOLDER / "hegui-mark.ttf")
    order, cmap, metrics = whole.getGlyphOrder(), whole.getBestCmap(), whole["hmtx"]
    assert typeface.characters() == {
        chr(point): (order.index(name), metrics[name][0]) for point, name in cmap.items()
    }


def test_it_is_small_and_has_a_name_of_its_own() -> None:
    whole = TTFont(FOLDER / "hegui-mark.ttf")
    names = {record.nameID: str(record) for record in whole["name"].names}
    assert names[1] == names[4] == "Hegui Mark"
    assert "Adobe" in names[0]
    assert len(typeface.data()) < 32_000


def test_the_licence_stands_beside_it() -> None:
    text = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "© 2014-2021 Adobe" in text
    assert "SIL OPEN FONT LICENSE" in text
    assert "THE FONT SOFTWARE IS PROVIDED" in text


@pytest.mark.parametrize(
    "text", ["AI生成", "本内容由人工智能生成合成，请注意甄别。", "AI-generated (2025)"]
)
def test_what_marks_say_can_be_written(text: str) -> None:
    assert typeface.writable(text) == text
    assert typeface.width(text) > 1


def test_what_it_lacks_is_named() -> None:
    with pytest.raises(MarksError) as caught:
        typeface.writable("AI生成龘😀")
    assert caught.value.code == "mark_font"
    assert "龘😀" in caught.value.zh


def test_ink_grows_with_the_size_and_sizes_are_the_least() -> None:
    for height in (9, 17, 36, 51):
        size = font.size_for(height, "AI生成")
        assert font.ink(size, "AI生成") >= height > font.ink(size - 1, "AI生成")


def test_the_lowest_character_of_an_element_counts() -> None:
    # The capitals of AI are lower than any Chinese character; a full stop is no element.
    assert font.ink(100, "AI生成。") == font.ink(100, "AI合成") < font.ink(100, "人工智能生成")


def test_outlines_are_those_of_the_font() -> None:
    assert outlines.path(" ") == ""
    assert outlines.path("I").startswith("M")
    assert outlines.path("生").count("Z") >= 1
    numbers = [
        float(each)
        for each in outlines.path("成")
        .replace("M", " ")
        .replace("L", " ")
        .replace("Q", " ")
        .replace("Z", " ")
        .split()
    ]
    assert -150 < min(numbers) < max(numbers) < 1050
