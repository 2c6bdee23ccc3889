"""The ledger's pages: how it stands, looking up, one entry with its proof, and verifying."""

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import httpx2
import pytest
from tests.console.desk import Desk
from tests.ledger.test_go import OFFLINE
from tests.store.log import entry
from tests.tools import need

from hegui.console.reading.evidence import PAGE
from hegui.console.words.ledger import EN
from hegui.ledger import InclusionProof, kinds
from hegui.ledger.entry import decode, encode
from hegui.store import record, tables, verifications

Get = Callable[[str], httpx2.Response]


@pytest.fixture
def get(desk: Desk) -> Get:
    return desk.client("auditor").get


def grow(desk: Desk, count: int) -> list[kinds.KeyCreated]:
    """Adds entries and gives them their places."""
    made = [entry(desk.world) for _ in range(count)]
    with desk.store.begin() as conn:
        for one in made:
            record(conn, one)
    desk.house.sequence()
    return made


def size(desk: Desk) -> int:
    return desk.house.ledger.size()


def indexes(page: str) -> list[int]:
    return [int(index) for index in re.findall(r'href="/evidence/entries/(\d+)"', page)]


def verify(desk: Desk, role: str = "auditor") -> str:
    """Verifies by the form, and waits for the end; returns the page."""
    client = desk.client(role)
    answer = client.post("/evidence/verify")
    assert (answer.status_code, answer.headers["location"]) == (303, "/evidence")
    while verifications.latest(desk.store)[0].running:
        time.sleep(0.01)
    return client.get("/evidence").text


def test_every_kind_of_entry_has_words() -> None:
    tags = {kind.__struct_config__.tag for kind in get_args(kinds.AnyEntry)}
    named = {key.removeprefix("ledger.kind.") for key in EN if key.startswith("ledger.kind.")}
    assert named == tags


def test_before_the_first_checkpoint_the_page_says_what_will_come(desk: Desk, get: Get) -> None:
    page = get("/evidence").text
    assert "The ledger has no entries yet" in page
    assert "Never verified yet" in page
    assert desk.house.ledger_vkey.split("+")[0] in page


def test_the_page_tells_height_checkpoint_key_and_newest_entries(desk: Desk, get: Get) -> None:
    made = grow(desk, 3)
    page = get("/evidence").text
    note = desk.house.ledger.latest_checkpoint()
    assert note is not None
    for line in note.strip().splitlines():
        assert line.replace("+", "&#43;") in page or line in page
    assert indexes(page) == list(range(size(desk)))[::-1]
    assert made[-1].act in page
    assert "Application key made" in page


def test_entries_come_in_pages_both_ways(desk: Desk, get: Get) -> None:
    grow(desk, 2 * PAGE + 3)
    newest = size(desk) - 1
    page = get("/evidence").text
    assert indexes(page) == list(range(newest, newest - PAGE, -1))
    (older,) = re.findall(r'href="([^"]*)" rel="next"', page)
    page = get(older).text
    assert indexes(page) == list(range(newest - PAGE, newest - 2 * PAGE, -1))
    (newer,) = re.findall(r'href="([^"]*)" rel="prev"', page)
    assert indexes(get(newer).text)[0] == newest
    last = get(f"/evidence?from={PAGE - 1}").text
    assert indexes(last)[-1] == 0
    assert 'rel="next"' not in last


@pytest.mark.parametrize("top", ["-1", "x", "9" * 18, "9" * 40, "١"])
def test_a_page_from_nowhere_is_the_newest(desk: Desk, get: Get, top: str) -> None:
    grow(desk, 2)
    assert indexes(get(f"/evidence?from={top}").text)[0] == size(desk) - 1


def test_pending_entries_and_their_age_are_told(desk: Desk, get: Get) -> None:
    grow(desk, 1)
    with desk.store.begin() as conn:
        record(conn, entry(desk.world))
    desk.world.tick(2500)
    page = get("/evidence").text
    assert "1, the oldest for 2.5 s" in page
    assert "needs a look" not in page
    desk.world.tick(7_200_000)
    page = get("/evidence").text
    assert "1, the oldest for 2 h" in page
    assert "needs a look" in page


