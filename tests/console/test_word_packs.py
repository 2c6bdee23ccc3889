"""Word packs in the console: looked at before they take force, put in force, withdrawn."""

import re

import httpx2
import pytest
from tests.console.desk import Desk
from tests.people.packs import csv

from hegui.console.routes.word_packs import PAGE
from hegui.people import pack_drafts, word_packs
from hegui.screen import shipped_packs


@pytest.fixture
def client(desk: Desk) -> httpx2.Client:
    return desk.client("officer")


def phrases(first: int, end: int) -> list[str]:
    return [f"listed phrase {n}" for n in range(first, end)]


def bring(client: httpx2.Client, data: bytes, name: str = "ours.csv") -> httpx2.Response:
    return client.post("/word-packs/draft", files={"file": (name, data, "text/csv")})


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's form."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def row(page: str, first: str) -> list[str]:
    """The figures of the table's row that begins with this word."""
    (cells,) = re.findall(rf"<tr><td[^>]*>{first}</td>(.*?)</tr>", page, re.DOTALL)
    return re.findall(r"<td[^>]*>([^<]*)</td>", cells)


def standing(desk: Desk) -> str | None:
    pack = word_packs.standing(desk.store, "ours")
    return None if pack is None else pack.version


def test_packs_in_force_are_listed_with_author_categories_source_and_who(
    desk: Desk, client: httpx2.Client
) -> None:
    data = csv("ours", "7", phrases(0, 1234), category="<our kind>")
    word_packs.add(desk.store, desk.world, data, "csv", by=desk.staff["owner"].id)
    word_packs.add(desk.store, desk.world, csv("theirs", "1"), "csv")
    page = client.get("/word-packs").text
    for said in ("scams-malware", "The Hegui authors", "Comes with the software"):
        assert said in page
    for said in ("1,234", "Trust team", "&lt;our kind&gt;", "the owner", "by command", "fraud"):
        assert said in page
    assert "listed phrase" not in page


def test_a_pack_is_looked_at_and_then_put_in_force(desk: Desk, client: httpx2.Client) -> None:
    old = word_packs.add(desk.store, desk.world, csv("ours", "1", phrases(0, 50)), "csv")
    answer = bring(client, csv("ours", "2", phrases(20, 90)))
    assert (answer.status_code, answer.headers["location"]) == (303, "/word-packs/draft")
    page = client.get("/word-packs/draft").text
    assert "It replaces the version in force, 1 by Trust team." in page
    assert row(page, "In all") == row(page, "fraud") == ["+40", "−20", "0", "30"]
    assert standing(desk) == "1"
    assert fields(page)["over"] == old.digest
    done = client.post("/word-packs/draft/put", data=fields(page))
    page = client.get(done.headers["location"]).text
    assert "It was put in force and is in the ledger" in page
    assert standing(desk) == "2"
    stored = client.get("/word-packs").text
    assert "the officer" in stored
    assert "Earlier versions" in stored
    assert client.get("/word-packs/draft").headers["location"] == "/word-packs"


def test_counts_alone_are_shown_before_it_takes_force(client: httpx2.Client) -> None:
    bring(client, csv("ours", "1", phrases(0, 9)))
    page = client.get("/word-packs/draft").text
    assert "every word is new" in page
    assert "listed phrase" not in page


def test_what_waits_survives_and_is_told_on_the_list_to_its_own_member(
    desk: Desk, client: httpx2.Client
) -> None:
    bring(client, csv("ours", "1"), "our words.csv")
    assert "our words.csv, uploaded just now" in desk.client("officer").get("/word-packs").text
    assert "waits to be put in force" not in desk.client("owner").get("/word-packs").text


def test_what_waits_is_discarded(desk: Desk, client: httpx2.Client) -> None:
    bring(client, csv("ours", "1"))
    done = client.post("/word-packs/draft/drop")
    assert "Discarded; nothing changed." in client.get(done.headers["location"]).text
    assert pack_drafts.waiting(desk.store, desk.staff["officer"].id) is None
    assert standing(desk) is None


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (
            "a.csv",
            csv("ours", "1", action="halt"),
            "action at line 5 is halt; only stop and review",
        ),
        ("a.csv", csv("ours", "1", category=""), "category at line 5"),
        ("a.csv", csv("ours", "1", ["twin phrase", "ＴＷＩＮ phrase"]), "at line 6 is the same"),
        ("a.csv", csv("", "1"), "head lacks name"),
        ("a.toml", b'[pack\nname = "x"', "(at line 1, column 6)"),
        ("a.csv", b"\xff\xfe", "not UTF-8 text (at byte 0)"),
        ("a.txt", csv("ours", "1"), "must end in .toml or .csv"),
        ("a.csv", csv("n" * 65, "1"), "name has 65 characters"),
        ("", b"", "No file was chosen"),
    ],
)
def test_a_bad_file_is_told_with_line_and_field_and_changes_nothing(
    desk: Desk, client: httpx2.Client, name: str, data: bytes, told: str
) -> None:
    bring(client, csv("ours", "0"), "before.csv")
    answer = bring(client, data, name)
    assert answer.status_code == 400
    assert told in answer.text
    assert 'action="/word-packs/draft"' in answer.text
    assert pack_drafts.waiting(desk.store, desk.staff["officer"].id) == (
        "before.csv",
        desk.world.now(),
    )


def test_a_file_too_large_is_refused(client: httpx2.Client) -> None:
    answer = bring(client, b"#" * (33 * 1024 * 1024))
    assert answer.status_code == 413


