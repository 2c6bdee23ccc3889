"""A format's proof by tools that are not ours, and what their proofs have in common."""

from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple


class Proof(NamedTuple):
    """The tools of one format.

    Attributes:
        content: which tool decodes it.
        checker: which tools check it.
        reader: which tool reads the label.
        changed: what of the content differs between two files.
        faults: what the checkers say against a file.
        labels: the labels in a file, as the reader gives them.
    """

    content: str
    checker: str
    reader: str
    changed: Callable[[Path, Path], list[str]]
    faults: Callable[[Path], list[str]]
    labels: Callable[[Path], list[str]]


def worse(proof: Proof, before: Path, after: Path) -> list[str]:
    """What the checkers say against the second file and did not say against the first."""
    said = Counter(proof.faults(after))
    said.subtract(Counter(proof.faults(before)))
    return [line for line, times in said.items() if times > 0]


def put_in(before: bytes, after: bytes) -> str | None:
    """The one piece that the second has more than the first; none when there is no such piece."""
    head = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before)
    )
    tail = before[head:]
    if len(after) < len(before) or not after.endswith(tail):
        return None
    return after[head : len(after) - len(tail)].decode(errors="replace")


def xml(data: bytes) -> Any:
    """An XML document, as lxml has it."""
    etree: Any = import_module("lxml.etree")
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
