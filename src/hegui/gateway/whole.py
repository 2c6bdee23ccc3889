"""An answer that comes in one piece: screened, marked, and left as it was where it can be."""

from typing import Any

import msgspec

from hegui.gateway.choice import (
    Alone,
    Choice,
    Leaf,
    Path,
    envelope,
    is_content,
    place,
    settle_reason,
    strings,
    usage_of,
)
from hegui.gateway.mark import Marking, splice
from hegui.gateway.sse import broken
from hegui.gateway.stream import Taken
from hegui.gateway.usual import UsualAnswer
from hegui.screen import Finding, Screen

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
CONTENT: Path = ("message", "content")


class WholeAnswer(msgspec.Struct, frozen=True):
    """What became of a whole answer.

    Attributes:
        body: the bytes for the reader; meaningless when stopped.
        taken: its texts: (choice, path, text).
        finish: the last finish reason, as the record names it.
        stopped: place and finding of the stop, or none.
        reviews: findings that stopped nothing.
        usage: the model's token counts, if it told them.
    """

    body: bytes
    taken: list[Taken]
    finish: str
    stopped: tuple[str, Finding] | None
    reviews: list[tuple[str, Finding]]
    usage: dict[str, Any] | None


def screen_whole(body: bytes, screen: Screen, marking: Marking) -> WholeAnswer:
    """Screen and mark a chat completion.

    Raises:
        UpstreamError: ``upstream_broken`` for what is not one.
    """
    doc = _read(body)
    try:
        usual = msgspec.convert(doc, UsualAnswer)
    except msgspec.ValidationError:
        usual = None
    if usual is None or not screen.clears(usual.choices[0].message.content):
        return _any(body, doc, screen, marking)
    choice = usual.choices[0]
    content = choice.message.content
    free = marking.before + content + marking.after
    if free != content:
        doc["choices"][0]["message"]["content"] = free
        body = _encode(doc)
    taken: list[Taken] = [(choice.index, CONTENT, free)]
    finish = choice.finish_reason or ""
    usage = doc.get("usage") or None
    return WholeAnswer(splice(body, marking.fragment), taken, finish, None, [], usage)


def _any(body: bytes, doc: Any, screen: Screen, marking: Marking) -> WholeAnswer:
    """Screen and mark an answer, whatever it is and whatever stands in it."""
    taken: list[Taken] = []
    reviews: list[tuple[str, Finding]] = []
    changed = False
    finish = ""
    for i, item in enumerate(_choices(doc)):
        choice = Choice(screen, item.get("index", i))
        reason, settled = settle_reason(item)
        texts, alone = strings(item, frozenset())
        alone += [(path, box[key]) for path, box, key in texts if path[0] == "logprobs"]
        texts = [leaf for leaf in texts if leaf[0][0] != "logprobs"]
        stopped, rewritten = _screen_one(choice, texts, alone, marking, taken)
        if stopped is not None:
            return WholeAnswer(b"", taken, "content_filter", stopped, reviews, None)
        changed |= settled or rewritten
        finish = reason or finish
        reviews += [(place(choice.index, path), found) for path, found in choice.reviews()]
    beside = Choice(screen, -1)
    stopped, rewritten = _screen_one(beside, *envelope(doc), marking, taken)
    if stopped is not None:
        return WholeAnswer(b"", taken, "content_filter", stopped, reviews, None)
    reviews += [(place(-1, path), found) for path, found in beside.reviews()]
    out = _encode(doc) if changed or rewritten else body
    return WholeAnswer(splice(out, marking.fragment), taken, finish, None, reviews, usage_of(doc))


def _screen_one(
    choice: Choice, texts: list[Leaf], alone: list[Alone], marking: Marking, taken: list[Taken]
) -> tuple[tuple[str, Finding] | None, bool]:
    """Screen and mark one choice in place: its stop, and whether it was changed."""
    content = [leaf for leaf in texts if choice.index >= 0 and is_content(leaf[0])]
    if len(content) > 1:  # a reader sees the parts joined
        alone = [*alone, (CONTENT, "".join(box[key] for _, box, key in content))]
    stopped = choice.stop_in(alone)
    if stopped is not None:
        return stopped, False
    changed = False
    for leaf in texts:
        path, box, key = leaf
        text = box[key]
        free = choice.whole(path, text)
        found = choice.stop_of(path)
        if found is not None:
            return (place(choice.index, path), found), changed
        if content and leaf is content[0]:
            free = marking.before + free
        if content and leaf is content[-1]:
            free += marking.after
        if free != text:
            box[key] = free
            changed = True
        if free:
            taken.append((choice.index, path, free))
    return None, changed


def _read(body: bytes) -> Any:
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise broken("not_json") from None


def _choices(doc: Any) -> list[dict[str, Any]]:
    choices = doc.get("choices") if isinstance(doc, dict) else None
    if not isinstance(choices, list) or not all(map(_is_choice, choices)):
        raise broken("not_a_completion")
    return choices


def _is_choice(item: Any) -> bool:
    index = item.get("index", 0) if isinstance(item, dict) else None
    return type(index) is int and index >= 0
