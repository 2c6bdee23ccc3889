"""The one normal form of words and texts, as a table for ``str.translate``.

Each character folds by itself (``fold.py``), so the normal form of a text is the sum of its chunks'
normal forms, and an offset can be led back to the original.

Inside the room a text is first *marked*: one character for one, with ``VANISHES`` where the normal
form has none and ``EXPANDS`` where it has several. Most texts hold neither; then the marked form is
the normal form and offsets are the same in both.
"""

import re
from array import array
from collections.abc import Sequence
from functools import cache

from hegui.screen.fold import REPLACEMENT, SURROGATES, TAGS, fold, simplified

# Both are control characters, which vanish themselves, so nothing else folds to them.
VANISHES = "\0"
EXPANDS = "\1"
MARKS = re.compile(f"[{VANISHES}{EXPANDS}]")

_REPLACED = ord(REPLACEMENT)
#: From here to the tags nothing is assigned.
_PAST_ASSIGNED = 0x33480
#: Ideographs, Hangul, private characters and scripts without case: they fold to a simplified
#: character or not at all. Settled at once, being nine characters in ten; a test holds them to the
#: rules. Surrogates stand between Hangul and the private ones.
_SETTLED = (
    range(0x3400, 0xA000),
    range(0xAC00, 0xF900),
    range(0x12000, 0x13430),
    range(0x13460, 0x16E40),
    range(0x16F00, 0x1BCA0),
    range(0x1BCA4, 0x1CCD6),
    range(0x20000, 0x2F800),
    range(0x2FA20, _PAST_ASSIGNED),
)


@cache
def tables() -> tuple[memoryview, dict[str, str]]:
    """The table of marked forms by code point, and what each expanding character expands to.

    Plain numbers, for ``str.translate`` reads them nearly as fast as a list of ints, and twice as
    fast as a dict, while they take 4 MB and a list 15. A code point past the end stays as it is,
    and what is not assigned before that is U+FFFD. Made at first use in about a fifth of a second.
    """
    table = array("I", range(_PAST_ASSIGNED))
    for point in SURROGATES:
        table[point] = _REPLACED
    expansions = {}
    for char, simple in simplified().items():
        table[ord(char)] = ord(fold(simple))
    start = 0
    for settled in _SETTLED:
        for point in range(start, settled.start):
            folded = fold(chr(point))
            if len(folded) > 1:
                expansions[chr(point)] = folded
                table[point] = ord(EXPANDS)
            else:
                table[point] = ord(folded or VANISHES)
        start = settled.stop
    table.extend([_REPLACED] * (TAGS.start - _PAST_ASSIGNED))
    table.extend([ord(VANISHES)] * len(TAGS))
    return memoryview(table), expansions


def marked(text: str) -> str:
    """The text folded one for one, with ``VANISHES`` and ``EXPANDS`` where that cannot be."""
    return text.translate(tables()[0])


def unmarked(text: str, folded: str) -> str:
    """The normal form of ``text``, given its marked form."""
    if EXPANDS in folded:
        expansions = tables()[1]
        folded = MARKS.sub(
            lambda at: expansions[text[at.start()]] if at[0] == EXPANDS else "", folded
        )
    return folded.replace(VANISHES, "")


def origins(text: str, folded: str) -> Sequence[int]:
    """For each character of the normal form, the offset in ``text`` of the one it came from."""
    if VANISHES not in folded and EXPANDS not in folded:
        return range(len(text))
    expansions = tables()[1]
    origin: list[int] = []
    done = 0
    for mark in MARKS.finditer(folded):
        at = mark.start()
        origin.extend(range(done, at))
        if mark[0] == EXPANDS:
            origin.extend([at] * len(expansions[text[at]]))
        done = at + 1
    origin.extend(range(done, len(text)))
    return origin


def normal(text: str) -> str:
    """The normal form in which words and texts are compared.

    ``normal(a + b) == normal(a) + normal(b)`` and ``normal(normal(a)) == normal(a)`` for all texts.

    Args:
        text: any text; a lone surrogate counts as U+FFFD.
    """
    return unmarked(text, marked(text))
