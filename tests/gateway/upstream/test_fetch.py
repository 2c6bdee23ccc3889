"""Files that a server names by address: only from where the settings allow, without the key."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from tests.gateway.media.server import PNG, MediaServer
from tests.gateway.upstream.loop import in_loop, read

from hegui.config.model import Upstream as Settings
from hegui.gateway.errors import UpstreamError
from hegui.gateway.upstream.http import HttpUpstream
from hegui.gateway.upstream.session import SharedSession

PATH = "/files/one.png?key=1"


@pytest.fixture(scope="module")
def server() -> Iterator[MediaServer]:
    with MediaServer() as made:
        yield made


@asynccontextmanager
async def connected(base_url: str, *hosts: str) -> AsyncIterator[HttpUpstream]:
    session = SharedSession()
    try:
        settings = Settings(name="media", base_url=base_url, file_hosts=list(hosts))
        yield HttpUpstream(settings, session, "secret")
    finally:
        await session.aclose()


@in_loop
async def fetched(server: MediaServer, base_url: str, hosts: list[str], url: str) -> None:
    async with connected(base_url, *hosts) as upstream:
        assert await read(await upstream.fetch(url)) == PNG
    assert "authorization" not in server.asked[-1][2]


def test_from_the_server_itself(server: MediaServer) -> None:
    fetched(server, server.url, [], server.root + PATH)


def test_from_a_host_that_is_named(server: MediaServer) -> None:
    fetched(server, "http://models.example/v1", ["127.0.0.1"], server.root + PATH)


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("http://models.example/v1", "http://127.0.0.1:1/x"),
        ("http://models.example/v1", "http://models.example.evil.example/x"),
        ("http://models.example/v1", "http://models.example@evil.example/x"),
        ("http://models.example/v1", "http://models.example:81/x"),
        ("http://models.example/v1", "file:///etc/passwd"),
        ("http://models.example/v1", "//models.example/x"),
        ("http://models.example/v1", "http://models.example/x y"),
        ("http://models.example/v1", "http://models.example/x\r\nHost: evil"),
        ("http://models.example/v1", "http://models.example/图"),
        ("https://models.example/v1", "http://models.example/x"),
        ("http://models.example/v1", "http://[::1"),
    ],
)
def test_from_nowhere_else(base_url: str, url: str) -> None:
    @in_loop
    async def asked() -> None:
        async with connected(base_url) as upstream:
            with pytest.raises(UpstreamError) as caught:
                await upstream.fetch(url)
            assert caught.value.code == "upstream_failed"
            assert not caught.value.retryable

    asked()
