"""Bodies are bounded in size, fields and time, and anything unreadable is one clear error."""

import asyncio
from typing import Any

import msgspec
import pytest
from starlette.requests import Request

from hegui.web import bounded
from hegui.web.errors import WebError

FORM = b"application/x-www-form-urlencoded; charset=utf-8"


def request(*pieces: bytes, kind: bytes = FORM, ends: str = "") -> Request:
    """A request whose body comes in pieces, and then hangs or breaks off if told to."""
    parts = iter(pieces)
    left = len(pieces)

    async def receive() -> dict[str, Any]:
        nonlocal left
        piece = next(parts, None)
        if piece is None:
            if ends == "gone":
                return {"type": "http.disconnect"}
            await asyncio.sleep(3600)
        left -= 1
        more = left > 0 or bool(ends)
        return {"type": "http.request", "body": piece, "more_body": more}

    return Request({"type": "http", "headers": [(b"content-type", kind)]}, receive)


def form(*pieces: bytes, limit: int = 100, **more: Any) -> dict[str, str]:
    return asyncio.run(bounded.form(request(*pieces, **more), limit, 0.05))


def code(raised: pytest.ExceptionInfo[WebError]) -> tuple[str, int]:
    return raised.value.code, raised.value.status


def test_a_form_reads_across_pieces() -> None:
    assert form(b"a=%E9%9D%92", b"%E7%AB%B9&b=") == {"a": "青竹", "b": ""}


def test_of_fields_with_one_name_the_last_that_says_something_counts() -> None:
    assert form(b"say=&say=hello") == {"say": "hello"}
    assert form(b"say=hello&say=") == {"say": "hello"}


def test_exactly_the_limit_is_read_and_one_more_is_not() -> None:
    assert form(b"a=" + b"b" * 98) == {"a": "b" * 98}
    with pytest.raises(WebError) as raised:
        form(b"a=" + b"b" * 50, b"b" * 49)
    assert code(raised) == ("request_too_large", 413)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"a=%ff", FORM),
        (b"a=\xff", FORM),
        (b"&".join(b"f%d=1" % i for i in range(21)), FORM),
        (b"a=1", b"multipart/form-data; boundary=x"),
        (b"a=1", b"text/plain"),
        (b"a=1", b""),
    ],
)
def test_what_is_not_such_a_form_is_unreadable(body: bytes, kind: bytes) -> None:
    with pytest.raises(WebError) as raised:
        form(body, limit=1000, kind=kind)
    assert code(raised) == ("request_unreadable", 400)


def test_a_body_that_does_not_come_in_time_is_slow() -> None:
    with pytest.raises(WebError) as raised:
        form(b"a=", ends="hang")
    assert code(raised) == ("request_slow", 408)


def test_a_sender_who_leaves_is_unreadable() -> None:
    with pytest.raises(WebError) as raised:
        form(b"a=", ends="gone")
    assert code(raised) == ("request_unreadable", 400)


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    n: int = 0


def read_json(body: bytes) -> Any:
    return asyncio.run(bounded.json(request(body), Shape, 200_000, 1))


def test_json_of_the_shape_reads_and_empty_means_an_empty_object() -> None:
    assert read_json(b'{"n":3}') == Shape(3)
    assert read_json(b"") == Shape(0)


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b'{"n":"3"}', b'{"m":1}', b'"\xff"', b"[" * 100_000, b"null", b"nan"],
    ids=["cut", "list", "wrong type", "unknown", "not utf-8", "deep", "null", "nan"],
)
def test_json_of_another_shape_is_unreadable(body: bytes) -> None:
    with pytest.raises(WebError) as raised:
        read_json(body)
    assert code(raised) == ("request_unreadable", 400)
