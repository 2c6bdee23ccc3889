"""``hegui ledger``: what holds, what does not, and the head of the log."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from tests.cli.conftest import Hegui
from tests.people.evidence import entries

from hegui import checks
from hegui.cli.opened import home_of, opened
from hegui.config import Home, load
from hegui.law import Status, shipped_book
from hegui.ledger import Checkpoint, Verifier
from hegui.ledger.kinds import LedgerVerified
from hegui.store import verifications


def test_a_whole_log_verifies(hegui: Hegui, act: str) -> None:
    ran = hegui("ledger", "verify", "--json")
    assert ran.code == 0
    assert (ran.document["ok"], ran.document["size"], ran.document["pending"]) == (True, 4, 0)
    assert "账本完好 the ledger holds: 4" in hegui("ledger", "verify").out


def test_an_empty_log_verifies(hegui: Hegui) -> None:
    assert hegui("ledger", "verify").code == 0


def test_pending_entries_and_their_age_are_told(hegui: Hegui, act: str) -> None:
    hegui("keys", "revoke", act)
    document = hegui("ledger", "verify", "--json").document
    assert (document["ok"], document["pending"]) == (True, 1)
    assert document["oldest_pending_ms"] >= 0
    # What the command put on record waits for its place too.
    assert "2 条待定序 pending" in hegui("ledger", "verify").out


def test_a_verification_is_put_on_record_like_one_of_the_console(
    hegui: Hegui, act: str, sequenced: Callable[[], int]
) -> None:
    fields = set(hegui("ledger", "verify", "--json").document)
    assert fields == {"ok", "size", "pending", "oldest_pending_ms", "problems", "unlisted"}
    sequenced()
    with opened(load(None, {}), home_of()) as store:
        (one,) = verifications.latest(store)
        assert (one.ok, one.done, one.by, one.running) == (True, 4, None, False)
        (verified,) = entries(store, LedgerVerified)
        assert (verified.act, verified.size, verified.problems) == (one.id, 4, 0)
        checks.fold_all(store)
        found = checks.read(store, store.world.now(), shipped_book())
        assert found.of("records.verified", "").status is Status.MET
        assert verifications.begin(store, None)  # somebody else verifies meanwhile
    ran = hegui("ledger", "verify")
    assert ran.code == 0
    assert "Not put on record" in ran.out


def test_nothing_is_written_into_the_ledger_of_another_house(
    hegui: Hegui, act: str, home: Home
) -> None:
    (home.path / "keys" / "ledger.key").write_bytes(bytes(32))
    ran = hegui("ledger", "verify")
    assert ran.code == 1
    assert "Not put on record" in ran.out
    with opened(load(None, {}), home_of()) as store:
        assert verifications.latest(store) == []


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE entry SET body = replace(body, 'key.created', 'key.forged') WHERE idx = 3",
        "DELETE FROM entry WHERE idx = 1",
        "UPDATE tile SET hashes = zeroblob(length(hashes))",
        "UPDATE checkpoint SET note = substr(note, 1, length(note) - 9)",
    ],
)
def test_a_changed_log_is_a_finding(hegui: Hegui, act: str, harm: str) -> None:
    with opened(load(None, {}), home_of()) as store, store.begin() as conn:
        assert conn.execute(text(harm)).rowcount > 0
    ran = hegui("ledger", "verify", "--json")
    assert ran.code == 1
    assert ran.document["ok"] is False
    assert all(one["code"] and one["zh"] and one["en"] for one in ran.document["problems"])
    assert "does NOT hold" in hegui("ledger", "verify").out


def test_the_checkpoint_opens_with_its_key(hegui: Hegui, act: str) -> None:
    document = hegui("ledger", "checkpoint", "--json").document
    assert Checkpoint.open(document["checkpoint"], Verifier(document["vkey"])).size == 4
    assert hegui("ledger", "checkpoint").out.startswith(document["checkpoint"])


def test_before_the_first_checkpoint_there_is_none(hegui: Hegui) -> None:
    ran = hegui("ledger", "checkpoint")
    assert (ran.code, ran.err.split(":")[0]) == (2, "checkpoint_missing")


def test_progress_stays_off_standard_output(
    hegui: Hegui, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert hegui("ledger", "verify", "--json").document["ok"] is True
