"""The public page of word lists: whose, which, how many; never a word."""

from pathlib import Path

import httpx2
import msgspec
import pytest
from tests.portal.gateway import DECISION
from tests.portal.site import Site, TestHouse

from hegui.config import Words
from hegui.people.pack_list import PackList
from hegui.screen import Pack, load_pack, shipped_packs
from hegui.store import tables

CSV = "# name: {name}\n# author: Trust & <b>team</b>\n# version: 7\nword,category,action\n{rows}"


def pack(name: str, words: int) -> Pack:
    rows = "".join(f"unsaid phrase {n},fraud,stop\n" for n in range(words))
    return load_pack(CSV.format(name=name, rows=rows).encode(), "csv")


def put_in_force(house: TestHouse, new: Pack, withdrawn: int | None = None) -> None:
    """Stores a pack as ``hegui words add`` does."""
    row = {"name": new.name, "version": new.version, "author": new.author, "digest": new.digest}
    row |= {"body": b"", "format": "csv", "words": msgspec.msgpack.encode(new)}  # type: ignore[dict-item]
    with house.store.begin() as conn:
        added = house.world.now()
        conn.execute(tables.word_pack.insert().values(**row, added=added, withdrawn=withdrawn))


@pytest.mark.parametrize(
    ("lang", "since", "shipped"),
    [("zh", "何时启用", "随软件附带"), ("en", "In force since", "Comes with the software")],
)
def test_lists_are_named_with_author_version_count_and_time(
    site: Site, client: httpx2.Client, lang: str, since: str, shipped: str
) -> None:
    put_in_force(site.house, pack("本店词表", 1234))
    page = client.get("/words", params={"lang": lang}).text
    for said in ("本店词表", "1,234", "Trust &amp; &lt;b&gt;team&lt;/b&gt;", "2026-01-05 12:00"):
        assert said in page
    for said in (since, shipped, "scams-malware", "The Hegui authors"):
        assert said in page
    assert "<b>" not in page


def test_no_word_is_ever_shown(site: Site, client: httpx2.Client) -> None:
    put_in_force(site.house, pack("house", 3))
    page = client.get("/words").text
    assert "unsaid phrase" not in page
    for listed in shipped_packs():
        assert not any(word.word in page for word in listed.words)


def test_a_list_withdrawn_is_gone_and_a_new_version_is_counted_anew(house: TestHouse) -> None:
    lists = PackList(house.store, house.settings)
    put_in_force(house, pack("gone", 2), withdrawn=1)
    put_in_force(house, pack("kept", 2))
    assert [(one.name, one.words) for one in lists.listing()][1:] == [("kept", 2)]
    with house.store.begin() as conn:
        conn.execute(tables.word_pack.delete())
    put_in_force(house, pack("kept", 5))
    assert lists.listing()[1].words == 5


@pytest.mark.parametrize("suffix", ["csv", "CSV", "toml"])
def test_lists_of_the_settings_stand_between(house: TestHouse, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"own.{suffix}"
    text = CSV.format(name="own", rows="a phrase,fraud,stop\n")
    if suffix == "toml":
        head = '[pack]\nname = "own"\nauthor = "me"\nversion = "7"\n'
        text = head + '[[word]]\nword = "a phrase"\ncategory = "fraud"\naction = "stop"\n'
    file.write_text(text, encoding="utf-8")
    settings = msgspec.structs.replace(house.settings, words=Words(files=[str(file)]))
    put_in_force(house, pack("added", 1))
    found = PackList(house.store, settings).listing()
    assert [one.source for one in found] == ["shipped", "file", "added"]
    assert [one.since for one in found] == [None, None, house.world.now()]
    assert found[1].words == 1


def test_without_any_list_the_page_says_so(house: TestHouse) -> None:
    house.settings = msgspec.structs.replace(house.settings, words=Words(shipped=False))
    running = Site(house)
    try:
        with running.client() as client:
            assert "没有在用的词表" in client.get("/words").text
    finally:
        running.close()


@pytest.mark.parametrize("path", ["/", f"/decisions/{DECISION}"])
def test_home_and_decisions_lead_there(site: Site, client: httpx2.Client, path: str) -> None:
    site.gateway.stop("input")
    assert '<a href="/words">' in client.get(path).text
