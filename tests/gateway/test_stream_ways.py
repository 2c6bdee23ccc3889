"""A stream by its three ways: alike, usual, and any. Each does what the last one does."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gateway.sse import HEAD, chunk, wire
from tests.gateway.test_usual import Change, changes, every_change

from hegui.gateway.mark import marking
from hegui.gateway.stream import AnswerStream
from hegui.gateway.usual import UsualEvent
from hegui.screen import Pack, Screen, Word

CODE = "001191000000MA0000000N10000"
LABEL = "【AI生成】"
WORDS = (
    *(Word(word=w, category="fraud", action="stop") for w in ("诈骗话术", "bad word", "abab")),
    Word(word="看看", category="look", action="review"),
)
SCREEN = Screen([Pack(name="p", author="a", version="1", words=WORDS, digest="0" * 64)])
DONE = b"data: [DONE]\n\n"
#: The ways that are left when the quicker ones are not taken.
WAYS = ("all", "usual", "any")


def stream(way: str, at: str = "interface", choices: int = 1) -> AnswerStream:
    answer = AnswerStream(SCREEN, marking(CODE, "g" * 32, at, LABEL, raw=False), choices)
    if way != "all":
        answer._alike = lambda frame, out: False  # type: ignore[method-assign]
    if way == "any":
        answer._usual = lambda doc: None  # type: ignore[method-assign]
    return answer


def outcome(answer: AnswerStream, reads: list[bytes]) -> Any:
    """All that anyone sees of a stream; an error that breaks it ends the reading."""
    out = b""
    for data in reads:
        out += answer.feed(data)
        if answer.done or answer.stopped is not None or answer.broken is not None:
            break
    told = (answer.taken[:], answer.stopped, answer.finish, answer.usage, answer.whole)
    detail = answer.broken and answer.broken.detail
    ends = (answer.stop({}), answer.error({"error": {}}), answer.close())
    return out, told, detail, answer.done, answer.reviews(), ends, answer.taken


def same(events: list[bytes], at: str = "interface", choices: int = 1) -> Any:
    """What becomes of a stream, which is the same by every way."""
    found = [outcome(stream(way, at, choices), events) for way in WAYS]
    assert found[0] == found[2]
    assert found[1] == found[2]
    return found[0]


PIECES = st.sampled_from(
    [
        *("", "好", "骗", "诈", "看", "bad", " w", "ab", "a\u200b", "好 ", "诈骗话术", "c1", "𠀀"),
        *('"', ",", ":", '",":"', "\n", "\\", "\0", '"content":"a"', "content", " ", ", x"),
    ]
)
PLAIN = st.builds(lambda piece: chunk({"content": piece}), PIECES)
#: What servers in use write beside the content.
USUAL = st.builds(
    lambda delta, finish, more, beside: wire(
        {
            **HEAD,
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish, **more}],
            **beside,
        }
    ),
    st.one_of(
        st.builds(lambda piece: {"content": piece}, PIECES),
        st.builds(lambda piece: {"role": "assistant", "content": piece}, PIECES),
        st.sampled_from([{}, {"content": None}, {"role": "assistant"}, {"tool_calls": []}]),
    ),
    st.sampled_from([None, None, None, "stop", "length"]),
    st.sampled_from([{}, {}, {"logprobs": None}, {"stop_reason": None}, {"token_ids": None}]),
    st.sampled_from([{}, {}, {"usage": None}, {"usage": {"total_tokens": 3}}, {"created": 2}]),
)
TOLD = st.sampled_from([{}, {"total_tokens": 3}, {"prompt_tokens_details": {"cached_tokens": 1}}])
USAGE = st.builds(lambda usage: wire({**HEAD, "choices": [], "usage": usage}), TOLD)
ODD = st.one_of(
    st.builds(
        lambda piece, index, finish, more: chunk({"content": piece}, finish, index, **more),
        PIECES,
        st.sampled_from([0, 1]),
        st.sampled_from([None, None, "", "stop", "其他"]),
        st.sampled_from([{}, {"logprobs": None}, {"logprobs": {"content": [{"token": "x"}]}}]),
    ),
    st.builds(lambda piece: chunk({"reasoning_content": piece}), PIECES),
    st.builds(lambda piece: chunk({"content": [{"type": "text", "text": piece}]}), PIECES),
    st.builds(lambda piece: wire({**HEAD, "choices": [], "note": piece}), PIECES),
    st.sampled_from([b": ping\n\n", b"\n\n", b"data: {}\n\n", b"data: [\n\n", DONE]),
)
EVENTS = st.one_of(PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, USUAL, USUAL, USAGE, ODD)
FIRST = st.sampled_from(
    [
        chunk({"role": "assistant", "content": ""}),
        chunk({"role": "assistant", "content": "好"}),
        chunk({"content": "好"}),
        wire({"choices": [{"delta": {"content": "好"}}]}),
    ]
)


HOW = ["as it is", "as it is", "escaped", "compact", "several lines", "no space"]


def spelled(event: bytes, how: str) -> bytes:
    """An event as different servers write the same JSON."""
    data = event.removeprefix(b"data: ")
    if how == "as it is" or not data.startswith(b"{"):
        return event
    doc = json.loads(data)
    if how == "several lines":
        return b"data: " + json.dumps(doc, indent=0).encode().replace(b"\n", b"\ndata: ") + b"\n\n"
    if how == "no space":
        return b"data:" + data
    separators = (",", ":") if how == "compact" else None
    return b"data: " + json.dumps(doc, separators=separators).encode() + b"\n\n"


@settings(max_examples=1500, derandomize=True, deadline=None)
@given(
    first=FIRST,
    events=st.lists(EVENTS, max_size=15),
    how=st.sampled_from(HOW),
    asked=st.tuples(st.sampled_from(["interface", "start", "both"]), st.sampled_from([1, 1, 2])),
    cuts=st.sets(st.integers(1, 3000), max_size=8),
)
def test_every_way_does_what_the_longest_does(
    first: bytes, events: list[bytes], how: str, asked: tuple[str, int], cuts: set[int]
) -> None:
    events = [spelled(event, how) for event in (first, chunk({"content": "好"}), *events)]
    whole = b"".join(events)
    found = same(events, *asked)
    points = sorted(cut for cut in cuts if cut < len(whole))
    reads = [whole[a:b] for a, b in zip([0, *points], [*points, len(whole)], strict=True)]
    for way in WAYS:
        assert outcome(stream(way, *asked), reads) == found
    assert "诈骗话术".encode() not in found[0] + b"".join(found[5])


PARTS = ("doc", "choice", "delta", "usage", "details")


def changed(change: list[Change], piece: str = "好") -> bytes:
    """A usual event with changes."""
    delta: dict[str, Any] = {"content": piece}
    choice: dict[str, Any] = {"index": 0, "delta": delta, "finish_reason": None}
    details: dict[str, Any] = {}
    usage: dict[str, Any] = {"prompt_tokens_details": details}
    doc: dict[str, Any] = {**HEAD, "choices": [choice]}
    parts = dict(zip(PARTS, (doc, choice, delta, usage, details), strict=True))
    for part, key, value in change:
        parts[part][key] = value
        if part in PARTS[3:]:
            doc["usage"] = usage
    return wire(doc)


def test_an_event_with_any_other_value_becomes_the_same_by_every_way() -> None:
    for change in every_change(UsualEvent, *PARTS):
        same([changed([]), changed([change]), changed([]), chunk({}, "stop"), DONE])


@settings(max_examples=500, derandomize=True, deadline=None)
@given(
    events=st.lists(st.tuples(changes(UsualEvent, *PARTS), PIECES), max_size=4),
    at=st.sampled_from(["interface", "both"]),
)
def test_changed_events_become_the_same_by_every_way(
    events: list[tuple[list[Change], str]], at: str
) -> None:
    same([changed(*event) for event in events for _ in range(2)], at)


#: How servers in use write a stream: what comes first, a piece, the end.
SERVERS: dict[str, tuple[dict[str, Any], Callable[[str], dict[str, Any]], dict[str, Any]]] = {
    "OpenAI": (
        {"delta": {"role": "assistant", "content": "", "refusal": None}, "logprobs": None},
        lambda piece: {"delta": {"content": piece}, "logprobs": None, "finish_reason": None},
        {"delta": {}, "logprobs": None, "finish_reason": "stop"},
    ),
    "vLLM": (
        {"delta": {"role": "assistant", "content": ""}, "logprobs": None, "finish_reason": None},
        lambda piece: {
            "delta": {"content": piece},
            "logprobs": None,
            "finish_reason": None,
            "token_ids": None,
        },
        {
            "delta": {"content": ""},
            "logprobs": None,
            "finish_reason": "stop",
            "stop_reason": None,
            "token_ids": None,
        },
    ),
    "a role in every event": (
        {"delta": {"role": "assistant", "content": "好"}, "finish_reason": None},
        lambda piece: {"delta": {"role": "assistant", "content": piece}, "finish_reason": None},
        {"delta": {"role": "assistant", "content": ""}, "finish_reason": "stop"},
    ),
}


@pytest.mark.parametrize("server", SERVERS)
def test_streams_of_servers_in_use_take_the_short_ways(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, piece, last = SERVERS[server]

    def event(part: dict[str, Any]) -> bytes:
        return wire({**HEAD, "system_fingerprint": "fp_1", "choices": [{"index": 0, **part}]})

    answer = stream("all")
    begun = [event(first), event(piece("好的")), event(piece("在"))]
    for one in begun:
        answer.feed(one)
    monkeypatch.setattr(answer, "_event", None)
    assert answer.feed(event(last)) == b""
    with monkeypatch.context() as patch:
        answer = stream("all")
        answer.feed(b"".join(begun))
        patch.setattr(answer, "_frame", None)
        odd = event(piece('他说"好",\n就走了𠀀'))
        assert answer.feed(odd) == odd
    pieces = ["好", "诈", "骗", "好", "看", "看", "", "a", "ba", "c"]
    end = wire({**HEAD, "choices": [], "usage": {"total_tokens": 3}})
    same([*begun, *(event(piece(one)) for one in pieces), event(last), end, DONE])


@pytest.mark.parametrize(
    "event",
    [
        # A text that could be what stands between two strings.
        b'{"id":"c1","choices":[{"index":0,"delta":{"content":":"},"finish_reason":null}]}',
        b'{"id":"c1","choices":[{"delta":{"content":","},"index":0,"finish_reason":null}]}',
        # The content's own bytes stand elsewhere too.
        b'{"id":"same","choices":[{"index":0,"delta":{"content":"same"},"finish_reason":null}]}',
        b'{"id":"c1","choices":[{"index":0,"delta":{"content":"id"},"finish_reason":null}]}',
        # Members that come twice.
        b'{"id":"c1","choices":[{"index":0,"delta":{"content":"x","content":"ok"}}]}',
        b'{"id":"c1","choices":[{"index":0,"delta":{"content":"ok","\\u0063ontent":"ok"}}]}',
        b'{"id":"c1","choices":[{"index":0,"delta":{"content":"ok"},"delta":{"content":"y"}}]}',
    ],
)
def test_an_event_whose_content_stands_nowhere_for_certain(event: bytes) -> None:
    one = b"data: " + event + b"\n\n"
    other = one.replace(b'"ok"', b'"ab"').replace(b'":"}', b'"no"}').replace(b'","}', b'"no"}')
    same([chunk({"content": "a"}), one, one, other, other, chunk({}, "stop")])


@pytest.mark.parametrize(
    "between",
    [
        *(b"", b'"', b'""', b'"a" ', b' "a"', b'"a","content":"b"', b'"a"},"x":{"y":"b"', b"null"),
        *(b"1", b'"\xff"', b'"a\nb"', b'"\\ud800"', b'"a"\n', b"[]", b'{"a":"b"}', b'"\\"'),
    ],
)
def test_what_stands_between_must_be_one_string(between: bytes) -> None:
    head, tail = chunk({"content": "好的"}).split('"好的"'.encode())
    like = chunk({"content": "好的"})
    same([like, like, like, head + between + tail, like, chunk({}, "stop"), DONE])
