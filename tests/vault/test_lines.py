"""The form of a sealed answer: read back by the standard library too, and its bad inputs."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.vault import Line, VaultError, decode_lines, encode_line

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(st.tuples(texts, texts), max_size=6))
def test_lines_come_back_in_order(pairs: list[tuple[str, str]]) -> None:
    data = b"".join(encode_line(place, text) for place, text in pairs)
    assert decode_lines(data) == [Line(place, text) for place, text in pairs]


@given(texts, texts)
def test_a_line_is_one_line_of_plain_json(place: str, text: str) -> None:
    line = encode_line(place, text)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert json.loads(line) == [place, text]


def test_nothing_is_no_lines() -> None:
    assert decode_lines(b"") == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"words", id="not-json"),
        pytest.param(b'{"place":"0/content","text":"x"}\n', id="an-object"),
        pytest.param(b'["0/content"]\n', id="no-text"),
        pytest.param(b'["0/content","x","y"]\n', id="one-too-many"),
        pytest.param(b'[0,"x"]\n', id="place-is-a-number"),
        pytest.param(b'["0/content",null]\n', id="text-is-null"),
        pytest.param(b'["0/content","x"', id="cut-short"),
        pytest.param(b'["0/content","\xff"]\n', id="not-utf-8"),
    ],
)
def test_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(VaultError) as caught:
        decode_lines(data)
    assert caught.value.code == "sealed_malformed"
