"""A server's answer taken in whole, within a bound."""

from hegui.gateway.sse import broken
from hegui.gateway.upstream.base import UpstreamReply


async def read_all(reply: UpstreamReply, most: int) -> bytes:
    """All bytes of an answer; the reply stays the caller's to close.

    Raises:
        UpstreamError: ``upstream_broken`` for more than ``most`` bytes; as the reply's iteration.
    """
    pieces: list[bytes] = []
    size = 0
    async for data in reply:
        pieces.append(data)
        size += len(data)
        if size > most:
            raise broken("answer_too_large")
    return b"".join(pieces)
