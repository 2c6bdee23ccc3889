"""The one sequencer: gives pending evidence its place, and signs the new head of the log."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select, update

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
_IS_PENDING = _ENTRY.c.idx.is_(None)
_ANY = select(_ENTRY.c.id).where(_IS_PENDING).limit(1)
_PENDING = (
    select(_ENTRY.c.id, _ENTRY.c.body).where(_IS_PENDING).order_by(_ENTRY.c.id).limit(MOST_AT_ONCE)
)
_HEAD = select(
    select(_CHECKPOINT.c.note).order_by(_CHECKPOINT.c.size.desc()).limit(1).scalar_subquery(),
    select(func.max(_ENTRY.c.idx)).scalar_subquery(),
)
#: Gives entries whose numbers follow each other their places. Were a place taken already, all is
#: undone, so SQLite need not be ready to undo this statement alone.
_PLACE = (
    update(_ENTRY)
    .prefix_with("OR FAIL", dialect="sqlite")
    .values(idx=_ENTRY.c.id + bindparam("shift"))
    .where(_ENTRY.c.id.between(bindparam("first"), bindparam("last")))
)


class _Signed(NamedTuple):
    """A head as it was signed here, with the tiles that its root was taken from."""

    note: str
    size: int
    edge: Mapping[tuple[int, int], bytes]


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
        #: While the database has just this, it need not be proven again.
        self._signed: _Signed | None = None

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
        placed = MOST_AT_ONCE if self._pending() else 0
        while placed == MOST_AT_ONCE:
            with self._store.begin() as conn:
                now = self._world.now()
                if not lease.take(conn, _LEASE, self._holder, LEASE_MS, now):
                    break
                placed = self._extend(conn, now)
            total += placed
        return total

    def close(self) -> None:
        """Gives the lease back, so that the next start need not wait for its end."""
        with self._store.begin() as conn:
            lease.release(conn, _LEASE, self._holder)

    def _pending(self) -> bool:
        with self._store.read() as conn:
            return conn.execute(_ANY).first() is not None

    def _extend(self, conn: Connection, now: int) -> int:
        """Runs under the lease, so it sees all that the last holder committed."""
        pending = conn.execute(_PENDING).all()
        if not pending:  # another sequencer was quicker
            return 0
        tiles = StoredTiles(conn)
        start = self._checked_size(conn, tiles)
        numbers, bodies = zip(*pending, strict=True)
        conn.execute(_PLACE, list(_placing(start, numbers)))
        leaves = list(map(merkle.leaf_hash, bodies))
        tiles.write(merkle.append(start, leaves, tiles.read))
        size = start + len(leaves)
        checkpoint = Checkpoint(self._origin, size, merkle.root_hash(size, tiles.read))
        note = checkpoint.sign(self._signer)
        conn.execute(_CHECKPOINT.insert(), {"size": size, "at": now, "note": note})
        self._signed = _Signed(note, size, {at: tiles.read(*at) for at in merkle.edge(size)})
        return len(leaves)

    def _checked_size(self, conn: Connection, tiles: StoredTiles) -> int:
        """The size so far. A new signature must never vouch for a past that was not signed."""
        note, last = conn.execute(_HEAD).one()
        if note is None and last is None:
            return 0
        size = last + 1 if isinstance(last, int) else 0  # SQLite keeps what is no number too
        if (note, size, tiles.fetch(merkle.edge(size))) != self._signed:
            head = Checkpoint.open(note or "", self._verifier)
            if head.size != size or merkle.root_hash(size, tiles.read) != head.root:
                raise _damaged()
        return size


def _placing(start: int, numbers: Sequence[int]) -> Iterator[dict[str, int]]:
    """Runs of numbers without a gap: all of a run are seen, so none can commit into it later.

    Args:
        start: the first place to give.
        numbers: at least one, ascending.
    """
    ends = [len(numbers)]
    if numbers[-1] - numbers[0] >= len(numbers):
        ends[:0] = [end for end, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1]
    first = 0
    for end in ends:
        one = {"first": numbers[first], "last": numbers[end - 1]}
        yield {**one, "shift": start + first - numbers[first]}
        first = end


def _damaged() -> StoreError:
    return StoreError(
        "ledger_damaged",
        zh="账本与最后签名的检查点不符，未再签名，新留痕保持待排。"
        "请运行 hegui ledger verify 并从备份恢复。",
        en="The log is not the one that its last checkpoint signed. Nothing more was signed, and "
        "new evidence stays pending. Run hegui ledger verify and restore from a backup.",
    )
