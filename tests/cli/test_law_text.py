"""``hegui law text`` and ``hegui law fidelity``: texts come in, are shown, and are compared."""

from pathlib import Path

import pytest
from tests.cli.conftest import Hegui
from tests.law.text.samples import EN, ZH

PACK = "cn-app-method-2019"


@pytest.fixture
def file(tmp_path: Path) -> str:
    noise = "".join(f"menu {n}\n" for n in range(12))
    (tmp_path / "office.txt").write_text(f"{noise}{ZH}{EN}", encoding="utf-8")
    return "office.txt"


def test_a_text_is_imported_and_says_what_it_could_not_place(hegui: Hegui, file: str) -> None:
    ran = hegui("law", "text", "import", PACK, file, "--source", "the office", "--json")
    assert ran.code == 1  # it is not the law of that pack
    zh, en = ran.document["texts"]
    assert ran.document["pack"] == PACK
    assert (zh["language"], zh["articles"], zh["paragraphs"], zh["items"]) == ("zh", 6, 8, 5)
    assert (zh["source"], zh["new"], zh["was"]) == ("the office", True, None)
    assert zh["head"] == [*(f"menu {n}" for n in range(12)), "社区工具借用办法"]
    assert en["head"] == ["Rules on Borrowing Tools"]
    assert (zh["tail"], zh["unplaced"], zh["remarks"]) == ([], [], [])
    assert not zh["fidelity"]["fits"]


def test_the_words_for_people_have_counts_and_the_lines_nearest_to_the_law(
    hegui: Hegui, file: str
) -> None:
    out = hegui("law", "text", "import", PACK, file).out
    assert "6 条 articles, 8 款 paragraphs, 5 项 items" in out
    assert "before the first article: 13 行 lines" in out
    assert "│ 社区工具借用办法" in out
    assert "│ menu 0\n" not in out
    assert "其余 5 行" in out
    assert hegui("law", "text", "import", PACK, file).out.startswith("没有变化 unchanged")


def test_remarks_are_printed(hegui: Hegui, tmp_path: Path) -> None:
    lines = [line for line in ZH.splitlines() if not line.startswith("第四条")]
    (tmp_path / "gap.txt").write_text("\n".join([*lines, "编辑 某"]), encoding="utf-8")
    ran = hegui("law", "text", "import", PACK, "gap.txt")
    assert ran.code == 1
    assert "▲ 没有找到第 4 条的开头" in ran.out
    assert "The beginning of article 4 was not found" in ran.out
    assert "│ 编辑 某" in ran.out


def test_the_text_is_shown_whole_and_by_article(hegui: Hegui, file: str) -> None:
    hegui("law", "text", "import", PACK, file)
    whole = hegui("law", "text", "show", PACK)
    assert whole.code == 0
    assert "第二章 借用" in whole.out
    assert "    (3) 发现损坏时及时告诉管理员。" in whole.out
    assert "Article 6\n  These Rules shall come into force" in whole.out
    document = hegui("law", "text", "show", PACK, "--article", "5", "--json").document
    zh, en = document["texts"]
    (article,) = zh["article_texts"]
    assert article["number"] == "5"
    assert article["paragraphs"][0]["items"][1] == {"number": "2", "text": "暂停借用。"}
    assert en["article_texts"][0]["chapter"] == "Chapter II Borrowing"


def test_a_pack_is_held_against_its_text(hegui: Hegui, file: str) -> None:
    pack = "cn-genai-measures-2023"
    hegui("law", "text", "import", pack, file, "--language", "zh")
    ran = hegui("law", "fidelity", pack, "--json")
    assert ran.code == 1
    (one,) = ran.document["texts"]
    assert one["language"] == "zh"
    assert (one["articles"], one["fidelity"]["stated"]) == (6, 24)
    last = one["fidelity"]["without_article"][-1]
    assert (last["article"], last["part"], last["has"]) == ("24", "article", 6)
    out = " ".join(hegui("law", "fidelity", pack).out.split())
    assert "the pack says 24 articles, the text has 6" in out
    assert "the text has no article 24, but 6 in all" in out
    hegui("law", "text", "import", PACK, file)
    assert "articles the pack doesn't tell of: 1, 2" in hegui("law", "fidelity", PACK).out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("text", "import", PACK, "nowhere.txt"), "text_unreadable"),
        (("text", "import", "nowhere", "prose.txt"), "pack_unknown"),
        (("text", "import", PACK, "prose.txt"), "text_without_articles"),
        (("text", "import", PACK, "law.txt", "--language", "en"), "text_language"),
        (("text", "show", "nowhere"), "pack_unknown"),
        (("text", "show", "own"), "text_missing"),
        (("text", "show", PACK, "--article", "第九条"), "text_article"),
        (("fidelity", "own"), "text_missing"),
        (("fidelity", "nowhere"), "pack_unknown"),
    ],
)
def test_what_cannot_be_done_is_told(
    hegui: Hegui, tmp_path: Path, file: str, arguments: tuple[str, ...], code: str
) -> None:
    (tmp_path / "prose.txt").write_text("介绍一部办法的文章。", encoding="utf-8")
    (tmp_path / "law.txt").write_text(ZH, encoding="utf-8")
    hegui("law", "text", "import", PACK, file)
    ran = hegui("law", *arguments)
    assert (ran.code, ran.err.split(":")[0]) == (2, code)
