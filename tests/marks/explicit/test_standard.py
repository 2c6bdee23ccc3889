"""The numbers of law stand in one data file, each with its clause."""

import re
from pathlib import Path

import msgspec
import pytest

import hegui.marks.explicit
from hegui.marks.explicit import standard
from hegui.marks.explicit.standard import Rule, Standard
from hegui.marks.text import has_elements

FOLDER = Path(hegui.marks.explicit.__file__).parent


def test_what_the_standard_asks() -> None:
    rules = standard()
    assert rules.image_height.value == rules.video_height.value == 0.05
    assert rules.video_seconds.value == 2
    assert (rules.voice_slowest.value, rules.voice_fastest.value) == (120, 160)
    assert rules.rhythm.value == "短长 短短"
    assert (rules.long_tone.value, rules.tone_gap.value, rules.letter_gap.value) == (3, 1, 3)


@pytest.mark.parametrize("name", Standard.__struct_fields__)
def test_every_rule_has_a_clause_and_a_grade(name: str) -> None:
    rule = getattr(standard(), name)
    assert isinstance(rule, Rule)
    assert re.match(r"(GB 45438-2025, 5\.\d|Recommendation ITU-R )", rule.clause)
    assert rule.grade in "PQXU"
    assert rule.source


def test_the_elements_are_those_that_texts_are_judged_by() -> None:
    machine, made = standard().elements.value
    for one in machine:
        for other in made:
            assert has_elements(one + other)
        assert not has_elements(one)
    assert not any(has_elements(other) for other in made)


def test_no_number_of_law_stands_in_code() -> None:
    told = {0.05, 120.0, 160.0}
    for path in FOLDER.glob("*.py"):
        code = re.sub(r'""".*?"""|#.*', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        numbers = {float(each) for each in re.findall(r"(?<![\w.#])\d+\.\d+(?![\w%])", code)}
        assert not numbers & told, path.name


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"extra": {}}, Standard)
