"""The texts of one choice of an answer, each screened as a stream of its own.

A choice's texts are found by walking it: every string and every key counts but the API's own
words, so a field nobody thought of is screened too. A text is named by its path, e.g.
``("delta", "content")`` or ``("delta", "tool_calls", 0, "function", "arguments")``, where a number
is the ``index`` member of a list's item.
"""

import re
from typing import TYPE_CHECKING, Any

from hegui.gateway.places import NAMES, named
from hegui.gateway.sse import broken
from hegui.gateway.usual import FINISHES, ID
from hegui.screen import Finding, Screen, Stream

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]
#: Where the answer's text stands in an event.
CONTENT: Path = ("delta", "content")
#: A string of a document: its path, and the dict or list and the key where it stands.
Leaf = tuple[Path, Any, Any]
#: A string that is whole in itself, and its path: a key, or the value of a switch.
Alone = tuple[Path, str]
#: Members that tell a kind, an id, a reason. No text continues in them from event to event, so
#: each is screened by itself and never held back.
SWITCHES = frozenset({"role", "type", "id", "index", "finish_reason", "stop_reason"})
#: Members of an event or an answer that hold no text of it; screened like switches.
ENVELOPE = frozenset(
    [
        "choices",
        "created",
        "error",
        "id",
        "model",
        "object",
        "service_tier",
        "system_fingerprint",
        "usage",
    ]
)
_ID = re.compile(ID)
_DEEPEST = 64
_NOTHING: frozenset[str] = frozenset()
_CHOICES = frozenset({"choices"})
_REASON = re.compile(r"[A-Za-z_]{1,32}")
#: Values of switches in the API's own words; no pack can mean them.
_USUAL = FINISHES | {"assistant", "function", "text"}


class Choice:
    """One choice while its answer comes.

    Attributes:
        index: its place among the choices.
        finished: its finish reason has come.
        said: where its content stood last (see :func:`is_content`), or none before its first
            text, which bears the text label.
        logprobs: log probabilities of text that is still held back.
    """

    __slots__ = ("_found", "_screen", "finished", "index", "logprobs", "said", "streams")

    def __init__(self, screen: Screen, index: int) -> None:
        self._screen = screen
        self._found: dict[Path, list[Finding]] = {}
        self.index = index
        self.finished = False
        self.said: Path | None = None
        self.logprobs: list[dict[str, Any]] = []
        self.streams: dict[Path, Stream] = {}

    def feed(self, path: Path, text: str) -> str:
        """What of the text so far may leave now (see :class:`hegui.screen.Stream`)."""
        stream = self.streams.get(path)
        if stream is None:
            stream = self._screen.stream(escaped=path[-1] == "arguments")
            self.streams[path] = stream
        return stream.feed(text)

    def whole(self, path: Path, text: str) -> str:
        """What of a text that is whole may leave; a stop stands in its stream."""
        plain = path[-1] != "arguments" or "\\" not in text
        if plain and self._screen.clears(text):
            return text
        return self.feed(path, text) + self.streams[path].finish()

    def stop_of(self, path: Path) -> Finding | None:
        """What ended the text of a path, if anything did."""
        stream = self.streams.get(path)
        return stream.stopped if stream is not None else None

    def stop_in(self, strings: list[Alone]) -> tuple[str, Finding] | None:
        """The first stop in strings that are whole in themselves, and its place."""
        for path, text in strings:
            if self._screen.clears(text):
                continue
            found = self._screen.scan(text)
            for finding in found:
                if finding.action == "stop":
                    return place(self.index, path), finding
            if found and path[0] != "logprobs":  # these repeat the text, which is told
                self._found.setdefault(path, found)  # a key that comes again is told once
        return None

    def reviews(self) -> list[tuple[Path, Finding]]:
        """Findings to look at that stopped nothing."""
        told: list[tuple[Path, Finding]] = []
        for path, stream in self.streams.items():
            if stream.reviews:
                told += [(path, finding) for finding in stream.reviews]
        for path, found in self._found.items():
            told += [(path, finding) for finding in found]
        return told

    def rests(self) -> list[tuple[Path, str]]:
        """What each text still held back; nothing more comes."""
        rests = []
        for path, stream in self.streams.items():
            rest = stream.finish()
            if rest:
                rests.append((path, rest))
        return rests

    @property
    def holds(self) -> bool:
        """Whether any text is held back now."""
        return any(stream.held for stream in self.streams.values())


