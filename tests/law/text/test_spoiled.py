"""Texts spoiled in the ways in which texts are spoiled, and what must come out of each."""

import codecs
import html
from collections.abc import Callable
from typing import NamedTuple

import pytest
from tests.law.text.samples import ZH, kinds, shape, words
from tests.law.text.seeds import DRAFT

from hegui.law.text import Official, read

Check = Callable[[Official, Official], None]


class Spoiled(NamedTuple):
    """What is done to a text, and what must come out; ``clean`` is what came out before."""

    spoil: Callable[[str], bytes]
    check: Check


def utf8(change: Callable[[list[str]], list[str]]) -> Callable[[str], bytes]:
    return lambda text: "\n".join(change(text.splitlines())).encode()


def same(one: Official, clean: Official) -> None:
    assert words(one) == words(clean)
    assert shape(one) == shape(clean)
    assert [each.chapter for each in one.articles] == [each.chapter for each in clean.articles]
    assert kinds(one) == kinds(clean)


def heads(lines: list[str]) -> list[int]:
    """Where articles begin, and the text's end."""
    return [*(at for at, line in enumerate(lines) if line.startswith("第") and "条" in line[:6]),
            len(lines)]  # fmt: skip


def fourth(lines: list[str]) -> tuple[int, int]:
    return heads(lines)[3], heads(lines)[4]


def without_fourth(lines: list[str]) -> list[str]:
    start, end = fourth(lines)
    return lines[:start] + [line for line in lines[start:end] if "章" in line] + lines[end:]


def fourth_is_missing(one: Official, clean: Official) -> None:
    assert kinds(one) == [("missing", "4")]
    assert words(one) == {n: text for n, text in words(clean).items() if n != "4"}


def with_fourth_twice(lines: list[str]) -> list[str]:
    start, end = fourth(lines)
    return [*lines[:end], *lines[start:end], "最后一行不同。", *lines[end:]]


def fourth_stood_twice(one: Official, clean: Official) -> None:
    assert words(one) == words(clean)
    assert kinds(one) == [("repeated", "4")]
    assert one.unplaced[-1] == "最后一行不同。"


def with_quotes_around(lines: list[str]) -> list[str]:
    start, end = fourth(lines)
    quoted = ["本文先引用其中一条：", *lines[start:end], "下面是全文。"]
    return [*quoted, *lines, "本文最后再引用一次：", *lines[start:end], "谢谢阅读"]


def quotes_are_around(one: Official, clean: Official) -> None:
    same(one, clean)
    assert one.head[0] == "本文先引用其中一条："
    assert one.tail[0] == "本文最后再引用一次："
    assert one.tail[-1] == "谢谢阅读"


def as_one_line(lines: list[str]) -> list[str]:
    return [" ".join(line.strip() for line in lines if line.strip())]


def one_line_came_apart(one: Official, clean: Official) -> None:
    assert kinds(one) == [("run_on", "")]
    assert [each.number for each in one.articles] == [each.number for each in clean.articles]
    assert [each.chapter for each in one.articles] == [each.chapter for each in clean.articles]
    for each, other in zip(one.articles, clean.articles, strict=True):
        assert sum(len(p.items) for p in each.paragraphs) == sum(
            len(p.items) for p in other.paragraphs
        )
        told = "".join(t for p in each.paragraphs for t in (p.text, *(i.text for i in p.items)))
        assert told.replace(" ", "") == "".join(words(clean)[each.number]).replace(" ", "")


def wide_digits(text: str) -> bytes:
    for n in range(30, 0, -1):
        wide = "".join(chr(0xFF10 + int(digit)) for digit in str(n))
        text = text.replace(f"第{chinese(n)}条", f"第{wide}条")
        text = text.replace(f"({chinese(n)})", f"（{wide}）")
        text = text.replace(f"（{chinese(n)}）", f"（{wide}）")
    return text.encode()


