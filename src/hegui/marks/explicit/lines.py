"""The mark as a line of text: whether a document's lines hold one."""

from collections.abc import Iterable

from hegui.marks.explicit.wish import DOCUMENT_TEXT, Wish
from hegui.marks.mark_line import is_mark, mark_in


def has_mark(text: str, wish: Wish) -> bool:
    """Whether a mark stands among the first or the last lines of a text.

    Args:
        text: a text, or its head and its tail.
        wish: a line with its very words counts too.
    """
    return mark_in(text) is not None or same_line(text.splitlines(), wish)


def any_mark(lines: Iterable[str], wish: Wish) -> bool:
    """Whether one of the lines, wherever they stand, is a mark."""
    return any(is_mark(line) or same_line((line,), wish) for line in lines)


def same_line(lines: Iterable[str], wish: Wish) -> bool:
    """Whether one of the lines has the wish's very words, signs of Markdown apart."""
    return any(line.strip(" \t>*_") == wish.words(DOCUMENT_TEXT) for line in lines)
