"""A streamed answer: the model's events in, events for the reader out, no wait between.

Events in which nothing was found leave as the model's own bytes. Text that could still become a
listed word is held back and leaves with a later event of its choice. The first and the last
event carry the label; the last is kept until the outcome is durable.
"""

from typing import Any

import msgspec

from hegui.gateway.choice import SWITCHES, Choice, Path, leaves, nest, place
from hegui.gateway.errors import UpstreamError
from hegui.gateway.mark import Marking, splice
from hegui.gateway.sse import DONE, Splitter, broken, event
from hegui.screen import Finding, Screen

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
CONTENT: Path = ("delta", "content")
#: Members of an event that hold no text of the answer.
ENVELOPE = frozenset(
    {"id", "object", "created", "model", "choices", "usage", "system_fingerprint", "service_tier"}
)
#: Text that left: its choice, its path, and the text.
Taken = tuple[int, Path, str]
_HEAD = ("id", "object", "created", "model")


class AnswerStream:
    """One streamed answer.

    Args:
        screen: the word packs in force when the request came.
        marking: how the answer is marked.
        choices: how many were asked for.

    Attributes:
        taken: texts that left since the recorder last took them: (choice, path, text).
        done: the model said ``[DONE]``.
        finish: the last finish reason, or empty.
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
                self._end(choice, out)
        for path, rest in self._beside.rests():
            self.taken.append((-1, path, rest))
            self._send(_encode({**self._head, "choices": [], **nest(path, rest)}), out)
        last = self._last
        if last is None:
            last = _encode({**self._head, "choices": []})
        out.append(event(splice(last, self._marking.fragment)))
        return b"".join(out) + DONE

    def stop(self, told: dict[str, Any]) -> bytes:
        """The last bytes of a stopped answer; ``told`` is the decision, for the reader."""
        choices = [
            {"index": choice.index, "delta": {}, "finish_reason": "content_filter"}
            for choice in self._choices.values()
            if not choice.finished
        ]
        last = _encode({**self._head, "choices": choices, "hegui": told})
        return event(splice(last, self._marking.fragment)) + DONE

    def error(self, body: dict[str, Any]) -> bytes:
        """The last bytes of an answer that failed: an error object, as the SDKs read it."""
        return event(splice(_encode(body), self._marking.fragment)) + DONE

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
        changed = False
        for item in doc.get("choices") or ():
            changed |= self._choice(item, taken, out)
            if self.stopped is not None:
                return
        if not doc.keys() <= ENVELOPE:
            changed |= self._texts(self._beside, doc, ENVELOPE, taken, out)
            if self.stopped is not None:
                return
        self.usage = doc.get("usage") or self.usage
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
        if not choices or len(choices) != 1 or not doc.keys() <= _PLAIN:
            return False
        item = choices[0]
        if not isinstance(item, dict) or not item.keys() <= _CHOICE or item.get("finish_reason"):
            return False
        choice = self._choices.get(item.get("index"))  # type: ignore[arg-type]
        delta = item.get("delta")
        return (
            choice is not None
            and choice.labelled
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
        if "error" in doc:
            raise broken("error_event")
        if not self._head:
            self._head = {name: doc[name] for name in _HEAD if name in doc}
        return doc

    def _choice(self, item: Any, taken: list[Taken], out: list[bytes]) -> bool:
        """Screen one choice of an event in place; whether it was changed."""
        index = item.get("index", 0) if isinstance(item, dict) else None
        if not isinstance(index, int):
            raise broken("not_a_choice")
        choice = self._choices.get(index)
        if choice is None:
            if len(self._choices) >= self._expected:
                raise broken("choice_not_asked_for")
            choice = self._choices[index] = Choice(self._screen, index)
        reason = item.get("finish_reason")
        if reason is None:
            changed = self._texts(choice, item, SWITCHES, taken, out)
        else:
            # Text leaves ahead of the finish, which may have to wait for the record.
            changed = self._texts(choice, item, SWITCHES, None, out)
            if self.stopped is None and not choice.finished:
                self.finish = str(reason)
                self._end(choice, out)
        if (choice.logprobs or item.get("logprobs") is not None) and self.stopped is None:
            changed |= self._logprobs(choice, item)
        return changed

    def _texts(
        self,
        choice: Choice,
        item: dict[str, Any],
        skip: frozenset[str],
        taken: list[Taken] | None,
        out: list[bytes],
    ) -> bool:
        """Put in place of each text what of it may leave; ``taken`` none: it leaves apart."""
        changed = False
        for path, container, key in leaves(item, (), skip):
            text = container[key]
            if not text:
                continue
            free = choice.feed(path, text)
            found = choice.streams[path].stopped
            if found is None and path == CONTENT and free and not choice.labelled:
                choice.labelled = True
                free = self._marking.before + free
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
            if not isinstance(now, dict):
                raise broken("logprobs_not_an_object")
            for path, container, key in leaves({"logprobs": now}, (), frozenset()):
                found = self._screen.first_stop(container[key])
                if found is not None:
                    self.stopped = (place(choice.index, path), found)
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

    def _end(self, choice: Choice, out: list[bytes]) -> None:
        """Nothing more comes of a choice: what it still holds leaves, and the label after it."""
        for path, rest in choice.rests():
            before = "" if choice.labelled or path != CONTENT else self._marking.before
            choice.labelled = choice.labelled or path == CONTENT
            self._text(choice, path, before + rest, out)
        choice.finished = True
        self._finished += 1
        if choice.labelled and self._marking.after:
            self._text(choice, CONTENT, self._marking.after, out)

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
        if item.get("finish_reason") is not None or item.get("logprobs") is not None:
            return False
        delta = item.get("delta") or {}
        if not isinstance(delta, dict) or any(delta.values()) or not item.keys() <= _CHOICE:
            return False
    return True


_CHOICE = frozenset({"index", "delta", "finish_reason", "logprobs"})
_PLAIN = ENVELOPE - {"usage"}
_CONTENT_ALONE = {"content"}
