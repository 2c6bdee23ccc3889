"""The event of a stream that nearly all others are like, but for their content.

A server writes each event of a text as it wrote the one before it. Once one was read and screened
as a whole, those that begin and end with the same bytes need no reading: what stands between is
one JSON string, and that is their text.
"""

from typing import Any

import msgspec

from hegui.gateway.choice import CONTENT, ENVELOPE, Choice
from hegui.gateway.sse import event

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(str).decode
_CHOICE = frozenset({"index", "delta", "finish_reason", "logprobs"})
#: With what JSON may go on after the end of a string.
_GOES_ON = frozenset(",:]}")


class Mould:
    """An event without its content.

    Args:
        choice: whose event it is.
        frame: the event as the model wrote it, before the content and after it.
        made: the same as we write it.
        speaks: it says something without its content too.

    Attributes:
        choice, speaks: as given.
        index: the choice's place.
        stream: the stream of its content.
    """

    __slots__ = (
        "_after",
        "_before",
        "_head",
        "_start",
        "_stop",
        "_tail",
        "choice",
        "index",
        "speaks",
        "stream",
    )

    def __init__(
        self,
        choice: Choice,
        frame: tuple[bytes, bytes],
        made: tuple[bytes, bytes],
        *,
        speaks: bool,
    ) -> None:
        head, tail = frame
        # The quotes belong to what must be the same, so that no space can stand beside them.
        self._head = head + b'"'
        self._tail = b'"' + tail
        self._start = len(head)
        self._stop = -len(tail)
        self._before, self._after = made
        self.choice = choice
        self.index = choice.index
        self.speaks = speaks
        self.stream = choice.streams[CONTENT]

    def text(self, frame: bytes) -> str:
        """The content of a frame that has this mould; empty if it hasn't, or has no content."""
        if frame.startswith(self._head) and frame.endswith(self._tail):
            try:
                return _decode(frame[self._start : self._stop])
            except (msgspec.DecodeError, UnicodeDecodeError):
                return ""
        return ""

    def event(self, text: str) -> bytes:
        """The event with another content."""
        return self._before + _encode(text) + self._after


def mould(frame: bytes, payload: bytes, doc: dict[str, Any], choice: Choice) -> Mould | None:
    """The mould of an event; none if it can't be told with certainty where its content stands.

    Args:
        frame: the event as it came.
        payload: its data.
        doc: what that says: a usual event with a content.
        choice: whose it is; its content has begun.
    """
    delta = doc["choices"][0]["delta"]
    text = delta["content"]
    token = _encode(text)
    if frame.count(token) != 1 or frame != b"data: " + payload:
        return None
    # That one is the content, unless its first quote ends a string before it, which it can only
    # where JSON may go on with what follows.
    if text.lstrip(" ")[:1] in _GOES_ON:
        return None
    made = event(_encode(doc))
    if made.count(token) != 1:
        return None
    head, _, tail = frame.partition(token)
    before, _, after = made.partition(token)
    delta["content"] = ""
    speaks = not is_empty(doc)
    delta["content"] = text
    return Mould(choice, (head, tail), (before, after), speaks=speaks)


def is_empty(doc: dict[str, Any]) -> bool:
    """Whether an event, after its texts were held back, says nothing any more."""
    if doc.get("usage") or not doc.get("choices") or not doc.keys() <= ENVELOPE:
        return False
    for item in doc["choices"]:
        if item.get("finish_reason") or item.get("logprobs") is not None:
            return False
        delta = item.get("delta") or {}
        if not isinstance(delta, dict) or any(delta.values()) or not item.keys() <= _CHOICE:
            return False
    return True
