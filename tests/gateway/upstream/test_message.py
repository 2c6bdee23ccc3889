"""A message for the models in this process."""

from typing import Any

from hegui.gateway.upstream.message import Message


def test_the_text_parts_are_joined_and_no_other() -> None:
    parts: list[dict[str, Any]] = [
        {"text": "a"},
        {"text": {"value": "b"}},
        {"image_url": {}},
        {"text": "c"},
    ]
    assert Message("user", parts).text == "ac"


def test_a_message_without_content_has_no_text() -> None:
    assert Message("assistant").text == ""
