"""The responder as an upstream: OpenAI's shapes, limits, tools, pace and cancelling."""

import asyncio
from typing import Any

import msgspec
import pytest
from tests.gateway.upstream.loop import ROUTE, answer, in_loop
from tests.world import FakeWorld

from hegui.gateway.errors import UpstreamError
from hegui.gateway.upstream.responder import DemoResponder

WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string", "enum": ["Beijing", "Paris"]},
                "days": {"type": "integer"},
                "note": {"type": "string"},
            },
            "required": ["city", "days"],
        },
    },
}
TIME = {"type": "function", "function": {"name": "clock"}}


def responder(**more: Any) -> DemoResponder:
    return DemoResponder("demo", FakeWorld(), **{"delay": 0.0, **more})


def body(said: str, **more: Any) -> bytes:
    messages = [{"role": "user", "content": said}]
    return msgspec.json.encode({"model": "demo", "messages": messages, **more})


async def whole(raw: bytes) -> dict[str, Any]:
    doc: dict[str, Any] = msgspec.json.decode(await answer(responder(), raw))
    return doc


async def events(raw: bytes) -> list[dict[str, Any]]:
    lines = (await answer(responder(), raw)).split(b"\n\n")
    assert lines[-2:] == [b"data: [DONE]", b""]
    return [msgspec.json.decode(line.removeprefix(b"data: ")) for line in lines[:-2]]


def text_of(stream: list[dict[str, Any]], index: int = 0) -> str:
    found = [c for event in stream for c in event["choices"] if c["index"] == index]
    return "".join(choice["delta"].get("content") or "" for choice in found)


@in_loop
async def test_a_whole_answer() -> None:
    doc = await whole(body("2 plus 2"))
    assert doc["object"] == "chat.completion"
    assert doc["model"] == "demo"
    assert doc["created"] == FakeWorld().now() // 1000
    assert doc["choices"] == [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "2 + 2 = 4"},
            "finish_reason": "stop",
        }
    ]
    assert doc["usage"] == {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8}


@in_loop
async def test_a_stream_says_the_same() -> None:
    said = "讲个故事"
    stream = await events(body(said, stream=True))
    doc = await whole(body(said))
    assert text_of(stream) == doc["choices"][0]["message"]["content"]
    assert {event["object"] for event in stream} == {"chat.completion.chunk"}
    assert len({event["id"] for event in stream}) == 1
    assert stream[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert stream[-1]["choices"][0] == {"index": 0, "delta": {}, "finish_reason": "stop"}
    assert len(stream) > 100


@in_loop
async def test_ids_differ() -> None:
    one = responder()
    ids = [msgspec.json.decode(await answer(one, body("hi")))["id"] for _ in range(2)]
    assert ids[0] != ids[1]


@in_loop
async def test_several_choices() -> None:
    doc = await whole(body("hello", n=3))
    assert [choice["index"] for choice in doc["choices"]] == [0, 1, 2]
    stream = await events(body("hello", n=3, stream=True))
    texts = {text_of(stream, index) for index in range(3)}
    assert texts == {doc["choices"][0]["message"]["content"]}


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
@in_loop
async def test_a_token_limit_ends_with_length(name: str) -> None:
    doc = await whole(body("repeat: one two three four", **{name: 3}))
    choice = doc["choices"][0]
    assert choice["message"]["content"] == "one two three"
    assert choice["finish_reason"] == "length"
    assert doc["usage"]["completion_tokens"] == 3


@in_loop
async def test_a_limit_that_is_just_enough_is_no_cut() -> None:
    doc = await whole(body("repeat: one two", max_tokens=2))
    assert doc["choices"][0]["finish_reason"] == "stop"


@pytest.mark.parametrize("stop", ["three", ["zzz", "three", "four"], [""], None])
@in_loop
async def test_stop_texts(stop: str | list[str] | None) -> None:
    doc = await whole(body("repeat: one two three four", stop=stop))
    cut = bool(stop) and stop != [""]
    said = "one two " if cut else "one two three four"
    assert doc["choices"][0]["message"]["content"] == said
    assert doc["choices"][0]["finish_reason"] == "stop"


@in_loop
async def test_usage_in_a_stream_only_when_asked() -> None:
    stream = await events(body("hello", stream=True, stream_options={"include_usage": True}))
    assert stream[-1]["choices"] == []
    assert stream[-1]["usage"]["total_tokens"] > 1
    assert all("usage" not in event for event in await events(body("hello", stream=True)))


@in_loop
async def test_the_language_is_that_of_the_last_user_message() -> None:
    messages = [
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "Hello!"},
        {
            "role": "user",
            "content": [{"type": "text", "text": "你是"}, {"type": "text", "text": "谁"}],
        },
        {"role": "assistant", "content": None},
    ]
    doc = await whole(msgspec.json.encode({"model": "demo", "messages": messages}))
    assert "演示应答器，不是人工智能模型" in doc["choices"][0]["message"]["content"]


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"role": "system", "content": "x"}],
        [{"role": "user", "content": [{"type": "image_url"}]}],
    ],
)
@in_loop
async def test_nothing_said_is_greeted(messages: list[Any]) -> None:
    doc = await whole(msgspec.json.encode({"model": "demo", "messages": messages}))
    assert doc["choices"][0]["message"]["content"].startswith("Hello!")


