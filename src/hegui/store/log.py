"""Reading the log: heads, tiles, entries and proofs."""

from collections.abc import Callable

from msgspec.structs import replace
from sqlalchemy import func, select

from hegui.ledger import InclusionProof, Verifier, merkle
from hegui.store import tables
from hegui.store.engine import Store
from hegui.store.errors import StoreError
from hegui.store.problems import Report
from hegui.store.tiles import StoredTiles
from hegui.store.verify import Audit

_ENTRY = tables.entry
_CHECKPOINT = tables.checkpoint
_LATEST = (
    select(_CHECKPOINT.c.size, _CHECKPOINT.c.note).order_by(_CHECKPOINT.c.size.desc()).limit(1)
)


class LogReader:
    """Reads the log of a store; every call blocks."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def size(self) -> int:
        """How many entries the latest checkpoint is signed over; 0 when there is none."""
        with self._store.read() as conn:
            return conn.execute(select(func.max(_CHECKPOINT.c.size))).scalar() or 0

    def latest_checkpoint(self) -> str | None:
        """The latest signed note, verbatim, or None before the first."""
        with self._store.read() as conn:
            latest = conn.execute(_LATEST).first()
        return latest.note if latest else None

    def is_of(self, verifier: Verifier) -> bool:
        """Whether it is the log of a key: a checkpoint bears its name, or there is none yet."""
        named = _CHECKPOINT.c.note.startswith(f"{verifier.name}\n", autoescape=True)
        with self._store.read() as conn:
            ours = conn.execute(select(_CHECKPOINT.c.size).where(named).limit(1)).first()
            return ours is not None or conn.execute(_LATEST).first() is None

    def tile(self, level: int, n: int) -> bytes:
        """The joined hashes of a tile, 32 bytes each, up to 256; empty when there is none."""
        with self._store.read() as conn:
            return StoredTiles(conn).read(level, n)

    def body(self, idx: int) -> bytes | None:
        """The canonical bytes of the entry at a place, or None."""
        with self._store.read() as conn:
            return conn.execute(select(_ENTRY.c.body).where(_ENTRY.c.idx == idx)).scalar()

    def by_act(self, act: str) -> list[tuple[int | None, bytes]]:
        """The entries of an act in the order they were written.

        Returns:
            The place, None while pending, and the canonical bytes of each.
        """
        query = select(_ENTRY.c.idx, _ENTRY.c.body).where(_ENTRY.c.act == act)
        with self._store.read() as conn:
            return [(idx, body) for idx, body in conn.execute(query.order_by(_ENTRY.c.id))]

    def pending(self) -> tuple[int, int | None]:
        """How many entries have no place yet, and when the oldest was made (or None)."""
        query = select(func.count(), func.min(_ENTRY.c.at)).where(_ENTRY.c.idx.is_(None))
        with self._store.read() as conn:
            count, oldest = conn.execute(query).one()
        return count, oldest

    def prove(self, idx: int) -> InclusionProof:
        """The proof that an entry is in the log of the latest checkpoint.

        Raises:
            StoreError: ``entry_not_placed`` when no checkpoint is signed over that place yet.
            LedgerError: ``tile_width_wrong`` when a tile is missing or cut.
        """
        with self._store.read() as conn:
            latest = conn.execute(_LATEST).first()
            if latest is None or not 0 <= idx < latest.size:
                raise StoreError(
                    "entry_not_placed",
                    zh=f"还没有检查点为留痕 {idx} 签名。请在下一个检查点之后再取证明。",
                    en=f"No checkpoint is signed over entry {idx} yet. Ask for the proof after "
                    "the next checkpoint.",
                )
            tiles = StoredTiles(conn)
            tiles.fetch(merkle.proof_tiles(latest.size, idx))
            hashes = merkle.inclusion_proof(latest.size, idx, tiles.read)
        return InclusionProof(idx, tuple(hashes), latest.note)

    def proof_file(self, idx: int, body: bytes) -> str:
        """The content of the ``.tlog-proof`` file of an entry, which carries its entry.

        Args:
            idx: the entry's place.
            body: its canonical bytes, which ride in the proof's extra line, so that the file
                and the log's key are all that a verifier needs.

        Raises:
            StoreError: ``entry_not_placed``, as :meth:`prove`.
            LedgerError: as :meth:`prove`, and ``proof_malformed`` for a body that is too long.
        """
        return replace(self.prove(idx), extra=body).to_text()

    def verify(
        self, verifier: Verifier, progress: Callable[[int, int], None] | None = None
    ) -> Report:
        """Hashes every body again and holds tiles and checkpoints against that.

        Needs some megabytes whatever the log's length, and may run beside the service.

        Args:
            verifier: the log's public key.
            progress: called with the entries done and the entries in all.
        """
        return Audit(self._store, verifier, progress).run()
