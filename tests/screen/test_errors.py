"""Every sentence of the room's error in both languages."""

import re
import string

import pytest

from hegui.errors import HeguiError
from hegui.screen import ScreenError
from hegui.screen.errors import _SENTENCES, Place, refuse

FACTS = {"where", "at"}


@pytest.mark.parametrize("code", _SENTENCES)
def test_both_languages_say_what_happened_and_what_to_do(code: str) -> None:
    zh, en = _SENTENCES[code]
    fields = {name for text in (zh, en) for _, name, _, _ in string.Formatter().parse(text) if name}
    error = refuse(code, Place("line", 7), **dict.fromkeys(fields - FACTS, "X"))
    assert isinstance(error, ScreenError)
    assert isinstance(error, HeguiError)
    assert error.code == code
    assert re.search("[\u4e00-\u9fff]", error.zh)
    assert not re.search("[\u4e00-\u9fff]", error.en)
    assert ("{where}" in zh) == ("第 7 行" in error.zh) == ("at line 7" in error.en)
    assert "；" in error.zh or "。请" in error.zh


def test_a_place_in_both_languages() -> None:
    assert (Place("line", 3).zh, Place("line", 3).en) == ("第 3 行", " at line 3")
    assert (Place("entry", 3).zh, Place("entry", 3).en) == ("第 3 条", " at entry 3")
