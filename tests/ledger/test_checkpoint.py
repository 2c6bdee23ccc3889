"""Checkpoints: their text, their signature, and the log they are of."""

from base64 import b64decode
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.ledger import Checkpoint, LedgerError, Signer, Verifier

ORIGIN = "log.example/hegui"
ROOT = bytes(range(32))
SIGNER = Signer.from_seed(ORIGIN, bytes(32))
VERIFIER = Verifier(SIGNER.vkey)
CHECKPOINT = Checkpoint(ORIGIN, 42, ROOT)
TEXT = f"{ORIGIN}\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
#: The example in c2sp.org/tlog-checkpoint.
SPECIFIED = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def test_text_is_three_lines() -> None:
    assert CHECKPOINT.to_text() == TEXT
    assert Checkpoint.parse(TEXT) == Checkpoint.parse(TEXT.encode()) == CHECKPOINT


def test_the_specification_s_example_is_read() -> None:
    read = Checkpoint.parse(SPECIFIED)
    assert (read.origin, read.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert read.root == b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
    assert read.to_text() == SPECIFIED


@settings(deadline=None)
@given(
    st.builds(
        Checkpoint,
        LINES,
        st.integers(0, 2**63 - 1),
        st.binary(min_size=32, max_size=32),
        st.lists(LINES, max_size=3).map(tuple),
    )
)
def test_any_checkpoint_comes_back(checkpoint: Checkpoint) -> None:
    assert Checkpoint.parse(checkpoint.to_text()) == checkpoint


def test_signed_and_opened() -> None:
    assert Checkpoint.open(CHECKPOINT.sign(SIGNER), VERIFIER) == CHECKPOINT


def test_a_key_signs_for_its_own_log_only() -> None:
    with pytest.raises(LedgerError) as caught:
        Checkpoint("log.example/other", 42, ROOT).sign(SIGNER)
    assert caught.value.code == "checkpoint_origin_wrong"


def test_a_signed_checkpoint_of_another_log_is_not_opened() -> None:
    note = SIGNER.sign(TEXT.replace(ORIGIN, "log.example/other"))
    with pytest.raises(LedgerError) as caught:
        Checkpoint.open(note, VERIFIER)
    assert caught.value.code == "checkpoint_origin_wrong"


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (CHECKPOINT.sign(SIGNER).replace("42", "43"), "note_signature_wrong"),
        (SIGNER.sign("a note that is no checkpoint\n"), "checkpoint_malformed"),
        (TEXT, "note_malformed"),
        (CHECKPOINT.sign(Signer.from_seed(ORIGIN, bytes([1]) * 32)), "note_not_signed"),
    ],
    ids=["changed", "no checkpoint", "unsigned", "another key"],
)
def test_what_is_not_opened(note: str, code: str) -> None:
    with pytest.raises(LedgerError) as caught:
        Checkpoint.open(note, VERIFIER)
    assert caught.value.code == code


MALFORMED: dict[str, str | bytes] = {
    "empty": "",
    "one newline": "\n",
    "no final newline": TEXT[:-1],
    "two lines": f"{ORIGIN}\n42\n",
    "no origin": TEXT.removeprefix(ORIGIN),
    "no size": TEXT.replace("42", ""),
    "size with a zero before": TEXT.replace("42", "042"),
    "size with a sign": TEXT.replace("42", "+42"),
    "negative size": TEXT.replace("42", "-42"),
    "size with a space": TEXT.replace("42", "42 "),
    "size with an underscore": TEXT.replace("42", "4_2"),
    "size in other digits": TEXT.replace("42", "٤٢"),
    "size of superscripts": TEXT.replace("42", "4²"),
    "size in hex": TEXT.replace("42", "0x2a"),
    "size beyond 64 bits": TEXT.replace("42", str(2**63)),
    "size of a million digits": TEXT.replace("42", "4" * 200_000),
    "root cut": TEXT.replace("Hh8=", "Hh8"),
    "root of 31 bytes": TEXT.replace("Hh8=", "Hg=="),
    "root of 33 bytes": TEXT.replace("Hh8=", "Hh8g"),
    "root with stray bits": TEXT.replace("Hh8=", "Hh9="),
    "root in the URL's alphabet": SPECIFIED.replace("/", "_"),
    "empty line after": TEXT + "\n",
    "empty line between": TEXT + "\nextension\n",
    "carriage returns": TEXT.replace("\n", "\r\n"),
    "not UTF-8": TEXT.encode() + b"\xff\n",
    "too long": TEXT + "x" * 300_000 + "\n",
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_malformed_checkpoints_are_named(text: str | bytes) -> None:
    with pytest.raises(LedgerError) as caught:
        Checkpoint.parse(text)
    assert caught.value.code == "checkpoint_malformed"


@pytest.mark.parametrize(
    "fields",
    [
        ("", 0, ROOT),
        ("two\nlines", 0, ROOT),
        ("tab\t", 0, ROOT),
        ("\ud800", 0, ROOT),
        (ORIGIN, -1, ROOT),
        (ORIGIN, 2**63, ROOT),
        (ORIGIN, 0, b""),
        (ORIGIN, 0, ROOT, ("",)),
    ],
)
def test_none_is_made_that_has_no_text(fields: tuple[Any, ...]) -> None:
    with pytest.raises(LedgerError) as caught:
        Checkpoint(*fields)
    assert caught.value.code == "checkpoint_malformed"


@settings(deadline=None)
@given(st.text() | st.binary())
def test_no_input_raises_anything_else(data: str | bytes) -> None:
    with suppress(LedgerError):
        Checkpoint.parse(data)
