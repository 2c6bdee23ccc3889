"""Objects read strictly and loosely: nothing of a value's text is lost."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.marks.members import MAX_TEXT, Bare, Pairs, double, end_of, pairs, plain, quoted, strict

SCALARS = st.text(max_size=20)


def test_numbers_keep_their_text_and_members_their_order() -> None:
    found = strict('{"b": 001191, "a": 1}')
    assert found is None  # JSON has no leading zeros
    assert strict('{"b": 12e3, "a": -1, "b": null, "c": true}') == Pairs(
        [
            ("b", Bare("12e3", "number")),
            ("a", Bare("-1", "integer")),
            ("b", Bare("null", "null")),
            ("c", Bare("true", "boolean")),
        ]
    )
    assert strict("9" * 10_000) == Bare("9" * 10_000, "integer")


@pytest.mark.parametrize("text", ["", "{", "[" * 10_000, "{'a': 1}", '"' + "x" * MAX_TEXT + '"'])
def test_what_is_no_json_or_too_long(text: str) -> None:
    assert strict(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "null"), ("~", "null"), ("Null", "null"), ("true", "boolean"), ("FALSE", "boolean"),
        ("1", "integer"), ("001191320114777023172010000", "integer"), ("0x1F", "integer"),
        ("1.5", "number"), ("12345e678", "number"), (".inf", "number"), ("*anchor", "alias"),
    ],
)  # fmt: skip
def test_what_other_programs_would_not_take_for_text(text: str, kind: str) -> None:
    assert plain(text) == Bare(text, kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["yes", "1a", "001191440300708461136T1XGW3", "1.2.3", "a:b", "+"])
def test_what_is_text_without_quotes(text: str) -> None:
    assert plain(text) == text


@settings(deadline=None)
@given(st.dictionaries(SCALARS, SCALARS))
def test_sound_json_reads_the_same_loosely(mapping: dict[str, str]) -> None:
    for ascii_only in (True, False):
        text = json.dumps(mapping, ensure_ascii=ascii_only)
        found, clean = pairs(text)
        assert found == Pairs(mapping.items())
        assert clean


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{Label: 1, A: 'it''s'}", [("Label", Bare("1", "integer")), ("A", "it's")]),
        ('{"a: "b"}', [("a", "b")]),
        ('{"a": b"}', [("a", "b")]),
        ('{"a": "b" c, "d": "e"}', [("a", "b"), ("d", "e")]),
        (
            '{"a": {"b": ["}"]}, c: [1}',
            [("a", Bare('{"b": ["}"]}', "object")), ("c", Bare("[1}", "list"))],
        ),
        ("{a=b\nc=d", [("a", "b"), ("c", "d")]),
        ('{"a", "b": "c', [("b", "c")]),
    ],
)
def test_what_only_resembles_an_object(text: str, found: list[tuple[str, object]]) -> None:
    assert pairs(text)[0] == found


@pytest.mark.parametrize("text", ['{"a: "b"}', '{"a": "b" c}', '{"a": "b', '{"a"}', "{"])
def test_what_is_not_sound_is_told(text: str) -> None:
    assert not pairs(text)[1]


def test_escapes_of_both_languages() -> None:
    assert double(r"a\n\x41\u4e2d\U0001F600\"\\\/") == 'a\nA中😀"\\/'
    assert double(r"\ud83d\ude00") == "😀"
    assert double(r"\ud83d") == "\ufffd"
    assert quoted("'it''s' x", 0) == ("it's", 7, True)
    assert quoted('"a\\"', 0) == ('a"', 4, False)


def test_brackets_in_quotes_do_not_count() -> None:
    assert end_of('{"}": "{"} x', 0) == 10
    assert end_of("{[", 0) == 2


@settings(deadline=None)
@given(st.text("{}[]\"':=,\\ \nab1", max_size=60))
def test_no_text_raises(text: str) -> None:
    found, _ = pairs("{" + text)
    assert all(isinstance(name, str) for name, _ in found)
