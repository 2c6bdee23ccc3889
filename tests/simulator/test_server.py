"""The simulator itself: an SDK that knows nothing of us must understand it."""

import asyncio

import httpx2
import pytest
from openai import APIStatusError, OpenAI
from tests.simulator import ModelServer, until
from tests.simulator.scripts import WORDS


def ask(server: ModelServer, model: str, **more: object) -> object:
    with OpenAI(base_url=server.url, api_key="k", max_retries=0) as client:
        return client.chat.completions.create(  # type: ignore[call-overload]
            model=model, messages=[{"role": "user", "content": "hi"}], **more
        )


def test_the_sdk_reads_a_whole_answer() -> None:
    with ModelServer() as server:
        answer = ask(server, "normal", n=2)
    assert [c.message.content for c in answer.choices] == ["".join(WORDS)] * 2  # type: ignore[attr-defined]
    assert server.asked[0].headers["authorization"] == "Bearer k"
    assert server.open == server.cancelled == 0


def test_the_sdk_reads_a_stream() -> None:
    with ModelServer() as server, OpenAI(base_url=server.url, api_key="k") as client:
        stream = client.chat.completions.create(
            model="normal",
            messages=[{"role": "user", "content": "hi"}],
            stream=True,
            stream_options={"include_usage": True},
        )
        events = list(stream)
    said = [e.choices[0].delta.content for e in events if e.choices]
    assert "".join(piece or "" for piece in said) == "".join(WORDS)
    assert events[-1].usage is not None
    assert events[-1].usage.total_tokens == 9


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_the_sdk_reads_errors(status: int) -> None:
    with ModelServer() as server, pytest.raises(APIStatusError) as caught:
        ask(server, f"status-{status}")
    assert caught.value.status_code == status


def test_a_client_that_leaves_is_noticed() -> None:
    with ModelServer() as server:
        with httpx2.stream(
            "POST", f"{server.url}/chat/completions", json={"model": "hangs", "stream": True}
        ) as answer:
            parts = answer.iter_bytes()
            next(parts)
            assert server.open == 1
        asyncio.run(until(lambda: server.cancelled == 1))
        assert server.open == 0
