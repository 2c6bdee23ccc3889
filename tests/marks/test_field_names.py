"""Which field a key stands for, however it is spelt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.marks.field_names import NAMES, meant


@pytest.mark.parametrize("name", NAMES)
def test_the_standards_own_names(name: str) -> None:
    assert meant(name) == name


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("label", "Label"),
        ("content_producer", "ContentProducer"),
        ("contentProducer", "ContentProducer"),
        ("ContentProducter", "ContentProducer"),
        ("ServiceProvider", "ContentProducer"),
        ("produce-id", "ProduceID"),
        ("ProducerID", "ProduceID"),
        ("ReserveCode1", "ReservedCode1"),
        ("ReservedCode2: ", "ReservedCode2"),
        ("Propagator", "ContentPropagator"),
        ("ContentPropogator", "ContentPropagator"),
        ("PropatorID", "PropagateID"),
    ],
)
def test_other_spellings(key: str, field: str) -> None:
    assert meant(key) == field


@pytest.mark.parametrize(
    "key",
    ["", "Lab", "title", "labels", "Timestamp", "ProcessingTypes", "ReservedCode", "ReservedCode3",
     "description", "x" * 10_000],
)  # fmt: skip
def test_other_fields_and_those_that_could_be_two(key: str) -> None:
    assert meant(key) is None


@settings(deadline=None)
@given(st.sampled_from(NAMES[1:]), st.integers(0, 8), st.sampled_from("xyz"))
def test_one_wrong_letter_is_forgiven(name: str, place: int, letter: str) -> None:
    assert meant(name[:place] + letter + name[place + 1 :]) == name
