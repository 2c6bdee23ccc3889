"""An application's program: it knows a stop from any other answer, and stops at the latter."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import msgspec
import pytest
from aiohttp import web

from hegui.demo import DemoError
from hegui.demo.machine import Answer, Machine

T = TypeVar("T")
MESSAGES = [{"role": "user", "content": "hello"}]
TOLD = {"decision": "d" * 32, "pack": "scams-malware", "side": "output"}


def _event(delta: dict[str, str], **more: object) -> bytes:
    doc = {"choices": [{"index": 0, "delta": delta}], **more}
    return b"data: " + msgspec.json.encode(doc) + b"\n\n"


DONE = b"data: [DONE]\n\n"


def ask(
    status: int, body: bytes, work: Callable[[Machine], Awaitable[T]], kind: str = "text/plain"
) -> T:
    """What the machine makes of this one answer."""

    async def answer(_request: web.Request) -> web.Response:
        headers = {"hegui-generation": "g" * 32}
        return web.Response(status=status, body=body, content_type=kind, headers=headers)

    async def run() -> T:
        app = web.Application()
        app.router.add_post("/{path:.*}", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        base = "http://{}:{}".format(*runner.addresses[0][:2])
        try:
            async with aiohttp.ClientSession() as http:
                return await work(Machine(base, http))
        finally:
            await runner.cleanup()

    return asyncio.run(run())


def refusal(code: str, **more: object) -> bytes:
    return msgspec.json.encode({"error": {"code": code, "hegui": more}})


def whole(status: int, body: bytes) -> Answer:
    return ask(status, body, lambda machine: machine.whole("k", "p", "demo", MESSAGES))


def stream(status: int, body: bytes, leave_after: int | None = None) -> Answer:
    return ask(
        status, body, lambda machine: machine.stream("k", "p", "demo", MESSAGES, leave_after)
    )


def test_a_whole_answer_is_its_text() -> None:
    body = msgspec.json.encode({"choices": [{"message": {"content": "hi"}}]})
    assert whole(200, body) == Answer(text="hi", ended="whole")


@pytest.mark.parametrize("asked", [whole, stream])
def test_a_stop_before_anything_was_said(asked: Callable[[int, bytes], Answer]) -> None:
    answer = asked(400, refusal("content_filter", **{**TOLD, "side": "input"}))
    assert (answer.ended, answer.decision, answer.side) == ("stopped", "d" * 32, "input")


@pytest.mark.parametrize("asked", [whole, stream])
def test_any_other_refusal_ends_the_demonstration(asked: Callable[[int, bytes], Answer]) -> None:
    with pytest.raises(DemoError) as caught:
        asked(503, refusal("store_busy"))
    assert "503 store_busy" in caught.value.en


def test_a_stream_is_joined() -> None:
    answer = stream(200, _event({"content": "a"}) + _event({"content": "b"}) + DONE)
    assert answer == Answer(text="ab", ended="whole")


def test_a_stop_within_a_stream() -> None:
    answer = stream(200, _event({"content": "a"}) + _event({}, hegui=TOLD) + DONE)
    assert (answer.text, answer.ended, answer.pack) == ("a", "stopped", "scams-malware")


def test_who_leaves_keeps_what_came_and_the_act() -> None:
    body = b"".join(_event({"content": piece}) for piece in "abcd")
    answer = stream(200, body, leave_after=2)
    assert (answer.text, answer.ended, answer.generation) == ("ab", "left", "g" * 32)


@pytest.mark.parametrize(
    "body",
    [_event({"content": "a"}), b"", b'data: {"error": {"code": "upstream_broken"}}\n\n'],
    ids=["no end", "nothing", "error"],
)
def test_a_broken_stream_ends_the_demonstration(body: bytes) -> None:
    with pytest.raises(DemoError):
        stream(200, body)


def test_a_refusal_that_is_due_is_told() -> None:
    code = ask(401, refusal("key_revoked"), lambda machine: machine.refused("k", "p", "demo"))
    assert code == "key_revoked"


def test_an_answer_where_a_refusal_is_due_ends_the_demonstration() -> None:
    with pytest.raises(DemoError):
        ask(200, b"{}", lambda machine: machine.refused("k", "p", "demo"))


def test_an_acceptance_that_is_refused_ends_the_demonstration() -> None:
    with pytest.raises(DemoError):
        ask(409, refusal("agreement_outdated"), lambda machine: machine.accept("k", "p", "box"))
