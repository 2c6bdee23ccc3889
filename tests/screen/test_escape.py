"""JSON string source, whole and in pieces."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.screen.escape import split

STEADY = settings(derandomize=True, deadline=None)


@STEADY
@given(st.text(), st.booleans())
def test_reads_what_json_reads(text: str, ascii_only: bool) -> None:
    source = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
    sources, chars, rest = split(source, last=False)
    assert (chars, rest) == (text, "")
    assert "".join(sources) == source
    assert len(sources) == len(chars)


@pytest.mark.parametrize(
    "open_escape",
    [
        "\\",
        "\\u",
        "\\u8",
        "\\u8bc",
        "\\ud83d",
        "\\uD83D\\",
        "\\ud83d\\u",
        "\\ud83d\\ud",
        "\\ud83d\\ude",
        "\\ud83d\\ude0",
    ],
)
def test_an_open_escape_waits_and_counts_as_written_at_the_end(open_escape: str) -> None:
    assert split("ab" + open_escape, last=False) == (["a", "b"], "ab", open_escape)
    sources, chars, rest = split("ab" + open_escape, last=True)
    assert "".join(sources) == "ab" + open_escape
    assert chars.startswith("ab")
    assert rest == ""


def test_an_escaped_backslash_opens_nothing() -> None:
    assert split("\\\\", last=False) == (["\\\\"], "\\", "")
    assert split("\\\\u8bc8", last=False)[1] == "\\u8bc8"


@pytest.mark.parametrize(
    ("source", "chars"),
    [
        ("\\x", "\\x"),
        ("\\uZZZZ", "\\uZZZZ"),
        ("\\u12G4", "\\u12G4"),
        ("\\ud83dx", "\ud83dx"),
        ("\\ude00\\ud83d!", "\ude00\ud83d!"),
        ("\\ud83d\\u8bc8", "\ud83d诈"),
    ],
)
def test_what_is_no_escape_counts_as_written(source: str, chars: str) -> None:
    sources, got, rest = split(source, last=False)
    assert (got, rest) == (chars, "")
    assert "".join(sources) == source


@STEADY
@given(st.text(st.sampled_from('\\ud83de0"nxé')), st.data())
def test_pieces_read_as_the_whole(source: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(source)))
    first, first_chars, rest = split(source[:at], last=False)
    second, second_chars, _ = split(rest + source[at:], last=True)
    whole, chars, _ = split(source, last=True)
    assert (first + second, first_chars + second_chars) == (whole, chars)
    assert len(rest) <= 11
