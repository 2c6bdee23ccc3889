"""``hegui agreement``: the shipped text, one's own, and both languages always."""

from pathlib import Path

from tests.cli.conftest import Hegui


def test_the_shipped_text_is_published_once(hegui: Hegui) -> None:
    first = hegui("agreement", "publish", "--json").document
    assert first == {"version": 1, "published": True}
    again = hegui("agreement", "publish", "--json").document
    assert again == {"version": 1, "published": False}
    assert "内容未变，没有发布 unchanged, nothing published" in hegui("agreement", "publish").out
    shown = hegui("agreement", "show", "--json").document
    assert shown["version"] == 1
    assert "合规演示 Hegui demo" in shown["zh"]
    assert shown["en"] in hegui("agreement", "show").out


def test_a_text_of_ones_own_is_the_next_version(hegui: Hegui, tmp_path: Path) -> None:
    hegui("agreement", "publish")
    (tmp_path / "zh.txt").write_text("协议全文", encoding="utf-8")
    (tmp_path / "en.txt").write_text("The agreement", encoding="utf-8")
    own = ("agreement", "publish", "--zh", "zh.txt", "--en", "en.txt")
    assert hegui(*own, "--json").document == {"version": 2, "published": True}
    shown = hegui("agreement", "show", "--json").document
    assert (shown["zh"], shown["en"]) == ("协议全文", "The agreement")


def test_one_language_alone_is_refused(hegui: Hegui) -> None:
    ran = hegui("agreement", "publish", "--zh", "zh.txt")
    assert (ran.code, ran.err.split(":")[0]) == (2, "agreement_one_language")


def test_texts_that_cannot_be_read_are_named(hegui: Hegui, tmp_path: Path) -> None:
    (tmp_path / "gbk.txt").write_bytes("协议".encode("gbk"))
    for name in ("none.txt", "gbk.txt"):
        ran = hegui("agreement", "publish", "--zh", name, "--en", name)
        assert (ran.code, ran.err.split(":")[0]) == (2, "agreement_unreadable")
        assert name in ran.err
