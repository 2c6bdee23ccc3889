"""Values as they stand in a place: each odd form is made out, and told."""

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.marks.wild import FIELDS, VALUES

from hegui.marks.finding import finding
from hegui.marks.label import Label
from hegui.marks.members import MAX_TEXT
from hegui.marks.reading import Place
from hegui.marks.values import recognise

GOOD = json.dumps(FIELDS)


@pytest.mark.parametrize("kind", VALUES)
def test_each_kind_of_value(kind: str) -> None:
    text, about = VALUES[kind]
    seen, found = recognise(Place("xmp", text))
    assert {one.code for one in found} == about
    assert seen.raw == text
    nothing = kind in {"nothing", "words", "an empty object"}
    assert ("ContentProducer" in seen.fields) is not nothing


def test_base64_is_told() -> None:
    for text in (
        base64.b64encode(GOOD.encode()).decode(),
        base64.urlsafe_b64encode(GOOD.encode()).decode(),
    ):
        seen, found = recognise(Place("id3", text))
        assert [one.code for one in found] == ["base64"]
        assert seen.fields == FIELDS
        seen, found = recognise(Place("id3", f"AIGC={text.rstrip('=')}"))
        assert [one.code for one in found] == ["prefix", "base64"]
        assert seen.fields == FIELDS


@pytest.mark.parametrize("carrier", ["exif", "png-text", "member", "sidecar", "comment"])
def test_wrapped_is_right_where_the_guide_has_it_so(carrier: str) -> None:
    seen, found = recognise(Place(carrier, json.dumps({"AIGC": FIELDS})))
    assert found == ()
    assert seen.label == Label(*FIELDS.values())  # type: ignore[arg-type]


def test_a_mapping_of_any_parser_is_taken() -> None:
    seen, found = recognise(Place("front-matter", {**FIELDS, "Label": 1, "ReservedCode1": None}))
    assert [one.code for one in found] == ["type", "type"]
    assert json.loads(seen.raw)["Label"] == 1
    odd = {**FIELDS, "ReservedCode1": ["a"], "ReservedCode2": {"b": 1}, "ProduceID": 1.5}
    assert [one.code for one in recognise(Place("meta", odd))[1]] == ["type"] * 3


def test_the_places_own_findings_come_first() -> None:
    own = finding("namespace", uri="urn:x")
    _, found = recognise(Place("xmp", "", (own,)))
    assert [one.code for one in found] == ["namespace", "value-malformed"]


def test_a_value_beyond_the_limit_is_not_looked_into() -> None:
    seen, found = recognise(Place("xmp", GOOD + " " * MAX_TEXT + "x"))
    assert [one.code for one in found] == ["value-malformed"]
    assert str(MAX_TEXT) in found[0].en
    assert len(seen.raw) == MAX_TEXT


@pytest.mark.parametrize(
    "text",
    [
        '"' * 1000,
        '{"AIGC":' * 60_000,
        "AIGC=" * 12_000,
        "AIGC" + " " * 60_000 + "!",
        "A" + " " * 60_000 + "!",
        '{"Label": ' + '"\\"' * 20_000,
        '{"Label": ' + '[\\"' * 20_000,
        json.dumps(json.dumps(json.dumps(json.dumps(json.dumps(GOOD))))),
    ],
    ids=["quotes", "nesting", "prefixes", "spaces", "base64 and spaces", "escapes", "brackets",
         "encoded six times"],
)  # fmt: skip
def test_hostile_values_end(text: str) -> None:
    _, found = recognise(Place("xmp", text))
    assert "value-malformed" in {one.code for one in found}


@settings(deadline=None, max_examples=300)
@given(st.text() | st.text('{}[]":,\\AIGCLabel1 ', max_size=80))
def test_no_text_raises(text: str) -> None:
    seen, _ = recognise(Place("xmp", text))
    assert seen.carrier == "xmp"


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(GOOD)), st.integers(0, 8), st.text('{}":,\\x', max_size=4))
def test_a_damaged_label_is_still_one(start: int, length: int, other: str) -> None:
    damaged = GOOD[:start] + other + GOOD[start + length :]
    seen, found = recognise(Place("xmp", damaged))
    assert seen.fields or found
