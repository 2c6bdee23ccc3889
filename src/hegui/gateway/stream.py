"""A streamed answer: the model's events in, events for the reader out, no wait between.

Nearly all events have the mould of those before them (``mould.py``), the other usual ones are told
by their type (``usual.py``), and the rest are walked through; each way gives the same. Events in
which nothing was found leave as the model's own bytes. Text that could still become a listed word
is held back and leaves with a later event of its choice. The first and the last event carry the
label; the last is kept until the outcome is durable.
"""

from typing import Any

import msgspec

from hegui.gateway.choice import (
    CONTENT,
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
from hegui.gateway.mould import Mould, is_empty, mould
from hegui.gateway.sse import DONE, MAX_EVENT, Splitter, broken, data_of, event
from hegui.gateway.usual import UsualEvent
from hegui.screen import Finding, Screen

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
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
        #: What the next event is probably like.
        self._mould: Mould | None = None
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
        splitter = self._splitter
        try:
            for frame in splitter.feed(data):
                if self._alike(frame, out):
                    continue
                if self.stopped is None:
                    self._frame(frame, out)
                if self.done or self.stopped is not None:
                    break
            if len(splitter.rest) > MAX_EVENT:
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
        if self._beside.streams:
            for path, rest in self._beside.rests():
                self._text(self._beside, path, rest, out)
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
        told = []
        for choice in (*self._choices.values(), self._beside):
            for path, finding in choice.reviews():
                told.append((place(choice.index, path), finding))
        return told

    def _alike(self, frame: bytes, out: list[bytes]) -> bool:
        """Screen an event that has the mould of those before it; false if it hasn't, or stops."""
        mould = self._mould
        if mould is None:
            return False
        text = mould.text(frame)
        if not text:
            return False
        stream = mould.stream
        free = stream.feed(text)
        if stream.stopped is not None:
            self._stop_content(mould.choice, free, out)
            return False
        if free:
            self.taken.append((mould.index, CONTENT, free))
            out.append(frame + b"\n\n" if free == text else mould.event(free))
        elif mould.speaks:
            out.append(mould.event(""))
        return True

    def _frame(self, frame: bytes, out: list[bytes]) -> None:
        """Screen any event; a frame without data is none."""
        payload = data_of(frame)
        if payload == b"[DONE]":
            self.done = True
        elif payload:
            doc = _read(payload)
            usual = self._usual(doc)
            if usual is None or not self._goes_on(usual, frame, payload, doc, out):
                self._mould = None
                self._event(payload, doc, out, usual=usual is not None)

    def _usual(self, doc: Any) -> UsualEvent | None:
        try:
            return msgspec.convert(doc, UsualEvent)
        except msgspec.ValidationError:
            return None

    def _goes_on(
        self,
        usual: UsualEvent,
        frame: bytes,
        payload: bytes,
        doc: dict[str, Any],
        out: list[bytes],
    ) -> bool:
        """Screen an event by which a content goes on, or ends without any more of it.

        It does what :meth:`_event` does; false if the event is of another kind.
        """
        if not usual.choices or usual.usage is not None or not self._head:
            return False
        part = usual.choices[0]
        choice = self._choices.get(part.index)
        if choice is None or choice.finished or choice.logprobs or choice.said != CONTENT:
            return False
        text = part.delta.content
        if part.finish_reason is not None:
            if text:
                return False
            self._finish(choice, part.finish_reason, out)
            self._put(payload, out)
            return True
        if not text:
            return False
        if self._expected == 1:
            self._mould = mould(frame, payload, doc, choice)
        free = choice.streams[CONTENT].feed(text)
        if choice.streams[CONTENT].stopped is not None:
            self._stop_content(choice, free, out)
            return True
        if free:
            self.taken.append((choice.index, CONTENT, free))
        if free != text:
            doc["choices"][0]["delta"]["content"] = free
            if not free and is_empty(doc):
                return True
            payload = _encode(doc)
        self._put(payload, out)
        return True

    def _event(self, payload: bytes, doc: Any, out: list[bytes], *, usual: bool) -> None:
        """Screen an event of any kind, given whether it is a :class:`UsualEvent`."""
        taken: list[Taken] = []
        if usual:
            changed = False
            self._head = self._head or _head_of(doc)
        else:
            _check(doc)
            changed = self._envelope(doc, taken, out)
        for item in doc.get("choices") or ():
            if self.stopped is not None:
                return
            changed |= self._choice(item, taken, out, usual=usual)
        if self.stopped is not None:
            return
        self.usage = usage_of(doc) or self.usage
        if changed:
            if is_empty(doc):
                return
            payload = _encode(doc)
        self.taken += taken
        self._put(payload, out)

    def _put(self, payload: bytes, out: list[bytes]) -> None:
        """The model's event leaves, unless it may be the last."""
        if self._finished >= self._expected:
            # The newest event after all choices finished may be the last: it waits.
            if self._last is not None:
                self._send(self._last, out)
            self._last = payload
        else:
            self._send(payload, out)

    def _envelope(self, doc: dict[str, Any], taken: list[Taken], out: list[bytes]) -> bool:
        """Screen what stands beside the choices; whether it was changed."""
        beside = {**doc, "choices": None}
        if beside == self._known:
            return False
        texts, alone = envelope(doc)
        self.stopped = self._beside.stop_in(alone)
        if self.stopped is not None:
            return True
        self._head = self._head or _head_of(doc)
        if not texts and not doc.get("usage"):
            self._known = beside
        return self._texts(self._beside, texts, taken, out)

    def _choice(self, item: Any, taken: list[Taken], out: list[bytes], *, usual: bool) -> bool:
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
        if usual:
            texts = _content_of(item)
        else:
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
            self._finish(choice, reason, out)
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

    def _stop_content(self, choice: Choice, free: str, out: list[bytes]) -> None:
        """A stop in the content of a choice: what precedes it leaves apart."""
        self._text(choice, CONTENT, free, out)
        found = choice.stop_of(CONTENT)
        if found is not None:
            self.stopped = (place(choice.index, CONTENT), found)

    def _finish(self, choice: Choice, reason: str, out: list[bytes]) -> None:
        self.finish = reason
        self._rest(choice, out)
        choice.finished = True
        self._finished += 1
        self._mould = None

    def _rest(self, choice: Choice, out: list[bytes]) -> None:
        """Nothing more comes of a choice: what it still holds leaves, and the label after it."""
        for path, rest in choice.rests():
            self._text(choice, path, self._before(choice, path, rest), out)
        if choice.said is not None and self._marking.after:
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


def _read(payload: bytes) -> Any:
    try:
        return _decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise broken("not_json") from None


def _check(doc: Any) -> None:
    if not isinstance(doc, dict) or not isinstance(doc.get("choices") or [], list):
        raise broken("not_an_event")
    if doc.get("error"):
        raise broken("error_event")


def _head_of(doc: dict[str, Any]) -> dict[str, Any]:
    return {name: doc[name] for name in _HEAD if name in doc}


def _content_of(item: dict[str, Any]) -> list[Leaf]:
    """The texts of a choice of a usual event."""
    delta = item["delta"]
    return [(CONTENT, delta, "content")] if delta.get("content") else []
