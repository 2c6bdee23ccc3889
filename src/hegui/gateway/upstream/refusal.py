"""A server's answer that is not an answer: from its HTTP status to one of our errors."""

import msgspec

from hegui.gateway.errors import UpstreamError
from hegui.gateway.upstream.answer import Answer, ConnectionFailed
from hegui.gateway.upstream.failures import failure

#: Of an error's body no more than this is read.
_MOST_BYTES = 65_536
_LONGEST_WAIT = 86_400


async def refusal(answer: Answer, due: float) -> UpstreamError:
    """The error that a status other than 200 means.

    401 and 403 are our key; 429 and 503 a busy server; other 4xx the request itself, with the
    server's own words; the rest, redirects too, is a server that fails.

    Raises:
        TimeoutError: its words are not here by ``due``, a time of the loop's clock.
    """
    status = answer.status
    if status in (401, 403):
        return failure("upstream_auth")
    if status in (429, 503):
        wait = seconds(answer.headers.get(b"retry-after", b"").decode("latin-1"))
        return failure("upstream_busy", status=status, retry_after=wait, alive=status == 429)
    if 400 <= status < 500:
        return failure("upstream_rejected", detail=words(await _read(answer, due)))
    # Many servers say 500 to a request they can't read: no reason to keep others out.
    return failure("upstream_failed", alive=status == 500)


async def _read(answer: Answer, due: float) -> bytes:
    body = b""
    try:
        while len(body) < _MOST_BYTES and (data := await answer.read(due)):
            body += data
    except ConnectionFailed:
        return body  # the status alone already says that it is a refusal
    return body[:_MOST_BYTES]


def seconds(text: str) -> int | None:
    """A ``Retry-After`` in seconds (RFC 9110, 10.2.3), at most a day; a date is not used."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return None
    return min(int(text), _LONGEST_WAIT)


def words(body: bytes) -> str:
    """The message in an error's body, in the shapes that model servers use, else its text."""
    text = body.decode("utf-8", "replace").strip()
    try:
        doc = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return text
    for name in ("error", "message", "detail"):
        if isinstance(doc, dict) and name in doc:
            doc = doc[name]
    return doc if isinstance(doc, str) else text
