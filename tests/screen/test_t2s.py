"""The shipped character map against OpenCC itself."""

from importlib.resources import files

import opencc

from hegui.screen.fold import simplified


def test_every_character_as_opencc_has_it() -> None:
    convert = opencc.OpenCC("t2s").convert
    points = (p for p in range(0x80, 0x33480) if not 0xD800 <= p <= 0xDFFF)
    changed = {char: convert(char) for char in map(chr, points) if convert(char) != char}
    assert simplified() == changed


def test_source_and_licence_stand_in_the_file() -> None:
    text = files("hegui.screen").joinpath("data/t2s.txt").read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert any("OpenCC" in line and "github.com/BYVoid/OpenCC" in line for line in head)
    assert any("Apache-2.0" in line for line in head)