@pytest.mark.parametrize(
    ("said", "more", "name", "arguments"),
    [
        ("use a tool: Paris, 3 days", {}, "weather", {"city": "Paris", "days": 3}),
        ("请调用工具", {}, "weather", {"city": "Beijing", "days": 0}),
        ("ask clock", {}, "clock", {}),
        ("anything", {"tool_choice": "required"}, "weather", {"city": "Beijing", "days": 0}),
        (
            "anything",
            {"tool_choice": {"type": "function", "function": {"name": "clock"}}},
            "clock",
            {},
        ),
    ],
)
@in_loop
async def test_a_tool_is_called(
    said: str, more: dict[str, Any], name: str, arguments: dict[str, Any]
) -> None:
    raw = body(said, tools=[WEATHER, TIME], **more)
    choice = (await whole(raw))["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["content"] is None
    (call,) = choice["message"]["tool_calls"]
    assert call["type"] == "function"
    assert call["function"]["name"] == name
    assert msgspec.json.decode(call["function"]["arguments"]) == arguments

    stream = await events(body(said, tools=[WEATHER, TIME], stream=True, **more))
    deltas = [c for e in stream for t in e["choices"] for c in t["delta"].get("tool_calls", [])]
    assert deltas[0]["function"] == {"name": name, "arguments": ""}
    assert deltas[0]["id"].startswith("call_")
    assert "".join(d["function"]["arguments"] for d in deltas) == call["function"]["arguments"]
    assert stream[-1]["choices"][0]["finish_reason"] == "tool_calls"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "number"}, 2.5),
        ({"type": "integer"}, 2),
        ({"type": "boolean"}, True),
        ({"type": "array"}, []),
        ({"type": "object"}, {}),
        ({"type": "string"}, "use the tool 2.5"),
        ({}, "use the tool 2.5"),
        ({"enum": ["a", "tool"]}, "tool"),
    ],
)
@in_loop
async def test_arguments_fit_the_schema(schema: dict[str, Any], value: object) -> None:
    function = {"name": "f", "parameters": {"properties": {"x": schema}}}
    doc = await whole(body("use the tool 2.5", tools=[{"type": "function", "function": function}]))
    (call,) = doc["choices"][0]["message"]["tool_calls"]
    assert msgspec.json.decode(call["function"]["arguments"]) == {"x": value}


@pytest.mark.parametrize(
    "more",
    [
        {"tools": [WEATHER], "tool_choice": "none"},
        {"tools": []},
        {},
    ],
)
@in_loop
async def test_no_tool_is_called(more: dict[str, Any]) -> None:
    doc = await whole(body("use a tool", **more))
    assert "tool_calls" not in doc["choices"][0]["message"]


@in_loop
async def test_after_a_tools_result_it_is_told() -> None:
    messages = [
        {"role": "user", "content": "用工具查天气"},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "tool", "tool_call_id": "c", "content": "晴，20 度"},
    ]
    raw = msgspec.json.encode({"model": "demo", "messages": messages, "tools": [WEATHER]})
    doc = await whole(raw)
    assert doc["choices"][0]["message"]["content"] == "工具给出的结果是：晴，20 度"


BAD = {
    "not JSON": b"{",
    "not UTF-8": b'{"model": "\xff"}',
    "no messages": b'{"model": "demo"}',
    "messages of another type": b'{"model": "demo", "messages": "hi"}',
    "no choices": body("hi", n=0),
    "too many choices": body("hi", n=17),
    "no tokens": body("hi", max_tokens=0),
    "tools without a name": body("hi", tools=[{"function": {}}]),
    "stop of another type": body("hi", stop=3),
    "too deep": b"[" * 100_000,
}


@pytest.mark.parametrize("name", BAD)
@in_loop
async def test_bad_requests_are_refused(name: str) -> None:
    with pytest.raises(UpstreamError) as caught:
        await responder().open(ROUTE, BAD[name])
    assert (caught.value.code, caught.value.status) == ("upstream_rejected", 400)
    assert caught.value.detail


@in_loop
async def test_words_come_one_by_one_at_the_pace_asked() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    paced = responder(delay=0.5, sleep=sleep)
    reply = await paced.open(ROUTE, body("repeat: one two three", stream=True))
    parts = [part async for part in reply]
    assert reply.content_type == "text/event-stream"
    assert [b"one" in part for part in parts] == [False, True, False, False, False]
    assert waits == [0.5] * 5  # before all but the first, and before the end
    await reply.aclose()


@in_loop
async def test_a_whole_answer_does_not_wait() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    reply = await responder(delay=0.5, sleep=sleep).open(ROUTE, body("hello"))
    assert reply.content_type == "application/json"
    assert len([part async for part in reply]) == 1
    assert sum(waits) == 0


@in_loop
async def test_closing_ends_it_also_from_another_task() -> None:
    gate = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await gate.wait()

    reply = await responder(sleep=sleep).open(ROUTE, body("story", stream=True))
    got: list[bytes] = []

    async def reader() -> None:
        got.extend([part async for part in reply])

    reading = asyncio.create_task(reader())
    await asyncio.sleep(0)
    await reply.aclose()
    gate.set()
    await reading
    assert len(got) == 1
    await reply.aclose()


@in_loop
async def test_no_world_but_the_one_given() -> None:
    first = await answer(DemoResponder("demo", FakeWorld(3), delay=0), body("hi", stream=True))
    again = await answer(DemoResponder("demo", FakeWorld(3), delay=0), body("hi", stream=True))
    assert first == again
