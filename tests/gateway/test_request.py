"""Requests read, bounded and checked."""

import json
from typing import Any

import msgspec
import pytest

from hegui.gateway.errors import GatewayError
from hegui.gateway.request import parse

ASK = {"model": "demo", "messages": [{"role": "user", "content": "你好"}]}


def ask(**more: Any) -> bytes:
    return json.dumps({**ASK, **more}).encode()


def texts(**more: Any) -> list[tuple[str, str]]:
    return list(parse(ask(**more)).texts(32))


def test_a_plain_request() -> None:
    request = parse(ask(stream=True, n=2, user="u-1"))
    assert (request.model, request.stream, request.choices, request.person) == (
        "demo",
        True,
        2,
        "u-1",
    )
    assert not request.structured


def test_the_safety_identifier_comes_before_the_user() -> None:
    assert parse(ask(user="u-1", safety_identifier="s-1")).person == "s-1"


def test_the_models_server_learns_nothing_of_the_person() -> None:
    request = parse(ask(user="u-1", safety_identifier="s-1", temperature=0.5, extra={"a": [1]}))
    sent = msgspec.json.decode(request.upstream_body("real-name"))
    assert sent == {**ASK, "model": "real-name", "temperature": 0.5, "extra": {"a": [1]}}


@pytest.mark.parametrize(
    ("more", "structured"),
    [
        ({"response_format": {"type": "text"}}, False),
        ({"response_format": {"type": "json_object"}}, True),
        ({"response_format": {"type": "json_schema", "json_schema": {}}}, True),
        ({"guided_regex": "[0-9]+"}, True),
        ({"grammar": "root ::= x"}, True),
    ],
)
def test_data_for_a_machine_is_told_from_text(more: dict[str, Any], structured: bool) -> None:
    assert parse(ask(**more)).structured is structured


def test_parts_of_one_message_are_read_joined() -> None:
    parts = [{"type": "text", "text": "诈"}, {"type": "text", "text": "骗"}]
    assert ("messages[0].content", "诈骗") in texts(messages=[{"role": "user", "content": parts}])


def test_every_text_is_found_where_it_stands() -> None:
    messages = [
        {"role": "system", "content": "s"},
        {
            "role": "assistant",
            "content": None,
            "reasoning_content": "r",
            "tool_calls": [{"id": "1", "function": {"name": "f", "arguments": "args"}}],
        },
        {"role": "tool", "tool_call_id": "1", "content": "out"},
    ]
    tools = [{"type": "function", "function": {"name": "f", "description": "d", "parameters": {}}}]
    found = dict(texts(messages=messages, tools=tools, odd={"deep": ["o"]}))
    assert found["messages[0].content"] == "s"
    assert found["messages[1].reasoning_content"] == "r"
    assert found["messages[1].tool_calls[0].function.arguments"] == "args"
    assert found["messages[2].content"] == "out"
    assert found["tools[0].function.description"] == "d"
    assert "o" in found.values()


def test_a_place_never_holds_the_senders_words() -> None:
    found = texts(my_secret={"my_name": "x"})
    assert not any("secret" in place or "name" in place for place, _ in found)
    assert "my_name" in [text for _, text in found], "but the words are screened"


def test_pictures_and_sounds_are_not_text() -> None:
    parts = [
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
        {"type": "input_audio", "input_audio": {"data": "BBBB", "format": "wav"}},
    ]
    found = [text for _, text in texts(messages=[{"role": "user", "content": parts}])]
    assert not any("AAAA" in text or "BBBB" in text for text in found)


BAD = {
    "nothing": (b"", "json_invalid"),
    "not json": (b"{model: demo}", "json_invalid"),
    "cut short": (ask()[:-3], "json_invalid"),
    "not utf-8": (b'{"model": "\xff"}', "json_invalid"),
    "a list": (b"[]", "field_wrong"),
    "no model": (b'{"messages": []}', "field_missing"),
    "a number for a model": (ask(model=3), "field_wrong"),
    "an empty model": (ask(model=""), "field_wrong"),
    "no messages": (b'{"model": "demo"}', "field_missing"),
    "messages empty": (ask(messages=[]), "field_wrong"),
    "messages not a list": (ask(messages="hi"), "field_wrong"),
    "a message that is text": (ask(messages=["hi"]), "field_wrong"),
    "a message without role": (ask(messages=[{"content": "hi"}]), "field_wrong"),
    "content a number": (ask(messages=[{"role": "user", "content": 3}]), "field_wrong"),
    "parts of text": (ask(messages=[{"role": "user", "content": ["hi"]}]), "field_wrong"),
    "stream a word": (ask(stream="yes"), "field_wrong"),
    "n too large": (ask(n=1000), "field_wrong"),
    "n true": (ask(n=True), "field_wrong"),
    "temperature a word": (ask(temperature="hot"), "field_wrong"),
    "tools an object": (ask(tools={}), "field_wrong"),
    "user a number": (ask(user=7), "field_wrong"),
    "endless nesting": (b'{"model": "demo", "messages": ' + b"[" * 100_000, "too_deep"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_bodies_are_told_what_is_wrong(name: str) -> None:
    body, code = BAD[name]
    with pytest.raises(GatewayError) as caught:
        parse(body)
    assert caught.value.code == code
    assert caught.value.status == 400
    assert caught.value.zh
    assert caught.value.en


def test_nesting_past_the_limit_is_refused() -> None:
    value: Any = "x"
    for _ in range(40):
        value = {"a": value}
    with pytest.raises(GatewayError) as caught:
        texts(odd=value)
    assert caught.value.code == "too_deep"
