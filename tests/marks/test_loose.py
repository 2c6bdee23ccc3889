"""Labels in free texts, and what else stands in them."""

import pytest

from hegui.marks.loose import is_label, remainder


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ('{"AIGC": {"Label": "1"}}', ""),
        ('AIGC={"Label": "1"}', ""),
        ('{"Label": "1", "ContentProducer": "x"}', ""),
        ('{"AIGC": {"Label": "1"}, "title": "画"}', '{"title": "\\u753b"}'),
        ('{"aigc": 1, "a": [1]}', '{"a": [1]}'),
    ],
)
def test_what_stands_beside_a_label_remains(text: str, rest: str) -> None:
    assert is_label(text)
    assert remainder(text) == rest


@pytest.mark.parametrize("text", ["", "a comment", '{"title": "AIGC"}', "on AIGC and its labels"])
def test_other_texts_are_no_label(text: str) -> None:
    assert not is_label(text)


def test_depth_without_end_is_no_object() -> None:
    assert remainder('{"AIGC": ' + "[" * 100_000) == ""
