"""The seven-field label: its bytes, its reading, and what is refused."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.marks import DEMO_CODE, Label, MarksError

NAMES = [
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
#: The first write by the demo provider, byte for byte.
GOLDEN = (
    b'{"Label":"1","ContentProducer":"001191000000MA0000000N10000",'
    b'"ProduceID":"0123456789abcdef0123456789abcdef","ReservedCode1":"",'
    b'"ContentPropagator":"001191000000MA0000000N10000",'
    b'"PropagateID":"0123456789abcdef0123456789abcdef","ReservedCode2":""}'
)
FIRST = Label.first(DEMO_CODE, "0123456789abcdef0123456789abcdef")


def test_the_first_write_names_the_producer_on_both_sides() -> None:
    assert FIRST.to_json() == GOLDEN
    assert Label.from_json(GOLDEN) == Label.from_json(GOLDEN.decode()) == FIRST


@settings(deadline=None)
@given(st.sampled_from(["1", "2", "3"]), st.lists(TEXT, min_size=6, max_size=6))
def test_any_label_comes_back_and_any_json_reader_reads_it(kind: Any, rest: list[str]) -> None:
    label = Label(kind, *rest)
    data = label.to_json()
    assert json.loads(data) == dict(zip(NAMES, [kind, *rest], strict=True))
    assert list(json.loads(data)) == NAMES
    assert Label.from_json(data) == label


@pytest.mark.parametrize("order", [sorted, reversed])
def test_any_order_and_spaces_are_read(order: Any) -> None:
    fields = json.loads(GOLDEN)
    data = json.dumps({name: fields[name] for name in order(NAMES)}, indent=4)
    assert Label.from_json(data) == FIRST


def test_a_name_may_stand_for_the_code() -> None:
    assert '"ContentProducer":"某公司"'.encode() in Label.first("某公司", "1").to_json()


@pytest.mark.parametrize(("producer", "produce_id"), [("", "1"), (DEMO_CODE, "")])
def test_none_is_written_without_provider_or_number(producer: str, produce_id: str) -> None:
    with pytest.raises(MarksError) as caught:
        Label.first(producer, produce_id)
    assert caught.value.code == "label_incomplete"


def test_none_is_written_that_is_not_unicode() -> None:
    with pytest.raises(MarksError) as caught:
        Label.first(DEMO_CODE, "\ud800").to_json()
    assert caught.value.code == "label_malformed"


MALFORMED: dict[str, bytes | str] = {
    "empty": b"",
    "no JSON": b"AIGC",
    "not UTF-8": GOLDEN.replace(b"0123", b"\xff", 1),
    "lone surrogate": GOLDEN.decode().replace("0123", "\ud800", 1),
    "escaped lone surrogate": GOLDEN.replace(b"0123", b"\\ud800", 1),
    "an array": b"[" + GOLDEN + b"]",
    "wrapped": b'{"AIGC":' + GOLDEN + b"}",
    "encoded twice": json.dumps(GOLDEN.decode()),
    "cut": GOLDEN[:-1],
    "two": GOLDEN * 2,
    "no Label": GOLDEN.replace(b'"Label":"1",', b""),
    "no ReservedCode2": GOLDEN.replace(b',"ReservedCode2":""', b""),
    "Label as a number": GOLDEN.replace(b'"1"', b"1"),
    "Label 0": GOLDEN.replace(b'"1"', b'"0"'),
    "Label AIGC": GOLDEN.replace(b'"1"', b'"AIGC"'),
    "null": GOLDEN.replace(b'""', b"null"),
    "misspelt": GOLDEN.replace(b"ReservedCode1", b"ReserveCode1"),
    "a field more": GOLDEN.replace(b"}", b',"Timestamp":"1"}'),
    "too long": GOLDEN.replace(b'""', b'"' + b"x" * 65_536 + b'"', 1),
    "bottomless": b'{"Label":' * 7_000,
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=list(MALFORMED))
def test_malformed_labels_are_named(data: bytes | str) -> None:
    with pytest.raises(MarksError) as caught:
        Label.from_json(data)
    assert caught.value.code == "label_malformed"


@settings(deadline=None)
@given(st.binary() | st.text())
def test_no_input_raises_anything_else(data: bytes | str) -> None:
    with pytest.raises(MarksError):
        Label.from_json(data)
