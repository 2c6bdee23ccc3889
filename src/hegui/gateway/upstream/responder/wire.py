"""Answers in OpenAI's shapes: a stream of events, or one JSON body."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from hegui.gateway.sse import DONE, event
from hegui.gateway.upstream.responder.tools import Call

_encode = msgspec.json.Encoder().encode


class Head(NamedTuple):
    """What every event of one answer repeats; ``created`` in seconds since 1970."""

    id: str
    created: int
    model: str


class Answer(NamedTuple):
    """One answer.

    Attributes:
        pieces: its text, or its call's arguments, in the pieces in which they stream.
        finish: the finish reason.
        call: the function called, or none.
        call_id: the call's id.
    """

    pieces: list[str]
    finish: str
    call: Call | None = None
    call_id: str = ""


class Usage(NamedTuple):
    """Tokens of the question and of all answers."""

    prompt: int
    completion: int

    def body(self) -> dict[str, int]:
        """As the API names them."""
        return {
            "prompt_tokens": self.prompt,
            "completion_tokens": self.completion,
            "total_tokens": self.prompt + self.completion,
        }


def stream(head: Head, answer: Answer, count: int, usage: Usage | None) -> Iterator[bytes]:
    """The events of a stream of ``count`` choices, all with the same answer.

    Args:
        head: what every event repeats.
        answer: the answer.
        count: number of choices.
        usage: told in an event of its own before the end, if given.
    """

    def chunk(index: int, delta: dict[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": index, "delta": delta, "finish_reason": finish}
        return event(_encode({**_envelope(head, "chat.completion.chunk"), "choices": [choice]}))

    opening: dict[str, Any] = {"role": "assistant", "content": ""}
    if answer.call is not None:
        opening = {"role": "assistant", "content": None, "tool_calls": [_call(answer, "")]}
    deltas = [opening, *(_delta(answer, piece) for piece in answer.pieces)]
    for delta in deltas:
        yield b"".join(chunk(index, delta) for index in range(count))
    end = b"".join(chunk(index, {}, answer.finish) for index in range(count))
    if usage is not None:
        told = {**_envelope(head, "chat.completion.chunk"), "choices": [], "usage": usage.body()}
        end += event(_encode(told))
    yield end + DONE


def whole(head: Head, answer: Answer, count: int, usage: Usage) -> bytes:
    """The JSON body with ``count`` choices, all with the same answer."""
    text = "".join(answer.pieces)
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if answer.call is not None:
        call = _call(answer, text)
        del call["index"]
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
    choices = [
        {"index": index, "message": message, "finish_reason": answer.finish}
        for index in range(count)
    ]
    body = {**_envelope(head, "chat.completion"), "choices": choices, "usage": usage.body()}
    return _encode(body)


def _envelope(head: Head, kind: str) -> dict[str, Any]:
    return {"id": head.id, "object": kind, "created": head.created, "model": head.model}


def _delta(answer: Answer, piece: str) -> dict[str, Any]:
    if answer.call is None:
        return {"content": piece}
    return {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}


def _call(answer: Answer, arguments: str) -> dict[str, Any]:
    name = answer.call.name if answer.call is not None else ""
    function = {"name": name, "arguments": arguments}
    return {"index": 0, "id": answer.call_id, "type": "function", "function": function}
