"""``/law/export``: a page of choices, and the files that they lead to."""

import io
import json

import docx
import httpx2
import openpyxl
import pytest
import yaml
from tests.console.desk import Desk
from tests.console.story import main_of, text_of
from tests.tools import need

from hegui.duties.export import FORMATS
from hegui.law import packs
from hegui.papers import typeset
from hegui.web import turns

PACK = "cn-app-method-2019"


@pytest.fixture
def reader(desk: Desk) -> httpx2.Client:
    return desk.client("auditor")


def fetched(
    reader: httpx2.Client, form: str, pack: str = PACK, language: str = "en"
) -> httpx2.Response:
    return reader.get(
        "/law/export/file", params={"format": form, "pack": pack, "language": language}
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_and_pack_can_be_chosen(reader: httpx2.Client, lang: str) -> None:
    page = reader.get(f"/law/export?lang={lang}")
    main = main_of(page)
    for value in (*FORMATS, *(one.name for one in packs()), "zh", "en"):
        assert f'<option value="{value}"' in main
    assert f'<option value="{lang}" selected' in main
    assert "PDF/UA" in text_of(page)


def test_a_word_file(reader: httpx2.Client) -> None:
    answer = fetched(reader, "docx")
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="duties-{PACK}-en.docx"'
    )
    texts = [one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert texts[0] == "Status of duties"


def test_sheets_and_data(desk: Desk, reader: httpx2.Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fetched(reader, "xlsx", language="zh").content))
    assert book.sheetnames[1] == "义务"
    data = json.loads(fetched(reader, "json").content)
    facts = {one["label"]: one["value"] for one in data["facts"]}
    assert facts["Service"] == desk.house.settings.service.name
    library = yaml.safe_load(fetched(reader, "ciso").content)
    assert library["ref_id"] == PACK


def test_a_library_needs_a_pack(reader: httpx2.Client) -> None:
    answer = fetched(reader, "ciso", pack="")
    assert answer.status_code == 400
    assert "choose a pack" in answer.text


def test_a_pack_without_duties_is_told(reader: httpx2.Client) -> None:
    answer = fetched(reader, "oscal-results", "cn-genai-draft-2023")
    assert answer.status_code == 400
    assert "nothing to export" in answer.text


@pytest.mark.parametrize(
    ("form", "pack", "language"),
    [("exe", PACK, "en"), ("json", "no-such-pack", "en"), ("json", PACK, "fr")],
)
def test_nothing_else_is_there(reader: httpx2.Client, form: str, pack: str, language: str) -> None:
    assert fetched(reader, form, pack, language).status_code == 404


def test_who_chose_nothing_chooses(reader: httpx2.Client) -> None:
    answer = reader.get("/law/export/file", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/law/export")


def test_without_a_chinese_font_word_is_offered(
    reader: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("chromium")
    assert fetched(reader, "pdf").content.startswith(b"%PDF")
    monkeypatch.setattr(typeset, "has_chinese", lambda: False)
    answer = fetched(reader, "pdf")
    assert answer.status_code == 503
    assert "Word" in answer.text


def test_too_many_at_once_are_told(reader: httpx2.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "HELD", 0)
    assert fetched(reader, "json").status_code == 503
