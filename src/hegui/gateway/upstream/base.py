"""What the gateway asks of a model's server, whether over the network or in this process."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import Protocol

from hegui.gateway.sse import broken

#: What a question's body is, unless it uploads files.
JSON = "application/json"


class UpstreamReply(Protocol):
    """An answer that has begun; its first bytes are here.

    A reply is always a success (HTTP 200): everything else was raised by :meth:`Upstream.open`.
    Whoever opened it calls :meth:`aclose`, whatever happened in between.

    Attributes:
        upstream: name of the server that answers.
    """

    upstream: str

    @property
    def content_type(self) -> str:
        """Media type without parameters, e.g. ``text/event-stream``."""
        ...

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Raw body bytes as they come, one item a read.

        Raises:
            UpstreamError: ``upstream_broken`` when the answer breaks off, ``upstream_timeout``
                when it stays silent too long.
        """
        ...

    async def whole(self, most: int) -> bytes:
        """All bytes of it.

        Raises:
            UpstreamError: ``upstream_broken`` for more than ``most`` bytes; as iterating.
        """
        ...

    async def aclose(self) -> None:
        """Cancel the model at once; may come from another task while one reads, and twice.

        A reading task's iteration then ends without an error.
        """
        ...


class Upstream(Protocol):
    """A model's server.

    Attributes:
        name: its name in metrics and evidence.
    """

    name: str

    async def open(self, route: str, body: bytes | None, content_type: str = JSON) -> UpstreamReply:
        """Ask, and wait for the first bytes of the answer.

        Args:
            route: path under the base URL, e.g. ``chat/completions``.
            body: the body, with the server's own model name in it; none: a ``GET``.
            content_type: of the body.

        Raises:
            UpstreamError: nothing of an answer came; ``retryable`` says whether the next
                upstream in order may be asked.
        """
        ...


async def read_all(reply: AsyncIterable[bytes], most: int) -> bytes:
    """All bytes of a reply; see :meth:`UpstreamReply.whole`."""
    pieces: list[bytes] = []
    size = 0
    async for data in reply:
        pieces.append(data)
        size += len(data)
        if size > most:
            raise broken("answer_too_large")
    return b"".join(pieces)
