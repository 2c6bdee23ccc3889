"""Verification of the whole log, in the order of its entries and in bounded memory."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

import msgspec
from sqlalchemy import BigInteger, Connection, Row, cast, func, select

from hegui.ledger import Checkpoint, LedgerError, Verifier, merkle
from hegui.store import tables
from hegui.store.engine import Store
from hegui.store.problems import MOST_LISTED, Problems, Report, span
from hegui.store.tiles import StoredTiles, tile_bytes
from hegui.store.trees import TwoTrees, Verdict

#: Entries read at once: four tiles. At most 64 MB, if every body had the largest size.
CHUNK = 1_024
_TILE = 256
_HASH = 32
_UNKNOWN = bytes(_HASH)
_ENTRY = tables.entry
_CHECKPOINT = tables.checkpoint
_Row: TypeAlias = Row[Any]


class _Said(msgspec.Struct):
    """What a body says of itself, which its row repeats for look-ups."""

    kind: str
    act: str
    at: int


class _Kept(NamedTuple):
    """What the row of an entry holds."""

    kind: str
    act: str
    at: int
    body: bytes


class Audit:
    """One verification; made and run once."""

    def __init__(
        self, store: Store, verifier: Verifier, progress: Callable[[int, int], None] | None
    ) -> None:
        self._store = store
        self._verifier = verifier
        self._progress = progress
        self._problems = Problems()
        self._trees = TwoTrees()
        self._said = msgspec.json.Decoder(_Said)
        self._gap: int | None = None  # where a run of missing entries began
        self._fits = True  # whether the last checkpoint did

    def run(self) -> Report:
        """Verifies the log as it was when this was called.

        Raises:
            StoreError: ``store_unavailable``.
        """
        with self._store.read() as conn:
            placed = _placed(conn)
            pending = select(func.count(), func.min(_ENTRY.c.at)).where(_ENTRY.c.idx.is_(None))
            count, oldest = conn.execute(pending).one()
        size = self._signed_size()
        for first in range(0, size, CHUNK):
            end = min(first + CHUNK, size)
            with self._store.read() as conn:
                self._chunk(conn, first, end, size)
            if self._progress:
                self._progress(end, size)
        if self._gap is not None:
            self._problems.add("tail_missing", span(self._gap, size))
        if placed > size:
            self._problems.add("checkpoint_missing", span(size, placed))
        self._right_edge(size)
        problems = self._problems.listed()
        # SQLite keeps a time that is no number too.
        age = max(0, self._store.world.now() - oldest) if isinstance(oldest, int) else None
        return Report(not problems, size, count, age, problems, self._problems.unlisted)

    def _signed_size(self) -> int:
        """The size of the latest checkpoint that is truly signed."""
        heads = select(_CHECKPOINT).order_by(_CHECKPOINT.c.size.desc())
        with self._store.read() as conn:
            # No log signs over nothing, so these are not reached on the way up either.
            for row in conn.execute(heads.where(_CHECKPOINT.c.size < 1).limit(MOST_LISTED)):
                self._problems.add("checkpoint_signature", row.size)
            latest = conn.execute(heads.limit(1)).first()
            while latest is not None and self._open(latest) is None:
                earlier = heads.where(_CHECKPOINT.c.size < latest.size)
                latest = conn.execute(earlier.limit(1)).first()
        return latest.size if latest else 0

    def _open(self, row: _Row) -> Checkpoint | None:
        try:
            checkpoint = Checkpoint.open(str(row.note), self._verifier)
        except LedgerError:
            checkpoint = None
        if checkpoint is None or checkpoint.size != row.size:
            self._problems.add("checkpoint_signature", row.size)
            return None
        return checkpoint

    def _chunk(self, conn: Connection, first: int, end: int, size: int) -> None:
        stored, bodies = self._leaves(conn, first, end)
        heads = select(_CHECKPOINT).where(_CHECKPOINT.c.size > first, _CHECKPOINT.c.size <= end)
        done = 0
        for row in conn.execute(heads.order_by(_CHECKPOINT.c.size)).all():
            checkpoint = self._open(row)
            if checkpoint is not None:
                upto = checkpoint.size - first
                self._extend(conn, stored[done:upto], bodies[done:upto])
                done = upto
                self._judge(checkpoint, size)
        self._extend(conn, stored[done:], bodies[done:])

    def _leaves(self, conn: Connection, first: int, end: int) -> tuple[list[bytes], list[bytes]]:
        """Leaf hashes as stored and as the bodies give them; each fills the other's holes."""
        rows = select(_ENTRY.c.idx, _ENTRY.c.kind, _ENTRY.c.act, _ENTRY.c.at, _ENTRY.c.body)
        rows = rows.where(_ENTRY.c.idx >= first, _ENTRY.c.idx < end)
        entries = {idx: _Kept(*rest) for idx, *rest in conn.execute(rows)}
        hashes = b"".join(_tiles(conn, first // _TILE, (end - 1) // _TILE))
        stored: list[bytes] = []
        bodies: list[bytes] = []
        for idx in range(first, end):
            at = (idx - first) * _HASH
            kept = hashes[at : at + _HASH]
            hashed = self._body_leaf(idx, entries.get(idx))
            if kept == _UNKNOWN:
                self._problems.add("tile_altered", f"0/{idx // _TILE}")
                kept = hashed or _UNKNOWN
            stored.append(kept)
            bodies.append(hashed or kept)
        return stored, bodies

    def _body_leaf(self, idx: int, row: _Kept | None) -> bytes | None:
        if row is None:
            self._gap = idx if self._gap is None else self._gap
            return None
        if self._gap is not None:
            self._problems.add("entry_missing", span(self._gap, idx))
            self._gap = None
        try:
            said = self._said.decode(row.body)
        except (msgspec.DecodeError, UnicodeDecodeError, TypeError, RecursionError):
            said = None
        if said is None or (said.kind, said.act, said.at) != (row.kind, row.act, row.at):
            self._problems.add("entry_altered", idx)
        # SQLite keeps a value of whatever type somebody put there.
        return merkle.leaf_hash(row.body if isinstance(row.body, bytes) else b"")

    def _extend(self, conn: Connection, stored: list[bytes], bodies: list[bytes]) -> None:
        for (level, n), versions in self._trees.extend(stored, bodies).items():
            # Level 0 was compared leaf by leaf.
            if level and StoredTiles(conn).read(level, n) not in versions:
                self._problems.add("tile_altered", f"{level}/{n}")

    def _judge(self, checkpoint: Checkpoint, size: int) -> None:
        verdict, suspects = self._trees.judge(checkpoint.root)
        for idx in suspects:
            if verdict is Verdict.BODIES:
                self._problems.add("tile_altered", f"0/{idx // _TILE}")
            else:
                self._problems.add("entry_altered", idx)
        fits = verdict is not Verdict.NEITHER
        if not fits and checkpoint.size == size:
            self._problems.add("root_mismatch", size)
        elif not fits and self._fits:  # told once: the next ones can hardly fit either
            self._problems.add("checkpoint_inconsistent", checkpoint.size)
        self._fits = fits

    def _right_edge(self, size: int) -> None:
        """The partial tiles; a service that runs meanwhile may have made them longer."""
        with self._store.read() as conn:
            grown = _placed(conn) > size
            tiles = StoredTiles(conn)
            for (level, n), tile in self._trees.partial().items():
                stored = tiles.read(level, n)
                if stored != tile and not (grown and stored.startswith(tile)):
                    self._problems.add("tile_altered", f"{level}/{n}")


def _placed(conn: Connection) -> int:
    """How many places the entries reach to; read as a number whatever was put there."""
    last = conn.execute(select(cast(func.max(_ENTRY.c.idx), BigInteger))).scalar()
    return 0 if last is None else last + 1


def _tiles(conn: Connection, first: int, last: int) -> Iterator[bytes]:
    """Level 0, each tile cut or filled up to its full width."""
    tiles = tables.tile.c
    query = select(tiles.n, tiles.hashes).where(tiles.level == 0, tiles.n.between(first, last))
    found = dict(conn.execute(query).all())
    for n in range(first, last + 1):
        yield tile_bytes(found.get(n)).ljust(_TILE * _HASH, b"\0")[: _TILE * _HASH]
