"""Proof files: their text, and what they prove."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger import naive

from hegui.ledger import Checkpoint, InclusionProof, LedgerError, Signer, Verifier, merkle

ORIGIN = "log.example/hegui"
SIGNER = Signer.from_seed(ORIGIN, bytes(32))
VERIFIER = Verifier(SIGNER.vkey)
BODIES = [b"entry %d" % number for number in range(7)]
LOG = naive.Log([merkle.leaf_hash(body) for body in BODIES])
NOTE = Checkpoint(ORIGIN, 7, merkle.root_hash(7, LOG.read)).sign(SIGNER)


def proof_of(place: int, **changes: Any) -> InclusionProof:
    hashes = tuple(merkle.inclusion_proof(7, place, LOG.read))
    whole: dict[str, Any] = {"index": place, "hashes": hashes, "checkpoint_note": NOTE} | changes
    return InclusionProof(**whole)


PROOF = proof_of(4)
TEXT = PROOF.to_text()
WITH_EXTRA = proof_of(4, extra=b"receipt").to_text()


def test_text_is_as_specified() -> None:
    lines = TEXT.split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", "index 4"]
    assert [len(line) for line in lines[2:6]] == [44, 44, 44, 0]
    assert TEXT.endswith("\n\n" + NOTE)
    assert WITH_EXTRA.split("\n")[1:3] == ["extra cmVjZWlwdA==", "index 4"]


@pytest.mark.parametrize("index", range(7))
def test_each_entry_is_proved_from_the_file_alone(index: int) -> None:
    proof = InclusionProof.parse(proof_of(index, extra=b"any").to_text().encode())
    assert proof.verify(BODIES[index], VERIFIER).size == 7


def test_a_log_of_one_entry_needs_no_hashes() -> None:
    note = Checkpoint(ORIGIN, 1, merkle.leaf_hash(b"only")).sign(SIGNER)
    text = InclusionProof(0, (), note).to_text()
    assert text == f"c2sp.org/tlog-proof@v1\nindex 0\n\n{note}"
    assert InclusionProof.parse(text).verify(b"only", VERIFIER).size == 1


#: A line of a checkpoint: never empty, no control characters.
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map("{}\n".format)


@settings(deadline=None)
@given(
    st.builds(
        InclusionProof,
        st.integers(0, 2**63 - 1),
        st.lists(st.binary(min_size=32, max_size=32), max_size=63).map(tuple),
        st.lists(LINE, min_size=1, max_size=4).map(lambda lines: SIGNER.sign("".join(lines))),
        st.binary(max_size=100),
    )
)
def test_any_proof_comes_back(proof: InclusionProof) -> None:
    assert InclusionProof.parse(proof.to_text()) == proof


FLIPPED = bytes([PROOF.hashes[0][0] ^ 1]) + PROOF.hashes[0][1:]
WRONG = {
    "another body": (PROOF, b"entry 5"),
    "another index": (proof_of(4, index=5), BODIES[4]),
    "a hash missing": (proof_of(4, hashes=PROOF.hashes[:-1]), BODIES[4]),
    "a hash more": (proof_of(4, hashes=(*PROOF.hashes, bytes(32))), BODIES[4]),
    "a bit flipped": (proof_of(4, hashes=(FLIPPED, *PROOF.hashes[1:])), BODIES[4]),
    "order": (proof_of(4, hashes=PROOF.hashes[::-1]), BODIES[4]),
}


@pytest.mark.parametrize(("proof", "body"), WRONG.values(), ids=WRONG)
def test_what_is_not_proved(proof: InclusionProof, body: bytes) -> None:
    with pytest.raises(LedgerError) as caught:
        proof.verify(body, VERIFIER)
    assert caught.value.code == "proof_wrong"


def test_an_index_beyond_the_checkpoint_is_not_proved() -> None:
    with pytest.raises(LedgerError) as caught:
        proof_of(4, index=7).verify(BODIES[4], VERIFIER)
    assert caught.value.code == "tree_size_invalid"


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("", "note_malformed"),
        (NOTE.replace("\n7\n", "\n8\n"), "note_signature_wrong"),
        (NOTE.replace("— log", "— logs"), "note_not_signed"),
        (SIGNER.sign("no checkpoint\n"), "checkpoint_malformed"),
        (SIGNER.sign(f"other\n7\n{NOTE.split(chr(10))[2]}\n"), "checkpoint_origin_wrong"),
    ],
    ids=["none", "changed", "another key", "no checkpoint", "another log"],
)
def test_a_proof_is_worth_its_checkpoint(note: str, code: str) -> None:
    with pytest.raises(LedgerError) as caught:
        proof_of(4, checkpoint_note=note).verify(BODIES[4], VERIFIER)
    assert caught.value.code == code


HASH = TEXT.split("\n")[2]
MALFORMED: dict[str, str | bytes] = {
    "empty": "",
    "another version": TEXT.replace("@v1", "@v2"),
    "space after the header": TEXT.replace("@v1\n", "@v1 \n"),
    "line before": "\n" + TEXT,
    "header alone": "c2sp.org/tlog-proof@v1\n\n" + NOTE,
    "no empty line": "c2sp.org/tlog-proof@v1\nindex 4\n",
    "no index": TEXT.replace("index 4\n", ""),
    "index in capitals": TEXT.replace("index", "Index"),
    "index without number": TEXT.replace("index 4", "index "),
    "index with a zero before": TEXT.replace("index 4", "index 04"),
    "negative index": TEXT.replace("index 4", "index -1"),
    "index beyond 64 bits": TEXT.replace("index 4", f"index {2**63}"),
    "index after the hashes": TEXT.replace("index 4\n", "").replace("\n\n", "\nindex 4\n\n", 1),
    "index twice": TEXT.replace("index 4\n", "index 4\nindex 4\n"),
    "extra after the index": TEXT.replace("index 4\n", "index 4\nextra AAAA\n"),
    "extra twice": WITH_EXTRA.replace("index", "extra AAAA\nindex"),
    "extra empty": TEXT.replace("index", "extra \nindex"),
    "extra no base64": TEXT.replace("index", "extra ?\nindex"),
    "hash cut": TEXT.replace(HASH, HASH[:-4]),
    "hash no base64": TEXT.replace(HASH, "*" + HASH[1:]),
    "64 hashes": TEXT.replace(HASH, "\n".join([HASH] * 62)),
    "100,000 short hashes": TEXT.replace(HASH, "\n".join(["AA=="] * 50_000)),
    "too much extra": TEXT.replace("index", f"extra {'A' * 87_400}\nindex"),
    "carriage returns": TEXT.replace("\n", "\r\n"),
    "zero byte": TEXT + "\x00",
    "not UTF-8": TEXT.encode() + b"\xff",
    "too long": TEXT + "x" * 400_000,
    "checkpoint too long": TEXT + "x" * 270_000,
    "an empty line after it": TEXT + "\n",
    "a line after it": TEXT + "more\n",
    "its last newline missing": TEXT[:-1],
    "a second proof after it": TEXT + TEXT,
    "a second proof after an empty line": TEXT + "\n" + TEXT,
    "no signature": TEXT.split("— ")[0],
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_malformed_files_are_named(text: str | bytes) -> None:
    with pytest.raises(LedgerError) as caught:
        InclusionProof.parse(text)
    assert caught.value.code == "proof_malformed"


def test_the_longest_parts_allowed_come_back() -> None:
    end = "\n\n— x AAAAAAA=\n"
    note = "x" * (262_144 - len(end.encode())) + end
    proof = InclusionProof(2**63 - 1, (bytes(32),) * 63, note, bytes(65_536))
    assert InclusionProof.parse(proof.to_text()) == proof


@pytest.mark.parametrize(
    "changes",
    [
        {"index": -1},
        {"index": 2**63},
        {"hashes": (bytes(31),)},
        {"hashes": (bytes(32),) * 64},
        {"extra": bytes(65_537)},
        {"checkpoint_note": "\ud800"},
    ],
    ids=str,
)
def test_none_is_made_that_has_no_text(changes: dict[str, Any]) -> None:
    with pytest.raises(LedgerError) as caught:
        proof_of(4, **changes)
    assert caught.value.code == "proof_malformed"


@settings(deadline=None)
@given(st.text() | st.binary() | st.text().map("c2sp.org/tlog-proof@v1\nindex 1\n{}\n\n".format))
def test_no_input_raises_anything_else(data: str | bytes) -> None:
    with suppress(LedgerError):
        InclusionProof.parse(data)
