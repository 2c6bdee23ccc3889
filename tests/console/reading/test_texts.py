"""An opened text as turns: plain words by role, whatever an application sent."""

import msgspec
import pytest

from hegui.console.reading import texts
from hegui.console.reading.texts import Turn, turns
from hegui.vault import Texts, VaultError, encode_line


def asked(body: object) -> list[Turn]:
    data = body if isinstance(body, bytes) else msgspec.json.encode(body)
    found, more = turns(Texts(data, []))
    assert more == 0
    return found


def test_messages_by_role_with_their_parts() -> None:
    message = {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "image_url"}]}
    assert asked({"messages": [{"role": "system", "content": "s"}, message, {"role": "tool"}]}) == [
        Turn("system", "messages[0]", "s"),
        Turn("user", "messages[1]", "a\n[image_url]"),
        Turn("tool", "messages[2]", ""),
    ]


def test_words_elsewhere_in_a_message_and_a_request_show_too() -> None:
    call = {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "f"}}]}
    found = asked({"model": "m", "messages": [call], "n": 1, "tools": [{"name": "f"}]})
    assert found == [
        Turn("assistant", "messages[0]", '{"tool_calls":[{"function":{"name":"f"}}]}'),
        Turn("request", "", '{"tools":[{"name":"f"}]}'),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"\xff not json", "� not json"),
        (b'"just text"', "just text"),
        (b"[1,2]", "[1,2]"),
        (b'{"messages":"all one"}', "all one"),
        (b'{"messages":["no object"]}', "no object"),
        (b'{"messages":[{"role":3,"content":[4]}]}', "4"),
    ],
)
def test_what_is_no_usual_request_shows_as_it_is(body: bytes, text: str) -> None:
    assert [turn.text for turn in asked(body)] == [text]


def test_nothing_is_nothing() -> None:
    assert turns(Texts(None, [])) == ([], 0)
    assert asked(b"") == []


def test_each_text_of_an_answer_is_joined_in_the_order_it_began() -> None:
    lines = [encode_line("0/a", "one "), encode_line("1/a", "x"), encode_line("0/a", "two")]
    found, _ = turns(Texts(None, lines))
    assert found == [Turn("answer", "0/a", "one two"), Turn("answer", "1/a", "x")]


def test_a_line_cut_between_segments_is_read_whole() -> None:
    line = encode_line("0/a", "one")
    found, _ = turns(Texts(None, [line[:5], line[5:]]))
    assert found == [Turn("answer", "0/a", "one")]


def test_an_answer_in_another_form_is_told() -> None:
    with pytest.raises(VaultError, match="sealed_malformed"):
        turns(Texts(None, [b"{}"]))


def test_what_is_long_says_how_much_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_CHARACTERS", 4)
    monkeypatch.setattr(texts, "MOST_TURNS", 2)
    messages = [{"role": "user", "content": "123456"}] * 3
    found, more = turns(Texts(msgspec.json.encode({"messages": messages}), []))
    assert found == [Turn("user", f"messages[{n}]", "1234", 2) for n in range(2)]
    assert more == 1
