"""What a model's server answers to a request for pictures, and what the reader gets of it.

Only fields that are known leave the house, and of these only what is no text; a prompt that the
server wrote anew is text of the model and is screened as such.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

import msgspec

from hegui.gateway.mark import splice
from hegui.gateway.media.marker import Marked
from hegui.gateway.sse import broken

_MOST_PICTURES = 10
_DATA = "data:"
#: Fields beside the pictures that are one of a few words, and those words' longest.
_WORDS = ("background", "output_format", "quality", "size")
_MOST_WORD = 16
_MOST_DEPTH = 2


class Picture(msgspec.Struct, frozen=True):
    """One picture as the server gave it.

    Attributes:
        data: the file; empty when only its address came.
        url: its address at the server, or empty.
        revised: the prompt as the server wrote it anew, or empty.
    """

    data: bytes
    url: str
    revised: str


class Answer(msgspec.Struct, frozen=True):
    """A server's answer.

    Attributes:
        pictures: in order.
        beside: the known fields beside them.
        usage: token counts, if it told them.
    """

    pictures: list[Picture]
    beside: dict[str, Any]
    usage: dict[str, Any] | None


def read(body: bytes) -> Answer:
    """Read a server's answer; blocking.

    Raises:
        UpstreamError: ``upstream_broken`` for what is none.
    """
    try:
        doc = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise broken("not_json") from None
    items = doc.get("data") if isinstance(doc, dict) else None
    if not isinstance(items, list) or not 1 <= len(items) <= _MOST_PICTURES:
        raise broken("no_pictures")
    beside: dict[str, Any] = {
        name: value
        for name in _WORDS
        if isinstance(value := doc.get(name), str)
        and len(value) <= _MOST_WORD
        and value.isascii()
        and value.isalnum()
    }
    usage = _numbers(doc.get("usage"), _MOST_DEPTH)
    created = doc.get("created")
    return Answer(
        [_picture(item) for item in items],
        {"created": created if type(created) is int else 0, **beside},
        usage,
    )


def write(answer: Answer, files: Sequence[Marked], form: str, label: bytes) -> bytes:
    """The answer for the reader; blocking.

    Args:
        answer: as read.
        files: the marked pictures, in order.
        form: ``url`` or ``b64_json`` as asked; empty: as the server gave each.
        label: ``"AIGC":{…}``, the label in the envelope.
    """
    data = []
    for picture, file in zip(answer.pictures, files, strict=True):
        text = b64encode(file.data).decode()
        as_url = form == "url" or (not form and picture.url)
        # The address holds the file itself: nothing is kept for somebody to fetch later.
        told = {"url": f"data:{file.media_type};base64,{text}"} if as_url else {"b64_json": text}
        data.append({**told, "revised_prompt": picture.revised} if picture.revised else told)
    usage = {"usage": answer.usage} if answer.usage else {}
    return splice(msgspec.json.encode({**answer.beside, "data": data, **usage}), label)


def tokens(answer: Answer) -> dict[str, Any]:
    """The token counts under the names that metrics know."""
    usage = answer.usage or {}
    names = {"prompt_tokens": "input_tokens", "completion_tokens": "output_tokens"}
    return {ours: usage.get(theirs) for ours, theirs in names.items()}


def _picture(item: object) -> Picture:
    if not isinstance(item, dict):
        raise broken("no_picture")
    text, url, revised = (item.get(name) or "" for name in ("b64_json", "url", "revised_prompt"))
    if not (isinstance(text, str) and isinstance(url, str) and isinstance(revised, str)):
        raise broken("no_picture")
    if not text and url.startswith(_DATA):
        head, _, text = url.partition(";base64,")
        if len(head) > 100:
            raise broken("no_picture")
    if not (text or url):
        raise broken("no_picture")
    try:
        return Picture(b64decode(text, validate=True), url, revised)
    except (binascii.Error, ValueError):
        raise broken("no_picture") from None


def _numbers(value: object, depth: int) -> dict[str, Any] | None:
    """The whole numbers of an object and of the objects in it."""
    if not isinstance(value, dict) or not depth:
        return None
    found = {}
    for name, item in value.items():
        kept = item if type(item) is int else _numbers(item, depth - 1)
        if kept is not None and name.isascii() and name.isidentifier() and len(name) <= 32:
            found[name] = kept
    return found
