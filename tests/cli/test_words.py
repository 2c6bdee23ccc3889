"""``hegui words``: packs come into force and go out of it."""

from pathlib import Path

import pytest
from tests.cli.conftest import Hegui

PACK = """
[pack]
name = "house"
author = "Trust team"
version = "{version}"

[[word]]
word = "a listed phrase"
category = "fraud"
action = "stop"
"""


@pytest.fixture
def pack(tmp_path: Path) -> str:
    (tmp_path / "pack.toml").write_text(PACK.format(version="1"), encoding="utf-8")
    return "pack.toml"


def in_force(hegui: Hegui) -> list[tuple[str, str, str]]:
    packs = hegui("words", "list", "--json").document["packs"]
    return [(one["name"], one["version"], one["source"]) for one in packs if one["name"] == "house"]


def test_a_pack_is_added_replaced_and_withdrawn(hegui: Hegui, tmp_path: Path, pack: str) -> None:
    added = hegui("words", "add", pack, "--json").document
    assert (added["name"], added["version"], added["author"]) == ("house", "1", "Trust team")
    assert added["words"] == 1
    assert in_force(hegui) == [("house", "1", "added")]
    (tmp_path / "pack.toml").write_text(PACK.format(version="2"), encoding="utf-8")
    assert hegui("words", "add", pack).code == 0
    assert in_force(hegui) == [("house", "2", "added")]
    assert hegui("words", "withdraw", "house", "--json").document == {
        "name": "house",
        "version": "2",
        "withdrawn": True,
    }
    assert in_force(hegui) == []


def test_the_shipped_pack_is_listed_under_its_author(hegui: Hegui) -> None:
    shipped = hegui("words", "list", "--json").document["packs"]
    assert [p["source"] for p in shipped] == ["shipped"]
    assert all(p["author"] and p["words"] for p in shipped)


def test_a_pack_in_force_nowhere_cannot_be_withdrawn(hegui: Hegui) -> None:
    ran = hegui("words", "withdraw", "house")
    assert (ran.code, ran.err.split(":")[0]) == (2, "pack_unknown")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.toml", None, "pack_unreadable"),
        ("pack.txt", "", "pack_name"),
        ("bad.toml", "[pack", "pack_syntax"),
        ("empty.csv", "", "pack_head"),
    ],
)
def test_a_pack_that_cannot_be_taken_is_told(
    hegui: Hegui, tmp_path: Path, name: str, content: str | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    ran = hegui("words", "add", name)
    assert (ran.code, ran.err.split(":")[0]) == (2, code)


def test_a_csv_without_its_head_is_told_how_to_write_it(hegui: Hegui, tmp_path: Path) -> None:
    (tmp_path / "bare.csv").write_text("word,category,action\na phrase,fraud,stop\n")
    ran = hegui("words", "add", "bare.csv")
    assert (ran.code, ran.err.split(":")[0]) == (2, "pack_head")
    assert "请在表头上方写一行“# name: …”" in ran.err
    assert "write “# name: …” above the header" in ran.err