def test_an_index_or_an_act_is_looked_up(desk: Desk, get: Get) -> None:
    act = grow(desk, 3)[0].act
    assert get("/evidence/find?what= 1,000 ").headers["location"] == "/evidence/entries/1000"
    found = get(f"/evidence/find?what={act.upper()}")
    assert found.headers["location"] == f"/evidence/acts/{act}"
    page = get(f"/evidence/acts/{act}").text
    (index,) = indexes(page)
    body = desk.house.ledger.body(index)
    assert body is not None
    assert decode(body).act == act


def test_an_act_still_pending_is_shown_as_such(desk: Desk, get: Get) -> None:
    grow(desk, 1)
    waiting = entry(desk.world)
    with desk.store.begin() as conn:
        record(conn, waiting)
    page = get(f"/evidence/acts/{waiting.act}").text
    assert "pending" in page
    assert not indexes(page)


@pytest.mark.parametrize("what", ["abc", "<b>", "-3", "1.5", "f" * 31, "9" * 19, ""])
def test_what_is_neither_keeps_what_was_typed(desk: Desk, get: Get, what: str) -> None:
    grow(desk, 1)
    answer = get(str(httpx2.URL("/evidence/find", params={"what": what})))
    assert answer.status_code == 400
    assert "32 hexadecimal digits" in answer.text
    escaped = what.replace("<", "&lt;").replace(">", "&gt;")
    assert f'value="{escaped}"' in answer.text


@pytest.mark.parametrize("path", ["acts/" + "0" * 32, "acts/xyz", "entries/999999", "entries/x"])
def test_what_is_not_there_is_told_with_the_form_at_hand(desk: Desk, get: Get, path: str) -> None:
    grow(desk, 1)
    answer = get(f"/evidence/{path}")
    assert answer.status_code == 404
    assert "The ledger has no" in answer.text
    assert 'action="/evidence/find"' in answer.text


def test_one_entry_with_its_body_place_and_proof(desk: Desk, get: Get) -> None:
    made = grow(desk, 9)[4]
    index = size(desk) - 5
    page = get(f"/evidence/entries/{index}").text
    body = encode(made).decode()
    assert body.replace('"', "&#34;") in page
    assert "Proved: in the signed ledger" in page
    assert f'href="/evidence/proof/{index}"' in page
    assert f"--proof entry-{index}.tlog-proof" in page
    assert page.count("tree-root") == 1
    roots = re.findall(r'<dd class="mono">([0-9a-f]{64})</dd>', page)
    assert roots[-2] == roots[-1]


def test_the_proof_downloads_and_verifies_by_itself(desk: Desk, get: Get) -> None:
    made = grow(desk, 9)[4]
    index = size(desk) - 5
    answer = get(f"/evidence/proof/{index}")
    name = f'attachment; filename="entry-{index}.tlog-proof"'
    assert answer.headers["content-disposition"] == name
    proof = InclusionProof.parse(answer.content)
    assert proof.extra == encode(made)
    checkpoint = proof.verify(proof.extra, desk.house.verifier)
    assert (proof.index, checkpoint.size) == (index, size(desk))


def test_gos_own_tools_verify_the_proof_with_the_program_offered(
    desk: Desk, get: Get, tmp_path: Path
) -> None:
    go = need("go")
    grow(desk, 9)
    program, proof, altered = (tmp_path / name for name in ("check.go", "a.proof", "b.proof"))
    program.write_text(get("/evidence/check.go").text)
    proof.write_text(get("/evidence/proof/6").text)
    altered.write_text(proof.read_text().replace("index 6", "index 5"))

    def run(file: Path, vkey: str) -> "subprocess.CompletedProcess[str]":
        env = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"} | OFFLINE
        command = [go, "run", str(program), str(file), vkey]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    vkey = desk.house.ledger_vkey
    holds = run(proof, vkey)
    assert holds.returncode == 0, holds.stderr
    assert holds.stdout.startswith(f"holds: entry 6 of {size(desk)}, signed by ")
    assert run(altered, vkey).returncode != 0
    assert run(proof, vkey[:-4] + "AAA=").returncode != 0


