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
from hegui.marks.errors import too_complex
from hegui.papers import typeset
from hegui.web import turns as bounds

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


def test_sign_in_is_asked_before_anything_is_read(client: httpx2.Client) -> None:
    answer = client.post("/chat/download", content=b"no form at all")
    assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in")


def test_what_word_cannot_hold_is_left_out(reader: httpx2.Client) -> None:
    said = "前\ufffe中\uffff\x00后"
    fields = {
        "history": msgspec.json.encode([{"role": "assistant", "content": said}]).decode(),
        "model": "de\ufffe\x1bmo",
        "as": "docx",
    }
    answer = reader.post("/chat/download", data=fields)
    assert answer.status_code == 200
    text = words("docx", answer.content)
    assert "前中后" in text
    assert "（demo）" in text


@pytest.mark.parametrize(("lang", "says"), [("zh", "没有生成文件"), ("en", "No file was made")])
def test_what_cannot_be_labelled_does_not_leave_and_is_told(
    site: Site, reader: httpx2.Client, monkeypatch: pytest.MonkeyPatch, lang: str, says: str
) -> None:
    def refused(*_: object, **__: object) -> bytes:
        raise too_complex("markdown")

    monkeypatch.setattr(marks, "write", refused)
    answer = saved(reader, "md", lang=lang)
    assert answer.status_code == 422
    assert says in answer.text
    error = too_complex("markdown")
    assert (error.zh if lang == "zh" else error.en)[:12] in answer.text
    assert "content-disposition" not in answer.headers


def test_too_many_at_once_are_told(reader: httpx2.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "HELD", 0)
    answer = saved(reader, "md", lang="en")
    assert answer.status_code == 503
    assert "Try again in a moment" in answer.text


@pytest.mark.parametrize(
    ("lang", "says", "claim"),
    [
        ("zh", "其中的文字是读者的页面提交的", "由本服务于"),
        (
            "en",
            "The words in it are as the reader&#39;s page sent them",
            "made from a conversation",
        ),
    ],
)
def test_a_conversation_is_known_without_a_word_on_who_wrote_it(
    reader: httpx2.Client, lang: str, says: str, claim: str
) -> None:
    invented = [{"role": "assistant", "content": "Words that no model ever said."}]
    made = saved(reader, "md", invented).content
    page = reader.post(f"/check?lang={lang}", files={"file": ("talk.md", made)}).text
    assert says in page
    assert claim in page
    assert "that this service delivered" not in page


def test_without_a_chinese_font_the_reader_is_told(
    reader: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset, "has_chinese", lambda: False)
    answer = saved(reader, "pdf")
    assert answer.status_code == 503
    assert "Word" in answer.text


def test_the_page_offers_it_once_there_is_something_to_keep(reader: httpx2.Client) -> None:
    assert 'id="save" role="group" aria-labelledby="save-label" hidden' in reader.get("/chat").text
