"""The word packs in force as the public may know them: whose, which version, how many words.

The words themselves are not shown: whoever reads them off could write around them.
"""

from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import select

from hegui.config.model import Settings
from hegui.screen import Pack, load_pack, shipped_packs
from hegui.store import Store, tables

_TABLE = tables.word_pack


class WordList(msgspec.Struct, frozen=True):
    """One pack in force.

    Attributes:
        name: what decisions name it by.
        version: its author's own.
        author: who answers for the words.
        words: how many.
        source: ``shipped`` with the software, ``file`` of the settings, or ``added`` since.
        since: when it was added, milliseconds since 1970, UTC; none for the others, which are in
            force whenever the service runs.
    """

    name: str
    version: str
    author: str
    words: int
    source: Literal["shipped", "file", "added"]
    since: int | None = None


class _Words(msgspec.Struct):
    """A stored pack's words, counted and not read."""

    words: list[msgspec.Raw]


class WordLists:
    """The packs in force; ``listing`` blocks.

    Packs of the settings are read once, as they were when the service started.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settled = [
            _listed(pack, "shipped") for pack in (shipped_packs() if settings.words.shipped else ())
        ]
        for name in settings.words.files:
            path = Path(name)
            form: Literal["toml", "csv"] = "csv" if path.suffix.lower() == ".csv" else "toml"
            self._settled.append(_listed(load_pack(path.read_bytes(), form), "file"))
        # By the digest of the pack: a large one takes a while to count, and anybody may ask.
        self._counts: dict[str, int] = {}

    def listing(self) -> list[WordList]:
        """Every pack in force: shipped, of the settings, added; the last by name."""
        c = _TABLE.c
        with self._store.read() as conn:
            rows = conn.execute(
                select(c.name, c.version, c.author, c.digest, c.added)
                .where(c.withdrawn.is_(None))
                .order_by(c.name)
            ).all()
            for row in rows:
                if row.digest not in self._counts:
                    stored = conn.execute(
                        select(c.words).where(c.name == row.name, c.version == row.version)
                    ).scalar_one()
                    counted = msgspec.msgpack.decode(stored, type=_Words)
                    self._counts[row.digest] = len(counted.words)
        return self._settled + [
            WordList(r.name, r.version, r.author, self._counts[r.digest], "added", r.added)
            for r in rows
        ]


def _listed(pack: Pack, source: Literal["shipped", "file"]) -> WordList:
    return WordList(pack.name, pack.version, pack.author, len(pack.words), source)
