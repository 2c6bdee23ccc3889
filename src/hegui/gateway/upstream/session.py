"""The one HTTP client of the service, shared by all upstreams."""

import aiohttp


class SharedSession:
    """Opens the client inside the running event loop, on first use.

    Connections are kept and reused. Their number is not limited here: admission limits requests.
    Proxies and credentials of the environment are not used, cookies are not kept, bodies are not
    decompressed, and an answer's head is bounded (8190 bytes a line, 128 fields).
    """

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    def get(self) -> aiohttp.ClientSession:
        """The client; call inside the event loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                read_bufsize=65_536,
                max_line_size=8_190,
                max_field_size=8_190,
                max_headers=128,
            )
        return self._session

    async def aclose(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None