def test_what_moved_meanwhile_is_shown_again_and_not_put_in_force(
    desk: Desk, client: httpx2.Client
) -> None:
    bring(client, csv("ours", "3", phrases(0, 5)))
    shown = fields(client.get("/word-packs/draft").text)
    word_packs.add(desk.store, desk.world, csv("ours", "2", phrases(0, 3)), "csv")
    answer = client.post("/word-packs/draft/put", data=shown)
    assert answer.status_code == 409
    assert "While you looked" in answer.text
    assert row(answer.text, "In all") == ["+2", "0", "0", "3"]
    assert standing(desk) == "2"
    bring(client, csv("ours", "4"))
    assert client.post("/word-packs/draft/put", data=fields(answer.text)).status_code == 409
    assert standing(desk) == "2"


def test_nothing_waits(desk: Desk, client: httpx2.Client) -> None:
    answer = client.post("/word-packs/draft/put", data={"digest": "0" * 64, "over": ""})
    assert answer.headers["location"] == "/word-packs"
    assert standing(desk) is None


def test_a_pack_is_withdrawn_after_a_question_and_put_in_force_again(
    desk: Desk, client: httpx2.Client
) -> None:
    pack = word_packs.add(desk.store, desk.world, csv("ours", "1", phrases(0, 30)), "csv")
    path = f"/word-packs/{pack.digest}"
    assert f'href="{path}/withdraw"' in client.get(path).text
    assert "these 30 words stop no text" in client.get(f"{path}/withdraw").text
    assert standing(desk) == "1"
    done = client.post(f"{path}/withdraw")
    page = client.get(done.headers["location"]).text
    assert "within a second no gateway screens by it" in page
    assert standing(desk) is None
    assert f'href="{path}/restore"' in page
    shown = client.get(f"{path}/restore").text
    assert row(shown, "In all") == ["+30", "0", "0", "0"]
    assert client.post(f"{path}/restore", data=fields(shown)).status_code == 303
    assert standing(desk) == "1"


def test_an_earlier_version_is_compared_with_the_one_in_force(
    desk: Desk, client: httpx2.Client
) -> None:
    old = word_packs.add(desk.store, desk.world, csv("ours", "1", phrases(0, 30)), "csv")
    word_packs.add(desk.store, desk.world, csv("ours", "2", phrases(0, 35)), "csv")
    path = f"/word-packs/{old.digest}/restore"
    page = client.get(path).text
    assert row(page, "In all") == ["0", "−5", "0", "30"]
    word_packs.withdraw(desk.store, desk.world, "ours")
    assert client.post(path, data=fields(page)).status_code == 409
    assert standing(desk) is None


def test_one_no_longer_in_force_is_not_withdrawn_again(desk: Desk, client: httpx2.Client) -> None:
    old = word_packs.add(desk.store, desk.world, csv("ours", "1", phrases(0, 3)), "csv")
    word_packs.add(desk.store, desk.world, csv("ours", "2"), "csv")
    path = f"/word-packs/{old.digest}"
    assert client.get(f"{path}/withdraw").headers["location"] == path
    client.post(f"{path}/withdraw")
    assert standing(desk) == "2"


def test_words_are_read_in_pages_by_whoever_may(desk: Desk) -> None:
    data = csv("ours", "1", [*phrases(0, 2 * PAGE), "the <last> phrase"])
    pack = word_packs.add(desk.store, desk.world, data, "csv")
    client = desk.client("reviewer")
    path = f"/word-packs/{pack.digest}"
    page = client.get(path).text
    assert f"All words ({2 * PAGE + 1})" in page
    assert page.count("listed phrase ") == PAGE
    assert "Page 1 of 3" in page
    last = client.get(f"{path}?page=3").text
    assert last.count("listed phrase ") == 0
    assert "the &lt;last&gt; phrase" in last
    assert 'rel="next"' not in last
    past = client.get(f"{path}?page=9").text
    assert "There is no such page; the last is 3." in past
    assert f'href="{path}?page=3#words" rel="prev"' in past
    for odd in ("0", "-1", "x", "²", "9" * 30):
        assert "Page 1 of 3" in client.get(f"{path}?page={odd}").text
    for act in ("withdraw", "restore"):
        assert f"{path}/{act}" not in page


def test_a_shipped_pack_is_read_and_not_withdrawn(client: httpx2.Client) -> None:
    (shipped,) = shipped_packs()
    page = client.get(f"/word-packs/{shipped.digest}").text
    assert shipped.words[0].word in page
    assert "/withdraw" not in page
    assert client.post(f"/word-packs/{shipped.digest}/withdraw").status_code == 404


@pytest.mark.parametrize("digest", ["0" * 64, "x", "%00", "0" * 63])
def test_what_is_not_there(client: httpx2.Client, digest: str) -> None:
    for act in ("", "/restore", "/withdraw"):
        assert client.get(f"/word-packs/{digest}{act}").status_code == 404


def test_an_auditor_is_offered_nothing_to_do(desk: Desk) -> None:
    page = desk.client("auditor").get("/word-packs").text
    assert "scams-malware" in page
    assert "<form" not in re.sub(r'<form method="post" action="/sign-out">', "", page).replace(
        '<form method="dialog">', ""
    )


def test_pages_speak_chinese(desk: Desk) -> None:
    client = desk.client("owner", lang="zh")
    bring(client, csv("ours", "1"))
    assert "带来新词表" in client.get("/word-packs").text
    assert "所有词都是新增" in client.get("/word-packs/draft").text
    wrong = bring(client, csv("ours", "1", action="halt")).text
    assert "词表第 5 行的 action 是 halt" in wrong
