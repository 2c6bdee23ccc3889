"""The texts of one choice of an answer, each screened as a stream of its own.

A choice's texts are found by walking it: every string counts but the API's own switches, so a
field nobody thought of is screened too. A text is named by its path, e.g. ``("delta", "content")``
or ``("delta", "tool_calls", 0, "function", "arguments")``, where a number is the ``index`` member
of a list's item.
"""

from typing import Any

from hegui.screen import Finding, Screen, Stream

Path = tuple[str | int, ...]
#: A string of a document: its path, and the dict or list and the key where it stands.
Leaf = tuple[Path, Any, Any]
#: Members whose strings the API itself reads: roles, kinds, ids, reasons. Log probabilities
#: repeat the text token by token and are looked at apart.
SWITCHES = frozenset({"role", "type", "id", "index", "finish_reason", "stop_reason", "logprobs"})


class Choice:
    """One choice while its answer comes.

    Attributes:
        index: its place among the choices.
        finished: its finish reason has come.
        labelled: the text label stands before its text.
        logprobs: log probabilities of text that is still held back.
    """

    __slots__ = ("_screen", "finished", "index", "labelled", "logprobs", "streams")

    def __init__(self, screen: Screen, index: int) -> None:
        self._screen = screen
        self.index = index
        self.finished = False
        self.labelled = False
        self.logprobs: list[Any] = []
        self.streams: dict[Path, Stream] = {}

    def feed(self, path: Path, text: str) -> str:
        """What of the text so far may leave now (see :class:`hegui.screen.Stream`)."""
        stream = self.streams.get(path)
        if stream is None:
            stream = self._screen.stream(escaped=path[-1] == "arguments")
            self.streams[path] = stream
        return stream.feed(text)

    def reviews(self) -> list[tuple[Path, Finding]]:
        """Findings to look at that stopped nothing."""
        return [(path, f) for path, stream in self.streams.items() for f in stream.reviews]

    def rests(self) -> list[tuple[Path, str]]:
        """What each text still held back; nothing more comes."""
        found = ((path, stream.finish()) for path, stream in self.streams.items())
        return [(path, rest) for path, rest in found if rest]

    @property
    def holds(self) -> bool:
        """Whether any text is held back now."""
        return any(stream.held for stream in self.streams.values())


def leaves(
    value: dict[str, Any] | list[Any], path: Path = (), skip: frozenset[str] = SWITCHES
) -> list[Leaf]:
    """Each string in ``value``, and where to write it back."""
    found: list[Leaf] = []
    if isinstance(value, dict):
        items: list[tuple[str | int, Any, str | int]] = [
            (key, item, key) for key, item in value.items() if key not in skip
        ]
    else:
        items = [(_index(item, i), item, i) for i, item in enumerate(value)]
    for step, item, key in items:
        if isinstance(item, str):
            found.append(((*path, step), value, key))
        elif isinstance(item, (dict, list)):
            found += leaves(item, (*path, step))
    return found


def _index(item: Any, position: int) -> int:
    index = item.get("index") if isinstance(item, dict) else None
    return index if isinstance(index, int) else position


def place(index: int, path: Path) -> str:
    """Where a text stands, for records: ``choices[0].delta.content``."""
    steps = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)
    return f"choices[{index}]{steps}" if index >= 0 else steps.lstrip(".")


def nest(path: Path, text: str) -> dict[str, Any]:
    """An object that carries one text at ``path``; the inverse of :func:`leaves`."""
    value: Any = text
    for step in reversed(path):
        if isinstance(step, int):
            value = [{"index": step, **value} if isinstance(value, dict) else value]
        else:
            value = {step: value}
    result: dict[str, Any] = value
    return result
