"""Laws are found in clean texts and in messy ones, and nothing of a file is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.text.samples import EN, SHAPE, ZH, kinds, shape, words

from hegui.law import LawError
from hegui.law.text import Official, read


def only(text: str) -> Official:
    (found,) = read(text.encode(), "sample.txt")
    return found


@pytest.mark.parametrize(("text", "language"), [(ZH, "zh"), (EN, "en")])
def test_a_clean_text_is_read_whole(text: str, language: str) -> None:
    one = only(text)
    assert one.language == language
    assert shape(one) == SHAPE
    assert (one.paragraphs, one.items) == (8, 5)
    assert len(one.head) == 1
    assert (one.tail, one.unplaced, one.remarks) == ((), (), ())


def test_an_article_carries_its_chapter_its_items_and_their_words() -> None:
    third = only(ZH).article("3")
    assert third is not None
    assert third.chapter == "第二章 借用"
    assert third.paragraphs[0].text == "借用人应当遵守下列要求："
    assert [(item.number, item.text) for item in third.paragraphs[0].items] == [
        ("1", "登记姓名和日期；"),
        ("2", "按照说明使用工具；"),
        ("3", "发现损坏时及时告诉管理员。"),
    ]
    assert third.paragraphs[1].text == "前款所说的管理员，由居民推选。"
    assert only(ZH).article("7") is None


def test_a_file_with_both_languages_gives_two_laws() -> None:
    zh, en = read((ZH + "\nHere follows a translation.\n" + EN).encode(), "both.txt")
    assert (zh.language, en.language) == ("zh", "en")
    assert shape(zh) == shape(en) == SHAPE
    assert zh.tail == ()
    assert en.head == ("Here follows a translation.", "Rules on Borrowing Tools")


def test_languages_that_alternate_article_by_article_are_parted() -> None:
    zh = [line for line in ZH.splitlines() if line]
    en = [line for line in EN.splitlines() if line]
    mixed = [line for pair in zip(zh, en, strict=True) for line in pair]
    # Paragraphs and items stay with their heading, as bilingual editions print them.
    blocks: dict[str, list[str]] = {}
    for name, lines in (("zh", zh), ("en", en)):
        at = 0
        for line in lines:
            at += bool(re.match(r"第.条|Article \d", line))
            blocks.setdefault(f"{at}{name}", []).append(line)
    mixed = [line for at in range(7) for name in ("zh", "en") for line in blocks[f"{at}{name}"]]
    found = read("\n".join(mixed).encode(), "mixed.txt")
    assert [(one.language, shape(one)) for one in found] == [("zh", SHAPE), ("en", SHAPE)]


@pytest.mark.parametrize(
    ("label", "mark"),
    [
        ("第{zh}条　", "（{zh}）"),
        ("第{zh}条", "({zh})"),
        ("第 {n} 条 ", "({n})"),
        ("第{n}条：", "{n}. "),
        ("**第{zh}条** ", "{n}、"),
        ("  - 第{zh}条 ", "{circle}"),
    ],
)
def test_numbers_are_written_in_many_ways(label: str, mark: str) -> None:
    text = ZH
    for n, zh in enumerate("一二三四五六", 1):
        values = {"n": n, "zh": zh, "circle": "①②③④⑤⑥"[n - 1]}
        text = text.replace(f"第{zh}条 ", label.format(**values))
        text = text.replace(f"（{zh}）", mark.format(**values))
    one = only(text)
    assert shape(one) == SHAPE
    assert words(one) == words(only(ZH))


@pytest.mark.parametrize(
    "label", ["Article {n}. ", "Art. {n} ", "ARTICLE {roman} ", "Article {n}:\n"]
)
def test_english_headings_too(label: str) -> None:
    text = EN
    for n, roman in enumerate(("I", "II", "III", "IV", "V", "VI"), 1):
        text = text.replace(f"Article {n} ", label.format(n=n, roman=roman))
    assert words(only(text)) == words(only(EN))


@pytest.mark.parametrize(
    "mention",
    [
        "第五条的规定，同样适用。",
        "第五条、第六条另行解释。",
        "第五条第一款所说的措施从轻。",
        "第五条 第一款所说的措施从轻。",
        "依照第四条、 第五条 处理的，从轻。",
        "Article 5 of these Rules applies.",
        "Article 5(1) applies as well.",
        "See also Article 5. It applies.",
    ],
)
def test_a_mention_is_no_heading(mention: str) -> None:
    one = only(ZH.replace("清点一次工具，并公布结果。", f"清点。\n{mention}"))
    assert shape(one) == SHAPE | {"4": [0, 0]}
    assert words(one)["4"] == ["管理员应当每月清点。", mention]


def test_a_part_of_an_item_stays_in_it() -> None:
    one = only(ZH.replace("（一）提醒；", "（一）提醒：\n1. 打电话；\n2. 写信；"))
    assert words(one)["5"][1] == "提醒：\n1. 打电话；\n2. 写信；"
    assert shape(one) == SHAPE


def test_a_lists_numbers_that_run_on_over_articles_are_left_out() -> None:
    text = EN.replace("Article 4", "4. Article 4").replace("The residents", "9. The residents")
    one = only(text)
    assert words(one) == words(only(EN))
    assert kinds(one) == [("list", "")]
    assert "2 headings and paragraphs" in one.remarks[0].text.en


def test_an_item_out_of_order_is_kept_and_told() -> None:
    one = only(ZH.replace("（二）按照说明使用工具；\n", ""))
    assert [item.number for item in one.articles[2].paragraphs[0].items] == ["1", "3"]
    assert kinds(one) == [("item", "3")]


def test_lines_broken_to_a_width_are_joined() -> None:
    paragraph = "管理员应当每月清点一次工具。清点应当有居民在场。" * 6
    lines = [paragraph[at : at + 24] for at in range(0, len(paragraph), 24)]
    shifted = ["　　第四条 " + paragraph[:17]]
    shifted += [paragraph[at : at + 24] for at in range(17, len(paragraph), 24)]
    assert len(lines) > 4
    text = ZH.replace("第四条 管理员应当每月清点一次工具，并公布结果。", "\n".join(shifted))
    assert words(only(text))["4"] == [paragraph]


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("第六条 本办法自明年一月一日起施行。\n旧的办法同时废止。\n\n点击关闭\n", 2),
        ("第六条 管理员解释本办法。\n\n本办法自明年一月一日起施行。\n\n编辑：王。\n", 2),
        ("第六条 管理员解释本办法。\n分享到朋友圈\n责任编辑 王\n", 1),
        ("第六条 管理员解释本办法。\n附件：登记表。\n", 1),
        ("第六条 管理员解释本办法。\nShare this page.\n", 1),
    ],
)
def test_the_last_article_ends_where_the_law_does(last: str, kept: int) -> None:
    text = ZH.replace("第六条 本办法自明年一月一日起施行。\n", last)
    one = only(text)
    assert len(one.articles[-1].paragraphs) == kept
    rest = [line for line in last.splitlines() if line][kept:]
    assert list(one.tail) == rest


def test_another_law_in_the_same_language_is_told_of() -> None:
    short = "\n".join(f"第{n}条 这是另一部很短的规定。" for n in "一二三")
    for text in (short + "\n" + ZH, ZH + "\n" + short):
        one = only(text)
        assert shape(one) == SHAPE
        assert kinds(one) == [("other", "")]
        assert "1 to 3" in one.remarks[0].text.en


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("这篇文章介绍一部办法。", "no line begins so"),
        ("第三条：鼓励创新。\n第五条：支持合作。\n第六条：推动应用。", "3 lines begin so: 3, 5, 6"),
        ("Article 1 These Rules apply.\nArticle 2 They end.", "2 lines begin so: 1, 2"),
        ("目录\n第一条 目的……1\n第二条 范围……2\n第三条 要求……3", "3 lines begin so"),
        (" \n\n", "no line begins so"),
    ],
)
def test_words_about_a_law_are_no_law(text: str, said: str) -> None:
    with pytest.raises(LawError) as told:
        read(text.encode(), "about.txt")
    assert told.value.code == "text_without_articles"
    assert said in told.value.en
    assert "about.txt" in told.value.zh


@given(
    st.lists(st.tuples(st.integers(0, 24), st.sampled_from("。；、 x")), max_size=8),
    st.sampled_from([ZH, EN]),
)
def test_every_line_of_a_file_is_in_exactly_one_place(
    noise: list[tuple[int, str]], text: str
) -> None:
    lines = text.splitlines()
    for index, (at, end) in enumerate(noise):
        lines.insert(at, f"词{index:02d}尾{end}")
    one = only("\n".join(lines))
    places = [*one.head, *one.tail, *one.unplaced]
    places += [each for every in words(one).values() for each in every]
    places += sorted({each.chapter for each in one.articles})
    told = "\n".join(places)
    for index in range(len(noise)):
        assert told.count(f"词{index:02d}尾") == 1
    assert set(shape(one)) == set(SHAPE)