@pytest.mark.parametrize("path", ["proof/999999", "proof/x", "proof/-1"])
def test_a_proof_of_nothing(desk: Desk, get: Get, path: str) -> None:
    grow(desk, 1)
    assert get(f"/evidence/{path}").status_code == 404


def test_an_altered_entry_has_no_proof_and_says_so(desk: Desk, get: Get) -> None:
    grow(desk, 5)
    e = tables.entry.c
    with desk.store.begin() as conn:
        conn.execute(tables.entry.update().where(e.idx == 2).values(body=b"\xff", kind="<odd>"))
    page = get("/evidence/entries/2").text
    assert "No proof can be made" in page
    assert "it was altered" in page
    assert "&lt;odd&gt;" in page
    assert get("/evidence/proof/2").status_code == 404
    assert get("/evidence/entries/3").text.count("Proved: in the signed ledger") == 1


def test_verify_now_tells_that_the_ledger_holds(desk: Desk) -> None:
    grow(desk, 4)
    page = verify(desk)
    assert f"All {size(desk)} entries agree." in page
    assert "the auditor" in page
    assert "http-equiv" not in page


def test_verify_now_tells_in_words_what_is_wrong(desk: Desk) -> None:
    grow(desk, 4)
    with desk.store.begin() as conn:
        conn.execute(tables.entry.update().where(tables.entry.c.idx == 1).values(body=b"{}"))
    page = verify(desk)
    assert "does not hold" in page
    assert "Entry 1 is not what the signed log holds" in page
    assert "entry_altered" in page
    chinese = desk.client("auditor", lang="zh").get("/evidence").text
    assert "已被改动" in chinese


def test_a_running_verification_shows_its_progress_and_survives_a_reload(
    desk: Desk, get: Get
) -> None:
    grow(desk, 4)
    running = verifications.begin(desk.store, desk.staff["owner"].id)
    assert running
    assert verifications.advance(desk.store, running, 3, size(desk))
    for _ in range(2):
        page = get("/evidence").text
        assert f"3 of {size(desk)} entries verified" in page
        assert f'<progress max="{size(desk)}" value="3"' in page
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
        assert 'hx-get="/evidence/verification"' in page
        assert 'action="/evidence/verify"' not in page
    part = get("/evidence/verification").text
    assert "<html" not in part
    assert 'hx-trigger="every 1s"' in part
    verifications.finish(desk.store, running, None)
    part = get("/evidence/verification").text
    assert "It ended early, at 3 of" in part
    assert "hx-trigger" not in part
    assert 'action="/evidence/verify"' in part


def test_a_second_one_is_not_begun_and_told(desk: Desk) -> None:
    grow(desk, 1)
    assert verifications.begin(desk.store, None)
    client = desk.client("auditor")
    answer = client.post("/evidence/verify")
    page = client.get(answer.headers["location"]).text
    assert "A verification is running already" in page
    assert len(verifications.latest(desk.store)) == 1


def test_the_last_ten_are_listed(desk: Desk, get: Get) -> None:
    grow(desk, 1)
    for _ in range(12):
        begun = verifications.begin(desk.store, None)
        assert begun
        verifications.finish(desk.store, begun, None)
        desk.world.tick(1000)
    page = get("/evidence").text
    assert "The last 10 verifications" in page
    assert page.count("cut off") == 11


def test_pages_speak_chinese(desk: Desk) -> None:
    grow(desk, 3)
    client = desk.client("reviewer", lang="zh")
    assert "证据账本" in client.get("/evidence").text
    assert "已证明：在签名的账本中" in client.get("/evidence/entries/1").text
