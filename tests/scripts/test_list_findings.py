"""The tables of the page on labels are what the source and the result say."""

import json

import pytest
from scripts.list_findings import PAGE, RESULT, findings, formats, page

from hegui.marks.finding_table import ROWS
from hegui.marks.formats import FORMATS


def test_the_page_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    result = json.loads(RESULT.read_text(encoding="utf-8"))
    assert text == page(text, result), "run scripts/list_findings.py"


def test_every_format_has_one_row() -> None:
    rows = formats(json.loads(RESULT.read_text(encoding="utf-8"))).splitlines()[2:]
    assert sorted(row.split(" | ")[0].removeprefix("| ") for row in rows) == sorted(FORMATS)


def test_every_finding_has_one_row_of_four_cells() -> None:
    rows = findings().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == sorted(ROWS)
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)


def test_a_page_without_the_comments_is_refused() -> None:
    with pytest.raises(ValueError, match="findings: begin"):
        page("<!-- formats: begin --><!-- formats: end -->", json.loads(RESULT.read_text()))
