"""Streamed answers: held, released, marked, stopped."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gateway.anyjson import completions
from tests.gateway.sse import HEAD, chunk, completion, read, text, wire

from hegui.gateway.mark import marking
from hegui.gateway.stream import AnswerStream
from hegui.screen import Action, Pack, Screen, Word, normal

CODE = "001191000000MA0000000N10000"
LABEL = "【AI生成】"
WORDS = ["诈骗话术", "骗", "bad word", "abab", "炸弹"]


def screen(words: list[str], action: Action = "stop") -> Screen:
    listed = tuple(Word(word=w, category="fraud", action=action) for w in words)
    return Screen([Pack(name="p", author="a", version="1", words=listed, digest="0" * 64)])


def stream(words: list[str], at: str = "interface", choices: int = 1) -> AnswerStream:
    return AnswerStream(screen(words), marking(CODE, "g" * 32, at, LABEL, raw=False), choices)


def run(answer: AnswerStream, data: bytes) -> bytes:
    """What a reader gets of a stream that is not stopped."""
    out = answer.feed(data)
    return out if answer.stopped else out + answer.close()


@settings(max_examples=2000, derandomize=True, deadline=None)
@given(data=st.data())
def test_a_listed_word_never_leaves_and_other_text_is_never_changed(data: st.DataObject) -> None:
    alphabet = st.sampled_from(
        ["a", "b", "骗", "诈", "话", "术", "炸", "弹", " ", "w", "好", "\u200b"]
    )
    whole = data.draw(st.text(alphabet, max_size=40))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=12)))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    answer = stream(WORDS)
    out = b""
    longest = max(len(normal(w)) for w in WORDS)
    fed = 0
    for piece in pieces:
        out += answer.feed(chunk({"content": piece}))
        fed += len(piece)
        if answer.stopped:
            break
        held = whole[len(text(out)) : fed]
        assert len(normal(held)) < longest, "never delayed by more than the longest word"
    listed = any(normal(w) in normal(whole) for w in WORDS)
    assert (answer.stopped is not None) == listed
    if listed:
        assert not any(normal(w) in normal(text(out)) for w in WORDS)
        assert whole.startswith(text(out))
    else:
        out += run(answer, chunk({}, "stop") + b"data: [DONE]\n\n")
        assert text(out) == whole


@settings(max_examples=200, derandomize=True, deadline=None)
@given(cuts=st.sets(st.integers(1, 600), max_size=20))
def test_any_split_of_the_bytes_gives_the_same_answer(cuts: set[int]) -> None:
    whole = completion(["你好,", "这是 ", "a bad", " ward", "。"])
    answer = stream(WORDS)
    out = b""
    points = sorted(c for c in cuts if c < len(whole))
    for a, b in zip([0, *points], [*points, len(whole)], strict=True):
        out += answer.feed(whole[a:b])
    out += answer.close()
    assert text(out) == "你好,这是 a bad ward。"


def test_events_without_a_finding_leave_as_the_models_own_bytes() -> None:
    answer = stream(WORDS)
    first = chunk({"role": "assistant", "content": ""})
    odd = b'data: {"id":"c1","choices":[{"index":0,"delta":{"content":"\\u4f60ok"},"x":1.50}]}\n\n'
    out = answer.feed(first + odd)
    assert out.endswith(odd)


def test_the_first_and_the_last_event_carry_the_label() -> None:
    docs = read(run(stream(WORDS), completion(["你", "好", "吗"])))
    marked = [doc for doc in docs if "AIGC" in doc]
    assert [docs.index(doc) for doc in marked] == [0, len(docs) - 1]
    assert marked[0]["AIGC"] == {
        "Label": "1",
        "ContentProducer": CODE,
        "ProduceID": "g" * 32,
        "ReservedCode1": "",
        "ContentPropagator": CODE,
        "PropagateID": "g" * 32,
        "ReservedCode2": "",
    }


def test_the_usage_event_after_the_finish_is_the_last_one() -> None:
    usage = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}
    body = completion(["hi"]).replace(
        b"data: [DONE]\n\n", wire({"id": "c1", "choices": [], "usage": usage}) + b"data: [DONE]\n\n"
    )
    answer = stream(WORDS)
    docs = read(run(answer, body))
    assert docs[-1]["usage"] == usage
    assert "AIGC" in docs[-1]
    assert "AIGC" not in docs[-2]
    assert docs[-2]["choices"][0]["finish_reason"] == "stop"
    assert answer.usage == usage


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("start", f"{LABEL}\n你好"),
        ("end", f"你好\n{LABEL}"),
        ("both", f"{LABEL}\n你好\n{LABEL}"),
        ("interface", "你好"),
    ],
)
def test_the_text_label_stands_where_the_policy_says(at: str, expected: str) -> None:
    assert text(run(stream(WORDS, at), completion(["你", "好"]))) == expected


def test_every_choice_bears_the_text_label() -> None:
    body = b"".join(
        [
            chunk({"content": "a"}, index=0),
            chunk({"content": "b"}, index=1),
            chunk({}, "stop", index=0),
            chunk({}, "stop", index=1),
            b"data: [DONE]\n\n",
        ]
    )
    out = run(stream(WORDS, "start", choices=2), body)
    assert text(out, 0) == f"{LABEL}\na"
    assert text(out, 1) == f"{LABEL}\nb"


def test_the_finish_waits_and_the_text_before_it_does_not() -> None:
    answer = stream(WORDS)
    out = answer.feed(chunk({"content": "你好骗"[:2]}) + chunk({"content": "诈"}, "stop"))
    assert text(out) == "你好诈", "text in the finishing event leaves at once, what was held too"
    assert all(doc["choices"][0]["finish_reason"] is None for doc in read(out))
    assert read(answer.close())[-1]["choices"][0]["finish_reason"] == "stop"


def test_a_stop_sends_what_precedes_the_word_then_says_content_filter() -> None:
    answer = stream(["诈骗话术"])
    out = answer.feed(completion(["好的,诈", "骗话", "术如下", "第一步"]))
    assert text(out) == "好的,"
    assert answer.stopped is not None
    place, finding = answer.stopped
    assert (place, finding.category) == ("choices[0].delta.content", "fraud")
    last = answer.stop({"decision": "d1"})
    doc = read(last)[-1]
    assert doc["choices"][0]["finish_reason"] == "content_filter"
    assert doc["hegui"] == {"decision": "d1"}
    assert "AIGC" in doc
    assert last.endswith(b"data: [DONE]\n\n")


def test_tool_arguments_in_escapes_are_read_as_what_they_mean() -> None:
    answer = stream(["诈骗"])
    call = {"index": 0, "id": "t1", "type": "function", "function": {"name": "f", "arguments": ""}}
    out = answer.feed(chunk({"tool_calls": [call]}))
    for piece in ['{"q": "\\u8b', "c8\\u9a", '97 now"}']:
        out += answer.feed(chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}))
    assert answer.stopped is not None
    assert answer.stopped[0] == "choices[0].delta.tool_calls[0].function.arguments"
    assert b"\\\\u9a" not in out


def test_tool_arguments_pass_unchanged_and_bear_no_text_label() -> None:
    answer = stream(["诈骗"], "both")
    source = '{"q": "\\u8bc8 \\"ok\\"", "n": 1}'
    call = {"index": 0, "id": "t1", "type": "function", "function": {"name": "f", "arguments": ""}}
    out = answer.feed(chunk({"tool_calls": [call]}))
    for i in range(0, len(source), 3):
        delta = {"tool_calls": [{"index": 0, "function": {"arguments": source[i : i + 3]}}]}
        out += answer.feed(chunk(delta))
    out += run(answer, chunk({}, "tool_calls") + b"data: [DONE]\n\n")
    got = ""
    for doc in read(out):
        for choice in doc["choices"]:
            for tool in choice["delta"].get("tool_calls", []):
                got += tool["function"].get("arguments", "")
    assert got == source
    assert LABEL not in out.decode()


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning", "refusal", "nobody_knows"])
def test_a_field_that_nobody_thought_of_is_screened_too(field: str) -> None:
    answer = stream(["诈骗"])
    out = answer.feed(chunk({field: "说诈"}) + chunk({field: "骗"}))
    assert answer.stopped is not None
    assert text(out, field=field) == "说"


def test_text_beside_the_choices_is_screened_over_events() -> None:
    answer = stream(["诈骗"])
    out = answer.feed(wire({"id": "c", "choices": [], "note": "诈"}))
    out += answer.feed(wire({"id": "c", "choices": [], "note": "骗"}))
    assert answer.stopped is not None
    assert "诈" not in out.decode()


def test_log_probabilities_wait_with_their_text() -> None:
    def probs(token: str) -> dict[str, object]:
        return {"content": [{"token": token, "logprob": -0.1, "bytes": None, "top_logprobs": []}]}

    answer = stream(["诈骗"])
    out = answer.feed(chunk({"content": "诈"}, logprobs=probs("诈")))
    assert "诈" not in out.decode()
    out = answer.feed(chunk({"content": "a"}, logprobs=probs("a")))
    doc = read(out)[-1]["choices"][0]
    assert doc["delta"]["content"] == "诈a"
    assert [one["token"] for one in doc["logprobs"]["content"]] == ["诈", "a"]


def test_a_listed_word_among_alternative_tokens_stops() -> None:
    top = {"token": "诈骗", "logprob": -2.0}
    probs = {"content": [{"token": "好", "logprob": -0.1, "top_logprobs": [top]}]}
    answer = stream(["诈骗"])
    out = answer.feed(chunk({"content": "好"}, logprobs=probs))
    assert answer.stopped is not None
    assert "诈骗" not in out.decode()


def test_a_review_word_passes_and_is_found() -> None:
    answer = AnswerStream(
        screen(["骗"], "review"), marking(CODE, "g", "interface", LABEL, raw=False), 1
    )
    assert text(run(answer, completion(["不要骗", "人"]))) == "不要骗人"
    assert [place for place, _ in answer.reviews()] == ["choices[0].delta.content"]


@pytest.mark.parametrize(
    "bad",
    [
        b"data: {nonsense}\n\n",
        b"data: [1]\n\n",
        b'data: {"choices": 3}\n\n',
        b'data: {"choices": [3]}\n\n',
        b'data: {"choices": [{"index": "x"}]}\n\n',
        b'data: {"choices": [{"index": 0}, {"index": 1}]}\n\n',
        b'data: {"error": {"message": "overloaded"}}\n\n',
        b'data: {"choices": [{"index": 0, "delta": {"content": "\xff"}}]}\n\n',
        b'data: {"choices": [{"index": 0, "logprobs": [1]}]}\n\n',
        b'data: {"choices": [{"index": 0, "logprobs": {"content": 1}}]}\n\n',
        b'data: {"choices": [{"index": []}]}\n\n',
        b'data: {"choices": [{"index": true}]}\n\n',
        b'data: {"choices": [{"index": -1, "delta": {"content": "x"}}]}\n\n',
        b'data: {"x": ' + b"[" * 100 + b"]" * 100 + b"}\n\n",
        b"data: " + b"[" * 5000 + b"\n\n",
        b"data: " + b"x" * (2 << 20),
    ],
)
def test_what_is_not_an_event_breaks_the_answer(bad: bytes) -> None:
    answer = stream(WORDS)
    out = answer.feed(chunk({"content": "ok"}) + bad)
    assert answer.broken is not None
    assert answer.broken.code == "upstream_broken"
    assert text(out) == "ok", "what came before it is valid and leaves"


def test_comments_and_other_fields_are_not_passed_on() -> None:
    answer = stream(WORDS)
    comment = ': 诈骗话术\n\nevent: x\nid: 诈骗话术\ndata: {"choices":[]}\n\n'
    out = answer.feed(comment.encode())
    assert "诈骗" not in out.decode()
    assert len(read(out)) == 1


def test_a_stream_that_ends_early_is_not_whole() -> None:
    answer = stream(WORDS)
    answer.feed(chunk({"content": "hi"}))
    assert not answer.whole
    answer.feed(chunk({}, "stop"))
    assert answer.whole


def test_an_error_reads_as_the_sdks_read_one() -> None:
    answer = stream(WORDS)
    last = answer.error({"error": {"message": "m", "code": "upstream_broken"}})
    doc = json.loads(last.split(b"\n\n")[0][6:])
    assert doc["error"]["code"] == "upstream_broken"
    assert "AIGC" in doc


@pytest.mark.parametrize("late", ["content", "reasoning_content", "nobody_knows"])
def test_text_after_the_finish_breaks_the_answer(late: str) -> None:
    answer = stream(["诈骗"])
    out = answer.feed(chunk({"content": "诈"}) + chunk({}, "stop") + chunk({late: "骗"}))
    assert answer.broken is not None
    assert answer.broken.detail == "text_after_finish"
    assert "骗" not in out.decode()


def test_an_empty_event_after_the_finish_is_none_of_it() -> None:
    answer = stream(WORDS)
    out = run(answer, chunk({"content": "ok"}, "stop") + chunk({"content": ""}, "stop"))
    assert answer.broken is None
    assert text(out) == "ok"


SMUGGLED: dict[str, dict[str, Any]] = {
    "a key": {"choices": [{"index": 0, "delta": {"诈骗": 1}}]},
    "a key of a choice": {"choices": [{"index": 0, "诈骗": None}]},
    "a key beside the choices": {"choices": [], "诈骗": 1},
    "a key within log probabilities": {"choices": [{"index": 0, "logprobs": {"诈骗": []}}]},
    "a role": {"choices": [{"index": 0, "delta": {"role": "诈骗"}}]},
    "a kind of something": {"choices": [{"index": 0, "delta": {"x": {"type": "诈骗"}}}]},
    "an id that is none": {
        "choices": [{"index": 0, "delta": {"tool_calls": [{"index": 0, "id": "诈骗"}]}}]
    },
    "log probabilities of a delta": {"choices": [{"index": 0, "delta": {"logprobs": "诈骗"}}]},
    "what stopped the model": {"choices": [{"index": 0, "delta": {}, "stop_reason": "诈骗"}]},
    "the model's name": {"choices": [], "model": "诈骗"},
    "usage": {"choices": [], "usage": {"note": "诈骗"}},
    "a head that is an object": {"choices": [], "id": {"x": "诈骗"}},
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_a_listed_word_stops_wherever_it_stands(name: str) -> None:
    answer = stream(["诈骗"])
    out = answer.feed(chunk({"content": "好"}) + wire({**HEAD, **SMUGGLED[name]}))
    assert answer.stopped is not None
    assert "诈" not in answer.stopped[0], "a place never holds the model's words"
    assert "诈骗" not in (out + answer.stop({})).decode()


def test_the_first_event_brings_no_word_into_our_own() -> None:
    answer = stream(["诈骗"])
    out = answer.feed(wire({"id": "诈骗", "choices": []}))
    assert answer.stopped is not None
    assert "诈骗" not in (out + answer.stop({})).decode()


def test_ids_by_chance_like_a_word_stop_nothing() -> None:
    answer = stream(["abab"])
    call = {"index": 0, "id": "call_xababx", "type": "function", "function": {"name": "f"}}
    body = wire({"id": "chatcmpl-abab", "choices": [{"index": 0, "delta": {"tool_calls": [call]}}]})
    assert b"call_xababx" in answer.feed(body)
    assert answer.stopped is None


def test_a_review_word_in_a_key_is_told_once() -> None:
    answer = AnswerStream(
        screen(["骗"], "review"), marking(CODE, "g", "interface", LABEL, raw=False), 1
    )
    answer.feed(chunk({"content": "a", "骗": 1}) * 3)
    assert [place for place, _ in answer.reviews()] == ["choices[0].delta.*"]


def test_a_stop_in_the_first_text_leaves_the_label_before_what_precedes_it() -> None:
    answer = stream(["诈骗"], "start")
    out = answer.feed(chunk({"content": "好的诈骗"}))
    assert answer.stopped is not None
    assert text(out) == f"{LABEL}\n好的"
    assert answer.taken == [(0, ("delta", "content"), f"{LABEL}\n好的")]


@pytest.mark.parametrize("at", ["end", "both"])
@pytest.mark.parametrize("end", ["stop", "error"])
def test_text_that_is_cut_off_bears_the_label_after_it(at: str, end: str) -> None:
    answer = stream(["诈骗"], at, choices=3)
    out = answer.feed(chunk({"content": "一"}, "stop", index=0) + chunk({"content": "二"}, index=1))
    out += answer.feed(chunk({"role": "assistant"}, index=2))
    answer.taken.clear()
    last = answer.stop({}) if end == "stop" else answer.error({"error": {}})
    before = f"{LABEL}\n" if at == "both" else ""
    assert text(out + last, 0) == f"{before}一\n{LABEL}"
    assert text(out + last, 1) == f"{before}二\n{LABEL}"
    assert text(out + last, 2) == ""
    assert answer.taken == [(1, ("delta", "content"), f"\n{LABEL}")]
    assert "AIGC" in read(last)[-1]


def test_content_in_parts_bears_the_labels_too() -> None:
    answer = stream(["诈骗"], "both")
    events = [chunk({"content": [{"type": "text", "text": piece}]}) for piece in ("好", "诈", "的")]
    out = run(answer, b"".join(events) + chunk({}, "stop"))
    parts = [part for doc in read(out) for part in doc["choices"][0]["delta"].get("content", [])]
    assert "".join(part["text"] for part in parts) == f"{LABEL}\n好诈的\n{LABEL}"
    assert {part["type"] for part in parts} == {"text"}


@pytest.mark.parametrize("nothing", [None, False, "", {}])
def test_an_error_member_without_an_error_is_none(nothing: Any) -> None:
    answer = stream(WORDS)
    event = wire({**HEAD, "error": nothing, "choices": [{"index": 0, "delta": {"content": "ok"}}]})
    assert text(answer.feed(event)) == "ok"
    assert answer.broken is None


def test_an_event_of_several_lines_leaves_as_one() -> None:
    answer = stream(WORDS)
    event = b'data: {"id":"c1","choices":[{"index":0,\ndata: "delta":{"content":"ok"}}]}\n\n'
    assert text(answer.feed(event)) == "ok"


@pytest.mark.parametrize(
    ("reason", "told", "shown"),
    [
        ("length", "length", "length"),
        ("eos_token", "other", "eos_token"),
        ("我说完了", "other", "stop"),
        ("x" * 33, "other", "stop"),
        (["x"], "other", "stop"),
        (7, "other", "stop"),
    ],
)
def test_a_finish_reason_is_one_of_the_apis(reason: Any, told: str, shown: str) -> None:
    answer = stream(WORDS)
    out = run(answer, chunk({"content": "ok"}) + chunk({}, reason))
    assert answer.finish == told
    assert read(out)[-1]["choices"][0]["finish_reason"] == shown


@pytest.mark.parametrize("usage", ["many", [1], 7, True])
def test_usage_that_is_no_object_is_not_kept(usage: Any) -> None:
    answer = stream(WORDS)
    answer.feed(wire({**HEAD, "choices": [], "usage": usage}))
    assert answer.usage is None
    assert answer.broken is None


@settings(max_examples=300, derandomize=True, deadline=None)
@given(docs=st.lists(completions("delta"), max_size=4))
def test_no_event_of_any_shape_raises(docs: list[Any]) -> None:
    answer = stream(WORDS, "both", choices=2)
    out = answer.feed(b"".join(wire(doc) for doc in docs))
    if answer.broken is None and answer.stopped is None:
        out += answer.close()
    out += answer.stop({}) + answer.error({"error": {}})
    read(out)
    assert not any(word in path for path, _ in answer.reviews() for word in WORDS)
