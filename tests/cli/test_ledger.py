"""``hegui ledger``: what holds, what does not, and proofs that verify without us."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text
from tests.cli.conftest import Hegui

from hegui.cli.opened import home_of, opened
from hegui.config import Home, load
from hegui.ledger import Checkpoint, InclusionProof, LedgerError, Verifier
from hegui.ledger.entry import decode
from hegui.service.house import open_signer
from hegui.store.sequence import Sequencer


@pytest.fixture
def sequenced(home: Home) -> Iterator[Callable[[], int]]:
    """Gives pending entries their place, as a running service does."""
    with opened(load(None, {}), home_of()) as store:
        signer = open_signer(home)
        yield Sequencer(store, signer, signer.name, store.world).run_once


@pytest.fixture
def act(hegui: Hegui, sequenced: Callable[[], int]) -> str:
    """A log of some entries; the act's id of one of them."""
    for name in ("one", "two", "three"):
        hegui("apps", "add", name, "--operator", "me", "--public", "all")
    made: str = hegui("keys", "create", "two", "--json").document["id"]
    sequenced()
    return made


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


def test_a_proof_verifies_with_the_printed_key_alone(hegui: Hegui, act: str) -> None:
    verifier = Verifier(hegui("ledger", "checkpoint", "--json").document["vkey"])
    proof = InclusionProof.parse(hegui("ledger", "proof", act).out.removesuffix("\n"))
    assert proof.verify(proof.extra, verifier).size == 4
    entry = decode(proof.extra)
    assert entry.act == act
    with pytest.raises(LedgerError):
        proof.verify(proof.extra + b" ", verifier)


def test_a_proof_by_place_is_the_same(hegui: Hegui, act: str) -> None:
    (entry,) = hegui("ledger", "proof", act, "--json").document["entries"]
    by_place = hegui("ledger", "proof", str(entry["index"]), "--json").document["entries"]
    assert by_place == [entry]


def test_an_act_of_several_entries_has_a_proof_of_each(
    hegui: Hegui, act: str, sequenced: Callable[[], int]
) -> None:
    hegui("keys", "revoke", act)
    sequenced()
    entries = hegui("ledger", "proof", act, "--json").document["entries"]
    assert [decode(entry["body"].encode()).__struct_config__.tag for entry in entries] == [
        "key.created",
        "key.revoked",
    ]
    assert hegui("ledger", "proof", act).out.count("c2sp.org/tlog-proof@v1\n") == 2


@pytest.mark.parametrize("wanted", ["4", "99999999999999999999", "0" * 32, "nonsense", "-1", "四"])
def test_what_the_log_does_not_have_is_told(hegui: Hegui, act: str, wanted: str) -> None:
    ran = hegui("ledger", "proof", "--", wanted)
    assert (ran.code, ran.err.split(":")[0]) == (2, "entry_not_found")


def test_a_pending_entry_has_no_proof_yet(hegui: Hegui) -> None:
    hegui("apps", "add", "one", "--operator", "me", "--public", "all")
    made = hegui("keys", "create", "one", "--json").document["id"]
    ran = hegui("ledger", "proof", made)
    assert (ran.code, ran.err.split(":")[0]) == (2, "entry_pending")


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
