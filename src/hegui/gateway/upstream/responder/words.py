"""Text to the pieces in which it streams; a piece counts as one token."""

import re

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECE = re.compile(rf"\s*(?:[{_HAN}]{{1,2}}|[^\s{_HAN}]+)|\s+")


def pieces(text: str) -> list[str]:
    """Words with the white space before them; Chinese in ones and twos. Joined, the same text."""
    return _PIECE.findall(text)
