"""An answer that comes in one piece: screened, marked, and left as it was where it can be."""

from typing import Any

import msgspec

from hegui.gateway.choice import SWITCHES, Choice, Path, leaves, place
from hegui.gateway.mark import Marking, splice
from hegui.gateway.sse import broken
from hegui.gateway.stream import ENVELOPE, Taken
from hegui.screen import Finding, Screen

CONTENT: Path = ("message", "content")


class WholeAnswer(msgspec.Struct, frozen=True):
    """What became of a whole answer.

    Attributes:
        body: the bytes for the reader; meaningless when stopped.
        taken: its texts: (choice, path, text).
        finish: the last finish reason.
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
    taken: list[Taken] = []
    reviews: list[tuple[str, Finding]] = []
    changed = False
    finish = ""
    parts = [(item.get("index", i), item, SWITCHES) for i, item in enumerate(doc["choices"])]
    for index, item, skip in [*parts, (-1, doc, ENVELOPE)]:
        choice = Choice(screen, index)
        for path, container, key in leaves(item, (), skip):
            text = container[key]
            free = choice.feed(path, text) + choice.streams[path].finish()
            found = choice.streams[path].stopped
            if found is not None:
                stopped = (place(index, path), found)
                return WholeAnswer(b"", taken, "content_filter", stopped, reviews, None)
            if path == CONTENT and free and index >= 0:
                free = marking.before + free + marking.after
            if free != text:
                container[key] = free
                changed = True
            if free:
                taken.append((index, path, free))
        logprobs = {"logprobs": item["logprobs"]} if item.get("logprobs") else {}
        for path, container, key in leaves(logprobs, (), frozenset()):
            found = screen.first_stop(container[key])
            if found is not None:
                stopped = (place(index, path), found)
                return WholeAnswer(b"", taken, "content_filter", stopped, reviews, None)
        reviews += [(place(index, path), found) for path, found in choice.reviews()]
        finish = str(item.get("finish_reason") or finish)
    out = msgspec.json.encode(doc) if changed else body
    return WholeAnswer(
        splice(out, marking.fragment), taken, finish, None, reviews, doc.get("usage")
    )


def _read(body: bytes) -> dict[str, Any]:
    try:
        doc = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise broken("not_json") from None
    choices = doc.get("choices") if isinstance(doc, dict) else None
    if not isinstance(choices, list) or not all(
        isinstance(item, dict) and isinstance(item.get("index", 0), int) for item in choices
    ):
        raise broken("not_a_completion")
    answer: dict[str, Any] = doc
    return answer
