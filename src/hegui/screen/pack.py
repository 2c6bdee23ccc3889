"""A word pack: listed words with a category and an action, under a name and an author.

Readers of the file formats (``packtoml.py``, ``packcsv.py``) hand plain fields here, and here alone
it is decided what a pack may hold.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from hegui.screen.errors import Place, refuse
from hegui.screen.normal import normal

Action = Literal["stop", "review"]

MOST_BYTES = 32 * 1024 * 1024
MOST_WORDS = 200_000
#: Characters of a word in normal form: the most that a stream ever holds back, and one.
LONGEST_WORD = 64
#: Characters of a word as written, which may hold more that fold to nothing.
_LONGEST_SPELLING = 256
_LONGEST_NAME = 128
_LONGEST_NOTE = 1000
HEAD_FIELDS = ("name", "author", "version")
WORD_FIELDS = ("word", "category", "action", "note")


class Word(msgspec.Struct, frozen=True, gc=False):
    """A listed word.

    Attributes:
        word: as the pack's author wrote it.
        category: the author's name for what it belongs to.
        action: ``stop`` ends the text; ``review`` lets it pass and tells a reviewer.
        note: for whoever reads the pack.
    """

    word: str
    category: str
    action: Action
    note: str = ""


class Pack(msgspec.Struct, frozen=True):
    """A word pack.

    Attributes:
        name: what findings show it under, with its author.
        author: who answers for the words.
        version: free text.
        words: in the file's order; no two have the same normal form.
        digest: SHA-256 of the file it was read from, hexadecimal.
    """

    name: str
    author: str
    version: str
    words: tuple[Word, ...]
    digest: str


class Row(msgspec.Struct, frozen=True, gc=False):
    """One entry as a reader found it, not yet checked."""

    place: Place
    fields: Mapping[str, object]


def build(head: Mapping[str, object], rows: Iterable[Row], digest: str) -> Pack:
    """A checked pack from what a reader found.

    Args:
        head: the pack's name, author and version.
        rows: its entries.
        digest: of the file.

    Raises:
        ScreenError: with the place and the field that is wrong.
    """
    name, author, version = (_head(head, field) for field in HEAD_FIELDS)
    _only(head, HEAD_FIELDS)
    words: list[Word] = []
    seen: dict[str, int] = {}
    shared: dict[str, str] = {}
    for row in rows:
        if len(words) == MOST_WORDS:
            raise refuse("pack_too_many", most=MOST_WORDS)
        _only(row.fields, WORD_FIELDS, row.place)
        word, folded = _word(row, shared)
        number = row.place.number
        first = seen.setdefault(folded, number)
        if first != number:
            twin = Place(row.place.unit, first)
            raise refuse("pack_word_twice", row.place, first=twin.zh, first_at=twin.en)
        words.append(word)
    if not words:
        raise refuse("pack_no_words")
    return Pack(name, author, version, tuple(words), digest)


def fold_word(word: str) -> str:
    """A listed word's normal form; spaces around it do not count."""
    return normal(word).strip(" ")


def _only(
    fields: Mapping[str, object], allowed: tuple[str, ...], place: Place | None = None
) -> None:
    unknown = fields.keys() - set(allowed)
    if unknown:
        field = _short(min(unknown))
        raise refuse("pack_field", place, field=field, allowed=", ".join(allowed))


def _head(head: Mapping[str, object], field: str) -> str:
    value = _clean(head.get(field), 1, _LONGEST_NAME)
    if value is None:
        raise refuse("pack_head", field=field, most=_LONGEST_NAME)
    return value


def _word(row: Row, shared: dict[str, str]) -> tuple[Word, str]:
    """The word and its normal form; ``shared`` keeps one copy of each category and note."""
    spelling = row.fields.get("word", "")
    if not isinstance(spelling, str) or len(spelling) > _LONGEST_SPELLING:
        raise refuse("pack_value", row.place, field="word", least=1, most=_LONGEST_SPELLING)
    spelling = spelling.strip()
    folded = fold_word(spelling)
    if folded == spelling:
        folded = spelling  # one string for both: twice the words would be twice the memory
    if not folded:
        raise refuse("pack_word_empty", row.place)
    if len(folded) > LONGEST_WORD:
        raise refuse("pack_word_long", row.place, size=len(folded), most=LONGEST_WORD)
    action = row.fields.get("action")
    if action not in ("stop", "review"):
        raise refuse("pack_action", row.place, value=_short(action))
    category = _text(row, "category", 1, LONGEST_WORD)
    note = _text(row, "note", 0, _LONGEST_NOTE)
    word = Word(
        spelling,
        shared.setdefault(category, category),
        action,
        shared.setdefault(note, note),
    )
    return word, folded


def _text(row: Row, field: str, least: int, most: int) -> str:
    value = _clean(row.fields.get(field, ""), least, most)
    if value is None:
        raise refuse("pack_value", row.place, field=field, least=least, most=most)
    return value


def _clean(value: object, least: int, most: int) -> str | None:
    """Printable text with each white space a single space; none if it is not that, or too long."""
    text = " ".join(value.split()) if isinstance(value, str) else None
    return text if text is not None and least <= len(text) <= most and text.isprintable() else None


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"
