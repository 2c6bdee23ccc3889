"""Word packs as people read them: whose, which version, how many words of what."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import RowMapping, select

from hegui.config import Settings
from hegui.people.word_packs import Source, missing, of_settings
from hegui.screen import Pack, Word
from hegui.store import Store, tables

#: Versions out of force that a list shows.
MOST_EARLIER = 50

_TABLE = tables.word_pack
_COLUMNS = tuple(column for column in _TABLE.c if column.name not in ("body", "format", "words"))


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """A pack without its words.

    Attributes:
        name: what decisions name it by.
        version: its author's own.
        author: who answers for the words.
        digest: SHA-256 of its file, hexadecimal.
        source: ``shipped`` with the software, ``file`` of the settings, or ``added`` since.
        since: when it was added, milliseconds since 1970, UTC; none for the others, which are in
            force whenever the service runs.
        by: the id of the member of staff who added it; none for a command.
        withdrawn: when it went out of force; none while it is in force.
    """

    name: str
    version: str
    author: str
    digest: str
    source: Source
    since: int | None = None
    by: str | None = None
    withdrawn: int | None = None


class Category(msgspec.Struct, frozen=True):
    """What a pack lists under one of its categories.

    Attributes:
        name: as the pack's author wrote it.
        stop: words that end a text.
        review: words that let it pass and tell a reviewer.
    """

    name: str
    stop: int
    review: int


class Listed(Head, frozen=True, kw_only=True):
    """A pack with its words counted; categories with the most words come first."""

    words: int
    categories: tuple[Category, ...]


class _Raws(msgspec.Struct):
    """A stored pack's words, not yet read, so that they need not lie in memory all at once."""

    words: list[msgspec.Raw]


_raws = msgspec.msgpack.Decoder(_Raws).decode
_word = msgspec.msgpack.Decoder(Word).decode


class PackList:
    """The packs of one house; every call blocks.

    Packs of the settings are read as they were when the service started, and their words are
    not kept: a list of 200,000 would lie there for as long as the house runs.

    Raises:
        ScreenError: a file named in the settings is wrong.
        PeopleError: ``pack_unreadable``.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._settled = [_settled(source, pack) for source, pack in of_settings(settings)]
        # By digest: a large pack takes a while to count, and anybody may ask.
        self._counts: dict[str, tuple[int, tuple[Category, ...]]] = {}

    def listing(self) -> list[Listed]:
        """Every pack in force: shipped, of the settings, added; the last by name."""
        c = _TABLE.c
        added = select(*_COLUMNS).where(c.withdrawn.is_(None)).order_by(c.name)
        with self._store.read() as conn:
            rows = conn.execute(added).mappings().all()
            new = {row.digest for row in rows} - self._counts.keys()
            if new:
                for digest, words in conn.execute(
                    select(c.digest, c.words).where(c.digest.in_(new))
                ):
                    self._counts[digest] = count(map(_word, _raws(words).words))
        return self._settled + [_counted(row, self._counts[row.digest]) for row in rows]

    def earlier(self) -> list[Head]:
        """Stored versions out of force, the last withdrawn first; at most 50."""
        c = _TABLE.c
        query = select(*_COLUMNS).where(c.withdrawn.is_not(None))
        with self._store.read() as conn:
            rows = (
                conn.execute(query.order_by(c.withdrawn.desc()).limit(MOST_EARLIER))
                .mappings()
                .all()
            )
        return [Head(**_head(row)) for row in rows]

    def words(self, digest: str, start: int, most: int) -> tuple[Listed, list[Word]]:
        """A pack that is in force or stored, and some of its words in the file's order.

        Args:
            digest: of the pack.
            start: the first word, from 0.
            most: how many words at most.

        Raises:
            PeopleError: ``pack_missing``; ``pack_unreadable`` for a file gone since the start.
            ScreenError: a file of the settings is wrong now.
        """
        for head in self._settled:
            if head.digest == digest:
                words = self._file_words(digest)
                return head, list(words[start : start + most])
        with self._store.read() as conn:
            query = select(*_COLUMNS, _TABLE.c.words).where(_TABLE.c.digest == digest)
            row = conn.execute(query).mappings().first()
        if row is None:
            raise missing()
        raws = _raws(row.words).words
        if digest not in self._counts:
            self._counts[digest] = count(map(_word, raws))
        shown = [_word(raw) for raw in raws[start : start + most]]
        return _counted(row, self._counts[digest]), shown

    def _file_words(self, digest: str) -> tuple[Word, ...]:
        """The words of a pack of the settings, whose file may be another by now."""
        for _, pack in of_settings(self._settings):
            if pack.digest == digest:
                return pack.words
        raise missing()


def count(words: Iterable[Word]) -> tuple[int, tuple[Category, ...]]:
    """How many words, and how many of each category and action."""
    each = Counter((word.category, word.action) for word in words)
    names = {name: each[name, "stop"] + each[name, "review"] for name, _ in each}
    return each.total(), tuple(
        Category(name, each[name, "stop"], each[name, "review"])
        for name in sorted(names, key=lambda name: (-names[name], name))
    )


def _settled(source: Source, pack: Pack) -> Listed:
    words, categories = count(pack.words)
    return Listed(
        name=pack.name,
        version=pack.version,
        author=pack.author,
        digest=pack.digest,
        source=source,
        words=words,
        categories=categories,
    )


def _counted(row: RowMapping, counted: tuple[int, tuple[Category, ...]]) -> Listed:
    words, categories = counted
    return Listed(**_head(row), words=words, categories=categories)


def _head(row: RowMapping) -> dict[str, Any]:
    return {
        "name": row.name,
        "version": row.version,
        "author": row.author,
        "digest": row.digest,
        "source": "added",
        "since": row.added,
        "by": row.added_by,
        "withdrawn": row.withdrawn,
    }
