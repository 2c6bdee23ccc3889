"""What the carriers of documents share."""

import pytest

from hegui.marks.carriers import document_common as common
from hegui.marks.reading import Meta


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("AIGC", "", True),
        (" aigc ", "anything", True),
        ("TC260:AIGC", "", True),
        ("AIGC_Label", '{"Label":"1"}', True),
        ("AIGCInfo", '{"ContentProducer":"x"}', True),
        ("AIGC department", "third floor", False),
        ("Title", '{"Label":"1"}', False),
    ],
)
def test_a_field_is_a_label_by_its_name(name: str, value: str, expected: bool) -> None:
    assert common.is_label(name, value) is expected


def test_other_metadata_is_cut_and_empty_ones_are_left_out() -> None:
    long = common.meta("k", "x" * 70_000)
    assert len(long.text) == 65_536
    assert common.told([long, Meta("e", " \n")]) == (long,)


def test_a_signed_document_says_what_to_do() -> None:
    error = common.signed("odt")
    assert error.code == "file_signed"
    assert "sidecar" in error.en
    assert "odt" in error.zh
