"""What every check comes to now: read in milliseconds, whatever the ledger's size."""

from collections.abc import Mapping
from functools import cached_property

from sqlalchemy import select

from hegui.checks import attested
from hegui.checks.attested import Attestation
from hegui.checks.check import CHECKS
from hegui.checks.engine import Reader, placed, read_entry, readers
from hegui.checks.errors import check_unknown
from hegui.checks.moment import Moment
from hegui.checks.result import PENDING, Result
from hegui.checks.rules.law import Attestations
from hegui.checks.run import Run
from hegui.law import Book, LawError, Status, Words
from hegui.ledger.kinds import LedgerChecked
from hegui.store import Store, tables

#: A damaged ledger takes no more entries, so what says so must not wait for its place.
_SAID_AT_ONCE = LedgerChecked
_WAITING = (
    select(tables.entry.c.body)
    .where(
        tables.entry.c.idx.is_(None),
        tables.entry.c.kind == _SAID_AT_ONCE.__struct_config__.tag,
    )
    .order_by(tables.entry.c.id)
)
_ATTESTATIONS = "attestations.in_date"


class Results:
    """What every check comes to at one moment; each is judged when it is asked for.

    Args:
        found: the checks as they stand.
        at: the moment.
        size: how many entries have their place.

    Attributes:
        through: entries that the checks have read, those of a new version aside.
        rereading: whether a check of a new version still reads what the others have read.
    """

    def __init__(self, found: list[Reader], at: Moment, size: int) -> None:
        self._at = at
        self._size = size
        self._readers = {one.check.id: one for one in found}
        self._judged: dict[str, Result] = {}
        self.through = max((one.next for one in found), default=0)
        self.rereading = any(one.next < self.through for one in found)

    @cached_property
    def attested(self) -> Mapping[str, Attestation]:
        """The attestation of each control that was attested and not withdrawn, by control."""
        live = self._readers[_ATTESTATIONS].live
        return live.chosen(self._at.book) if isinstance(live, Attestations) else {}

    def of(self, check_id: str, control: str) -> Result:
        """What a check came to for a control.

        Args:
            check_id: the check.
            control: ``PACK/CONTROL``; it matters for attested checks only.

        Raises:
            ChecksError: ``check_unknown``.
        """
        check = CHECKS.get(check_id)
        if check is None:
            raise check_unknown(check_id)
        if check.attested:
            try:
                return attested.result(check.what, control, self.attested.get(control), self._at)
            except LawError as error:
                return _without_rule(error)
        if check_id not in self._judged:
            self._judged[check_id] = self._judge(self._readers[check_id])
        return self._judged[check_id]

    def _judge(self, one: Reader) -> Result:
        if one.next < self.through:
            return _catching_up(one.next, self._size)
        try:
            return one.live.judge(self._at)
        except LawError as error:
            return _without_rule(error)


def read(store: Store, now: int, book: Book) -> Results:
    """What every check comes to; blocking, a few milliseconds.

    Args:
        store: the database.
        now: milliseconds since 1970, UTC.
        book: the packs in force.

    Raises:
        LedgerError: ``entry_malformed``, of evidence that waits for its place.
    """
    with store.read() as conn:
        size = placed(conn)
        found = readers(conn, size)
        said = conn.scalars(_WAITING).all()
    for body in said:
        for one in found:
            if _SAID_AT_ONCE in one.check.kinds:
                one.live.take(Run([read_entry(body, PENDING)], [PENDING]))
    return Results(found, Moment(now, book), size)


def _catching_up(through: int, size: int) -> Result:
    return Result(
        status=Status.STALE,
        figure=Words(
            f"检查更新了，正在重读账本：已读 {through:,} / {size:,} 条。",
            f"The check is new in this version and reads the ledger again: {through:,} of "
            f"{size:,} entries so far.",
        ),
    )


def _without_rule(error: LawError) -> Result:
    """A number of law that isn't there today is no verdict either way."""
    return Result(
        status=Status.NEEDS_PERSON,
        figure=Words(f"无法判断：{error.zh}", f"It can't be told: {error.en}"),
    )
