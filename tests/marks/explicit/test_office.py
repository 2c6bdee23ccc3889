"""Office documents: other programs read the mark, and no other part changes."""

import io
import re
import zipfile
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pptx
import pytest

from hegui.marks import MarksError
from hegui.marks.explicit import docx as words
from hegui.marks.explicit import pptx as slides
from hegui.marks.explicit import xlsx as sheets
from hegui.marks.explicit.wish import DOCUMENT_TEXT, Wish
from hegui.marks.source import Source

MODULES: dict[str, Any] = {"docx": words, "pptx": slides, "xlsx": sheets}


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def drawn(data: bytes, name: str, wish: Wish | None = None) -> bytes:
    out = BytesIO()
    assert MODULES[name].draw(Source.of(data), name, wish or Wish(), out)
    assert not MODULES[name].draw(Source.of(out.getvalue()), name, wish or Wish(), BytesIO())
    return out.getvalue()


def changed(before: bytes, after: bytes) -> set[str]:
    with zipfile.ZipFile(BytesIO(before)) as old, zipfile.ZipFile(BytesIO(after)) as new:
        assert new.testzip() is None
        assert set(old.namelist()) <= set(new.namelist())
        names = set(old.namelist())
        return {n for n in new.namelist() if n not in names or old.read(n) != new.read(n)}


def replaced(data: bytes, name: str, change: Any) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return out.getvalue()


def report() -> Any:
    made = docx.Document()
    made.add_paragraph("正文第一段")
    made.add_paragraph("正文第二段")
    return made


def headers(data: bytes) -> list[list[str]]:
    return [
        [paragraph.text for paragraph in header.paragraphs]
        for section in docx.Document(BytesIO(data)).sections
        for header in (section.header, section.first_page_header, section.even_page_header)
    ]


def test_a_document_without_headers() -> None:
    before = saved(report())
    after = drawn(before, "docx")
    assert headers(after)[0] == [DOCUMENT_TEXT]
    assert changed(before, after) == {
        "[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels",
        "word/headerMark1.xml",
    }  # fmt: skip


def test_a_header_that_is_there_gets_the_line_first() -> None:
    made = report()
    made.sections[0].header.paragraphs[0].text = "公司机密"
    before = saved(made)
    after = drawn(before, "docx")
    assert headers(after)[0] == [DOCUMENT_TEXT, "公司机密"]
    assert changed(before, after) == {"word/header1.xml"}


def test_first_and_even_pages_and_later_sections() -> None:
    made = report()
    made.settings.odd_and_even_pages_header_footer = True
    later = made.add_section()
    later.different_first_page_header_footer = True
    later.header.is_linked_to_previous = False
    later.header.paragraphs[0].text = "第二节"
    found = headers(drawn(saved(made), "docx"))
    assert all(DOCUMENT_TEXT in header for header in found)
    assert "第二节" in found[3]


@pytest.mark.parametrize("place", ["body", "header", "footer"])
def test_a_mark_of_the_authors_own_counts(place: str) -> None:
    made = report()
    if place == "body":
        made.add_paragraph("本文由AI生成")
    else:
        getattr(made.sections[0], place).paragraphs[0].text = "人工智能生成内容"
    assert not words.draw(Source.of(saved(made)), "docx", Wish(), BytesIO())


def test_a_document_without_properties_of_a_section() -> None:
    bare = replaced(
        saved(report()),
        "word/document.xml",
        lambda data: re.sub(rb"<w:sectPr.*</w:sectPr>", b"", data),
    )
    assert headers(drawn(bare, "docx"))[0] == [DOCUMENT_TEXT]


def test_former_properties_of_a_section_are_none() -> None:
    former = (
        b'<w:sectPrChange w:id="1" w:author="a"><w:sectPr><w:titlePg/></w:sectPr></w:sectPrChange>'
    )
    tracked = replaced(
        saved(report()), "word/document.xml",
        lambda data: data.replace(b"</w:sectPr>", former + b"</w:sectPr>"),
    )  # fmt: skip
    after = drawn(tracked, "docx")
    with zipfile.ZipFile(BytesIO(after)) as told:
        assert "word/headerMark2.xml" not in told.namelist()
        assert former in told.read("word/document.xml")


