"""Files of every kind: what is decoded, what is refused and why, and pages of any shape."""

import re

import pytest
from tests.law.text.samples import SHAPE, ZH, shape, words

from hegui.law import LawError
from hegui.law.text import read
from hegui.law.text.decode import MOST_BYTES, decode
from hegui.law.text.markup import is_page, plain

MANY = 200_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "text_size"),
        (b"a" * (MOST_BYTES + 1), "text_size"),
        (b"%PDF-1.7 ...", "text_kind"),
        (b"PK\x03\x04word/document.xml", "text_kind"),
        (b"{\\rtf1 text}", "text_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "text_kind"),
        (b"\xff\xfe\x00\xd8", "text_kind"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "text_kind"),
        (b"\xff\xff\xff\xff", "text_kind"),
        (b"\n" * MANY, "text_lines"),
        (b"<p>" * MANY, "text_marks"),
        ("第一条".encode() * MANY, "text_places"),
        (b"Article 1 The " * MANY, "text_places"),
    ],
)
def test_a_file_that_is_not_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(LawError) as told:
        read(data, "folder.txt")
    assert told.value.code == code
    assert "folder.txt" in told.value.zh
    assert "folder.txt" in told.value.en


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_encodings_are_told_apart(encoding: str) -> None:
    assert decode(ZH.encode(encoding), "x") == ZH


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
        ("<ol start='3'><li>甲<li>乙</ol><ul><li>丙</ul>", "3. 甲\n4. 乙\n丙"),
        ("<p>甲\n  乙\t丙</p>", "甲 乙 丙"),
        ("<pre>甲\n乙</pre>", "甲\n乙"),
        ("<table><td>甲</td><td>乙</td>", "甲  乙"),
        ("<p>甲<sup>2</sup>乙<sup>th</sup><sup>[3]</sup></p>", "甲[2]乙th[3]"),
        ("<p>&lt;甲&gt; &amp; &#20057; &#x4E59; &nope; &#0;</p>", "<甲> & 乙 乙 &nope; \ufffd"),
        ("<script>甲</script><p>乙</p><STYLE>丙</style >丁", "乙\n丁"),
        ("<p>甲<!-- <p>乙</p> -->丙</p>", "甲丙"),
        ("<p>甲<!-- 乙</p>", "甲 乙"),
        ("<p>甲</p><script>乙", "甲\n乙"),
        ("<p>1 < 2 且 3 > 2</p>", "1 < 2 且 3 > 2"),
        ("<p title='a' class=b>甲</p", "甲</p"),
        ("<?xml version='1.0'?><!doctype html><p>甲</p></div>", "甲"),
    ],
)
def test_pages_become_text(page: str, text: str) -> None:
    assert is_page(page)
    assert re.sub("\n+", "\n", plain(page, "x")).strip() == text


def test_plain_text_with_angle_brackets_is_no_page() -> None:
    assert not is_page("第一条 若 a < b 且 b > c，见 <附件>。")


def test_a_law_as_a_list_of_a_page() -> None:
    rows = ZH.replace("（一）", "<ol><li>").replace("（二）", "<li>").replace("（三）", "<li>")
    rows = rows.replace("管理员。\n", "管理员。</ol>").replace("暂停借用。\n", "暂停借用。</ol>")
    page = "<html><body>" + "".join(f"<div>{row}</div>\n" for row in rows.splitlines())
    (one,) = read(page.encode(), "x.html")
    assert shape(one) == SHAPE
    (clean,) = read(ZH.encode(), "x.txt")
    assert words(one) == words(clean)


@pytest.mark.parametrize(
    "data",
    [
        "<!--" * 20_000,
        "<script>" * 20_000,
        "<a " * 20_000,
        "&a" * 50_000,
        "&#" + "9" * MANY,
        "<sup>" * 20_000,
        "\xa0" * MANY,
        "第" * MANY,
        "第" + "一" * MANY,
        "(" * MANY,
        "- " * MANY,
        "1. " * MANY,
        "”" * MANY,
        "[1]" * MANY,
    ],
)
def test_hostile_texts_end_without_a_law(data: str) -> None:
    with pytest.raises(LawError) as told:
        read(b"<p></p>" + data.encode(), "x")
    assert told.value.code == "text_without_articles"


@pytest.mark.parametrize(
    ("between", "paragraphs"),
    [
        ("甲乙丙\n" * 15_000, 1),
        ("1. 甲。\n" * 9_000, 4_501),
        ("- 3 -\n" * 15_000, 1),
        ("[1] 甲乙丙\n" * 15_000, 1),
        ("第九章 甲\n" * 15_000, 1),
        ("甲：" + "（一）乙；" * MANY, 2),
    ],
)
def test_long_texts_between_two_articles_are_placed(between: str, paragraphs: int) -> None:
    text = f"第一条 甲。\n{between}\n第二条 乙。\n第三条 丙。"
    (one,) = read(text.encode(), "x")
    assert len(one.articles) == 3
    assert len(one.articles[0].paragraphs) == paragraphs
