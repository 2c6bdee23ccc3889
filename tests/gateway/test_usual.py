"""Usual requests and answers: taken by the short way, which does what the general way does."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gateway.anyjson import ANY, KEYS

from hegui.gateway import request, whole
from hegui.gateway.errors import GatewayError, UpstreamError
from hegui.gateway.mark import marking
from hegui.gateway.places import NAMES
from hegui.gateway.request import ChatRequest, decode, parse
from hegui.gateway.texts import MOST_TEXTS
from hegui.gateway.usual import UsualAnswer, UsualRequest
from hegui.gateway.whole import WholeAnswer, screen_whole
from hegui.screen import Pack, Screen, Word

CODE = "001191000000MA0000000N10000"
LABEL = "【AI生成】"
WORDS = (
    Word(word="诈骗", category="fraud", action="stop"),
    Word(word="骗", category="fraud", action="review"),
    Word(word="bad", category="rude", action="stop"),
    Word(word="看看", category="look", action="review"),
)
SCREEN = Screen([Pack(name="p", author="a", version="1", words=WORDS, digest="0" * 64)])
#: Values at the border of what a type takes.
BORDER: list[Any] = [
    *(None, True, False, 0, 1, 16, 17, -1, 2.0, 10**30, 10**400, [], {}, [""], [[]]),
    *("", "诈骗", "看看", "好", "诈骗id", "bad", "bad\n", "bad id", "id-1", "id\n", "i" * 129),
    *("stop", "text", "user", "assistant", "chat.completion", ["诈骗"], {"骗": 1}),
    *({"token": "诈骗"}, {"cached_tokens": 1}, {"include_usage": True}, {"type": "json_object"}),
    [{"role": "user", "content": "好"}],
    [{"message": {"content": "好"}}, {"message": {"content": "诈骗"}}],
]
#: A change of a usual document: in which part, which member, to what.
Change = tuple[str, str, Any]


def names(kind: type[msgspec.Struct]) -> list[str]:
    """Every member that a type names, at any depth."""
    within = [kind]
    found = set()
    for one in within:
        for field in msgspec.structs.fields(one):
            found.add(field.name)
            within += _kinds(field.type)
    return sorted(found)


def _kinds(of: Any) -> list[type[msgspec.Struct]]:
    if isinstance(of, type) and issubclass(of, msgspec.Struct):
        return [of]
    return [kind for part in getattr(of, "__args__", ()) for kind in _kinds(part)]


def changes(kind: type[msgspec.Struct], *parts: str) -> st.SearchStrategy[list[Change]]:
    """A few changes at once."""
    value = st.one_of(st.sampled_from(BORDER), ANY)
    members = st.sampled_from(names(kind) + KEYS)
    return st.lists(st.tuples(st.sampled_from(parts), members, value), max_size=3)


def every_change(kind: type[msgspec.Struct], *parts: str) -> Iterator[Change]:
    """Each part, each member, each value at the border."""
    return itertools.product(parts, [*names(kind), "note", "骗"], BORDER)


@pytest.mark.parametrize("kind", [UsualRequest, UsualAnswer])
def test_only_members_of_the_api_are_usual(kind: type[msgspec.Struct]) -> None:
    assert {"model", "content"} < set(names(kind)) < NAMES, "other names are screened as texts"


ANSWERS: dict[str, dict[str, Any]] = {
    "OpenAI": {
        "id": "chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG",
        "object": "chat.completion",
        "created": 1741570283,
        "model": "gpt-4o-2024-08-06",
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "好",
                    "refusal": None,
                    "annotations": [],
                },
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {
            "prompt_tokens": 1117,
            "completion_tokens": 46,
            "total_tokens": 1163,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {
                "reasoning_tokens": 0,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            },
        },
        "service_tier": "default",
        "system_fingerprint": "fp_fc9f1d7035",
    },
    "vLLM": {
        "id": "chatcmpl-1a",
        "object": "chat.completion",
        "created": 1741570283,
        "model": "Qwen/Qwen2.5-7B-Instruct",
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "好",
                    "reasoning_content": None,
                    "tool_calls": [],
                },
                "logprobs": None,
                "finish_reason": "length",
                "stop_reason": None,
            }
        ],
        "usage": {"prompt_tokens": 3, "total_tokens": 5, "prompt_tokens_details": None},
        "prompt_logprobs": None,
    },
    "the least": {"choices": [{"message": {"content": "好"}}]},
}


@pytest.mark.parametrize("server", ANSWERS)
def test_answers_of_servers_in_use_take_the_short_way(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(whole, "_any")
    body = json.dumps(ANSWERS[server]).encode()
    mark = marking(CODE, "g", "interface", LABEL, raw=False)
    found = screen_whole(body, SCREEN, mark)
    assert found.body == body[:-1] + b"," + mark.fragment + b"}"
    assert found.usage == ANSWERS[server].get("usage")


ANSWER_PARTS = ("doc", "choice", "message", "usage", "details")


def test_an_answer_with_any_other_value_becomes_the_same_by_both_ways() -> None:
    for change in every_change(UsualAnswer, *ANSWER_PARTS):
        body = _changed("vLLM", "好", [change])
        assert _answer(body, "start", general=False) == _answer(body, "start", general=True), change


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    server=st.sampled_from(list(ANSWERS)),
    said=st.sampled_from(["好", "诈骗", "看看", "a\u200b", "\\u8bc8", ""]),
    changed=changes(UsualAnswer, *ANSWER_PARTS),
    at=st.sampled_from(["interface", "start", "both"]),
)
def test_an_answer_becomes_the_same_by_both_ways(
    server: str, said: str, changed: list[Change], at: str
) -> None:
    body = _changed(server, said, changed)
    assert _answer(body, at, general=False) == _answer(body, at, general=True)


def _changed(server: str, said: str, changed: list[Change]) -> bytes:
    doc = json.loads(json.dumps(ANSWERS[server]))
    choice = doc["choices"][0]
    message = choice["message"]
    message["content"] = said
    usage = doc.setdefault("usage", {})
    details: dict[str, Any] = {}
    usage["prompt_tokens_details"] = details
    parts = dict(zip(ANSWER_PARTS, (doc, choice, message, usage, details), strict=True))
    for part, key, value in changed:
        parts[part][key] = value
    return json.dumps(doc, ensure_ascii=False).encode()


def _answer(body: bytes, at: str, *, general: bool) -> WholeAnswer | str | None:
    mark = marking(CODE, "g", at, LABEL, raw=False)
    try:
        if general:
            return whole._any(body, whole._read(body), SCREEN, mark)
        return screen_whole(body, SCREEN, mark)
    except UpstreamError as error:
        return error.detail


@pytest.mark.parametrize(
    "message",
    [
        '{"content":"诈骗","content":"好"}',
        '{"content":"诈骗","\\u0063ontent":"好"}',
        '{"role":"诈骗","content":"好","role":"assistant"}',
        '{"refusal":"诈骗","refusal":null,"content":"\\u597d"}',
    ],
)
def test_a_member_that_comes_twice_leaves_once_beside_the_label(message: str) -> None:
    body = f'{{"choices":[{{"message":{message}}}]}}'.encode()
    found = screen_whole(body, SCREEN, marking(CODE, "g", "start", LABEL, raw=False))
    assert "诈骗" not in found.body.decode()
    assert found.body.count(b'"content"') == 1
    assert json.loads(found.body)["choices"][0]["message"]["content"] == f"{LABEL}\n好"


ASKED: dict[str, Any] = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": ""},
        {"content": "诈骗", "role": "user"},
    ],
    "model": "demo",
    "stream": True,
    "n": 2,
    "max_tokens": 100,
    "temperature": 1,
    "top_p": 0.9,
    "user": "u-1",
}


def test_a_usual_request_takes_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(request, "_any")
    found = parse(json.dumps(ASKED).encode())
    assert found.texts(32) == [
        ("messages[0].content", "Be brief."),
        ("messages[1].content", ""),
        ("messages[2].content", "诈骗"),
    ]
    sent = {**ASKED, "model": "real"}
    del sent["user"]
    assert found.upstream_body("real") == msgspec.json.encode(sent), "in the sender's order"


def test_a_request_with_any_other_value_becomes_the_same_by_both_ways() -> None:
    for change in every_change(UsualRequest, "doc", "message"):
        body = _asked_with([change])
        assert _request(body, general=False) == _request(body, general=True), change


@settings(max_examples=300, derandomize=True, deadline=None)
@given(changed=changes(UsualRequest, "doc", "doc", "message"))
def test_a_request_becomes_the_same_by_both_ways(changed: list[Change]) -> None:
    body = _asked_with(changed)
    assert _request(body, general=False) == _request(body, general=True)


def _asked_with(changed: list[Change]) -> bytes:
    doc = json.loads(json.dumps(ASKED))
    parts = {"doc": doc, "message": doc["messages"][1]}
    for part, key, value in changed:
        parts[part][key] = value
    return json.dumps(doc, ensure_ascii=False).encode()


def test_more_messages_than_can_be_screened_take_the_general_way() -> None:
    message = {"role": "user", "content": "hi"}
    most, more = ({**ASKED, "messages": [message] * (MOST_TEXTS + n)} for n in (0, 1))
    assert len(parse(json.dumps(most).encode()).texts(32)) == MOST_TEXTS
    assert _request(json.dumps(more).encode(), general=False) == ("too_many_texts", None)


def _request(body: bytes, *, general: bool) -> Any:
    try:
        found: ChatRequest = request._any(decode(body)) if general else parse(body)
        told = (found.doc, found.model, found.stream, found.choices, found.structured)
        return *told, found.person, found.texts(32), found.upstream_body("real")
    except GatewayError as error:
        return error.code, error.param
