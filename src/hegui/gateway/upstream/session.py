"""The connections of the service to models' servers, shared by all upstreams."""

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from aiohappyeyeballs import AddrInfoType, start_connection

from hegui.gateway.upstream.connection import Connection

#: A connection unused for so long is not used again, in seconds: servers close theirs, too.
_KEEP_SECONDS = 15.0
#: A name with several addresses: the next is tried beside the first after so long (RFC 8305).
_NEXT_ADDRESS_SECONDS = 0.25


class Origin(NamedTuple):
    """Where a server is reached."""

    host: str
    port: int
    tls: bool

    @classmethod
    def of(cls, url: str) -> "Origin":
        """The origin of a checked address."""
        parts = urlsplit(url)
        tls = parts.scheme == "https"
        return cls(parts.hostname or "", parts.port or (443 if tls else 80), tls)


class SharedSession:
    """Opens connections, keeps them and hands them out again.

    Their number is not limited here: admission limits requests. Proxies of the environment are
    not used.
    """

    def __init__(self) -> None:
        self._kept: dict[Origin, deque[Connection]] = {}
        self._open: dict[Connection, asyncio.Future[None]] = {}
        self._tls: ssl.SSLContext | None = None

    def kept(self, origin: Origin) -> Connection | None:
        """A connection that has answered before; none if there is none."""
        kept = self._kept.get(origin)
        while kept:
            connection = kept.pop()
            if not connection.is_open:
                continue
            if connection.loop.time() - connection.unused_since < _KEEP_SECONDS:
                return connection
            connection.abort()
        return None

    async def connect(self, origin: Origin) -> Connection:
        """A new connection.

        Raises:
            OSError: nothing answers there, or not with a certificate that counts.
        """
        loop = asyncio.get_running_loop()
        found = await _addresses(origin)
        raw = await start_connection(found, happy_eyeballs_delay=_NEXT_ADDRESS_SECONDS, loop=loop)
        kept = self._kept.setdefault(origin, deque())
        connection = Connection(loop, partial(_keep, kept), self._lost)
        self._open[connection] = loop.create_future()
        try:
            await loop.create_connection(
                lambda: connection,
                sock=raw,
                ssl=self._context() if origin.tls else None,
                server_hostname=origin.host if origin.tls else None,
            )
        except BaseException:
            self._open.pop(connection, None)
            raw.close()
            raise
        return connection

    async def aclose(self) -> None:
        """Close every connection."""
        self._kept.clear()
        closing = list(self._open.items())
        for connection, _ in closing:
            connection.abort()
        for _, lost in closing:
            await lost

    def _lost(self, connection: Connection) -> None:
        lost = self._open.pop(connection, None)
        if lost is not None:
            lost.set_result(None)

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls


def _keep(kept: deque[Connection], connection: Connection) -> None:
    """Let it be asked again; those unused for too long are closed."""
    connection.unused_since = now = connection.loop.time()
    while kept and now - kept[0].unused_since >= _KEEP_SECONDS:
        kept.popleft().abort()
    kept.append(connection)


async def _addresses(origin: Origin) -> Sequence[AddrInfoType]:
    """Where a name leads; what is an address already needs no thread to look it up."""
    host, port, kind = origin.host, origin.port, socket.SOCK_STREAM
    try:
        return socket.getaddrinfo(host, port, type=kind, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:
        return await asyncio.get_running_loop().getaddrinfo(host, port, type=kind)
