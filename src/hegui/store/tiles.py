"""Tiles of the log's tree in the database."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select, tuple_

from hegui.store import tables
from hegui.store.upsert import upsert

_TILE = tables.tile
_ONE = select(_TILE.c.hashes).where(
    _TILE.c.level == bindparam("level"), _TILE.c.n == bindparam("n")
)
_WANTED = select(_TILE).where(
    tuple_(_TILE.c.level, _TILE.c.n).in_(bindparam("wanted", expanding=True))
)


class StoredTiles:
    """Tiles as one transaction sees them, each read once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._known: dict[tuple[int, int], bytes] = {}

    def read(self, level: int, n: int) -> bytes:
        """The joined hashes of a tile; empty when there is none (a ``merkle.TileReader``)."""
        if (level, n) not in self._known:
            stored = self._conn.execute(_ONE, {"level": level, "n": n}).scalar()
            self._known[level, n] = tile_bytes(stored)
        return self._known[level, n]

    def fetch(self, wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        """Reads all these tiles in one statement, so that :meth:`read` need not ask for each."""
        rows = self._conn.execute(_WANTED, {"wanted": list(wanted)}).all()
        found = {(level, n): hashes for level, n, hashes in rows}
        fetched = {place: tile_bytes(found.get(place)) for place in wanted}
        self._known |= fetched
        return fetched

    def write(self, changed: dict[tuple[int, int], bytes]) -> None:
        """Stores tiles in place of those before, in a write transaction."""
        rows = [{"level": level, "n": n, "hashes": tile} for (level, n), tile in changed.items()]
        if rows:
            self._conn.execute(upsert(self._conn, _TILE), rows)
            self._known |= changed


def tile_bytes(stored: object) -> bytes:
    """A tile's hashes; empty for none, and for what SQLite kept in another type."""
    return stored if isinstance(stored, bytes) else b""
