"""The scripts: a table from model name to what the server plays for a request's body."""

from collections.abc import Callable
from typing import Any

from tests.simulator.play import (
    HANG,
    RESET,
    Play,
    body,
    chunk,
    done,
    error,
    head,
    sse,
    text_stream,
)

Script = Callable[[dict[str, Any]], Play]

WORDS = ["Hello", " there", ", 世界", "."]
_CALL = {"id": "call_sim", "type": "function", "function": {"name": "weather", "arguments": ""}}
_CALL_DONE = {**_CALL, "function": {"name": "weather", "arguments": '{"city": "北京"}'}}
_HALF = text_stream(WORDS)[:3]  # role and two words


def _normal(doc: dict[str, Any]) -> Play:
    choices = doc.get("n") or 1
    if not doc.get("stream"):
        return body({"role": "assistant", "content": "".join(WORDS)}, choices=choices)
    steps = text_stream(WORDS, choices=choices)
    if (doc.get("stream_options") or {}).get("include_usage"):
        usage = {"prompt_tokens": 5, "completion_tokens": 4, "total_tokens": 9}
        told = sse({**head("chat.completion.chunk"), "choices": [], "usage": usage})
        steps = (*steps[:-1], told, done())
    return Play(steps)


def _tools(doc: dict[str, Any]) -> Play:
    if not doc.get("stream"):
        message = {"role": "assistant", "content": None, "tool_calls": [_CALL_DONE]}
        return body(message, finish="tool_calls")
    return Play(
        (
            chunk({"role": "assistant", "content": None, "tool_calls": [{"index": 0, **_CALL}]}),
            *(
                chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
                for piece in ('{"ci', 'ty": "\\u53', '17京"}')
            ),
            chunk({}, finish="tool_calls"),
            done(),
        )
    )


def _reasoning(doc: dict[str, Any]) -> Play:
    if not doc.get("stream"):
        return body({"role": "assistant", "content": "42", "reasoning_content": "Six times 7."})
    thoughts = [chunk({"reasoning_content": piece}) for piece in ("Six", " times", " 7.")]
    return Play((*thoughts, *text_stream(["42"])))


def _logprobs(_doc: dict[str, Any]) -> Play:
    token = {"token": "Hi", "logprob": -0.1, "bytes": [72, 105], "top_logprobs": []}
    first = chunk({"role": "assistant", "content": "Hi"}, logprobs={"content": [token]})
    return Play((first, chunk({}, finish="stop"), done()))


def _fixed(play: Play) -> Script:
    return lambda _doc: play


#: A server that fails says so in words of its own, which may hold anything.
REFUSAL = "temperature must be between 0 and 2"

SCRIPTS: dict[str, Script] = {
    "normal": _normal,
    "tools": _tools,
    "reasoning": _reasoning,
    "logprobs": _logprobs,
    "slow": _fixed(Play(text_stream(WORDS * 5, delay=0.02))),
    "long": _fixed(Play(text_stream(WORDS * 500, delay=0.01))),
    "status-302": _fixed(Play((), 302, "text/plain", {"Location": "http://127.0.0.1:9/"})),
    "status-400": _fixed(error(400, REFUSAL)),
    "status-401": _fixed(error(401, "bad key")),
    "status-403": _fixed(error(403, "not for you")),
    "status-429": _fixed(error(429, "slow down", **{"Retry-After": "7"})),
    "status-500": _fixed(error(500, "oops")),
    "status-503": _fixed(error(503, "loading", **{"Retry-After": "2"})),
    "silent": _fixed(Play((HANG,), 0)),
    "closes": _fixed(Play((), 0)),
    "head-only": _fixed(Play((HANG,))),
    "empty": _fixed(Play()),
    "large-head": _fixed(Play(text_stream(WORDS), headers={"X-Large": "x" * 20_000})),
    "many-heads": _fixed(Play(text_stream(WORDS), headers={f"X-{i}": "x" for i in range(200)})),
    "reset-first": _fixed(Play((RESET,), 0)),
    "not-http": _fixed(Play((b"SSH-2.0-sim\r\n\r\n",), 0)),
    "packed": _fixed(Play((b"\x1f\x8b packed",), headers={"Content-Encoding": "gzip"})),
    "breaks": _fixed(Play((*_HALF, 0.05, RESET))),
    "hangs": _fixed(Play((*_HALF, HANG))),
    "no-done": _fixed(Play(text_stream(WORDS)[:-1])),
    "cut": _fixed(Play(_HALF)),
    "bad-json": _fixed(Play((*_HALF, b'data: {"choices": [\n\n', done()))),
    "bad-utf8": _fixed(Play((*_HALF, b'data: {"choices": "\xff\xfe"}\n\n', done()))),
    "huge-event": _fixed(Play((*_HALF, chunk({"content": "x" * 2_000_000}), done()))),
}
#: What a model name without a script gets.
UNKNOWN = _fixed(error(404, "no such model"))