def shown(count: int) -> Any:
    made = pptx.Presentation()
    for number in range(count):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = f"第 {number} 页"
    return made


def test_the_first_slide_or_each() -> None:
    before = saved(shown(3))
    after = drawn(before, "pptx")
    assert changed(before, after) == {"ppt/slides/slide1.xml"}
    every = drawn(after, "pptx", Wish(throughout=True, corner="top-left"))
    told: Any = pptx.Presentation(BytesIO(every))
    for number, slide in enumerate(told.slides):
        shape = slide.shapes[-1]
        assert shape.text_frame.text == DOCUMENT_TEXT
        assert len({each.shape_id for each in slide.shapes}) == len(slide.shapes)
        inside = shape.left >= 0 and shape.left + shape.width <= told.slide_width
        assert inside
        assert (shape.top < told.slide_height // 2) == (number > 0)


def test_a_worksheet_shows_it_and_prints_it() -> None:
    made = openpyxl.Workbook()
    for row in range(1, 6):
        made.active.append([row, row * 2, f"=A{row}+B{row}"])
    made.create_sheet("空")["B3"] = 1
    before = saved(made)
    after = drawn(before, "xlsx")
    assert changed(before, after) == {"xl/worksheets/sheet1.xml"}
    told = openpyxl.load_workbook(BytesIO(drawn(after, "xlsx", Wish(throughout=True))))
    first, second = told.worksheets
    assert [cell.value for cell in first[1]] == [1, 2, "=A1+B1", None, DOCUMENT_TEXT]
    assert first["C5"].value == "=A5+B5"
    assert first.oddHeader.right.text == second.oddHeader.right.text == DOCUMENT_TEXT
    assert second["A1"].value == DOCUMENT_TEXT
    assert (first.dimensions, second.dimensions) == ("A1:E5", "A1:B3")


def test_a_header_that_is_there_keeps_its_parts() -> None:
    made = openpyxl.Workbook()
    made.active["A2"] = 1
    made.active.oddHeader.left.text = "左"
    made.active.oddHeader.right.text = "右"
    told = openpyxl.load_workbook(BytesIO(drawn(saved(made), "xlsx"))).active
    assert told is not None
    assert told.oddHeader.left.text == "左"
    assert told.oddHeader.right.text.splitlines() == ["右", DOCUMENT_TEXT]
    assert told["A1"].value == DOCUMENT_TEXT


def test_a_mark_that_excel_saved_as_a_shared_string_counts() -> None:
    made = openpyxl.Workbook()
    made.active.append([1, 2, None, "AI生成"])
    assert not sheets.draw(Source.of(saved(made)), "xlsx", Wish(), BytesIO())


def test_hidden_sheets_are_passed_over() -> None:
    made = openpyxl.Workbook()
    made.active.sheet_state = "hidden"
    made.create_sheet("看")["A1"] = 1
    after = drawn(saved(made), "xlsx")
    told = openpyxl.load_workbook(BytesIO(after))
    assert [sheet["A1"].value for sheet in told.worksheets] == [None, 1]
    assert told.worksheets[1]["C1"].value == DOCUMENT_TEXT


@pytest.mark.parametrize("name", ["A", "Z", "AA", "AZ", "XFD"])
def test_columns_have_names_and_numbers(name: str) -> None:
    assert sheets.letters(sheets.number(name)) == name


@pytest.mark.parametrize(
    ("name", "made"), [("docx", report()), ("pptx", shown(1)), ("xlsx", openpyxl.Workbook())]
)
def test_signed_and_encrypted_and_broken(name: str, made: Any) -> None:
    data = saved(made)
    signed = io.BytesIO(data)
    with zipfile.ZipFile(signed, "a") as out:
        out.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    for bad, code in (
        (signed.getvalue(), "mark_signed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file_protected"),
        (data[: len(data) // 2], "file_malformed"),
        (replaced(data, "_rels/.rels", lambda _: b"<x"), "file_malformed"),
        (
            replaced(data, "_rels/.rels", lambda _: b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
            "file_malformed",
        ),
    ):
        with pytest.raises(MarksError) as caught:
            MODULES[name].draw(Source.of(bad), name, Wish(), BytesIO())
        assert caught.value.code == code
