"""Building and reading the events of a streamed completion."""

import json
from typing import Any

HEAD = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"}


def chunk(delta: dict[str, Any], finish: str | None = None, index: int = 0, **more: Any) -> bytes:
    """One event of one choice."""
    choice = {"index": index, "delta": delta, "finish_reason": finish, **more}
    return wire({**HEAD, "choices": [choice]})


def wire(doc: dict[str, Any]) -> bytes:
    """An event with a given document."""
    return b"data: " + json.dumps(doc, ensure_ascii=False).encode() + b"\n\n"


def completion(pieces: list[str]) -> bytes:
    """A whole stream whose text comes in these pieces."""
    events = [chunk({"role": "assistant", "content": ""})]
    events += [chunk({"content": piece}) for piece in pieces]
    return b"".join([*events, chunk({}, "stop"), b"data: [DONE]\n\n"])


def read(data: bytes) -> list[dict[str, Any]]:
    """The documents of a stream, which must end with ``[DONE]`` if it ends."""
    frames = [frame for frame in data.decode().split("\n\n") if frame]
    assert all(frame.startswith("data: ") for frame in frames)
    return [json.loads(frame[6:]) for frame in frames if frame != "data: [DONE]"]


def text(data: bytes, index: int = 0, field: str = "content") -> str:
    """The text of one choice."""
    found = ""
    for doc in read(data):
        for choice in doc.get("choices", []):
            if choice["index"] == index:
                found += choice["delta"].get(field) or ""
    return found
