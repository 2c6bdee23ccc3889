"""A file out of a form, bounded."""

import asyncio
from collections.abc import Sequence

import pytest
from starlette.requests import Request
from starlette.types import Message

from hegui.console.upload import upload
from hegui.web.errors import WebError

EDGE = "edge-of-the-form"
TYPE = f"multipart/form-data; boundary={EDGE}"


def part(name: str, content: bytes, file: str | None = None) -> bytes:
    told = f'form-data; name="{name}"' + (f'; filename="{file}"' if file is not None else "")
    head = f"--{EDGE}\r\nContent-Disposition: {told}\r\n\r\n"
    return head.encode() + content + b"\r\n"


END = f"--{EDGE}--\r\n".encode()


def uploaded(
    pieces: Sequence[bytes], content_type: str = TYPE, most: int = 100, seconds: float = 5.0
) -> tuple[str, bytes]:
    """What the upload of a body in these pieces gives; after them the sender is silent."""
    waiting, whole = list(pieces), b"".join(pieces).endswith(END)

    async def receive() -> Message:
        if not waiting:
            await asyncio.sleep(60)
        piece = waiting.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(waiting) or not whole}

    headers = [(b"content-type", content_type.encode())]
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
    return asyncio.run(upload(request, "file", most, seconds))


def refused(pieces: Sequence[bytes], **how: object) -> str:
    with pytest.raises(WebError) as error:
        uploaded(pieces, **how)  # type: ignore[arg-type]
    return error.value.code


def test_a_file_comes_with_its_name_in_whatever_pieces() -> None:
    body = part("other", b"x") + part("file", b"one\r\ntwo", "our words.csv") + END
    assert uploaded([body]) == ("our words.csv", b"one\r\ntwo")
    for size in (1, 7, 50):
        pieces = [body[at : at + size] for at in range(0, len(body), size)]
        assert uploaded(pieces) == ("our words.csv", b"one\r\ntwo")


@pytest.mark.parametrize("body", [part("file", b"", ""), part("other", b"x"), part("file", b"x")])
def test_no_file_is_nothing(body: bytes) -> None:
    assert uploaded([body + END]) == ("", b"")


def test_a_name_is_shown_and_never_a_path_to_anything() -> None:
    name = "../\x00../\x1bwords.csv"
    assert uploaded([part("file", b"x", name) + END])[0] == "../../words.csv"
    long = "n" * 500 + ".csv"
    assert uploaded([part("file", b"x", long) + END])[0] == long[-128:]


def test_a_file_past_its_bound_is_refused() -> None:
    assert uploaded([part("file", b"x" * 100, "a.csv") + END])[1] == b"x" * 100
    assert refused([part("file", b"x" * 101, "a.csv") + END]) == "request_too_large"


def test_a_body_past_its_bound_is_refused_before_it_ends() -> None:
    assert refused([part("file", b"x" * 70_000, "a.csv")]) == "request_too_large"


def test_a_slow_body_is_refused() -> None:
    assert refused([part("file", b"x", "a.csv")], seconds=0.01) == "request_slow"


@pytest.mark.parametrize(
    "body",
    [
        b"no form at all" + END,
        part("file", b"x", "a.csv") + part("more", b"x", "b.csv") + END,
        f"--{EDGE}\r\n\r\nno name\r\n".encode() + END,
        b"".join(part(f"f{n}", b"x") for n in range(30)) + END,
    ],
    ids=["nonsense", "two files", "no name", "many fields"],
)
def test_what_is_no_such_form_is_refused(body: bytes) -> None:
    assert refused([body]) == "request_unreadable"


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_another_kind_of_body_is_refused(content_type: str) -> None:
    assert refused([part("file", b"x", "a.csv") + END], content_type=content_type) == (
        "request_unreadable"
    )
