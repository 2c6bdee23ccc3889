"""The normal form of one character, whatever stands beside it.

NFKC; full case folding; no marks on Latin, Greek and Cyrillic letters; traditional to simplified
Chinese; look-alike letters to Latin; every white space to a space; nothing for what no reader sees
(Unicode's Default_Ignorable_Code_Point, control and format characters).
"""

import unicodedata
from functools import cache
from importlib.resources import files

from hegui.screen.lookalike import LOOKALIKES

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
TAGS = range(0xE0000, 0xE1000)
SURROGATES = range(0xD800, 0xE000)
#: Default ignorable, or no character for ever, but neither control nor format characters.
_UNSEEN = frozenset(
    [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0, 0xFFFE, 0xFFFF]
) | frozenset([*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9)])
#: Format characters that a reader does see: they frame the digits that follow.
_SEEN_FORMAT = frozenset(
    [*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD]
)
#: Marks worn by Latin, Greek and Cyrillic letters and by symbols. Other scripts' marks are letters
#: in all but name (U+3099 tells が from か) and stay.
_WORN = frozenset(
    [
        *range(0x0300, 0x0370),
        *range(0x0483, 0x048A),
        *range(0x1AB0, 0x1B00),
        *range(0x1DC0, 0x1E00),
        *range(0x20D0, 0x2100),
        *range(0xFE20, 0xFE30),
    ]
)


def fold(char: str) -> str:
    """One character's normal form, of no, one or several characters; folding twice is folding once.

    Args:
        char: one character; a surrogate standing alone counts as U+FFFD.
    """
    folded = "".join(map(_step, unicodedata.normalize("NFKC", char).casefold()))
    return folded if folded == char else "".join(map(fold, folded))


@cache
def simplified() -> dict[str, str]:
    """The shipped map of traditional to simplified characters (OpenCC, Apache-2.0)."""
    data = files("hegui.screen").joinpath("data/t2s.txt").read_text(encoding="utf-8")
    return {line[0]: line[1] for line in data.splitlines() if not line.startswith("#")}


def _step(char: str) -> str:
    point = ord(char)
    if char.isspace():
        return " "
    if point in SURROGATES:
        return REPLACEMENT
    if _vanishes(point, char):
        return ""
    parts = unicodedata.normalize("NFD", char)
    if len(parts) > 1:
        bare = [c for c in parts if ord(c) not in _WORN]
        char = unicodedata.normalize("NFC", "".join(bare))
    char = simplified().get(char, char)
    return LOOKALIKES.get(char, char)


def _vanishes(point: int, char: str) -> bool:
    if point in _UNSEEN or point in _WORN or point in TAGS:
        return True
    return unicodedata.category(char) in ("Cc", "Cf") and point not in _SEEN_FORMAT
