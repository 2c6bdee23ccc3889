"""Papers as PDF: tagged, the same bytes, and nothing in them read as markup."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from tests.papers.sample import DIGEST, ODD, VERBATIM, paper
from tests.tools import need

from hegui.papers import Paper, PapersError, Text, pdf, typeset


@pytest.fixture(scope="module")
def made() -> bytes:
    need("chromium")  # comes with the Chinese font
    return pdf(paper(rows=20))


def test_it_is_tagged_and_says_what_it_is(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "zh-CN"
        meta = file.open_metadata()
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "义务状态报告"
        assert str(file.docinfo["/CreationDate"]) == "D:20261122100030Z"
        with file.open_outline() as outline:
            assert [one.title for one in outline.root][-2:] == ["第一节", "第二节"]


def test_the_same_paper_is_the_same_bytes(made: bytes) -> None:
    assert pdf(paper(rows=20)) == made


def test_every_character_comes_as_it_was_given(made: bytes, tmp_path: Path) -> None:
    file = tmp_path / "it.pdf"
    file.write_bytes(made)
    command = [need("pdftotext"), "-raw", str(file), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    flat = "".join(text.split())
    for words in (ODD, DIGEST, VERBATIM, "■已过期", "来源", "左右"):
        assert "".join(words.split()) in flat
    assert flat.count("状态文字数日期时间摘要") > 2  # the heads come on every page
    assert "\x07" not in text


def test_words_that_no_font_can_show_make_a_pdf_all_the_same() -> None:
    need("chromium")
    odd = Paper(
        title="t",
        author="a",
        lang="en",
        made=None,
        head=("", ""),
        body=(Text("\ue123 \U000f1234"),),
    )
    with pikepdf.open(io.BytesIO(pdf(odd))) as file:
        assert file.Root.MarkInfo.Marked
        assert "pdfuaid:part" not in file.open_metadata()


def test_without_a_chinese_font_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "has_chinese", lambda: False)
    with pytest.raises(PapersError) as told:
        pdf(paper())
    assert told.value.code == "pdf_font_missing"
    assert "fonts-noto-cjk" in told.value.zh
