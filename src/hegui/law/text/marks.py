"""The numbers of items: ``（一）``, ``(1)``, ``①``, ``1.``, and those that a page's list adds."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hegui.law.text.numerals import CHINESE, number

#: By style; ``dot`` may be the number of a web page's list as well, the others are the law's own.
_STYLES = {
    "zh": re.compile(rf"[（(]\s?([{CHINESE}]{{1,4}})\s?[）)](?![项項款目条條])\s{{0,3}}"),
    "digit": re.compile(r"[（(]\s?(\d{1,3})\s?[）)](?![项項款目])\s{0,3}"),
    "circle": re.compile(r"([①-⑳])\s{0,3}"),
    "dot": re.compile(r"(\d{1,3})\s?[.、．)）](?!\d)\s{0,3}"),
}
_BULLET = re.compile(r"[*•·▪●–—-]\s{1,3}")
_BEFORE = "：:；;。.，,！!？?"
_LINKING = (" and", " or", "以及", "和", "或")


class Mark(NamedTuple):
    """The number before an item.

    Attributes:
        number: from 1.
        style: ``zh``, ``digit``, ``circle`` or ``dot``.
        end: where the item's own words begin.
        start: where the mark begins.
    """

    number: int
    style: str
    end: int
    start: int = 0


def mark(text: str) -> Mark | None:
    """The mark that a line begins with; of a list's number and an item's, the item's."""
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    found = _at(text, start)
    if found is None or found.style != "dot":
        return found
    inner = _at(text, found.end)
    return inner if inner and inner.style != "dot" else found


def _at(text: str, start: int) -> Mark | None:
    for style, pattern in _STYLES.items():
        found = pattern.match(text, start)
        if found and (n := _number(found[1])):
            return Mark(n, style, found.end(), start)
    return None


@lru_cache(1024)
def _number(text: str) -> int | None:
    return ord(text) - 0x2460 + 1 if "①" <= text <= "⑳" else number(text)


def within(text: str, start: int, style: str, first: int) -> list[Mark]:
    """Marks of one style within a line, in order and each after the end of what is before it.

    Args:
        text: the line.
        start: from which column on.
        style: of the marks.
        first: the number of the first.

    Returns:
        ``first`` and those that follow it in order; empty where ``first`` is not there.
    """
    found: list[Mark] = []
    for match in _STYLES[style].finditer(text, start):
        if _number(match[1]) == first + len(found) and _parted(text, match, style):
            found.append(Mark(first + len(found), style, match.end(), match.start()))
    return found


def styles() -> Iterator[str]:
    """Every style."""
    yield from _STYLES


def _parted(text: str, match: re.Match[str], style: str) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    bare = before.rstrip()
    if not bare or not (bare[-1] in _BEFORE or bare.endswith(_LINKING)):
        return False
    if style != "dot":
        return True
    # A number of a list has a blank before it, or Chinese; and no sentence starts in lower case.
    spaced = bare != before or not bare[-1].isascii()
    return spaced and not text[match.end() : match.end() + 1].islower()
