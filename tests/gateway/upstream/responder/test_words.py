"""Pieces of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.gateway.upstream.responder.words import pieces


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("", []),
        ("one two", ["one", " two"]),
        ("a  b\n\nc\n", ["a", "  b", "\n\nc", "\n"]),
        ("你好世界啊", ["你好", "世界", "啊"]),
        ("你好，world", ["你好", "，world"]),
        ("![x](data:image/png;base64,AA+/==)", ["![x](data:image/png;base64,AA+/==)"]),
        ("😀 ok", ["😀", " ok"]),
    ],
)
def test_pieces(text: str, split: list[str]) -> None:
    assert pieces(text) == split


@given(st.text(max_size=200))
def test_joined_they_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
    assert all(pieces(text))
