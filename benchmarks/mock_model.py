"""A mock model: an OpenAI-compatible server that costs little beside what it measures.

A model's name is its behaviour: ``mock-30-10-64`` waits 30 ms before the first piece of a
stream and 10 ms between pieces, and sends 64 pieces of six characters. A request that is not
streamed is answered after the first wait. The body's ``seed`` moves the text, so that two
generations can be told apart.

    python -m benchmarks.mock_model --port 0

prints ``{"port": N}`` once it listens. ``--precise`` waits the last 1.5 ms of each delay by
turning the event loop, because the loop's own timers count whole milliseconds: for measuring one
connection; with many it would only heat the core.
"""

import argparse
import asyncio
import functools
import json
import re
import time

import httptools
import msgspec
import uvloop

from benchmarks import texts

MODELS = (
    "mock-0-0-16",
    "mock-0-0-64",
    "mock-0-0-128",
    "mock-0-5-16",
    "mock-0-5-128",
    "mock-30-10-32",
    "mock-30-10-64",
    "mock-10-0-1",
    "mock-20-5-32",
    "mock-5-3-200",
    "mock-20-15-100",
    "mock-50-40-60",
    "mock-10-120-25",
)
_NAME = re.compile(r"mock-(\d{1,5})-(\d{1,5})-(\d{1,5})")
_LAST = b"data: [DONE]\n\n"


class Ask(msgspec.Struct):
    """What the mock reads of a request."""

    model: str
    stream: bool = False
    seed: int = 0


class Pace(msgspec.Struct, frozen=True):
    """How a model behaves: seconds to the first piece, seconds between, number of pieces."""

    first: float
    between: float
    count: int


@functools.lru_cache(maxsize=256)
def pace(model: str) -> Pace | None:
    """The behaviour a model's name asks for, None for a name of another form."""
    found = _NAME.fullmatch(model)
    if found is None or not 1 <= int(found[3]) <= 10_000:
        return None
    return Pace(int(found[1]) / 1000, int(found[2]) / 1000, int(found[3]))


@functools.lru_cache(maxsize=4096)
def stream_events(model: str, count: int, seed: int) -> list[bytes]:
    """A stream's events, framed for HTTP; the last carries the finish, the end and the frame."""
    events = []
    for at, piece in enumerate(texts.pieces(count, seed)):
        delta = {"role": "assistant", "content": piece} if at == 0 else {"content": piece}
        events.append(_event(model, delta, None))
    end = _event(model, {}, "stop") + _LAST
    framed = [_frame(event) for event in events]
    framed[-1] = framed[-1] + _frame(end) + b"0\r\n\r\n"
    return framed


@functools.lru_cache(maxsize=256)
def whole_reply(model: str) -> bytes:
    """The answer of a request that is not streamed, as HTTP."""
    message = {"role": "assistant", "content": texts.whole()}
    body = {
        "id": "chatcmpl-mock",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 80, "completion_tokens": 200, "total_tokens": 280},
    }
    return _reply("200 OK", body)


def _event(model: str, delta: dict[str, str], finish: str | None) -> bytes:
    body = {
        "id": "chatcmpl-mock",
        "object": "chat.completion.chunk",
        "created": 1_700_000_000,
        "model": model,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return b"data: " + _json(body) + b"\n\n"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _frame(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _reply(status: str, body: object) -> bytes:
    data = _json(body)
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n"
    return head.encode() + b"\r\n" + data


def _error(status: str, code: str, message: str) -> bytes:
    kind = "invalid_request_error"
    return _reply(status, {"error": {"message": message, "type": kind, "code": code}})


_STREAM_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
)


class Connection(asyncio.Protocol):
    """One keep-alive connection; one request at a time, as its clients send them."""

    def __init__(self, loop: asyncio.AbstractEventLoop, spin: float) -> None:
        self._loop = loop
        self._spin = spin
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport
        self._gone = False
        self._path = b""
        self._body: list[bytes] = []
        self._writes: list[bytes] = []
        self._at = 0
        self._due = 0.0
        self._between = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # a stream's transport

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._gone = True

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._transport.write(_error("400 Bad Request", "bad_http", str(error)))
            self._transport.close()

    def on_url(self, url: bytes) -> None:
        self._path = url
        self._body.clear()

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        method = self._parser.get_method()
        if method == b"POST" and self._path == b"/v1/chat/completions":
            self._chat(b"".join(self._body))
        elif method == b"GET" and self._path == b"/v1/models":
            rows = [{"id": name, "object": "model", "owned_by": "mock"} for name in MODELS]
            self._transport.write(_reply("200 OK", {"object": "list", "data": rows}))
        else:
            self._transport.write(_error("404 Not Found", "not_found", "no such path"))

    def _chat(self, body: bytes) -> None:
        try:
            ask = msgspec.json.decode(body, type=Ask)
        except msgspec.DecodeError as error:
            self._transport.write(_error("400 Bad Request", "bad_body", str(error)))
            return
        behaviour = pace(ask.model)
        if behaviour is None:
            self._transport.write(_error("404 Not Found", "model_not_found", "no such model"))
            return
        self._at = 0
        self._due = time.perf_counter() + behaviour.first
        self._between = behaviour.between
        if ask.stream:
            self._transport.write(_STREAM_HEAD)
            self._writes = stream_events(ask.model, behaviour.count, ask.seed % 64)
        else:
            self._writes = [whole_reply(ask.model)]
        self._step()

    def _step(self) -> None:
        """Writes the next piece when it is due, and at most one a turn of the loop."""
        if self._gone:
            return
        wait = self._due - time.perf_counter()
        if wait > self._spin:
            self._loop.call_later(wait - self._spin, self._step)
            return
        if wait > 0:
            self._loop.call_soon(self._step)
            return
        self._transport.write(self._writes[self._at])
        self._at += 1
        self._due += self._between
        if self._at < len(self._writes):
            self._loop.call_soon(self._step)


async def serve(port: int, spin: float) -> None:
    """Serves on the loopback address until the process is ended."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(loop, spin), "127.0.0.1", port)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mock_model")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--precise", action="store_true")
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(options.port, 0.0015 if options.precise else 0.0))


if __name__ == "__main__":
    main()
