"""A server over HTTP: every script of the simulator, time-outs, cancelling, keys."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest
from tests.gateway.upstream.loop import ROUTE, answer, in_loop, read
from tests.simulator import ModelServer, Play, until
from tests.simulator.scripts import REFUSAL, WORDS

from hegui.config.model import Upstream as Settings
from hegui.gateway.errors import UpstreamError
from hegui.gateway.upstream.http import HttpUpstream
from hegui.gateway.upstream.session import SharedSession


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@asynccontextmanager
async def connected(url: str, *, key: str = "", **seconds: float) -> AsyncIterator[HttpUpstream]:
    settings = Settings(
        name="sim",
        base_url=url,
        connect_seconds=seconds.get("connect", 2.0),
        first_byte_seconds=seconds.get("first_byte", 5.0),
        idle_seconds=seconds.get("idle", 5.0),
    )
    session = SharedSession()
    try:
        yield HttpUpstream(settings, session, key)
    finally:
        await session.aclose()


def body(model: str, **more: Any) -> bytes:
    return msgspec.json.encode({"model": model, "stream": True, "messages": [], **more})


@in_loop
async def test_a_stream_comes_byte_for_byte(server: ModelServer) -> None:
    async with connected(server.url) as upstream:
        reply = await upstream.open(ROUTE, body("normal"))
        assert reply.content_type == "text/event-stream"
        assert reply.upstream == "sim"
        got = await read(reply)
    assert got.endswith(b"data: [DONE]\n\n")
    for word in WORDS:
        assert msgspec.json.encode(word) in got


@in_loop
async def test_a_whole_answer(server: ModelServer) -> None:
    async with connected(server.url + "/") as upstream:
        reply = await upstream.open(ROUTE, body("normal", stream=False))
        assert reply.content_type == "application/json"
        doc = msgspec.json.decode(await read(reply))
    assert doc["choices"][0]["message"]["content"] == "".join(WORDS)


@in_loop
async def test_parts_come_as_they_are_sent(server: ModelServer) -> None:
    server.play("three", Play((b"one", 0.1, b"two", 0.1, b"three")))
    async with connected(server.url) as upstream:
        reply = await upstream.open(ROUTE, body("three"))
        assert [part async for part in reply] == [b"one", b"two", b"three"]
        await reply.aclose()


@in_loop
async def test_what_the_server_is_told(server: ModelServer) -> None:
    async with connected(server.url, key="sk-1") as upstream:
        await answer(upstream, body("normal", extra=1))
    asked = server.asked[-1]
    assert asked.headers["authorization"] == "Bearer sk-1"
    assert asked.headers["accept-encoding"] == "identity"
    assert asked.headers["content-type"] == "application/json"
    assert "cookie" not in asked.headers
    assert asked.body["extra"] == 1


@in_loop
async def test_without_a_key_none_is_sent(server: ModelServer) -> None:
    async with connected(server.url) as upstream:
        await answer(upstream, body("normal"))
    assert "authorization" not in server.asked[-1].headers


@in_loop
async def test_a_body_of_megabytes(server: ModelServer) -> None:
    async with connected(server.url) as upstream:
        await answer(upstream, body("normal", filler="x" * 3_000_000))
    assert len(server.asked[-1].body["filler"]) == 3_000_000


@in_loop
async def test_proxies_of_the_environment_are_not_used(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with connected(server.url) as upstream:
        assert await answer(upstream, body("normal"))


@pytest.mark.parametrize(
    ("model", "code", "status", "retryable", "wait"),
    [
        ("status-302", "upstream_failed", 502, True, None),
        ("status-400", "upstream_rejected", 400, False, None),
        ("unheard of", "upstream_rejected", 400, False, None),
        ("status-401", "upstream_auth", 502, False, None),
        ("status-403", "upstream_auth", 502, False, None),
        ("status-429", "upstream_busy", 429, True, 7),
        ("status-500", "upstream_failed", 502, True, None),
        ("status-503", "upstream_busy", 503, True, 2),
        ("closes", "upstream_failed", 502, True, None),
        ("empty", "upstream_failed", 502, True, None),
        ("large-head", "upstream_failed", 502, True, None),
        ("many-heads", "upstream_failed", 502, True, None),
        ("packed", "upstream_failed", 502, True, None),
        ("reset-first", "upstream_failed", 502, True, None),
        ("not-http", "upstream_failed", 502, True, None),
    ],
)
@in_loop
async def test_no_answer(
    server: ModelServer, model: str, code: str, *, status: int, retryable: bool, wait: int | None
) -> None:
    async with connected(server.url) as upstream:
        with pytest.raises(UpstreamError) as caught:
            await upstream.open(ROUTE, body(model))
    error = caught.value
    assert (error.code, error.status, error.retryable) == (code, status, retryable)
    assert error.retry_after == wait


@in_loop
async def test_a_refusal_carries_the_servers_words(server: ModelServer) -> None:
    server.play("talks", Play((b"no " * 100_000,), 422, "text/plain"))
    async with connected(server.url) as upstream:
        with pytest.raises(UpstreamError) as caught:
            await upstream.open(ROUTE, body("status-400"))
        assert caught.value.detail == REFUSAL
        with pytest.raises(UpstreamError) as caught:
            await upstream.open(ROUTE, body("talks"))
    assert caught.value.detail == ("no " * 500)[:500]
    assert REFUSAL not in str(caught.value)


@in_loop
async def test_a_refusal_that_breaks_off_is_still_a_refusal(server: ModelServer) -> None:
    server.play("half", Play((b'{"error', 0.05, "reset"), 400))
    async with connected(server.url) as upstream:
        with pytest.raises(UpstreamError) as caught:
            await upstream.open(ROUTE, body("half"))
    assert caught.value.code == "upstream_rejected"


@in_loop
async def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        async with connected(f"http://127.0.0.1:{taken.getsockname()[1]}/v1") as upstream:
            with pytest.raises(UpstreamError) as caught:
                await upstream.open(ROUTE, body("normal"))
    assert (caught.value.code, caught.value.retryable) == ("upstream_unreachable", True)


@in_loop
async def test_a_name_that_does_not_exist() -> None:
    async with connected("http://nowhere.invalid/v1") as upstream:
        with pytest.raises(UpstreamError) as caught:
            await upstream.open(ROUTE, body("normal"))
    assert caught.value.code == "upstream_unreachable"


@in_loop
async def test_a_connection_that_nobody_takes() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        # A full backlog drops further connections without a word.
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        async with connected(f"http://127.0.0.1:{address[1]}/v1", connect=0.2) as upstream:
            with pytest.raises(UpstreamError) as caught:
                await upstream.open(ROUTE, body("normal"))
        for filler in fillers:
            filler.close()
    assert caught.value.code == "upstream_unreachable"


@pytest.mark.parametrize("model", ["silent", "head-only"])
@in_loop
async def test_no_first_byte_in_time(server: ModelServer, model: str) -> None:
    async with connected(server.url, connect=0.1, first_byte=0.2) as upstream:
        with pytest.raises(UpstreamError) as caught:
            await upstream.open(ROUTE, body(model))
        assert (caught.value.code, caught.value.retryable) == ("upstream_timeout", True)
        asked = server.asked[-1]
        await until(lambda: asked.cancelled)


@in_loop
async def test_a_silence_in_the_middle(server: ModelServer) -> None:
    async with connected(server.url, idle=0.2) as upstream:
        reply = await upstream.open(ROUTE, body("hangs"))
        with pytest.raises(UpstreamError) as caught:
            await read(reply)
        assert (caught.value.code, caught.value.retryable) == ("upstream_timeout", False)
        asked = server.asked[-1]
        await until(lambda: asked.cancelled)


@in_loop
async def test_a_slow_reader_is_no_silence_of_the_server(server: ModelServer) -> None:
    async with connected(server.url, idle=0.3) as upstream:
        reply = await upstream.open(ROUTE, body("slow"))
        await anext(aiter(reply))
        await asyncio.sleep(0.7)
        assert (await read(reply)).endswith(b"[DONE]\n\n")


@in_loop
async def test_steady_parts_outlast_the_idle_time(server: ModelServer) -> None:
    async with connected(server.url, idle=0.3) as upstream:
        # Twenty parts, 20 ms apart.
        assert (await answer(upstream, body("slow"))).endswith(b"[DONE]\n\n")


@in_loop
async def test_an_answer_that_breaks_off(server: ModelServer) -> None:
    async with connected(server.url) as upstream:
        reply = await upstream.open(ROUTE, body("breaks"))
        with pytest.raises(UpstreamError) as caught:
            await read(reply)
    assert (caught.value.code, caught.value.retryable) == ("upstream_broken", False)


@in_loop
async def test_closing_cancels_the_model_at_once(server: ModelServer) -> None:
    async with connected(server.url) as upstream:
        reply = await upstream.open(ROUTE, body("long"))
        await reply.aclose()
        asked = server.asked[-1]
        await until(lambda: asked.cancelled)
        await reply.aclose()
        assert [part async for part in reply] == []


@in_loop
async def test_closing_from_another_task_ends_a_read_without_an_error(server: ModelServer) -> None:
    async with connected(server.url) as upstream:
        reply = await upstream.open(ROUTE, body("hangs"))
        got = bytearray()

        async def read_on() -> None:
            async for part in reply:
                got.extend(part)

        reading = asyncio.create_task(read_on())
        await until(lambda: b"there" in got)
        await asyncio.sleep(0)  # it waits for more now
        await reply.aclose()
        await reading


@pytest.mark.parametrize("model", ["silent", "head-only"])
@in_loop
async def test_cancelling_the_opening_cancels_the_model(server: ModelServer, model: str) -> None:
    async with connected(server.url) as upstream:
        before = len(server.asked)
        opening = asyncio.create_task(upstream.open(ROUTE, body(model)))
        await until(lambda: len(server.asked) > before)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        asked = server.asked[-1]
        await until(lambda: asked.cancelled)


@in_loop
async def test_a_kept_connection_is_used_again(server: ModelServer) -> None:
    async with connected(server.url) as upstream:
        for _ in range(3):
            await answer(upstream, body("normal"))
    assert len({asked.peer for asked in server.asked[-3:]}) == 1


@in_loop
async def test_a_kept_connection_lost_meanwhile_is_replaced(server: ModelServer) -> None:
    server.lose_next_on_kept_connection()
    async with connected(server.url) as upstream:
        await answer(upstream, body("normal"))
        assert await answer(upstream, body("normal"))
    assert len({asked.peer for asked in server.asked[-3:]}) == 2
