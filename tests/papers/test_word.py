"""Papers as Word files, opened with python-docx."""

import io
import re
import zipfile
from typing import Any

import docx as library
import msgspec
import pytest
from docx.oxml.ns import qn
from tests.papers.sample import DIGEST, MADE, ODD, TABLE, paper

from hegui.papers import Text, docx


@pytest.fixture(scope="module")
def made() -> bytes:
    return docx(paper())


@pytest.fixture(scope="module")
def document(made: bytes) -> Any:
    return library.Document(io.BytesIO(made))


def _xml(made: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        return file.read("word/document.xml").decode()


def test_headings_are_headings(document: Any) -> None:
    found = [
        (one.style.name, one.text)
        for one in document.paragraphs
        if one.style.name.startswith(("Title", "Heading"))
    ]
    assert found == [
        ("Title", "义务状态报告"),
        ("Heading 1", "第一节"),
        ("Heading 2", "第一条"),
        ("Heading 3", "第一款"),
        ("Heading 1", "第二节"),
    ]


def test_contents_lead_to_the_first_level(made: bytes) -> None:
    xml = _xml(made)
    places = dict(re.findall(r'bookmarkStart w:id="\d+" w:name="(\w+)"/>.*?<w:t [^>]*>(.*?)<', xml))
    links = re.findall(r'hyperlink w:anchor="(\w+)">.*?<w:t [^>]*>(.*?)<', xml)
    assert [text for _, text in links] == ["第一节", "第二节"]
    assert all(places[place] == text for place, text in links)


def test_words_stand_as_they_are(document: Any) -> None:
    texts = [one.text for one in document.paragraphs]
    assert ODD in texts
    assert "第二行" in texts
    facts, more, table = document.tables
    assert [cell.text for cell in facts.rows[0].cells] == ["指纹", DIGEST]
    assert more.rows[0].cells[1].text == "■ 已过期"
    assert table.rows[2].cells[1].text == "两行\n文字"
    assert table.rows[3].cells[1].text == ODD
    assert [cell.text for cell in table.rows[2].cells][2:4] == ["0.5", "–"]


def test_a_tables_head_comes_again_and_rows_stay_whole(document: Any) -> None:
    rows = document.tables[2].rows
    marks = [row._tr.trPr.findall(qn("w:tblHeader")) for row in rows]
    assert [len(each) for each in marks] == [1, 0, 0, 0]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_words_and_heads_never_part_from_their_table() -> None:
    small = msgspec.structs.replace(paper(), body=(Text("leads\nto it"), TABLE, Text("after")))
    document = library.Document(io.BytesIO(docx(small)))
    heads = [one for cell in document.tables[-1].rows[0].cells for one in cell.paragraphs]
    assert all(one.paragraph_format.keep_with_next for one in heads)
    stays = {one.text: one.paragraph_format.keep_with_next for one in document.paragraphs}
    assert (stays["leads"], stays["to it"], stays["after"]) == (True, True, None)


def test_chinese_has_a_font_in_every_style(document: Any) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 3", "Cell", "Exact"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_pages_are_a4_and_numbered(document: Any) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "左\t右"
    fields = section.footer.paragraphs[0]._p.findall(qn("w:fldSimple"))
    assert [one.get(qn("w:instr")) for one in fields] == ["PAGE", "NUMPAGES"]


def test_it_says_whose_it_is_and_when(document: Any) -> None:
    core = document.core_properties
    assert (core.title, core.author, core.language) == ("义务状态报告", "示例科技", "zh-CN")
    assert core.created.replace(tzinfo=None) == MADE.replace(tzinfo=None)
    assert library.Document(io.BytesIO(docx(paper("en")))).core_properties.language == "en-GB"


def test_the_same_paper_is_the_same_bytes(made: bytes) -> None:
    assert docx(paper()) == made
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {one.date_time[0] for one in file.infolist()} == {1980}
