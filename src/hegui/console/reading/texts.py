"""An opened text as turns: who said it, and the plain words."""

from collections.abc import Iterator
from typing import Any

import msgspec

from hegui.vault import Texts, VaultError, decode_lines

#: Of one turn, so that a page stays one that can be read; the turn says that more was cut.
MOST_CHARACTERS = 20_000
MOST_TURNS = 200


class Turn(msgspec.Struct, frozen=True):
    """What one side said.

    Attributes:
        role: as the request names it (``system``, ``user``, ``assistant``, ``tool``, …), or
            ``answer`` for what the model wrote now.
        place: where it stands in the request or the answer.
        text: plain words, at most ``MOST_CHARACTERS``.
        left_out: how many characters more there are.
    """

    role: str
    place: str
    text: str
    left_out: int = 0


def turns(texts: Texts) -> tuple[list[Turn], int]:
    """The turns of a generation in their order, and how many more there are than are shown.

    Raises:
        VaultError: ``sealed_malformed`` when the answer is not in the form this version writes.
    """
    found = [*_asked(texts.prompt or b""), *_answered(texts.answer)]
    return found[:MOST_TURNS], max(0, len(found) - MOST_TURNS)


def _asked(body: bytes) -> Iterator[Turn]:
    """The request's messages; what else it holds in words (tools, say) as one turn."""
    if not body:
        return
    try:
        request = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield _turn("request", "", body.decode(errors="replace"))
        return
    if not isinstance(request, dict):
        yield _turn("request", "", _plain(request))
        return
    messages = request.pop("messages", [])
    for number, message in enumerate(messages if isinstance(messages, list) else [messages]):
        place = f"messages[{number}]"
        if not isinstance(message, dict):
            yield _turn("request", place, _plain(message))
            continue
        role = message.pop("role", "")
        content = message.pop("content", None)
        said = "\n".join(_contents(content))
        rest = {name: value for name, value in message.items() if value}
        yield _turn(str(role) or "request", place, "\n".join(filter(None, [said, _plain(rest)])))
    request.pop("model", None)
    rest = {name: value for name, value in request.items() if isinstance(value, (str, list, dict))}
    if rest:
        yield _turn("request", "", _plain(rest))


def _contents(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
        return
    for part in content if isinstance(content, list) else []:
        if isinstance(part, dict) and isinstance(part.get("text"), str):
            yield part["text"]
        elif isinstance(part, dict):  # a picture or a sound: which it is, not its bytes
            yield f"[{part.get('type', '')}]"
        else:
            yield _plain(part)


def _answered(segments: list[bytes]) -> Iterator[Turn]:
    """Each text of the answer whole, in the order in which they began."""
    texts: dict[str, list[str]] = {}
    for line in decode_lines(b"".join(segments)):
        texts.setdefault(line.place, []).append(line.text)
    for place, pieces in texts.items():
        yield _turn("answer", place, "".join(pieces))


def _plain(value: Any) -> str:
    if value in ({}, [], None, ""):
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _turn(role: str, place: str, text: str) -> Turn:
    return Turn(role, place, text[:MOST_CHARACTERS], max(0, len(text) - MOST_CHARACTERS))


__all__ = ["MOST_CHARACTERS", "MOST_TURNS", "Turn", "VaultError", "turns"]
