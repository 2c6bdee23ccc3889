"""The pool: who serves what, fail-over in order, breakers, and what is told at the end."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from tests.gateway.upstream.loop import ROUTE, in_loop, read

from hegui.gateway.errors import UpstreamError
from hegui.gateway.upstream import Member, Pool, UpstreamReply
from hegui.gateway.upstream.base import JSON
from hegui.gateway.upstream.breaker import FAILURES
from hegui.gateway.upstream.failures import failure


class Fixed:
    """A reply of one part."""

    def __init__(self, upstream: str, part: bytes) -> None:
        self.upstream = upstream
        self.content_type = "application/json"
        self._part = part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._part

    async def whole(self, most: int) -> bytes:
        return self._part

    async def aclose(self) -> None:
        """Nothing to close."""


class Scripted:
    """An upstream that fails with ``error`` while there is one, else echoes the body."""

    def __init__(self, name: str, error: UpstreamError | None = None) -> None:
        self.name = name
        self.error = error
        self.asked = 0
        self.kinds: list[str] = []
        self.gate: asyncio.Event | None = None

    async def open(self, route: str, body: bytes | None, content_type: str = JSON) -> UpstreamReply:
        self.asked += 1
        self.kinds.append(content_type)
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return Fixed(self.name, route.encode() + b" " + (b"nothing" if body is None else body))


class Clock:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.seconds = 50.0

    def __call__(self) -> float:
        return self.seconds


def pool(*upstreams: Scripted, clock: Clock | None = None) -> Pool:
    members = [Member(u, {"m": f"{u.name}-m"}, f"owner of {u.name}") for u in upstreams]
    return Pool(members, clock=clock or Clock())


async def ask(pool: Pool) -> bytes:
    return await read(await pool.open("m", ROUTE, str.encode))


def test_models_in_order_of_first_mention() -> None:
    a, b = Scripted("a"), Scripted("b")
    models = Pool([Member(a, {"x": "1", "y": "2"}, "A"), Member(b, {"z": "3", "x": "4"}, "B")])
    assert models.models == ["x", "y", "z"]
    assert [models.model_owner(m) for m in models.models] == ["A", "A", "B"]


@in_loop
async def test_the_first_is_asked_with_its_own_model_name() -> None:
    a, b = Scripted("a"), Scripted("b")
    assert await ask(pool(a, b)) == b"chat/completions a-m"
    assert b.asked == 0


@in_loop
async def test_a_form_is_sent_as_one() -> None:
    a = Scripted("a")
    asked = pool(a)
    await ask(asked)
    await asked.open("m", "images/edits", str.encode, "multipart/form-data; boundary=b")
    assert a.kinds == [JSON, "multipart/form-data; boundary=b"]


@in_loop
async def test_what_a_server_made_before_is_asked_of_that_server() -> None:
    a, b = Scripted("a"), Scripted("b")
    asked = pool(a, b)
    assert await read(await asked.get("b", "videos/1")) == b"videos/1 nothing"
    assert a.asked == 0
    with pytest.raises(UpstreamError) as caught:
        await asked.get("gone", "videos/1")
    assert (caught.value.code, caught.value.retryable) == ("upstream_failed", False)


@in_loop
async def test_a_server_that_names_no_files_is_asked_for_none() -> None:
    asked = pool(Scripted("a"))
    for name in ("a", "gone"):
        with pytest.raises(UpstreamError) as caught:
            await asked.fetch(name, "http://files.example/1")
        assert caught.value.code == "upstream_failed"


@pytest.mark.parametrize(
    "code", ["upstream_unreachable", "upstream_timeout", "upstream_busy", "upstream_failed"]
)
@in_loop
async def test_the_next_is_asked_when_a_failure_is_retryable(code: str) -> None:
    a, b = Scripted("a", failure(code)), Scripted("b")
    assert await ask(pool(a, b)) == b"chat/completions b-m"


@pytest.mark.parametrize("code", ["upstream_rejected", "upstream_auth"])
@in_loop
async def test_a_refusal_is_final(code: str) -> None:
    a, b = Scripted("a", failure(code)), Scripted("b")
    with pytest.raises(UpstreamError) as caught:
        await ask(pool(a, b))
    assert caught.value.code == code
    assert b.asked == 0


@in_loop
async def test_the_last_failure_is_told() -> None:
    a = Scripted("a", failure("upstream_failed"))
    b = Scripted("b", failure("upstream_busy", status=429, retry_after=7))
    with pytest.raises(UpstreamError) as caught:
        await ask(pool(a, b))
    assert (caught.value.code, caught.value.status) == ("upstream_busy", 429)
    assert caught.value.retry_after == 7


@in_loop
async def test_a_dead_server_is_left_alone_after_five_failures() -> None:
    a, b = Scripted("a", failure("upstream_unreachable")), Scripted("b")
    asked = pool(a, b)
    for _ in range(FAILURES + 3):
        await ask(asked)
    assert a.asked == FAILURES
    assert b.asked == FAILURES + 3


@in_loop
async def test_when_all_are_open_it_fails_at_once_and_says_for_how_long() -> None:
    clock = Clock()
    a = Scripted("a", failure("upstream_unreachable"))
    asked = pool(a, clock=clock)
    for _ in range(FAILURES):
        with pytest.raises(UpstreamError):
            await ask(asked)
    clock.seconds += 2.5
    with pytest.raises(UpstreamError) as caught:
        await ask(asked)
    assert a.asked == FAILURES
    assert (caught.value.code, caught.value.status) == ("upstream_unreachable", 502)
    assert caught.value.retry_after == 8  # 7.5 s, rounded up


@in_loop
async def test_one_probe_brings_it_back() -> None:
    clock = Clock()
    a, b = Scripted("a", failure("upstream_failed")), Scripted("b")
    asked = pool(a, b, clock=clock)
    for _ in range(FAILURES):
        await ask(asked)
    a.error, a.gate = None, asyncio.Event()
    clock.seconds += 10
    probe = asyncio.create_task(ask(asked))
    await asyncio.sleep(0)
    assert await ask(asked) == b"chat/completions b-m"  # while the probe is on its way
    a.gate.set()
    assert await probe == b"chat/completions a-m"
    assert await ask(asked) == b"chat/completions a-m"


@in_loop
async def test_a_probe_whose_reader_leaves_is_passed_on() -> None:
    clock = Clock()
    a = Scripted("a", failure("upstream_failed"))
    asked = pool(a, clock=clock)
    for _ in range(FAILURES):
        with pytest.raises(UpstreamError):
            await ask(asked)
    a.error, a.gate = None, asyncio.Event()
    clock.seconds += 10
    probe = asyncio.create_task(ask(asked))
    await asyncio.sleep(0)
    probe.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probe
    a.gate.set()
    assert await ask(asked) == b"chat/completions a-m"


@pytest.mark.parametrize(
    "alive",
    [
        failure("upstream_rejected"),
        failure("upstream_auth"),
        failure("upstream_busy", status=429, alive=True),
    ],
    ids=lambda error: error.code,
)
@in_loop
async def test_a_server_that_refuses_is_alive(alive: UpstreamError) -> None:
    a = Scripted("a", alive)
    asked = pool(a)
    for _ in range(3 * FAILURES):
        with pytest.raises(UpstreamError) as caught:
            await ask(asked)
        assert caught.value is alive
    assert a.asked == 3 * FAILURES


@in_loop
async def test_a_body_that_cannot_be_made_does_not_block_the_probe() -> None:
    clock = Clock()
    a = Scripted("a", failure("upstream_failed"))
    asked = pool(a, clock=clock)
    for _ in range(FAILURES):
        with pytest.raises(UpstreamError):
            await ask(asked)
    a.error = None
    clock.seconds += 10

    def broken(_model: str) -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await asked.open("m", ROUTE, broken)
    assert await ask(asked) == b"chat/completions a-m"


@in_loop
async def test_one_servers_breaker_is_shared_by_its_models() -> None:
    a = Scripted("a", failure("upstream_failed"))
    asked = Pool([Member(a, {"m": "1", "other": "2"}, "A")], clock=Clock())
    for _ in range(FAILURES):
        with pytest.raises(UpstreamError):
            await ask(asked)
    with pytest.raises(UpstreamError):
        await asked.open("other", ROUTE, str.encode)
    assert a.asked == FAILURES


@in_loop
async def test_closing_closes_all() -> None:
    closed: list[str] = []

    async def first() -> None:
        closed.append("first")

    async def second() -> None:
        closed.append("second")

    await Pool([], closers=[first, second]).aclose()
    assert closed == ["first", "second"]
