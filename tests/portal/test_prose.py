"""The agreement's text becomes blocks; every word of it stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.portal.site import SETTINGS

from hegui.people import default_text
from hegui.portal.prose import Block, blocks


def test_title_headings_lists_and_paragraphs() -> None:
    text = "The title\n\n1. First\nA line\n- one\n- two\nAnother\n\nA free paragraph\nof two lines"
    assert blocks(text) == [
        Block("title", ("The title",)),
        Block("heading", ("1. First",)),
        Block("paragraph", ("A line",)),
        Block("list", ("one", "two")),
        Block("paragraph", ("Another",)),
        Block("paragraph", ("A free paragraph", "of two lines")),
    ]


@pytest.mark.parametrize("line", ["1. x", "12、x", "第三条 x", "第十二章", "# x", "## x"])
def test_what_opens_a_heading(line: str) -> None:
    assert blocks(line) == [Block("heading", (line.lstrip("# "),))]


@pytest.mark.parametrize("line", ["2026 was a year", "第一次", "- x"])
def test_what_does_not(line: str) -> None:
    assert [block.kind for block in blocks("t\n\n" + line)][1] != "heading"


def test_an_empty_text_has_no_blocks() -> None:
    assert blocks(" \n\n ") == []


@pytest.mark.parametrize("index", [0, 1])
def test_the_shipped_agreement_has_a_title_and_numbered_headings(index: int) -> None:
    found = blocks(default_text(SETTINGS)[index])
    assert found[0].kind == "title"
    headings = [block.lines[0] for block in found if block.kind == "heading"]
    assert [line.split(".")[0] for line in headings] == [str(n + 1) for n in range(len(headings))]
    assert any(block.kind == "list" for block in found)


@given(st.text(alphabet="a1.、#- \n第条一", max_size=60))
def test_no_word_is_lost(text: str) -> None:
    said = "".join(line for block in blocks(text) for line in block.lines)
    assert re.sub(r"[\s#-]", "", said) == re.sub(r"[\s#-]", "", text)