def chinese(n: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(n, 10)
    return (
        (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
    )


def page(text: str) -> bytes:
    rows = "".join(
        f"<p>&emsp;&emsp;{html.escape(line).replace('，', '&#65292;').replace('。', '&#x3002;')}"
        "</p>\r\n"
        for line in text.splitlines()
        if line.strip()
    )
    return (
        "<!DOCTYPE html><html><head><title>公布</title><style>p { color: red }</style>"
        "<script>if (1 < 2) { document.write('第一条 假的。') }</script></head><body>"
        f"<nav><ul><li>首页</li><li>政策</li></ul></nav><!-- 第二条 也是假的。 -->{rows}"
        "<footer>版权所有&nbsp;&copy; 打印</footer></body></html>"
    ).encode()


def page_was_read(one: Official, clean: Official) -> None:
    same(one, clean)
    assert one.head[:3] == ("公布", "首页", "政策")
    assert one.tail == ("版权所有\xa0© 打印",)


def traditional(text: str) -> bytes:
    return text.translate(str.maketrans("条节个为应当还", "條節個為應當還")).encode()


def traditional_was_read(one: Official, clean: Official) -> None:
    assert shape(one) == shape(clean)
    assert kinds(one) == []
    assert "應當" in str(words(one))


def with_contents(lines: list[str]) -> list[str]:
    titles = [f"第{chinese(n)}条 第{n}件事 ……… {n + 2}" for n in range(1, len(heads(lines)))]
    chapters = [line for line in lines if "章 " in line[:5]]
    return ["目  录", *chapters, *titles, "", *lines]


def contents_are_before(one: Official, clean: Official) -> None:
    same(one, clean)
    assert one.head[0] == "目  录"
    assert any("第2件事" in line for line in one.head)


def with_notes(lines: list[str]) -> list[str]:
    start, end = fourth(lines)
    marked = [line.replace("。", "。[1]", 1) for line in lines[start:end]]
    note = ["[1] 见另一份说明，", "它写在别处。"]
    return lines[:start] + marked + note + lines[end:]


def notes_are_apart(one: Official, clean: Official) -> None:
    assert words(one) == words(clean)
    assert one.unplaced == ("[1] 见另一份说明，", "它写在别处。")
    assert kinds(one) == [("note", "")]


def with_page_numbers(lines: list[str]) -> list[str]:
    out: list[str] = []
    for line in lines:
        if len(line) > 20:  # the page turns within this paragraph
            out += [line[:12], "", f"— {len(out)} —", "", line[12:]]
        else:
            out.append(line)
        if line.endswith(("；", ";")):
            out.append("第 3 页 共 9 页")
    return out


def page_numbers_are_apart(one: Official, clean: Official) -> None:
    assert words(one) == words(clean)
    assert any(line.startswith("—") for line in (*one.unplaced, *one.head))
    assert "第 3 页 共 9 页" in one.unplaced


SPOILED = {
    "an article is missing": Spoiled(utf8(without_fourth), fourth_is_missing),
    "an article stands twice": Spoiled(utf8(with_fourth_twice), fourth_stood_twice),
    "an article is quoted around it": Spoiled(utf8(with_quotes_around), quotes_are_around),
    "all in one line": Spoiled(utf8(as_one_line), one_line_came_apart),
    "full-width digits": Spoiled(wide_digits, same),
    "a web page with entities": Spoiled(page, page_was_read),
    "UTF-16 with its mark": Spoiled(lambda text: text.encode("utf-16"), same),
    "UTF-16 without": Spoiled(lambda text: text.encode("utf-16-be"), same),
    "UTF-8 with a mark": Spoiled(lambda text: codecs.BOM_UTF8 + text.encode(), same),
    "GB 18030": Spoiled(lambda text: text.encode("gb18030"), same),
    "traditional characters": Spoiled(traditional, traditional_was_read),
    "contents before it": Spoiled(utf8(with_contents), contents_are_before),
    "footnotes": Spoiled(utf8(with_notes), notes_are_apart),
    "page numbers": Spoiled(utf8(with_page_numbers), page_numbers_are_apart),
    "line ends of old machines": Spoiled(lambda text: text.replace("\n", "\r").encode(), same),
}


@pytest.mark.parametrize("text", [ZH, *DRAFT], ids=["ours", "draft"][: 1 + len(DRAFT)])
@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_text_still_gives_its_law(how: str, text: str) -> None:
    (clean,) = read(text.encode(), "clean.txt")
    (one,) = read(SPOILED[how].spoil(text), "spoiled.txt")
    SPOILED[how].check(one, clean)
