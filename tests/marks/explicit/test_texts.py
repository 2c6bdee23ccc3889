"""Texts: a first or a last line, and no other byte changes."""

from io import BytesIO

import pytest

from hegui.marks.explicit import text
from hegui.marks.explicit.wish import DOCUMENT_TEXT, End, Wish
from hegui.marks.source import Source

CASES = [
    ("text", b"Line\nsecond\n"),
    ("text", b"no end of line"),
    ("text", "第一行\r\n第二行\r\n".encode()),
    ("text", b"\xef\xbb\xbfmarked"),
    ("text", "国标文本，第一行\n第二行\n".encode("gb18030")),
    ("text", "宽文本\n第二行\n".encode("utf-16")),
    ("markdown", b"---\ntitle: x\n---\n# Head\n\ntext\n"),
    ("markdown", b'---\r\nAIGC: {"Label": "1"}\r\n---\r\ntext'),
    (
        "html",
        b"<!doctype html><html><head><title>x</title></head><body id=b><p>x</p></body></html>",
    ),
    ("html", b'<!doctype html><html><head><meta charset="utf-8"></head><body>x</body></html>\n'),
    ("html", b"<html><p>x"),
]


def drawn(data: bytes, name: str, wish: Wish) -> bytes:
    out = BytesIO()
    assert text.draw(Source.of(data), name, wish, out)
    assert not text.draw(Source.of(out.getvalue()), name, wish, BytesIO())
    return out.getvalue()


@pytest.mark.parametrize(("name", "before"), CASES)
@pytest.mark.parametrize("at", ["start", "end"])
def test_one_piece_is_added(name: str, before: bytes, at: End) -> None:
    after = drawn(before, name, Wish(at=at))
    same = next(n for n in range(len(after)) if after[: n + 1] != before[: n + 1])
    rest = len(before) - same
    assert after[:same] + after[len(after) - rest :] == before


def test_the_line_keeps_encoding_and_line_ends() -> None:
    assert (
        drawn("一\r\n二\r\n".encode(), "text", Wish())
        == f"{DOCUMENT_TEXT}\r\n\r\n一\r\n二\r\n".encode()
    )
    wide = drawn("宽\n文\n".encode("utf-16"), "text", Wish(at="end"))
    assert wide.decode("utf-16") == f"宽\n文\n\n{DOCUMENT_TEXT}\n"
    chinese = "国标文本，第一行\n第二行\n".encode("gb18030")
    assert drawn(chinese, "text", Wish()).decode("gb18030").startswith(DOCUMENT_TEXT)


def test_markdown_front_matter_stays_first() -> None:
    after = drawn(b"---\ntitle: x\n---\ntext\n", "markdown", Wish())
    assert after == f"---\ntitle: x\n---\n> {DOCUMENT_TEXT}\n\ntext\n".encode()
    toml = drawn(b'+++\ntitle = "x"\n+++\ntext\n', "markdown", Wish())
    assert toml.startswith(b'+++\ntitle = "x"\n+++\n> ')


def test_html_is_marked_within_its_body() -> None:
    after = drawn(CASES[8][1], "html", Wish())
    assert b'<body id=b><p role="note">' in after
    assert b"&#29983;" in after  # the page's encoding isn't told
    told = drawn(CASES[9][1], "html", Wish(at="end"))
    assert f'x<p role="note">{DOCUMENT_TEXT}</p></body>'.encode() in told


@pytest.mark.parametrize(
    "words", ["AI生成", "【本文由人工智能生成，仅供参考】", "AI合成：某某平台"]
)
def test_words_of_ones_own_and_twice_is_once(words: str) -> None:
    after = drawn(b"some text\n", "text", Wish(text=words))
    assert after.decode().startswith(words)


@pytest.mark.parametrize("line", ["AI", "【AI】", "AIGC", "人工智能", "机器生成", "生成内容"])
def test_a_line_with_one_element_is_no_mark(line: str) -> None:
    data = f"{line}\n\ntext\n".encode()
    assert not text.seen(Source.of(data), Wish())
    assert text.badge(Source.of(data)) == line


def test_an_article_about_it_is_no_mark() -> None:
    data = "如何用AI生成图片\n\n本文介绍工具。\n".encode()
    assert not text.seen(Source.of(data), Wish())
    assert text.badge(Source.of(data)) is None
