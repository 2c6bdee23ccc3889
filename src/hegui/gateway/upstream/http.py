"""A model's server over HTTP: any that speaks OpenAI's chat completions."""

import asyncio
import logging
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from hegui.config import model as config
from hegui.config.rules import is_web
from hegui.gateway.alarms import Alarms
from hegui.gateway.deadline import Deadline
from hegui.gateway.errors import GatewayError, UpstreamError
from hegui.gateway.upstream.answer import Answer, ConnectionFailed
from hegui.gateway.upstream.base import JSON, UpstreamReply
from hegui.gateway.upstream.connection import Connection
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
        #: The longest until the first bytes of an answer, and its longest silence after them.
        self._first_byte = settings.connect_seconds + settings.first_byte_seconds
        self._idle = settings.idle_seconds

    async def open(self, route: str, body: bytes | None, content_type: str = JSON) -> UpstreamReply:
        """Ask, and wait for the first bytes; see :meth:`hegui.gateway.upstream.Upstream.open`."""
        head = self._head(route, body, content_type)
        kept = self._session.kept(self._origin)
        loop = asyncio.get_running_loop() if kept is None else kept.loop
        due = loop.time() + self._first_byte
        answer: Answer | None = None
        try:
            if kept is not None:
                answer = Answer(kept, self.name, self._idle)
                kept.ask(answer, head, body or b"")
                try:
                    await answer.begin(due)
                except ConnectionFailed:
                    if answer.heard:
                        raise
                    # A server may close a kept connection just as we take it; nothing was answered.
                    answer = None
            if answer is None:
                answer = await self._ask_anew(head, body or b"", due)
            if answer.status != 200:
                raise await _refused(answer, due)
        except TimeoutError as error:
            raise failure("upstream_timeout") from error
        except ConnectionFailed as error:
            raise failure("upstream_failed") from error
        return answer

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

    async def _ask_anew(self, head: bytes, body: bytes, due: float) -> Answer:
        """Ask over a new connection."""
        async with asyncio.timeout_at(due):
            connection = await self._connect()
        answer = Answer(connection, self.name, self._idle)
        connection.ask(answer, head, body)
        await answer.begin(due)
        return answer

    async def _connect(self) -> Connection:
        try:
            with Deadline(self._connecting):
                return await self._session.connect(self._origin)
        except (OSError, UnicodeError) as error:  # TimeoutError is an OSError
            raise failure("upstream_unreachable") from error


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


async def _refused(answer: Answer, due: float) -> UpstreamError:
    try:
        return await refusal(answer, due)
    finally:
        answer.close()
