"""Workbooks as XLSX, opened with openpyxl, and as JSON."""

import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest
from tests.papers.sample import DIGEST, MADE, ODD, VERBATIM, workbook

from hegui.papers import records, xlsx

#: The format knows no zones.
MOMENT = MADE.replace(tzinfo=None)


@pytest.fixture(scope="module")
def made() -> bytes:
    return xlsx(workbook())


@pytest.fixture(scope="module")
def book(made: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made))


def test_there_is_a_sheet_for_each_table_and_a_cover(book: Any) -> None:
    assert book.sheetnames == ["说明", "义务", "空"]
    cover = book["说明"]
    assert cover["A1"].value == "义务"
    assert [cell.value for cell in cover["A"]][2:] == ["检查点", "时间"]
    assert cover["B3"].value == VERBATIM
    assert cover["B4"].value == MOMENT


def test_cells_are_what_they_are(book: Any) -> None:
    sheet = book["义务"]
    assert [cell.value for cell in sheet[1]] == ["状态", "文字", "数", "日期", "时间", "摘要"]
    assert [cell.value for cell in sheet[2]] == [
        "● 已做到",
        "=1+1",
        12,
        MOMENT.replace(day=1, hour=0, minute=0, second=0),
        MOMENT,
        DIGEST,
    ]
    assert [cell.value for cell in sheet[3]][2:] == [0.5, None, None, None]
    assert [cell.value for cell in sheet[4]] == ["应当", ODD, None, None, None, "@sum"]
    formats = [cell.number_format for cell in sheet[2]]
    assert formats[3:5] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]


def test_no_text_is_a_formula(made: bytes, book: Any) -> None:
    sheet = book["义务"]
    assert {cell.data_type for cell in sheet["B"]} == {"s"}
    assert [cell.quotePrefix for cell in (sheet["B2"], sheet["F4"], sheet["F2"])] == [
        *(True, True),
        False,
    ]
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert b"<f>" not in b"".join(file.read(name) for name in file.namelist())


def test_heads_stay_and_have_filters(book: Any) -> None:
    sheet = book["义务"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:F4")
    assert sheet.print_title_rows == "$1:$1"
    assert [sheet.column_dimensions[one].width for one in "AB"] == [12, 30]
    assert sheet["B2"].alignment.wrap_text
    assert sheet.row_dimensions[3].height > sheet.row_dimensions[1].height * 1.5
    assert book["空"].freeze_panes == "A2"


def test_a_state_has_its_colour(book: Any) -> None:
    fonts = [book["义务"][f"A{row}"].font for row in (2, 3)]
    assert [(one.bold, one.color.rgb[2:]) for one in fonts] == [(True, "2F6B4F"), (True, "B1271B")]


def test_the_same_workbook_is_the_same_bytes(made: bytes, book: Any) -> None:
    assert xlsx(workbook()) == made
    assert book.properties.modified == MOMENT
    assert (book.properties.title, book.properties.creator) == ("义务", "示例科技")


def test_records_for_programs() -> None:
    found = json.loads(records(workbook(), ("duties", "empty")))
    assert found["made"] == "2026-11-22T02:00:30Z"
    assert found["facts"][0] == {"label": "检查点", "value": VERBATIM}
    assert found["empty"] == []
    assert found["duties"][0] == {
        "state": "met",
        "text": "=1+1",
        "n": 12,
        "day": "2026-11-01",
        "at": "2026-11-22T02:00:30Z",
        "digest": DIGEST,
    }
    assert found["duties"][2]["state"] == "must"


def test_names_must_fit_the_sheets() -> None:
    with pytest.raises(ValueError, match="zip"):
        records(workbook(), ("duties",))
