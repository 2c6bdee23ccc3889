"""Requests read, bounded and checked."""

import json
from typing import Any

import msgspec
import pytest

from hegui.gateway.errors import GatewayError
from hegui.gateway.request import parse
from hegui.gateway.texts import APART, MOST_TEXTS, MOST_VALUES
from hegui.screen import normal

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
    assert found["messages[1].tool_calls[].function.arguments"] == "args"
    assert found["messages[2].content"] == "out"
    assert found["tools[0].function.description"] == "d"
    assert "o" in found.values()


def test_a_place_never_holds_the_senders_words() -> None:
    found = texts(my_secret={"my_name": "x"})
    assert not any("secret" in place or "name" in place for place, _ in found)
    told = [one for _, text in found for one in text.split(APART)]
    assert {"my_secret", "my_name", "x"} <= set(told), "but the words are screened"


def test_pictures_and_sounds_are_not_text() -> None:
    parts = [
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
        {"type": "input_audio", "input_audio": {"data": "BBBB", "format": "wav"}},
    ]
    found = [text for _, text in texts(messages=[{"role": "user", "content": parts}])]
    assert not any("AAAA" in text or "BBBB" in text for text in found)


def part(**members: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}, members]}]}


BASE64 = "YmFkd29yZA=="
SCREENED: dict[str, dict[str, Any]] = {
    "text that begins like a picture": {"tools": [{"description": "data: badword"}]},
    "a picture's address outside a message": {"odd": "data:image/png;base64,badword"},
    "a picture that is text": part(image_url={"url": "data:text/plain,badword"}),
    "a picture of another kind": part(image_url={"url": "data:badword/png;base64,AAAA"}),
    "words after a picture": part(image_url={"url": f"data:image/png;base64,{BASE64} badword"}),
    "a sound outside a part": {"odd": {"input_audio": {"data": "badword"}}},
    "a sound in words": part(input_audio={"data": "a badword", "format": "wav"}),
    "beside a sound": part(input_audio={"data": BASE64, "format": "badword"}),
    "a sound's own field": part(input_audio={"data": BASE64, "x": {"input_audio": "badword"}}),
    "a sound that is a string": part(input_audio="a badword"),
    "a text that is an object": part(type="text", text={"value": "badword"}),
    "a text that is a list": part(type="text", text=["badword"]),
    "a field's name": {"badword": 1},
    "a message's field's name": {"messages": [{"role": "user", "content": "", "badword": 1}]},
    "a part's field's name": part(badword=1),
    "a switch that is an object": {"service_tier": {"x": "badword"}},
}


@pytest.mark.parametrize("name", SCREENED)
def test_nothing_passes_unscreened(name: str) -> None:
    found = texts(**SCREENED[name])
    assert any("badword" in text for _, text in found)
    assert not any("badword" in place for place, _ in found)


def test_texts_of_one_place_come_apart() -> None:
    found = dict(texts(stop=["bad", "word"], odd={"x": "bad", "y": "word"}))
    assert found["stop[]"] == f"bad{APART}word"
    assert "badword" not in "".join(found.values())
    assert "bad word" not in normal("".join(found.values()))


def test_a_million_small_texts_come_as_few() -> None:
    found = texts(odd=["a"] * 1_000_000, keys={str(i): "b" for i in range(10_000)})
    assert len(found) < 10
    assert sum(text.count("a") for _, text in found) >= 1_000_000


def test_a_long_talk_with_tools_comes_message_by_message() -> None:
    call = {"id": "1", "type": "function", "function": {"name": "f", "arguments": "args"}}
    message = {"role": "assistant", "content": "said", "tool_calls": [call] * 4}
    found = dict(texts(messages=[message] * 1000))
    assert len(found) <= MOST_TEXTS
    assert "said" in found["messages[999]"]
    assert found["messages[999]"].count("args") == 4


MANY: dict[str, dict[str, Any]] = {
    "messages": {"messages": [{"role": "user", "content": "a"}] * (MOST_TEXTS + 1)},
    "objects": {"odd": [{"a": "b"}] * (MOST_VALUES + 1)},
    "empty lists": {"odd": [[]] * (MOST_VALUES + 1)},
    "parts": {"messages": [{"role": "user", "content": [{"text": "a"}] * (MOST_VALUES + 1)}]},
}


@pytest.mark.parametrize("name", MANY)
def test_more_texts_than_can_be_screened_are_refused(name: str) -> None:
    with pytest.raises(GatewayError) as caught:
        texts(**MANY[name])
    assert (caught.value.code, caught.value.status) == ("too_many_texts", 400)
    assert caught.value.zh


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
    "a role in words": (ask(messages=[{"role": "user. badword"}]), "field_wrong"),
    "a role that is a list": (ask(messages=[{"role": []}]), "field_wrong"),
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
