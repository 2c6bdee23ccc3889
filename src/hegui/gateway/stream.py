"""A streamed answer: the model's events in, events for the reader out, no wait between.

Events in which nothing was found leave as the model's own bytes. Text that could still become a
listed word is held back and leaves with a later event of its choice. The first and the last
event carry the label; the last is kept until the outcome is durable.
"""

from typing import Any

import msgspec

from hegui.gateway.choice import (
    ENVELOPE,
    Choice,
    Leaf,
    Path,
    envelope,
    is_content,
    nest,
    place,
    settle_reason,
    strings,
    usage_of,
)
from hegui.gateway.errors import UpstreamError
from hegui.gateway.mark import Marking, splice
from hegui.gateway.sse import DONE, Splitter, broken, event
from hegui.screen import Finding, Screen

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
CONTENT: Path = ("delta", "content")
#: Text that left: its choice, its path, and the text.
Taken = tuple[int, Path, str]
_HEAD = ("id", "object", "created", "model")
_LOGPROBS = frozenset({"logprobs"})


class AnswerStream:
    """One streamed answer.

    Args:
        screen: the word packs in force when the request came.
        marking: how the answer is marked.
        choices: how many were asked for.

    Attributes:
        taken: texts that left since the recorder last took them: (choice, path, text).
        done: the model said ``[DONE]``.
        finish: the last finish reason, as the record names it, or empty.
        stopped: place and finding of the stop, or none.
        broken: ``upstream_broken``, for what is not an event of a chat completion.
        usage: the model's token counts, if it told them.
    """

    def __init__(self, screen: Screen, marking: Marking, choices: int) -> None:
        self._screen = screen
        self._marking = marking
        self._expected = choices
        self._splitter = Splitter()
        self._choices: dict[int, Choice] = {}
        self._finished = 0
        #: Strings beside the choices, which no reader of the API expects.
        self._beside = Choice(screen, -1)
        self._head: dict[str, Any] = {}
        #: The last event without its choices, if it was screened and holds no text.
        self._known: dict[str, Any] = {}
        self._marked = False
        self._last: bytes | None = None
        self.taken: list[Taken] = []
        self.done = False
        self.finish = ""
        self.stopped: tuple[str, Finding] | None = None
        self.broken: UpstreamError | None = None
        self.usage: dict[str, Any] | None = None

    def feed(self, data: bytes) -> bytes:
        """Bytes of the model, to the bytes that may leave now.

        After a stop, a break or ``[DONE]`` the rest is not read.
        """
        out: list[bytes] = []
        try:
            for payload in self._splitter.feed(data):
                if payload == b"[DONE]":
                    self.done = True
                    break
                self._event(payload, out)
                if self.stopped is not None:
                    break
            if self._splitter.too_large:
                raise broken("event_too_large")
        except UpstreamError as error:
            self.broken = error  # what came before it in the same read still leaves
        return b"".join(out)

    @property
    def whole(self) -> bool:
        """Whether the model finished every choice, or said it was done."""
        return self.done or self._finished >= self._expected

    def close(self) -> bytes:
        """The last bytes of a whole answer, to be sent once its outcome is durable."""
        out: list[bytes] = []
        for choice in self._choices.values():
            if not choice.finished:
                self._rest(choice, out)
        for path, rest in self._beside.rests():
            self.taken.append((-1, path, rest))
            self._send(_encode({**self._head, "choices": [], **nest(path, rest)}), out)
        last = self._last
        if last is None:
            last = _encode({**self._head, "choices": []})
        out.append(event(splice(last, self._marking.fragment)))
        return b"".join(out) + DONE

    def stop(self, told: dict[str, Any]) -> bytes:
        """The last bytes of a stopped answer; ``told`` is the decision, for the reader.

        A text label they carry goes into ``taken``.
        """
        choices = [
            {"index": choice.index, "delta": {}, "finish_reason": "content_filter"}
            for choice in self._choices.values()
            if not choice.finished
        ]
        last = _encode({**self._head, "choices": choices, "hegui": told})
        return self._after() + event(splice(last, self._marking.fragment)) + DONE

    def error(self, body: dict[str, Any]) -> bytes:
        """The last bytes of an answer that failed: an error object, as the SDKs read it.

        A text label they carry goes into ``taken``.
        """
        return self._after() + event(splice(_encode(body), self._marking.fragment)) + DONE

    def reviews(self) -> list[tuple[str, Finding]]:
        """Findings to look at that stopped nothing, with their places."""
        everyone = [*self._choices.values(), self._beside]
        return [(place(c.index, path), f) for c in everyone for path, f in c.reviews()]

    def _event(self, payload: bytes, out: list[bytes]) -> None:
        doc = self._read(payload)
        if self._is_plain(doc):
            self._plain(payload, doc, out)
            return
        taken: list[Taken] = []
        changed = self._envelope(doc, taken, out)
        for item in doc.get("choices") or ():
            if self.stopped is not None:
                return
            changed |= self._choice(item, taken, out)
        if self.stopped is not None:
            return
        self.usage = usage_of(doc) or self.usage
        if changed:
            if _is_empty(doc):
                return
            payload = _encode(doc)
        self.taken += taken
        if self._finished >= self._expected:
            # The newest event after all choices finished may be the last: it waits.
            if self._last is not None:
                self._send(self._last, out)
            self._last = payload
        else:
            self._send(payload, out)

    def _is_plain(self, doc: dict[str, Any]) -> bool:
        """Whether an event is of the usual kind: one choice that goes on with its content."""
        choices = doc.get("choices")
        if not choices or len(choices) != 1 or {**doc, "choices": None} != self._known:
            return False
        item = choices[0]
        if not isinstance(item, dict) or not item.keys() <= _CHOICE or item.get("finish_reason"):
            return False
        index = item.get("index")
        choice = self._choices.get(index) if type(index) is int else None
        delta = item.get("delta")
        return (
            choice is not None
            and choice.said == CONTENT
            and not choice.finished
            and not choice.logprobs
            and item.get("logprobs") is None
            and isinstance(delta, dict)
            and delta.keys() == _CONTENT_ALONE
            and isinstance(delta["content"], str)
            and delta["content"] != ""
        )

    def _plain(self, payload: bytes, doc: dict[str, Any], out: list[bytes]) -> None:
        """What :meth:`_event` does, for the events that nearly all of a stream consists of."""
        item = doc["choices"][0]
        choice = self._choices[item["index"]]
        text = item["delta"]["content"]
        stream = choice.streams[CONTENT]
        free = stream.feed(text)
        if stream.stopped is not None:
            self._text(choice, CONTENT, free, out)
            self.stopped = (place(choice.index, CONTENT), stream.stopped)
        elif free:
            if free != text:
                item["delta"]["content"] = free
                payload = _encode(doc)
            self.taken.append((choice.index, CONTENT, free))
            self._send(payload, out)

    def _read(self, payload: bytes) -> dict[str, Any]:
        try:
            doc = _decode(payload)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise broken("not_json") from None
        if not isinstance(doc, dict) or not isinstance(doc.get("choices") or [], list):
            raise broken("not_an_event")
        if doc.get("error"):
            raise broken("error_event")
        return doc

    def _envelope(self, doc: dict[str, Any], taken: list[Taken], out: list[bytes]) -> bool:
        """Screen what stands beside the choices; whether it was changed."""
        beside = {**doc, "choices": None}
        if beside == self._known:
            return False
        texts, alone = envelope(doc)
        self.stopped = self._beside.stop_in(alone)
        if self.stopped is not None:
            return True
        self._head = self._head or {name: doc[name] for name in _HEAD if name in doc}
        if not texts and not doc.get("usage"):
            self._known = beside
        return self._texts(self._beside, texts, taken, out)

    def _choice(self, item: Any, taken: list[Taken], out: list[bytes]) -> bool:
        """Screen one choice of an event in place; whether it was changed."""
        index = item.get("index", 0) if isinstance(item, dict) else None
        if type(index) is not int or index < 0:
            raise broken("not_a_choice")
        choice = self._choices.get(index)
        if choice is None:
            if len(self._choices) >= self._expected:
                raise broken("choice_not_asked_for")
            choice = self._choices[index] = Choice(self._screen, index)
        reason, changed = settle_reason(item)
        texts, alone = strings(item, _LOGPROBS)
        self.stopped = choice.stop_in(alone)
        if self.stopped is not None:
            return True
        if choice.finished and texts:
            # What the choice held has left with its finish: a word could go on from there.
            raise broken("text_after_finish")
        # Text leaves ahead of the finish, which may have to wait for the record.
        changed |= self._texts(choice, texts, None if reason else taken, out)
        if reason and self.stopped is None and not choice.finished:
            self.finish = reason
            self._rest(choice, out)
            choice.finished = True
            self._finished += 1
        if (choice.logprobs or item.get("logprobs") is not None) and self.stopped is None:
            changed |= self._logprobs(choice, item)
        return changed

    def _texts(
        self,
        choice: Choice,
        texts: list[Leaf],
        taken: list[Taken] | None,
        out: list[bytes],
    ) -> bool:
        """Put in place of each text what of it may leave; ``taken`` none: it leaves apart."""
        changed = False
        for path, container, key in texts:
            text = container[key]
            free = self._before(choice, path, choice.feed(path, text))
            found = choice.streams[path].stopped
            if found is not None or taken is None:
                container[key] = ""
                changed = True
                self._text(choice, path, free, out)
                if found is not None:
                    self.stopped = (place(choice.index, path), found)
                    break
            else:
                if free != text:
                    container[key] = free
                    changed = True
                if free:
                    taken.append((choice.index, path, free))
        return changed

    def _logprobs(self, choice: Choice, item: dict[str, Any]) -> bool:
        """Keep the log probabilities of held text back with it."""
        now = item.get("logprobs")
        if now is not None:
            if not isinstance(now, dict) or not all(
                isinstance(part, list) or part is None for part in now.values()
            ):
                raise broken("logprobs_not_lists")
            texts, alone = strings(now, frozenset(), ("logprobs",))
            alone += [(path, container[key]) for path, container, key in texts]
            self.stopped = choice.stop_in(alone)
            if self.stopped is not None:
                return True
        if choice.holds and not choice.finished:
            if now is not None:
                choice.logprobs.append(now)
                item["logprobs"] = None
            return now is not None
        if not choice.logprobs:
            return False
        kept = [*choice.logprobs, *([now] if now is not None else [])]
        choice.logprobs = []
        item["logprobs"] = {
            name: [one for part in kept for one in part.get(name) or ()]
            for name in dict.fromkeys(name for part in kept for name in part)
        }
        return True

    def _before(self, choice: Choice, path: Path, text: str) -> str:
        """Text of a choice, with the label before the first of its content."""
        if not text or choice.index < 0 or not is_content(path):
            return text
        first = choice.said is None
        choice.said = path
        return self._marking.before + text if first else text

    def _rest(self, choice: Choice, out: list[bytes]) -> None:
        """Nothing more comes of a choice: what it still holds leaves, and the label after it."""
        for path, rest in choice.rests():
            self._text(choice, path, self._before(choice, path, rest), out)
        if choice.said is not None:
            self._text(choice, choice.said, self._marking.after, out)

    def _after(self) -> bytes:
        """The label after the text of choices that were cut off."""
        out: list[bytes] = []
        for choice in self._choices.values():
            if not choice.finished and choice.said is not None:
                self._text(choice, choice.said, self._marking.after, out)
        return b"".join(out)

    def _text(self, choice: Choice, path: Path, text: str, out: list[bytes]) -> None:
        """An event of our own that carries one text."""
        if not text:
            return
        self.taken.append((choice.index, path, text))
        if choice.index < 0:
            doc = {**self._head, "choices": [], **nest(path, text)}
        else:
            item = {"index": choice.index, "delta": {}, "finish_reason": None, **nest(path, text)}
            doc = {**self._head, "choices": [item]}
        self._send(_encode(doc), out)

    def _send(self, payload: bytes, out: list[bytes]) -> None:
        if not self._marked:
            self._marked = True
            payload = splice(payload, self._marking.fragment)
        out.append(event(payload))


def _is_empty(doc: dict[str, Any]) -> bool:
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


_CHOICE = frozenset({"index", "delta", "finish_reason", "logprobs"})
_CONTENT_ALONE = {"content"}
