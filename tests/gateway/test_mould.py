"""The mould of an event: certain, or none."""

import json

import pytest

from hegui.gateway.choice import CONTENT, Choice
from hegui.gateway.mould import Mould, mould
from hegui.gateway.sse import data_of
from hegui.screen import Screen


def mould_of(frame: bytes) -> Mould | None:
    choice = Choice(Screen([]), 0)
    choice.feed(CONTENT, "好")
    payload = data_of(frame)
    return mould(frame, payload, json.loads(payload), choice)


LIKE = b'data: {"id": "c1", "choices": [{"delta": {"content": "%b"}, "index": 0}], "x": null}'


@pytest.mark.parametrize(
    "text", [b"a", b" the", b" ", b"(", "“好，".encode(), b"\\n", b'\\"', b"1"]
)
def test_an_event_is_told_by_how_it_begins_and_ends(text: bytes) -> None:
    found = mould_of(LIKE % text)
    assert found is not None
    assert found.text(LIKE % b"ok") == "ok"
    assert found.text(LIKE % b'\\u597d\\n\\"') == '好\n"'
    made = b'data: {"id":"c1","choices":[{"delta":{"content":"%b"},"index":0}],"x":null}\n\n'
    assert found.event('a"\n') == made % b'a\\"\\n', "as we write it, in the order of the model"


@pytest.mark.parametrize(
    "other",
    [
        (LIKE % b"ok").replace(b"c1", b"c2"),
        (LIKE % b"ok").replace(b"null", b"true"),
        (LIKE % b"ok") + b" ",
        (LIKE % b"ok")[6:],
        (LIKE % b"ok").replace(b'"ok"', b' "ok"'),
        (LIKE % b"ok").replace(b'"ok"', b'"ok"\n'),
        (LIKE % b"ok").replace(b'"ok"', b'"'),
        (LIKE % b"ok").replace(b'"ok"', b""),
        (LIKE % b"ok").replace(b'"ok"', b'"ok", "more": "x"'),
        *(LIKE % text for text in (b"", b"a\nb", b"a\rb", b"\xff", b"\\ud800", b"\\", b"\\x")),
    ],
)
def test_any_other_event_is_not_alike(other: bytes) -> None:
    found = mould_of(LIKE % b"a")
    assert found is not None
    assert found.text(other) == ""


@pytest.mark.parametrize("text", [":", ",", "]", "}", " :", "  , ", ":好", "}]"])
def test_a_text_that_can_stand_between_two_strings_is_no_mould(text: str) -> None:
    assert mould_of(LIKE % text.encode()) is None
    frame = json.dumps({"choices": [{"delta": {"content": text}}]}, separators=(",", ":"))
    assert mould_of(b"data: " + frame.encode()) is None


@pytest.mark.parametrize(
    "frame",
    [
        LIKE % b"c1",
        LIKE % b"id",
        (LIKE % b"a").replace(b'"content"', b'"content": "a", "content"'),
        (LIKE % b"c1").replace(b'"c1", "ch', b'"\\u0063\\u0031", "ch'),
        (LIKE % b"a").replace(b"c1", b'\\"a'),
        LIKE % b"\\u597d",
        LIKE % b"a\\/b",
        (LIKE % b"a")[:6].strip() + (LIKE % b"a")[6:],
        (LIKE % b"a") + b" ",
        (LIKE % b"a").replace(b", ", b",\ndata: "),
    ],
)
def test_a_content_that_stands_nowhere_for_certain_gives_no_mould(frame: bytes) -> None:
    assert mould_of(frame) is None


def test_an_event_that_says_more_than_its_content_is_known() -> None:
    silent = mould_of(b'data: {"choices":[{"delta":{"content":"a"},"logprobs":null}]}')
    speaks = mould_of(b'data: {"choices":[{"delta":{"role":"assistant","content":"a"}}]}')
    assert silent is not None
    assert not silent.speaks
    assert speaks is not None
    assert speaks.speaks
