"""The one sequencer: gives pending evidence its place, and signs the new head of the log."""

from operator import itemgetter

from sqlalchemy import BigInteger, Connection, Update, bindparam, func, select, update

from hegui.ledger import Checkpoint, Signer, Verifier, merkle
from hegui.store import lease, tables
from hegui.store.engine import Store
from hegui.store.errors import StoreError
from hegui.store.tiles import StoredTiles
from hegui.world import World

#: Entries placed in one transaction, so that a long backlog needs little memory.
MOST_AT_ONCE = 10_000
#: A sequencer that lives renews its lease with every run; after a crash another waits so long.
LEASE_MS = 1_000
_LEASE = "sequencer"
_ENTRY = tables.entry
_CHECKPOINT = tables.checkpoint


class Sequencer:
    """Places entries in the order of their numbers among those committed when it looks.

    A transaction that commits late, with lower numbers, is placed by a later run: what is
    pending is asked for, never "what is above the last number".

    Args:
        store: the database.
        signer: the log's key; its name is the log's origin.
        origin: the log's name, the first line of each checkpoint.
        world: clock, and randomness for the holder's name.
    """

    def __init__(self, store: Store, signer: Signer, origin: str, world: World) -> None:
        self._store = store
        self._signer = signer
        self._origin = origin
        self._world = world
        self._holder = world.token(16).hex()
        # Only what this key signed is built upon.
        self._verifier = Verifier(signer.vkey)

    def run_once(self) -> int:
        """Places all pending entries and signs a checkpoint over them.

        Returns:
            How many entries were placed; 0 too while another sequencer holds the lease.

        Raises:
            StoreError: ``ledger_damaged`` when the stored log is not the one that the last
                checkpoint signed, and nothing is signed; ``store_unavailable``.
            LedgerError: for the same, when a tile is missing or the last checkpoint is not
                signed by this key (``tile_width_wrong``, ``note_not_signed`` and others).
        """
        total = 0
        while self._pending():
            with self._store.begin() as conn:
                now = self._world.now()
                if not lease.take(conn, _LEASE, self._holder, LEASE_MS, now):
                    break
                total += self._extend(conn, now)
        return total

    def close(self) -> None:
        """Gives the lease back, so that the next start need not wait for its end."""
        with self._store.begin() as conn:
            lease.release(conn, _LEASE, self._holder)

    def _pending(self) -> bool:
        query = select(_ENTRY.c.id).where(_ENTRY.c.idx.is_(None)).limit(1)
        with self._store.read() as conn:
            return conn.execute(query).first() is not None

    def _extend(self, conn: Connection, now: int) -> int:
        """Runs under the lease, so it sees all that the last holder committed."""
        tiles = StoredTiles(conn)
        size = self._checked_size(conn, tiles)
        placed = sorted(conn.execute(_PLACE, {"size": size}), key=itemgetter(0))
        if not placed:  # another sequencer was quicker
            return 0
        leaves = [merkle.leaf_hash(body) for _, body in placed]
        tiles.write(merkle.append(size, leaves, tiles.read))
        size += len(leaves)
        checkpoint = Checkpoint(self._origin, size, merkle.root_hash(size, tiles.read))
        note = checkpoint.sign(self._signer)
        conn.execute(_CHECKPOINT.insert(), {"size": size, "at": now, "note": note})
        return len(leaves)

    def _checked_size(self, conn: Connection, tiles: StoredTiles) -> int:
        """The size so far. A new signature must never vouch for a past that was not signed."""
        note = conn.execute(_LAST_NOTE).scalar()
        last = conn.execute(_LAST_PLACE).scalar()
        if note is None and last is None:
            return 0
        head = Checkpoint.open(note or "", self._verifier)
        if last != head.size - 1 or merkle.root_hash(head.size, tiles.read) != head.root:
            raise StoreError(
                "ledger_damaged",
                zh="账本与最后签名的检查点不符，未再签名，新留痕保持待排。"
                "请运行 hegui ledger verify 并从备份恢复。",
                en="The log is not the one that its last checkpoint signed. Nothing more was "
                "signed, and new evidence stays pending. Run hegui ledger verify and restore "
                "from a backup.",
            )
        return head.size


def _placing() -> Update:
    """Numbers what is pending from ``size`` on, and returns places and bodies."""
    size = bindparam("size", type_=BigInteger)
    number = func.row_number().over(order_by=_ENTRY.c.id)
    pending = (
        select(_ENTRY.c.id, (size + number - 1).label("place"))
        .where(_ENTRY.c.idx.is_(None))
        .order_by(_ENTRY.c.id)
        .limit(MOST_AT_ONCE)
        .subquery()
    )
    return update(_ENTRY).values(idx=pending.c.place).where(_ENTRY.c.id == pending.c.id)


_PLACE = _placing().returning(_ENTRY.c.idx, _ENTRY.c.body)
_LAST_NOTE = select(_CHECKPOINT.c.note).order_by(_CHECKPOINT.c.size.desc()).limit(1)
_LAST_PLACE = select(func.max(_ENTRY.c.idx))
