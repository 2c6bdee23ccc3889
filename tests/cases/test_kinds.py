"""Kinds of case: one value each, and nothing else knows them by name."""

from pathlib import Path

import pytest

import hegui.cases
from hegui.cases import APPEAL, KINDS, CasesError, kind
from hegui.law import parameter


def test_every_kind_is_whole() -> None:
    for name, each in KINDS.items():
        assert each.name == name
        assert len(name) <= 16
        assert each.prefix.isupper()
        assert parameter(each.answer_rule).span.count > 0
        assert all(len(outcome) <= 16 for outcome in each.outcomes)
        assert each.texts["statement"] == 4000
    assert len({each.prefix for each in KINDS.values()}) == len(KINDS)


def test_a_kind_is_found_by_its_name() -> None:
    assert kind("appeal") is APPEAL
    with pytest.raises(CasesError) as caught:
        kind("wish")
    assert caught.value.code == "case_kind"


def test_nothing_else_in_the_room_names_appeals() -> None:
    room = Path(hegui.cases.__file__).parent
    naming = {
        path.name
        for path in room.glob("*.py")
        if "appeal" in path.read_text(encoding="utf-8").lower()
    }
    assert naming <= {"kinds.py", "__init__.py"}