def strings(
    value: dict[str, Any] | list[Any], skip: frozenset[str], path: Path = ()
) -> tuple[list[Leaf], list[Alone]]:
    """Each text in ``value`` and where to write it back, and each string that stands alone.

    Args:
        value: JSON.
        skip: members at the top not to look into.
        path: where ``value`` stands.

    Raises:
        UpstreamError: ``upstream_broken`` when values nest too deeply.
    """
    texts: list[Leaf] = []
    alone: list[Alone] = []
    _gather(value, skip, path, texts, alone)
    return texts, alone


def _gather(
    value: dict[str, Any] | list[Any],
    skip: frozenset[str],
    path: Path,
    texts: list[Leaf],
    alone: list[Alone],
) -> None:
    if len(path) > _DEEPEST:
        raise broken("too_deep")
    members: Iterable[tuple[Any, Any]]
    if isinstance(value, list):
        members = [(_index(item, i), item) for i, item in enumerate(value)]
    else:
        members = value.items()
        if not value.keys() <= NAMES:
            alone += [((*path, key), key) for key in value if key not in NAMES]
    for key, item in members:
        if key in skip:
            continue
        if isinstance(item, (dict, list)):
            _gather(item, _NOTHING, (*path, key), texts, alone)
        elif isinstance(item, str) and item:
            within = (*path, key)
            if key not in SWITCHES:
                texts.append((within, value, key))
            elif item not in _USUAL and not _is_id(within, item):
                alone.append((within, item))


def envelope(doc: dict[str, Any]) -> tuple[list[Leaf], list[Alone]]:
    """The strings of an event or an answer beside its choices, as :func:`strings` gives them."""
    texts, alone = strings(doc, _CHOICES)
    for path, container, key in texts:
        if path[0] in ENVELOPE and not _is_id(path, container[key]):
            alone.append((path, container[key]))
    return [leaf for leaf in texts if leaf[0][0] not in ENVELOPE], alone


def settle_reason(item: dict[str, Any]) -> tuple[str, bool]:
    """A choice's finish reason as the record names it, empty if none came.

    A reason that is no word becomes ``stop`` in the item itself; the second value tells whether.
    """
    reason = item.get("finish_reason")
    if not reason:
        return "", False
    if isinstance(reason, str) and _REASON.fullmatch(reason):
        return reason if reason in FINISHES else "other", False
    item["finish_reason"] = "stop"
    return "other", True


def usage_of(doc: dict[str, Any]) -> dict[str, Any] | None:
    """The model's token counts, if it told them."""
    usage = doc.get("usage")
    return usage if isinstance(usage, dict) and usage else None


def is_content(path: Path) -> bool:
    """Whether a text is the answer's content, as one string or as a text part of a list."""
    return path[1:2] == ("content",) and (len(path) == 2 or (len(path) == 4 and path[3] == "text"))


def place(index: int, path: Path) -> str:
    """Where a text stands, for records: ``choices[0].delta.content``."""
    steps = "".join(f"[{s}]" if isinstance(s, int) else f".{named(s)}" for s in path)
    return f"choices[{index}]{steps}" if index >= 0 else steps.lstrip(".")


def nest(path: Path, text: str) -> dict[str, Any]:
    """An object that carries one text at ``path``; the inverse of :func:`strings`."""
    value: Any = text
    for step in reversed(path):
        if isinstance(step, int):
            kind = {"type": "text"} if isinstance(value, dict) and "text" in value else {}
            value = [{"index": step, **kind, **value} if isinstance(value, dict) else value]
        else:
            value = {step: value}
    result: dict[str, Any] = value
    return result


def _is_id(path: Path, text: str) -> bool:
    """Whether a string is an id or a name where the API has one."""
    stands = len(path) == 1 and path[0] in ENVELOPE
    stands |= len(path) == 4 and path[1] == "tool_calls" and path[3] == "id"
    return stands and _ID.fullmatch(text) is not None


def _index(item: Any, position: int) -> int:
    index = item.get("index") if isinstance(item, dict) else None
    return index if isinstance(index, int) and not isinstance(index, bool) else position
