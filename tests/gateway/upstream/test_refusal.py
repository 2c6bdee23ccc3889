"""The small parsers of what a server says when it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.gateway.upstream.failures import MOST_DETAIL, failure
from hegui.gateway.upstream.refusal import seconds, words


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("0", 0),
        ("7", 7),
        ("86401", 86_400),
        ("999999999", 86_400),
        ("9999999999", None),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
    ],
)
def test_retry_after(text: str, wait: int | None) -> None:
    assert seconds(text) == wait


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": {"message": "too long", "code": 1}}', "too long"),
        (b'{"error": "no such model"}', "no such model"),
        (b'{"message": "bad", "object": "error"}', "bad"),
        (b'{"detail": "Not Found"}', "Not Found"),
        (b'{"detail": [{"loc": ["n"]}]}', '{"detail": [{"loc": ["n"]}]}'),
        (b'{"error": null}', '{"error": null}'),
        (b"  plain words\n", "plain words"),
        (b'{"error": {"mess', '{"error": {"mess'),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"[" * 100_000, "[" * 100_000),
        (b'"just a string"', "just a string"),
        (b"", ""),
    ],
    ids=range(12),
)
def test_the_servers_words(body: bytes, said: str) -> None:
    assert words(body) == said


@given(st.binary(max_size=200))
def test_no_body_is_an_error_of_its_own(body: bytes) -> None:
    assert isinstance(words(body), str)


def test_detail_is_cut() -> None:
    error = failure("upstream_rejected", detail="长" * 900)
    assert error.detail == "长" * MOST_DETAIL


@pytest.mark.parametrize(
    ("code", "status", "retryable"),
    [
        ("upstream_unreachable", 502, True),
        ("upstream_timeout", 504, True),
        ("upstream_busy", 503, True),
        ("upstream_failed", 502, True),
        ("upstream_rejected", 400, False),
        ("upstream_auth", 502, False),
    ],
)
def test_codes_are_stable(code: str, status: int, retryable: bool) -> None:
    error = failure(code)
    assert (error.code, error.status, error.retryable) == (code, status, retryable)
    assert error.zh
    assert error.en
    assert error.zh != error.en
