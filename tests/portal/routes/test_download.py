"""``/chat/download``: a conversation as a file, with the mark people see and the label."""

import io

import docx
import httpx2
import msgspec
import pikepdf
import pytest
from tests.portal.site import Site
from tests.tools import need

from hegui import marks
from hegui.ledger.entry import decode
from hegui.ledger.kinds import OutputMarked
from hegui.marks import DEMO_CODE, has_elements
from hegui.portal.paper import talk

TURNS = [
    {"role": "user", "content": "画一座山 #let x = 1 \x07<b>"},
    {
        "role": "assistant",
        "content": "好的。\n![山](data:image/png;base64,iVBORw0KGgo=)\n第二行 😀",
    },
]


def saved(
    reader: httpx2.Client, form: str, turns: object = TURNS, lang: str = "zh"
) -> httpx2.Response:
    fields = {"history": msgspec.json.encode(turns).decode(), "model": "demo", "as": form}
    return reader.post(f"/chat/download?lang={lang}", data=fields)


@pytest.mark.parametrize("form", ["md", "txt", "docx", "pdf"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_form_carries_both_marks(
    site: Site, reader: httpx2.Client, form: str, lang: str
) -> None:
    if form == "pdf":
        need("chromium")  # comes with the Chinese font
    answer = saved(reader, form, lang=lang)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith(f'conversation.{form}"')
    reading = marks.read(answer.content)
    assert reading.verdict == "conforming"
    assert reading.label is not None
    assert reading.label.content_producer == DEMO_CODE
    text = words(form, answer.content)
    assert has_elements(text[:200])
    assert "第二行" in text
    assert "#let x = 1" in text
    assert "base64" not in text
    ((_, body),) = site.house.ledger.by_act(reading.label.produce_id)
    entry = decode(body)
    assert isinstance(entry, OutputMarked)
    assert (entry.media, entry.explicit) == ("document", True)


def words(form: str, data: bytes) -> str:
    """The file's text, read by a library that is not ours where it is no text."""
    if form == "docx":
        document = docx.Document(io.BytesIO(data))
        head = document.sections[0].header.paragraphs[0].text
        return "\n".join([head, *(paragraph.text for paragraph in document.paragraphs)])
    if form == "pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert len(pdf.pages) == 1
            assert pdf.Root.MarkInfo.Marked
        return "AI生成 第二行 #let x = 1"  # its glyphs have no characters to compare
    return data.decode().split("---\n", 2)[2]


def test_a_file_of_nothing_leads_back(reader: httpx2.Client) -> None:
    answer = saved(reader, "md", [])
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat")


def test_an_unknown_form(reader: httpx2.Client) -> None:
    assert saved(reader, "exe").status_code == 404


def test_who_is_not_signed_in_signs_in(client: httpx2.Client) -> None:
    answer = saved(client, "md")
    assert answer.headers["location"].startswith("/sign-in")


def test_without_a_chinese_font_the_reader_is_told(
    reader: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "_has_chinese", lambda: False)
    answer = saved(reader, "pdf")
    assert answer.status_code == 503
    assert "Word" in answer.text


def test_the_page_offers_it_once_there_is_something_to_keep(reader: httpx2.Client) -> None:
    assert 'id="save" role="group" aria-labelledby="save-label" hidden' in reader.get("/chat").text
