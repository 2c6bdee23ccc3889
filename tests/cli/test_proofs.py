"""``hegui ledger proof`` and ``verify --proof``: files that verify without us."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Hegui

from hegui.ledger import InclusionProof, LedgerError, Signer, Verifier
from hegui.ledger.entry import decode


@pytest.fixture
def vkey(hegui: Hegui, act: str) -> str:
    """The log's key, as the command tells it."""
    told: str = hegui("ledger", "checkpoint", "--json").document["vkey"]
    return told


@pytest.fixture
def file(hegui: Hegui, act: str, tmp_path: Path) -> Path:
    """What ``hegui ledger proof ACT > FILE`` leaves."""
    path = tmp_path / "p.tlog"
    path.write_text(hegui("ledger", "proof", act).out, encoding="utf-8", newline="")
    return path


def test_standard_output_is_the_file_byte_for_byte(file: Path, act: str, vkey: str) -> None:
    proof = InclusionProof.parse(file.read_bytes())
    assert proof.verify(proof.extra, Verifier(vkey)).size == 4
    assert decode(proof.extra).act == act
    assert proof.to_text() == file.read_text(encoding="utf-8")
    with pytest.raises(LedgerError):
        proof.verify(proof.extra + b" ", Verifier(vkey))


def test_a_proof_by_place_is_the_same(hegui: Hegui, act: str) -> None:
    one = hegui("ledger", "proof", act, "--json").document
    assert hegui("ledger", "proof", str(one["index"]), "--json").document == one
    assert one["proof"] == hegui("ledger", "proof", act).out


@pytest.fixture
def twice(hegui: Hegui, act: str, sequenced: Callable[[], int]) -> str:
    """An act of two entries, at 3 and 4."""
    hegui("keys", "revoke", act)
    sequenced()
    return act


@pytest.mark.parametrize("json_too", [(), ("--json",)])
def test_several_entries_need_a_folder_or_an_index(
    hegui: Hegui, twice: str, json_too: tuple[str, ...]
) -> None:
    ran = hegui("ledger", "proof", twice, *json_too)
    assert (ran.code, ran.err.split(":")[0]) == (2, "proof_several")
    assert "3, 4" in ran.err
    assert "--out" in ran.err
    assert "tlog-proof@" not in ran.out


def test_several_entries_are_a_file_each(hegui: Hegui, twice: str, tmp_path: Path) -> None:
    ran = hegui("ledger", "proof", twice, "--out", "new/proofs", "--json")
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert told == [
        {"index": index, "file": f"new/proofs/entry-{index}.tlog-proof"} for index in (3, 4)
    ]
    kinds = []
    for one in told:
        proof = InclusionProof.parse((tmp_path / one["file"]).read_bytes())
        assert proof.index == one["index"]
        kinds.append(decode(proof.extra).__struct_config__.tag)
    assert kinds == ["key.created", "key.revoked"]
    again = hegui("ledger", "proof", "4", "--out", "new/proofs")
    assert (again.code, again.out) == (0, "new/proofs/entry-4.tlog-proof\n")


def test_a_folder_that_cannot_be_written_is_told(hegui: Hegui, act: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    ran = hegui("ledger", "proof", act, "--out", "taken")
    assert (ran.code, ran.err.split(":")[0]) == (2, "proof_unwritable")


@pytest.mark.parametrize("wanted", ["4", "99999999999999999999", "0" * 32, "nonsense", "-1", "四"])
def test_what_the_log_does_not_have_is_told(hegui: Hegui, act: str, wanted: str) -> None:
    ran = hegui("ledger", "proof", "--", wanted)
    assert (ran.code, ran.err.split(":")[0]) == (2, "entry_not_found")


def test_a_pending_entry_has_no_proof_yet(hegui: Hegui) -> None:
    hegui("apps", "add", "one", "--operator", "me", "--public", "all")
    made = hegui("keys", "create", "one", "--json").document["id"]
    ran = hegui("ledger", "proof", made)
    assert (ran.code, ran.err.split(":")[0]) == (2, "entry_pending")


@pytest.fixture
def elsewhere(file: Path, vkey: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that does not exist, and no settings; the file and the key are at hand."""
    folder = file.parent / "elsewhere"
    monkeypatch.setenv("HEGUI_HOME", str(folder))
    monkeypatch.setenv("HEGUI_CONFIG", "no-such-file.toml")
    return folder


def test_a_file_is_verified_without_a_house(
    hegui: Hegui, act: str, vkey: str, file: Path, elsewhere: Path
) -> None:
    ran = hegui("ledger", "verify", "--proof", str(file), "--vkey", vkey, "--json")
    assert ran.code == 0
    document = ran.document
    assert document.pop("at").endswith("Z")
    assert document == {
        "ok": True,
        "kind": "key.created",
        "act": act,
        "index": 3,
        "checkpoint": {"origin": vkey.split("+", maxsplit=1)[0], "size": 4},
    }
    told = hegui("ledger", "verify", "--proof", str(file), "--vkey", vkey).out
    assert "证明成立 the proof holds: key.created" in told
    assert not elsewhere.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("index 3", "index 2"), "proof_wrong"),
        (("\n4\n", "\n5\n"), "note_signature_wrong"),
        (("index 3", "index three"), "proof_malformed"),
        (("extra ", "extra AAAA"), "proof_wrong"),
    ],
)
def test_a_file_that_proves_nothing_is_a_finding(
    hegui: Hegui, vkey: str, file: Path, change: tuple[str, str], code: str
) -> None:
    old, new = change
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    ran = hegui("ledger", "verify", "--proof", str(file), "--vkey", vkey, "--json")
    assert ran.code == 1
    assert ran.document["ok"] is False
    assert ran.document["problem"]["code"] == code
    assert "does NOT hold" in hegui("ledger", "verify", "--proof", str(file), "--vkey", vkey).out


def test_another_logs_key_proves_nothing(hegui: Hegui, file: Path) -> None:
    other = Signer.from_seed("other.example", bytes(32)).vkey
    ran = hegui("ledger", "verify", "--proof", str(file), "--vkey", other, "--json")
    assert (ran.code, ran.document["problem"]["code"]) == (1, "note_not_signed")


def test_what_is_missing_for_a_check_is_an_error(hegui: Hegui, vkey: str, file: Path) -> None:
    for arguments, code in (
        (("--proof", str(file)), "proof_options"),
        (("--vkey", vkey), "proof_options"),
        (("--proof", "none.tlog-proof", "--vkey", vkey), "proof_unreadable"),
        (("--proof", str(file), "--vkey", "nonsense"), "note_key_malformed"),
    ):
        ran = hegui("ledger", "verify", *arguments)
        assert (ran.code, ran.err.split(":")[0]) == (2, code)
