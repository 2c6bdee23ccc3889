"""The ledger as its page shows it: the head, what waits, the newest entries, one entry."""

import msgspec
from sqlalchemy import func, select

from hegui.errors import HeguiError
from hegui.ledger import Checkpoint, InclusionProof, LedgerError, Verifier, merkle
from hegui.store import Store, StoreError, tables
from hegui.store.log import LogReader

#: Entries on one page.
PAGE = 25
#: Entries of one act on one page; no act has that many.
MOST_OF_ACT = 200

_ENTRY = tables.entry
_HEAD = tables.checkpoint
_ROW = (_ENTRY.c.idx, _ENTRY.c.kind, _ENTRY.c.act, _ENTRY.c.at)


class Row(msgspec.Struct, frozen=True):
    """An entry in a list; ``index`` is none while it is pending."""

    index: int | None
    kind: str
    act: str
    at: int


class Ledger(msgspec.Struct, frozen=True):
    """How the ledger stands, and a page of its entries.

    Attributes:
        size: entries under the latest checkpoint.
        at: when that was signed, milliseconds since 1970, UTC; none before the first.
        note: the signed note, verbatim.
        pending: entries committed that have no place yet.
        oldest: when the oldest of those was made.
        rows: the entries, the newest first.
        top: the index of the first of them, or the last there is.
    """

    size: int
    at: int | None
    note: str
    pending: int
    oldest: int | None
    rows: list[Row]
    top: int

    @property
    def older(self) -> int | None:
        """From which index the page of older entries begins, if there are any."""
        return self.top - PAGE if self.top >= PAGE else None

    @property
    def newer(self) -> int | None:
        """From which index the page of newer entries begins, if there are any."""
        return min(self.top + PAGE, self.size - 1) if self.top < self.size - 1 else None


class Proved(msgspec.Struct, frozen=True):
    """The proof of an entry's place, which was verified, and the checkpoint it leads to.

    The entry's body rides in the proof, so that one file is enough.
    """

    proof: InclusionProof
    checkpoint: Checkpoint


class Placed(msgspec.Struct, frozen=True):
    """One entry of the ledger.

    Attributes:
        row: what a list shows of it.
        body: its bytes as they are stored.
        leaf: their hash in the tree.
        proved: the proof of its place.
        problem: why there is none: the entry or the tree was altered.
    """

    row: Row
    body: bytes
    leaf: bytes
    proved: Proved | None
    problem: HeguiError | None


def ledger(store: Store, top: int | None) -> Ledger:
    """How the ledger stands, in three statements; blocking.

    Args:
        store: the database.
        top: the index from which downwards entries are shown; none for the newest.
    """
    newest = select(_HEAD.c.size, _HEAD.c.at, _HEAD.c.note).order_by(_HEAD.c.size.desc()).limit(1)
    waiting = select(func.count(), func.min(_ENTRY.c.at)).where(_ENTRY.c.idx.is_(None))
    with store.read() as conn:
        head = conn.execute(newest).first()
        size, at, note = (0, None, "") if head is None else head
        pending, oldest = conn.execute(waiting).one()
        last = max(size - 1, 0)
        top = last if top is None else min(top, last)
        page = select(*_ROW).where(_ENTRY.c.idx.between(top - PAGE + 1, top))
        rows = [Row(*row) for row in conn.execute(page.order_by(_ENTRY.c.idx.desc()))]
    return Ledger(size, at, note, pending, oldest, rows, top)


def of_act(store: Store, act: str) -> list[Row]:
    """The entries of an act, in the order they were written; blocking."""
    query = select(*_ROW).where(_ENTRY.c.act == act).order_by(_ENTRY.c.id).limit(MOST_OF_ACT)
    with store.read() as conn:
        return [Row(*row) for row in conn.execute(query)]


def placed(store: Store, log: LogReader, verifier: Verifier, index: int) -> Placed | None:
    """The entry at a place, or None when there is none; blocking."""
    with store.read() as conn:
        row = conn.execute(select(*_ROW, _ENTRY.c.body).where(_ENTRY.c.idx == index)).first()
    if row is None:
        return None
    # SQLite keeps a value of whatever type somebody put there.
    body = row.body if isinstance(row.body, bytes) else b""
    proved, problem = None, None
    try:
        proof = msgspec.structs.replace(log.prove(index), extra=body)
        proved = Proved(proof, proof.verify(body, verifier))
    except (LedgerError, StoreError) as error:
        problem = error
    listed = Row(row.idx, row.kind, row.act, row.at)
    return Placed(listed, body, merkle.leaf_hash(body), proved, problem)
