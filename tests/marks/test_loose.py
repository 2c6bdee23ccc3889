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


@pytest.mark.parametrize(
    "text",
    [
        '{"AIGC":{}}',
        '  {"aigc" : {}}',
        '"{\\"AIGC\\":{\\"Label\\":\\"1\\"}}"',
        'TC260:AIGC={"Label":"1"}',
        'AIGC{"Label":"1"}',
        'AIGC: "{\\"Label\\":\\"1\\"}"',
        'AIGC: [{"Label":"1"}]',
        "AIGC={&quot;Label&quot;:&quot;1&quot;}",
        "AIGC: {Label: 1, ContentProducer: x}",
        "AIGC: eyJMYWJlbCI6ICIxIn0=",
        '{"prompt":"AIGC","AIGC":{}}',
        '{"AIGC": "eyJMYWJlbCI6ICIxIn0="}',
        '{"AIGC_INFO": {"ProduceID": "x"}, "a": 1}',
    ],
)
def test_an_object_under_the_name_is_a_label(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a comment",
        '{"title": "AIGC"}',
        "on AIGC and its labels",
        "AIGC picture",
        "a photo, AIGC: no",
        "AIGC: x",
        "AIGC: my holiday notes, written by hand",
        'AIGC: "a series of pictures"',
        "AIGC: [holiday] 2025",
        "AIGC: {the name of a series} no. 3",
        "AIGC=photographsofmysummerholiday",
        '{"AIGC-workflow": {"nodes": []}, "prompt": "a cat"}',
        '{"prompt":"an AIGC picture"}',
        "{" * 100_000,
        '{"a":' * 50_000 + '"AIGC"',
        'AIGC={"Label": "1"}' + " " * 300_000,
    ],
)
def test_other_texts_are_no_label(text: str) -> None:
    assert not is_label(text)


def test_a_house_member_beside_a_label_remains() -> None:
    text = '{"AIGC": {"Label": "1"}, "AIGC-workflow": {"nodes": [1]}}'
    assert remainder(text) == '{"AIGC-workflow": {"nodes": [1]}}'


def test_depth_without_end_is_no_object() -> None:
    assert remainder('{"AIGC": ' + "[" * 100_000) == ""
