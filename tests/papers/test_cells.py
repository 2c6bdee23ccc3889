"""Cells as text."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.papers.sample import LATE, MADE

from hegui.papers import Cell, Term, printable, shown


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (LATE, "■ 已过期"),
        (Term("must", "应当"), "应当"),
        (MADE, "2026-11-22 10:00"),
        (date(2026, 1, 5), "2026-01-05"),
        (None, "–"),
        (0, "0"),
        ("a\x07b\ufffe", "ab"),
    ],
)
def test_a_cell_is_shown(cell: Cell, text: str) -> None:
    assert shown(cell) == text


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_what_is_printable_stands_in_xml(text: str) -> None:
    element = ET.Element("t")
    element.text = printable(text)
    assert ET.fromstring(ET.tostring(element)).text in (element.text, None)  # noqa: S314


def test_nothing_else_goes() -> None:
    assert printable("条 \t\n😀é\u200b\x85") == "条 \t\n😀é\u200b\x85"
