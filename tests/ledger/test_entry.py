"""Evidence to bytes: canonical, bounded, and one form only."""

from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.examples import ACT, AT, EXAMPLES, NONCE

from hegui.ledger import LedgerError, entry, kinds

GOLDEN = (Path(__file__).parent / "golden" / "entries.jsonl").read_bytes().splitlines()
KINDS = get_args(kinds.AnyEntry)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=["Cs"])),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    bool: st.booleans(),
}


@st.composite
def entries(draw: st.DrawFn) -> kinds.Entry:
    kind = draw(st.sampled_from(KINDS))
    fields = msgspec.structs.fields(kind)
    made: kinds.Entry = kind(**{field.name: draw(VALUES[field.type]) for field in fields})
    return made


def erased(**changes: Any) -> kinds.PersonErased:
    whole: dict[str, Any] = {"act": ACT, "at": AT, "nonce": NONCE, "texts": 2, "links": 1} | changes
    return kinds.PersonErased(**whole)


@settings(deadline=None)
@given(entries())
def test_any_entry_is_canonical_and_comes_back(made: kinds.Entry) -> None:
    body = entry.encode(made)
    assert body == rfc8785.dumps(msgspec.to_builtins(made))
    assert entry.decode(body) == made


def test_every_kind_has_an_example_and_is_decoded() -> None:
    assert {type(made) for made in EXAMPLES} == set(KINDS) == set(kinds.Entry.__subclasses__())
    assert len(GOLDEN) == len(EXAMPLES) == len(KINDS)


@pytest.mark.parametrize(
    ("made", "golden"),
    list(zip(EXAMPLES, GOLDEN, strict=True)),
    ids=[type(made).__name__ for made in EXAMPLES],
)
def test_golden_bytes(made: kinds.Entry, golden: bytes) -> None:
    assert entry.encode(made) == golden
    assert entry.decode(golden) == made


def test_a_proof_from_before_all_words_were_counted_is_read() -> None:
    whole = next(one for one in EXAMPLES if isinstance(one, kinds.ScreenProven))
    older = entry.encode(whole).replace(b'"in_force":26,', b"")
    assert entry.decode(older) == msgspec.structs.replace(whole, in_force=0)
    with pytest.raises(LedgerError) as caught:
        entry.decode(older.replace(b'"kind"', b'"in_force":0,"kind"'))
    assert caught.value.code == "entry_not_canonical"


def test_kinds_hold_only_what_has_one_canonical_form() -> None:
    for kind in KINDS:
        for field in msgspec.structs.fields(kind):
            assert field.type in VALUES
            assert field.encode_name.isascii()


def test_a_leaf_hash_is_of_the_bytes_with_a_zero_before() -> None:
    assert entry.leaf_hash(b"body") == sha256(b"\x00body").digest()


@pytest.mark.parametrize("number", [2**53, -(2**53), 2**70])
def test_integers_that_json_cannot_carry_are_refused(number: int) -> None:
    with pytest.raises(LedgerError) as caught:
        entry.encode(erased(texts=number))
    assert caught.value.code == "entry_unencodable"


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(LedgerError) as caught:
        entry.encode(erased(nonce="\ud800"))
    assert caught.value.code == "entry_unencodable"


def test_length_is_bounded_to_the_byte() -> None:
    room = entry.MAX_ENTRY_BYTES - len(entry.encode(erased(nonce="")))
    longest = entry.encode(erased(nonce="n" * room))
    assert len(longest) == entry.MAX_ENTRY_BYTES
    assert entry.decode(longest) == erased(nonce="n" * room)
    with pytest.raises(LedgerError) as caught:
        entry.encode(erased(nonce="n" * (room + 1)))
    assert caught.value.code == "entry_too_long"
    with pytest.raises(LedgerError) as caught:
        entry.decode(longest + b" ")
    assert caught.value.code == "entry_too_long"


BODY = entry.encode(erased())
MALFORMED = {
    "empty": b"",
    "no JSON": b"erased",
    "not UTF-8": BODY.replace(b"0123", b"\xff123"),
    "an array": b"[" + BODY + b"]",
    "cut": BODY[:-1],
    "two documents": BODY + BODY,
    "unknown kind": BODY.replace(b"person.erased", b"person.deleted"),
    "no kind": BODY.replace(b'"kind":"person.erased",', b""),
    "field missing": BODY.replace(b'"links":1,', b""),
    "wrong type": BODY.replace(b'"links":1', b'"links":"1"'),
    "float": BODY.replace(b'"links":1', b'"links":1.5'),
    "whole float": BODY.replace(b'"links":1', b'"links":1.0'),
    "null": BODY.replace(b'"links":1', b'"links":null'),
    "lone surrogate": BODY.replace(b"0123", b"\\ud800"),
    "bottomless": b'{"kind":"person.erased","x":' + b"[" * 60_000,
}
NOT_CANONICAL = {
    "space": BODY.replace(b":1,", b": 1,"),
    "final newline": BODY + b"\n",
    "escape": BODY.replace(b"0123", b"\\u0030123"),
    "order": b'{"at":%d,' % AT + BODY[1:].replace(b'"at":%d,' % AT, b""),
    "field twice": BODY.replace(b'"links":1', b'"links":1,"links":1'),
    "unknown field": BODY.replace(b'"links":1', b'"links":1,"more":1'),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_malformed_entries_are_named(body: bytes) -> None:
    with pytest.raises(LedgerError) as caught:
        entry.decode(body)
    assert caught.value.code == "entry_malformed"


@pytest.mark.parametrize("body", NOT_CANONICAL.values(), ids=NOT_CANONICAL)
def test_the_same_meaning_in_other_bytes_is_refused(body: bytes) -> None:
    with pytest.raises(LedgerError) as caught:
        entry.decode(body)
    assert caught.value.code == "entry_not_canonical"


def test_an_integer_beyond_range_in_bytes_is_refused() -> None:
    with pytest.raises(LedgerError) as caught:
        entry.decode(BODY.replace(b'"links":1', b'"links":9007199254740992'))
    assert caught.value.code == "entry_unencodable"


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(body: bytes) -> None:
    with pytest.raises(LedgerError):
        entry.decode(body)


@settings(deadline=None)
@given(st.integers(0, len(BODY) - 1), st.integers(0, 255))
def test_one_changed_byte_never_passes_as_the_same(place: int, value: int) -> None:
    changed = BODY[:place] + bytes([value]) + BODY[place + 1 :]
    try:
        read = entry.decode(changed)
    except LedgerError:
        return
    assert (read == erased()) == (changed == BODY)
