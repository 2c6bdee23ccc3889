"""What the server plays: a status, headers, and steps."""

import json
from dataclasses import dataclass, field
from typing import Any, Final, Literal

#: Stay silent until the client goes away.
HANG: Final = "hang"
#: Reset the TCP connection.
RESET: Final = "reset"

#: Bytes to send, or seconds to wait, or one of the above.
Step = bytes | float | Literal["hang", "reset"]


@dataclass(frozen=True)
class Play:
    """One scripted answer.

    Attributes:
        steps: what happens after the head is sent.
        status: HTTP status; 0: no head is sent, bytes go out bare, the connection closes at the
            end.
        content_type: media type.
        headers: further headers.
    """

    steps: tuple[Step, ...] = ()
    status: int = 200
    content_type: str = "text/event-stream"
    headers: dict[str, str] = field(default_factory=dict)


def sse(doc: Any) -> bytes:
    """One event."""
    return b"data: " + json.dumps(doc, ensure_ascii=False).encode() + b"\n\n"


def done() -> bytes:
    """The event that ends a stream."""
    return b"data: [DONE]\n\n"


def chunk(
    delta: dict[str, Any], *, index: int = 0, finish: str | None = None, **more: Any
) -> bytes:
    """One event of one choice; ``more`` goes into the choice."""
    choice = {"index": index, "delta": delta, "finish_reason": finish, **more}
    return sse({**head("chat.completion.chunk"), "choices": [choice]})


def head(kind: str) -> dict[str, Any]:
    """What every body and event begins with."""
    return {"id": "chatcmpl-sim", "object": kind, "created": 1_767_585_600, "model": "sim"}


def text_stream(pieces: list[str], *, delay: float = 0.0, choices: int = 1) -> tuple[Step, ...]:
    """A whole stream of text: role, pieces with a pause before each, finish, ``[DONE]``."""
    steps: list[Step] = [
        chunk({"role": "assistant", "content": ""}, index=i) for i in range(choices)
    ]
    for piece in pieces:
        if delay:
            steps.append(delay)
        steps += [chunk({"content": piece}, index=i) for i in range(choices)]
    steps += [chunk({}, index=i, finish="stop") for i in range(choices)]
    return (*steps, done())


def body(message: dict[str, Any], *, finish: str = "stop", choices: int = 1) -> Play:
    """A whole JSON answer."""
    doc = {
        **head("chat.completion"),
        "choices": [
            {"index": i, "message": message, "finish_reason": finish} for i in range(choices)
        ],
        "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7},
    }
    return Play((json.dumps(doc, ensure_ascii=False).encode(),), content_type="application/json")


def error(status: int, message: str, **headers: str) -> Play:
    """An OpenAI error object."""
    doc = {"error": {"message": message, "type": "sim", "param": None, "code": None}}
    return Play((json.dumps(doc).encode(),), status, "application/json", headers)
