"""A model's server over HTTP: any that speaks OpenAI's chat completions."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from hegui.config import model as config
from hegui.config.rules import is_web
from hegui.gateway.alarms import Alarms
from hegui.gateway.deadline import Deadline
from hegui.gateway.errors import GatewayError
from hegui.gateway.sse import broken
from hegui.gateway.upstream.base import JSON, UpstreamReply
from hegui.gateway.upstream.connection import Answer, Connection, ConnectionFailed
from hegui.gateway.upstream.failures import failure
from hegui.gateway.upstream.refusal import refusal
from hegui.gateway.upstream.session import Origin, SharedSession

_log = logging.getLogger("hegui.gateway")


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
        session: the service's connections.
        key: sent as bearer token; empty: none is sent.
    """

    def __init__(self, settings: config.Upstream, session: SharedSession, key: str = "") -> None:
        self.name = settings.name
        self._session = session
        self._origin = Origin.of(settings.base_url)
        parts = urlsplit(settings.base_url.rstrip("/"))
        self._path = parts.path
        self._settings = settings
        # identity: text must be read to be screened, and unpacking it would need its own bound.
        fields = [
            f"Host: {parts.netloc}",
            "User-Agent: hegui",
            "Accept: */*",
            "Accept-Encoding: identity",
            *([f"Authorization: Bearer {key}"] if key else []),
        ]
        self._fields = "\r\n".join(fields)
        #: What the head of a question in JSON begins with, by its route.
        self._heads: dict[str, bytes] = {}
        self._connecting = Alarms(settings.connect_seconds)
        self._first_byte = Alarms(settings.connect_seconds + settings.first_byte_seconds)
        self._idle = settings.idle_seconds

    async def open(self, route: str, body: bytes | None, content_type: str = JSON) -> UpstreamReply:
        """Ask, and wait for the first bytes; see :meth:`hegui.gateway.upstream.Upstream.open`."""
        try:
            with Deadline(self._first_byte):
                return await self._ask(self._head(route, body, content_type), body or b"")
        except TimeoutError as error:
            raise failure("upstream_timeout") from error
        except ConnectionFailed as error:
            raise failure("upstream_failed") from error

    async def fetch(self, url: str) -> UpstreamReply:
        """A file that an answer of this server names; its key is not sent along.

        Raises:
            UpstreamError: as of :meth:`open`; ``upstream_failed`` for an address on a host that
                is neither the server's own nor among its ``file_hosts``: whatever a server names
                must not lead into the house's own network.
        """
        mine = self._settings
        if not _may_fetch(url, mine):
            _log.warning("upstream %s names a file on a host not in its file_hosts", self.name)
            raise failure("upstream_failed", retryable=False)
        parts = urlsplit(url)
        there = msgspec.structs.replace(mine, base_url=f"{parts.scheme}://{parts.netloc}")
        query = f"?{parts.query}" if parts.query else ""
        return await HttpUpstream(there, self._session).open(parts.path[1:] + query, None)

    def _head(self, route: str, body: bytes | None, content_type: str) -> bytes:
        if body is None:
            return f"GET {self._path}/{route} HTTP/1.1\r\n{self._fields}\r\n\r\n".encode()
        head = self._heads.get(route) if content_type == JSON else None
        if head is None:
            line = f"POST {self._path}/{route} HTTP/1.1\r\n{self._fields}"
            head = f"{line}\r\nContent-Type: {content_type}\r\nContent-Length: ".encode()
            if content_type == JSON:
                self._heads[route] = head
        return b"%b%d\r\n\r\n" % (head, len(body))

    async def _ask(self, head: bytes, body: bytes) -> UpstreamReply:
        kept = self._session.kept(self._origin)
        if kept is not None:
            answer = kept.ask(head, body)
            try:
                return await self._reply(answer)
            except ConnectionFailed:
                if answer.heard:
                    raise
                # A server may close a kept connection just as we take it; nothing was answered.
        connection = await self._connect()
        return await self._reply(connection.ask(head, body))

    async def _connect(self) -> Connection:
        try:
            with Deadline(self._connecting):
                return await self._session.connect(self._origin)
        except (OSError, UnicodeError) as error:  # TimeoutError is an OSError
            raise failure("upstream_unreachable") from error

    async def _reply(self, answer: Answer) -> UpstreamReply:
        try:
            first = await _first_bytes(answer)
        except BaseException:  # the reader leaving, too: the model stops at once
            answer.close()
            raise
        return HttpReply(self.name, answer, first, self._idle)


def _may_fetch(url: str, server: config.Upstream) -> bool:
    """Whether an address that a server names is one to ask."""
    try:
        parts = urlsplit(url)
        web = is_web(f"{parts.scheme}://{parts.netloc}")
    except ValueError:
        return False
    own = urlsplit(server.base_url)
    plain = url.isascii() and url.isprintable() and " " not in url
    known = parts.netloc == own.netloc or parts.hostname in server.file_hosts
    return web and plain and known and (parts.scheme == "https" or own.scheme == "http")


async def _first_bytes(answer: Answer) -> bytes:
    """Up to here another server may still be asked, so more than the head is waited for."""
    await answer.head()
    if answer.status != 200:
        raise await refusal(answer)
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise failure("upstream_failed")
    first = await answer.read()
    if not first:
        raise failure("upstream_failed")
    return first


class HttpReply:
    """An answer over HTTP; see :class:`hegui.gateway.upstream.UpstreamReply`.

    Args:
        upstream: name of the server.
        answer: its head is read.
        first: the first bytes of its body.
        idle_seconds: the longest silence.
    """

    def __init__(self, upstream: str, answer: Answer, first: bytes, idle_seconds: float) -> None:
        self.upstream = upstream
        self.content_type = answer.content_type
        self._answer = answer
        self._first = first
        self._idle = idle_seconds
        self._closed = False
        self._timed_out = False
        # One timer a stream that looks when the running read began: a time-out around each
        # read costs as much as all else done with a chunk. An answer that is here needs none.
        self._loop = asyncio.get_running_loop()
        self._reading_since: float | None = None
        self._timer: asyncio.TimerHandle | None = None

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
        if self._timer is None and not self._answer.ready:
            self._timer = self._loop.call_later(self._idle, self._watch)
        self._reading_since = self._loop.time()
        try:
            data = await self._answer.read()
        except ConnectionFailed as error:
            await self.aclose()
            raise broken("connection") from error
        self._reading_since = None
        if not data:
            await self.aclose()
            if self._timed_out:
                raise failure("upstream_timeout", retryable=False)
            raise StopAsyncIteration
        return data

    async def aclose(self) -> None:
        """Close the connection, unless the body came to its end and it can be used again."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        self._answer.close()

    def _watch(self) -> None:
        now = self._loop.time()
        since = now if self._reading_since is None else self._reading_since
        if now - since >= self._idle:
            self._timed_out = True
            self._answer.close()
        else:
            self._timer = self._loop.call_at(since + self._idle, self._watch)
