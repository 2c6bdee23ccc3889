"""``hegui ledger``: what holds, what does not, and the head of the log."""

import pytest
from sqlalchemy import text
from tests.cli.conftest import Hegui

from hegui.cli.opened import home_of, opened
from hegui.config import load
from hegui.ledger import Checkpoint, Verifier


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
    assert "1 条待定序 pending" in hegui("ledger", "verify").out


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
