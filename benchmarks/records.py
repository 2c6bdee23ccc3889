"""The house's records of generations, read as its own libraries read them."""

from pathlib import Path
from typing import Self

from sqlalchemy import func, select

from benchmarks.judge import Record
from hegui.config.home import Home
from hegui.ledger import entry
from hegui.store import Store, tables
from hegui.vault import PersonKeys, decode_lines, read_texts
from hegui.world import RealWorld

_PLACE = "0/delta/content"


class Records:
    """Opens a data folder's database, person keys and log; close it after use."""

    def __init__(self, folder: Path) -> None:
        home = Home(folder)
        world = RealWorld()
        self._store = Store.open(home.database_url, world=world)
        self._key_store = Store.open(home.keys_url, tables=tables.key_metadata, world=world)
        master = home.key_file("vault.key").read_bytes()
        self._keys = PersonKeys(self._key_store, master, world)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()
        self._key_store.close()

    def of(self, generation: str) -> Record:
        """All that is held of one generation."""
        with self._store.read() as conn:
            outcome = conn.execute(
                select(tables.outcome.c.kind).where(tables.outcome.c.generation_id == generation)
            ).scalar_one_or_none()
            bodies = conn.execute(
                select(tables.entry.c.body).where(tables.entry.c.act == generation)
            ).scalars()
            entries = [entry.decode(body) for body in bodies]
        _, segments = read_texts(self._store, self._keys, generation)
        return Record(
            entries=entries,
            outcome=outcome,
            sealed="".join(
                line.text for line in decode_lines(b"".join(segments)) if line.place == _PLACE
            ),
        )

    def open_generations(self) -> int:
        """How many generations have no outcome."""
        missing = (
            select(func.count())
            .select_from(
                tables.generation.outerjoin(
                    tables.outcome, tables.outcome.c.generation_id == tables.generation.c.id
                )
            )
            .where(tables.outcome.c.generation_id.is_(None))
        )
        with self._store.read() as conn:
            return int(conn.execute(missing).scalar_one())
