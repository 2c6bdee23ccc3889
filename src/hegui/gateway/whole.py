"""An answer that comes in one piece: screened, marked, and left as it was where it can be."""

from typing import Any

import msgspec

from hegui.gateway.choice import (
    Alone,
    Choice,
    Leaf,
    Path,
    envelope,
    is_bare,
    is_bare_envelope,
    is_content,
    place,
    settle_reason,
    strings,
    usage_of,
)
from hegui.gateway.mark import Marking, splice
from hegui.gateway.sse import broken
from hegui.gateway.stream import Taken
from hegui.screen import Finding, Screen

CONTENT: Path = ("message", "content")
_MESSAGE = frozenset({"message"})
_CONTENT = frozenset({"content"})


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
    if _is_plain(doc, screen):
        return _plain(body, doc, marking)
    return _any(body, doc, screen, marking)


def _is_plain(doc: dict[str, Any], screen: Screen) -> bool:
    """Whether an answer is of the usual kind: one choice, its content all its text, and clear."""
    choices = doc["choices"]
    if len(choices) != 1 or not is_bare(choices[0], _MESSAGE) or not is_bare_envelope(doc):
        return False
    message = choices[0].get("message")
    if not isinstance(message, dict) or not is_bare(message, _CONTENT):
        return False
    content = message.get("content")
    return isinstance(content, str) and content != "" and screen.clears(content)


def _plain(body: bytes, doc: dict[str, Any], marking: Marking) -> WholeAnswer:
    """What :func:`_any` gives, for the answers that nearly all are."""
    item = doc["choices"][0]
    finish, changed = settle_reason(item)
    content = item["message"]["content"]
    free = marking.before + content + marking.after
    if changed or free != content:
        item["message"]["content"] = free
        body = msgspec.json.encode(doc)
    taken = [(item.get("index", 0), CONTENT, free)]
    return WholeAnswer(splice(body, marking.fragment), taken, finish, None, [], usage_of(doc))


def _any(body: bytes, doc: dict[str, Any], screen: Screen, marking: Marking) -> WholeAnswer:
    """Screen and mark an answer, whatever stands in it."""
    taken: list[Taken] = []
    reviews: list[tuple[str, Finding]] = []
    changed = False
    finish = ""
    for i, item in enumerate(doc["choices"]):
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
    out = msgspec.json.encode(doc) if changed or rewritten else body
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


def _read(body: bytes) -> dict[str, Any]:
    try:
        doc = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise broken("not_json") from None
    choices = doc.get("choices") if isinstance(doc, dict) else None
    if not isinstance(choices, list) or not all(map(_is_choice, choices)):
        raise broken("not_a_completion")
    answer: dict[str, Any] = doc
    return answer


def _is_choice(item: Any) -> bool:
    index = item.get("index", 0) if isinstance(item, dict) else None
    return type(index) is int and index >= 0
