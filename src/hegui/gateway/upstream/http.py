"""A model's server over HTTP: any that speaks OpenAI's chat completions."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from hegui.config import model as config
from hegui.gateway.deadline import Deadline
from hegui.gateway.errors import GatewayError
from hegui.gateway.sse import broken
from hegui.gateway.upstream.base import UpstreamReply
from hegui.gateway.upstream.failures import failure
from hegui.gateway.upstream.refusal import refusal
from hegui.gateway.upstream.session import SharedSession

#: Bodies past this go out in pieces, so that writing one doesn't hold the event loop.
_LARGE = 1 << 20


def read_key(path: str) -> str:
    """The key in the first line of a file.

    Raises:
        GatewayError: ``upstream_key_missing``: no readable file, or no key in it.
    """
    try:
        with Path(path).open(encoding="ascii") as file:
            key = file.readline().strip()
    except (OSError, UnicodeDecodeError):
        key = ""
    if not key.isprintable() or not key or " " in key:
        raise GatewayError(
            "upstream_key_missing",
            status=500,
            zh=f"文件 {path} 无法读取，或首行不是密钥；请把上游的密钥写入该文件的首行后重新启动。",
            en=f"The file {path} can't be read, or its first line is no key; put the upstream's "
            "key into its first line and start again.",
        )
    return key


class HttpUpstream:
    """One server.

    Args:
        settings: name, base URL and time-outs.
        session: the service's HTTP client.
        key: sent as bearer token; empty: none is sent.
    """

    def __init__(self, settings: config.Upstream, session: SharedSession, key: str = "") -> None:
        self.name = settings.name
        self._base = settings.base_url.rstrip("/")
        self._session = session
        # identity: text must be read to be screened, and unpacking it would need its own bound.
        self._headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._connect = aiohttp.ClientTimeout(total=None, connect=settings.connect_seconds)
        self._first_byte = settings.connect_seconds + settings.first_byte_seconds
        self._idle = settings.idle_seconds

    async def open(self, route: str, body: bytes) -> UpstreamReply:
        """Ask, and wait for the first bytes; see :meth:`hegui.gateway.upstream.Upstream.open`."""
        url = f"{self._base}/{route}"
        try:
            with Deadline(self._first_byte):
                return await self._ask(url, body)
        except TimeoutError as error:
            raise failure("upstream_timeout") from error

    async def _ask(self, url: str, body: bytes) -> UpstreamReply:
        try:
            response = await self._post(url, body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise failure("upstream_unreachable") from error
        except (aiohttp.ClientError, OSError) as error:
            raise failure("upstream_failed") from error
        try:
            first = await _first_bytes(response)
        except BaseException:  # the reader leaving, too: the model stops at once
            response.close()
            raise
        return HttpReply(self.name, response, first, self._idle)

    async def _post(self, url: str, body: bytes) -> aiohttp.ClientResponse:
        try:
            return await self._post_once(url, body)
        except aiohttp.ClientConnectorError:
            raise
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            # A server may close a kept connection just as we take it; nothing was answered.
            return await self._post_once(url, body)

    async def _post_once(self, url: str, body: bytes) -> aiohttp.ClientResponse:
        data = body if len(body) < _LARGE else io.BytesIO(body)
        return await self._session.get().post(
            url, data=data, headers=self._headers, timeout=self._connect, allow_redirects=False
        )


async def _first_bytes(response: aiohttp.ClientResponse) -> bytes:
    """Up to here another server may still be asked, so more than the head is waited for."""
    if response.status != 200:
        raise await refusal(response)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise failure("upstream_failed")
    try:
        first = await response.content.readany()
    except (aiohttp.ClientError, OSError) as error:
        raise failure("upstream_failed") from error
    if not first:
        raise failure("upstream_failed")
    return first


class HttpReply:
    """An answer over HTTP; see :class:`hegui.gateway.upstream.UpstreamReply`.

    Args:
        upstream: name of the server.
        response: its head is read.
        first: the first bytes of its body.
        idle_seconds: the longest silence.
    """

    def __init__(
        self, upstream: str, response: aiohttp.ClientResponse, first: bytes, idle_seconds: float
    ) -> None:
        self.upstream = upstream
        self.content_type = response.content_type
        self._response = response
        self._first = first
        self._idle = idle_seconds
        self._closed = False
        self._timed_out = False
        # One timer a stream that looks when the running read began: a time-out around each
        # read costs as much as all else done with a chunk.
        self._loop = asyncio.get_running_loop()
        self._reading_since: float | None = None
        self._timer = self._loop.call_later(idle_seconds, self._watch)

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Raw body bytes, one item a read."""
        return self

    async def __anext__(self) -> bytes:
        if self._closed:
            raise StopAsyncIteration
        data = self._first
        if data:
            self._first = b""
            return data
        self._reading_since = self._loop.time()
        try:
            data = await self._response.content.readany()
        except (aiohttp.ClientError, OSError) as error:
            await self._fail(error)
        self._reading_since = None
        if not data:
            await self.aclose()
            raise StopAsyncIteration
        return data

    async def aclose(self) -> None:
        """Close the connection, unless the body came to its end and it can be used again."""
        self._closed = True
        self._timer.cancel()
        self._response.close()

    async def _fail(self, error: Exception) -> None:
        left = self._closed
        await self.aclose()
        if self._timed_out:
            raise failure("upstream_timeout", retryable=False) from error
        if not left:
            raise broken("connection") from error

    def _watch(self) -> None:
        now = self._loop.time()
        since = now if self._reading_since is None else self._reading_since
        if now - since >= self._idle:
            self._timed_out = True
            self._response.close()
        else:
            self._timer = self._loop.call_at(since + self._idle, self._watch)
