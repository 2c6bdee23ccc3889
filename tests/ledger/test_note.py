"""Signed notes: golden vectors, what must be refused, and what must be ignored."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.world import FakeWorld

from hegui.ledger import LedgerError, Signer, Verifier
from hegui.ledger.note import MAX_NOTE_BYTES, split_note

GOLDEN = json.loads((Path(__file__).parent / "golden" / "notes.json").read_bytes())
SIGNER = Signer.from_seed("log.example/hegui", bytes(range(32)))
OTHER = Signer.from_seed("log.example/other", bytes(range(32)))
NAMESAKE = Signer.from_seed("log.example/hegui", bytes(32))
VERIFIER = Verifier(SIGNER.vkey)
TEXT = "first\n\n第二 line\n"
NOTE = SIGNER.sign(TEXT)
LINE = NOTE.split("\n")[-2] + "\n"


def line(signer: Signer, text: str = TEXT) -> str:
    return signer.sign(text).removeprefix(text + "\n")


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["name"])
def test_golden_signatures_ours_and_foreign(golden: dict[str, str]) -> None:
    signer = Signer.from_seed(golden["name"], bytes.fromhex(golden["seed"]))
    assert signer.vkey == golden["vkey"]
    assert signer.sign(golden["text"]) == golden["note"]
    assert Verifier(golden["vkey"]).open(golden["note"]) == golden["text"]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")))
@example("")
@example("\n\n")
@example("— log.example/hegui AAAA\n")
@example("a\u2028b\x85c\x7f")
def test_any_text_comes_back(text: str) -> None:
    note = SIGNER.sign(text + "\n")
    assert VERIFIER.open(note) == VERIFIER.open(note.encode()) == text + "\n"


def test_a_generated_key_opens_what_it_signed_and_can_be_stored() -> None:
    signer = Signer.generate("log.example/new", FakeWorld(7))
    assert signer.vkey == Signer.from_seed("log.example/new", signer.seed).vkey
    assert signer.vkey != Signer.generate("log.example/new", FakeWorld(8)).vkey
    assert Verifier(signer.vkey).open(signer.sign("text\n")) == "text\n"


def test_the_secret_never_prints() -> None:
    assert SIGNER.seed.hex() not in f"{SIGNER!r} {SIGNER}"
    assert str(SIGNER.seed) not in f"{SIGNER!r} {SIGNER}"


def test_signatures_of_others_are_ignored() -> None:
    strange = "— witness.example AAAAAAA=\n"
    assert VERIFIER.open(f"{TEXT}\n{line(OTHER)}{LINE}{line(NAMESAKE)}{strange}") == TEXT


def test_sixteen_large_signatures_beside_ours_are_read() -> None:
    large = f"— witness.example {'A' * 6_668}\n"
    assert VERIFIER.open(NOTE + large * 16) == TEXT


def test_one_failing_signature_of_ours_spoils_the_note() -> None:
    with pytest.raises(LedgerError) as caught:
        VERIFIER.open(NOTE + line(SIGNER, "another text\n"))
    assert caught.value.code == "note_signature_wrong"


@pytest.mark.parametrize("signer", [OTHER, NAMESAKE], ids=["another name", "another key"])
def test_a_note_that_only_others_signed_is_not_opened(signer: Signer) -> None:
    with pytest.raises(LedgerError) as caught:
        VERIFIER.open(signer.sign(TEXT))
    assert caught.value.code == "note_not_signed"


@pytest.mark.parametrize(
    "changed",
    [
        NOTE.replace("first", "First"),
        NOTE.replace("\n\n第", "\n第", 1),
        "\n" + NOTE,
        NOTE.replace("\n— ", "\n\n— ", 1),
        f"{TEXT}\n{LINE.split()[0]} {SIGNER.name} {LINE.split()[2][:6]}AA\n",
    ],
    ids=["letter", "line taken out", "line put before", "line put after", "signature cut"],
)
def test_a_changed_text_is_refused(changed: str) -> None:
    with pytest.raises(LedgerError) as caught:
        VERIFIER.open(changed)
    assert caught.value.code == "note_signature_wrong"


MALFORMED: dict[str, str | bytes] = {
    "empty": "",
    "text alone": TEXT,
    "no final newline": NOTE[:-1],
    "no empty line": NOTE.replace("\n\n", "\n"),
    "no signatures": TEXT + "\n",
    "empty line at the end": NOTE + "\n",
    "hyphen for the dash": NOTE.replace("— ", "- "),
    "no space after the dash": NOTE.replace("— ", "—"),
    "space twice": NOTE.replace("— ", "—  "),
    "no name": NOTE.replace(f"— {SIGNER.name} ", "— "),
    "plus in a name": NOTE.replace(f"— {SIGNER.name}", "— a+b"),
    "space in a name": NOTE.replace(f"— {SIGNER.name}", "— a\u00a0b"),
    "text after the signature": NOTE[:-1] + " more\n",
    "base64 cut": NOTE[:-2] + "\n",
    "base64 of the URL kind": f"{NOTE}— witness.example AAAAA-_=\n",
    "base64 with stray bits": f"{NOTE}— witness.example AAAAAAB=\n",
    "key id alone": f"{NOTE}— witness.example AAAAAA==\n",
    "carriage returns": NOTE.replace("\n", "\r\n"),
    "tab": NOTE.replace("first", "first\t"),
    "zero byte": NOTE.replace("first", "first\x00"),
    "not UTF-8": NOTE.encode().replace(b"first", b"\xff"),
    "lone surrogate": NOTE.replace("first", "\ud800"),
    "too long": "x" * MAX_NOTE_BYTES + NOTE,
    "too long in bytes": "语" * (MAX_NOTE_BYTES // 3) + NOTE,
    "too many signatures": NOTE + line(OTHER) * 100,
}


@pytest.mark.parametrize("note", MALFORMED.values(), ids=list(MALFORMED))
def test_malformed_notes_are_named(note: str | bytes) -> None:
    with pytest.raises(LedgerError) as caught:
        VERIFIER.open(note)
    assert caught.value.code == "note_malformed"


@pytest.mark.parametrize(
    "text", ["", "no newline", "a\tb\n", "a\r\n", "\ud800\n", "x" * MAX_NOTE_BYTES + "\n"]
)
def test_what_cannot_be_signed(text: str) -> None:
    with pytest.raises(LedgerError) as caught:
        SIGNER.sign(text)
    assert caught.value.code == "note_malformed"


def test_the_longest_text_that_is_signed_is_also_opened() -> None:
    signer = Signer.from_seed("n" * 1_024, bytes(32))
    text = "x" * (MAX_NOTE_BYTES - 2_049) + "\n"
    assert split_note(signer.sign(text))[0] == text


@pytest.mark.parametrize(
    "name", ["", "a b", "a+b", "a\u3000b", "a\nb", "a\x00", "\ud800", "n" * 1_025]
)
def test_names_that_no_key_has(name: str) -> None:
    with pytest.raises(LedgerError) as caught:
        Signer.from_seed(name, bytes(32))
    assert caught.value.code == "note_key_name_invalid"


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_seed_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(LedgerError) as caught:
        Signer.from_seed("log.example", bytes(size))
    assert caught.value.code == "note_key_malformed"


NAME, ID, KEY = SIGNER.vkey.split("+", 2)
BAD_KEYS = {
    "empty": "",
    "no key": f"{NAME}+{ID}",
    "id of another key": f"{NAME}+{OTHER.vkey.split('+')[1]}+{KEY}",
    "id in capitals": f"{NAME}+{ID.upper()}+{KEY}",
    "another name": f"log.example/else+{ID}+{KEY}",
    "no base64": f"{NAME}+{ID}+{KEY[:-1]}*",
    "another algorithm": f"{NAME}+{ID}+{'Ag' + KEY[2:]}",
    "key cut": f"{NAME}+{ID}+{KEY[:40]}",
    "final newline": SIGNER.vkey + "\n",
    "a private key": f"PRIVATE+KEY+{NAME}+{ID}+{KEY}",
    "too long": "n" * 1_024 + SIGNER.vkey,
}


@pytest.mark.parametrize("vkey", BAD_KEYS.values(), ids=BAD_KEYS)
def test_verifier_keys_that_are_refused(vkey: str) -> None:
    with pytest.raises(LedgerError) as caught:
        Verifier(vkey)
    assert caught.value.code == "note_key_malformed"


@pytest.mark.parametrize("vkey", [f"+{ID}+{KEY}", f"a b+{ID}+{KEY}"])
def test_verifier_keys_with_impossible_names(vkey: str) -> None:
    with pytest.raises(LedgerError) as caught:
        Verifier(vkey)
    assert caught.value.code == "note_key_name_invalid"


@settings(deadline=None)
@given(st.text() | st.binary())
def test_no_input_raises_anything_else(data: str | bytes) -> None:
    with pytest.raises(LedgerError):
        VERIFIER.open(data)
    with pytest.raises(LedgerError):
        Verifier(str(data))


@settings(deadline=None)
@given(st.integers(0, len(NOTE) - 1), st.characters())
def test_one_changed_character_never_opens(place: int, character: str) -> None:
    changed = NOTE[:place] + character + NOTE[place + 1 :]
    if changed == NOTE:
        return
    with pytest.raises(LedgerError):
        VERIFIER.open(changed)
