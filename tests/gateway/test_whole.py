"""Whole answers: screened, marked, and their own bytes kept."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from tests.gateway.anyjson import completions

from hegui.gateway.errors import UpstreamError
from hegui.gateway.mark import marking, splice
from hegui.gateway.whole import WholeAnswer, screen_whole
from hegui.screen import Pack, Screen, Word

CODE = "001191000000MA0000000N10000"
LABEL = "【AI生成】"
SCREEN = Screen(
    [
        Pack(
            name="p",
            author="a",
            version="1",
            words=(
                Word(word="诈骗", category="fraud", action="stop"),
                Word(word="看看", category="look", action="review"),
            ),
            digest="0" * 64,
        )
    ]
)


def answer(message: dict[str, Any], at: str = "start", raw: bool = False) -> WholeAnswer:
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    doc = {"id": "c", "object": "chat.completion", "choices": [choice], "usage": {"n": 1}}
    body = json.dumps(doc, ensure_ascii=False).encode()
    return screen_whole(body, SCREEN, marking(CODE, "g", at, LABEL, raw=raw))


def content(found: WholeAnswer) -> Any:
    return json.loads(found.body)["choices"][0]["message"]["content"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("start", f"{LABEL}\n好"),
        ("end", f"好\n{LABEL}"),
        ("both", f"{LABEL}\n好\n{LABEL}"),
        ("interface", "好"),
    ],
)
def test_the_text_label_stands_where_the_policy_says(at: str, expected: str) -> None:
    found = answer({"role": "assistant", "content": "好"}, at)
    assert content(found) == expected
    assert json.loads(found.body)["AIGC"]["ProduceID"] == "g"


def test_output_for_a_machine_has_the_label_in_the_envelope_only() -> None:
    found = answer({"role": "assistant", "content": '{"a": 1}'}, "both", raw=True)
    assert content(found) == '{"a": 1}'
    assert json.loads(found.body)["AIGC"]["Label"] == "1"


def test_an_answer_without_text_has_no_text_label() -> None:
    call = {"id": "t", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    found = answer({"role": "assistant", "content": None, "tool_calls": [call]})
    assert content(found) is None
    assert LABEL not in found.body.decode()


def test_untouched_answers_keep_the_models_own_bytes() -> None:
    body = b'{ "id" : "c", "choices":[{"index":0,"message":{"content":"\\u4f60 1.50"}}], "x":1.50 }'
    found = screen_whole(body, SCREEN, marking(CODE, "g", "interface", LABEL, raw=False))
    assert body[:-2] in found.body


@pytest.mark.parametrize(
    "message",
    [
        {"content": "这是诈骗。"},
        {"content": "", "reasoning_content": "诈骗"},
        {"content": "", "tool_calls": [{"function": {"arguments": '{"q":"\\u8bc8\\u9a97"}'}}]},
        {"content": "", "anything": {"else": ["诈\u200b骗"]}},
        {"content": "", "诈骗": 1},
        {"content": "", "role": "诈骗"},
        {"content": "", "tool_calls": [{"id": "诈骗", "function": {}}]},
        {"content": "", "notes": [{"type": "诈骗"}]},
        {"content": "", "logprobs": {"content": [{"token": "诈骗"}]}},
    ],
)
def test_a_listed_word_in_any_field_stops(message: dict[str, Any]) -> None:
    found = answer(message)
    assert found.stopped is not None
    assert found.stopped[1].category == "fraud"
    assert found.body == b""


def test_a_review_word_passes_and_is_found() -> None:
    found = answer({"content": "看看这个"})
    assert [finding.category for _, finding in found.reviews] == ["look"]
    assert content(found).endswith("看看这个")


def test_what_left_is_what_the_record_takes() -> None:
    found = answer({"role": "assistant", "content": "好", "reasoning_content": "想"})
    assert found.taken == [
        (0, ("message", "content"), f"{LABEL}\n好"),
        (0, ("message", "reasoning_content"), "想"),
    ]


def parts(*texts: str) -> dict[str, Any]:
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "想"}]}
    return {"content": [thought, *({"type": "text", "text": text} for text in texts)]}


def test_the_label_stands_around_the_text_parts() -> None:
    found = answer(parts("一", "二", "三"), "both")
    assert [part.get("text") for part in content(found)] == [
        None,
        f"{LABEL}\n一",
        "二",
        f"三\n{LABEL}",
    ]
    assert (0, ("message", "content", 1, "text"), f"{LABEL}\n一") in found.taken


def test_one_text_part_bears_both_labels() -> None:
    assert content(answer(parts("一"), "both"))[1]["text"] == f"{LABEL}\n一\n{LABEL}"


def test_a_word_over_two_text_parts_stops() -> None:
    found = answer(parts("诈", "骗"))
    assert found.stopped is not None
    assert found.stopped[0] == "choices[0].message.content"


def whole(**more: Any) -> WholeAnswer:
    doc = {"choices": [{"index": 0, "message": {"content": "好"}}], **more}
    return screen_whole(
        json.dumps(doc).encode(), SCREEN, marking(CODE, "g", "start", LABEL, raw=False)
    )


@pytest.mark.parametrize(
    "more",
    [
        {"model": "诈骗"},
        {"usage": {"诈骗": 1}},
        {"usage": {"note": "诈骗"}},
        {"诈骗": 1},
        {"x": {"诈骗": None}},
    ],
)
def test_what_stands_beside_the_choices_is_screened(more: dict[str, Any]) -> None:
    found = whole(**more)
    assert found.stopped is not None
    assert "诈" not in found.stopped[0]


@pytest.mark.parametrize("usage", ["many", [1], 7, True])
def test_usage_that_is_no_object_is_not_kept(usage: Any) -> None:
    assert whole(usage=usage).usage is None


@pytest.mark.parametrize(
    ("reason", "told", "shown"),
    [
        ("stop", "stop", "stop"),
        ("eos", "other", "eos"),
        ("我说完了", "other", "stop"),
        ("a" * 33, "other", "stop"),
        ({"x": "y"}, "other", "stop"),
        (None, "", None),
    ],
)
def test_a_finish_reason_is_one_of_the_apis(reason: Any, told: str, shown: Any) -> None:
    found = whole(choices=[{"index": 0, "message": {"content": "好"}, "finish_reason": reason}])
    assert found.finish == told
    assert json.loads(found.body)["choices"][0]["finish_reason"] == shown


@settings(max_examples=300, derandomize=True, deadline=None)
@given(doc=completions("message"))
def test_no_answer_of_any_shape_raises_but_as_broken(doc: Any) -> None:
    try:
        found = screen_whole(
            json.dumps(doc).encode(), SCREEN, marking(CODE, "g", "both", LABEL, raw=False)
        )
    except UpstreamError:
        return
    assert found.stopped is not None or "AIGC" in json.loads(found.body)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"choices": 1}',
        b'{"choices":[1]}',
        b'{"choices":[{"index":[]}]}',
        b'{"choices":[{"index":-1}]}',
        b'{"choices":[{"index":true}]}',
        b'{"choices":[], "x":' + b"[" * 100 + b"]" * 100 + b"}",
    ],
)
def test_what_is_not_a_completion_breaks_the_answer(bad: bytes) -> None:
    with pytest.raises(UpstreamError) as caught:
        screen_whole(bad, SCREEN, marking(CODE, "g", "start", LABEL, raw=False))
    assert caught.value.code == "upstream_broken"


@pytest.mark.parametrize(
    ("body", "expected"), [(b"{}", b'{"a":1}'), (b'{"b": 2 } ', b'{"b": 2,"a":1}')]
)
def test_a_member_is_spliced_in_at_the_end(body: bytes, expected: bytes) -> None:
    assert splice(body, b'"a":1') == expected


def test_no_pack_can_mean_the_apis_own_finish_reason() -> None:
    listed = (Word(word="stop", category="c", action="stop"),)
    screen = Screen([Pack(name="p", author="a", version="1", words=listed, digest="0" * 64)])
    choice = {"index": 0, "message": {"content": "好", "note": "b"}, "finish_reason": "stop"}
    mark = marking(CODE, "g", "start", LABEL, raw=False)
    assert screen_whole(json.dumps({"choices": [choice]}).encode(), screen, mark).stopped is None
