"""What every export is made of, read at one moment."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec
from sqlalchemy import select

from hegui.checks import CHECKS, PENDING
from hegui.duties import changes, packs
from hegui.duties.due import due
from hegui.duties.standing import standing
from hegui.duties.views import CheckView, DueView, DutyChange, DutyView, Standing
from hegui.law import Book, LawError, Pack, Parameter, Words, day_of
from hegui.ledger.merkle import leaf_hash
from hegui.store import Store, tables

#: How far back changes are told.
_CHANGES_MS = 365 * 86_400_000
#: Bodies read with one statement.
_AT_ONCE = 500

_entry = tables.entry


class Subject(msgspec.Struct, frozen=True):
    """Whom the papers are about.

    Attributes:
        service: the service's name.
        provider: who answers for it.
        code: the provider's code (GB 45438-2025).
    """

    service: str
    provider: str
    code: str


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that an export tells.

    Attributes:
        subject: whom it is about.
        standing: how everything stands.
        book: the packs in force.
        due: what is due, soonest first.
        changes: changes of duties' statuses, the latest first.
        leaves: the leaf hash, hex, of each entry shown, by its place.
        only: the one pack that it tells of; empty: all.
    """

    subject: Subject
    standing: Standing
    book: Book
    due: tuple[DueView, ...] = ()
    changes: tuple[DutyChange, ...] = ()
    leaves: Mapping[int, str] = msgspec.field(default_factory=dict)
    only: str = ""

    @property
    def day(self) -> date:
        """The day in Beijing that it tells of."""
        return day_of(self.standing.at)

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs that it tells of."""
        return tuple(self.book.pack(view.name) for view in self.standing.packs)

    def parameter(self, rule: str) -> Parameter | None:
        """The number that a rule names; none of a setting, or where it is gone."""
        try:
            return self.book.parameter(rule, self.day) if "/" in rule else None
        except LawError:  # a pack that was brought in may have dropped it since
            return None

    def clause(self, one: Parameter) -> tuple[Words, Words]:
        """What people call the instrument of a number, and where in it the number stands."""
        return self.book.pack(one.pack).instrument_of(one).short, one.clause

    def checks(self) -> Iterator[tuple[CheckView, str]]:
        """Every check that duties rest on, once; one that is attested once for each control.

        Returns:
            Each with the ``PACK/CONTROL`` that it is attested for; empty where it is not.
        """
        told = set()
        for duty in self.standing.duties:
            for control in duty.controls:
                for check in control.checks:
                    key = (check.id, control.ref if CHECKS[check.id].attested else "")
                    if key not in told:
                        told.add(key)
                        yield check, key[1]


def gather(store: Store, now: int, subject: Subject) -> Material:
    """Everything at one moment; blocking, some tenths of a second.

    Args:
        store: the database.
        now: milliseconds since 1970, UTC.
        subject: whom it is about.
    """
    stands = standing(store, now)
    return Material(
        subject=subject,
        standing=stands,
        book=packs.book(store),
        due=tuple(due(store, stands)),
        changes=tuple(changes.since(store, now - _CHANGES_MS)),
        leaves=_leaves(store, stands.duties),
    )


def narrowed(material: Material, pack: str) -> Material:
    """The same for one pack alone.

    Raises:
        LawError: ``pack_unknown``.
    """
    material.book.pack(pack)
    stands = material.standing
    mine = tuple(one for one in stands.duties if _of(one.ref, pack))
    controls = {control.ref for one in mine for control in one.controls}
    subjects = {one.ref for one in mine} | controls
    return msgspec.structs.replace(
        material,
        only=pack,
        standing=msgspec.structs.replace(
            stands,
            duties=mine,
            packs=tuple(one for one in stands.packs if one.name == pack),
        ),
        due=tuple(one for one in material.due if one.subject in subjects),
        changes=tuple(one for one in material.changes if _of(one.duty, pack)),
    )


def _of(ref: str, pack: str) -> bool:
    return ref.partition("/")[0] == pack


def _leaves(store: Store, duties: Iterable[DutyView]) -> dict[int, str]:
    places = sorted(
        {
            shown.index
            for duty in duties
            for control in duty.controls
            for check in control.checks
            for shown in check.result.shown
            if shown.index != PENDING
        }
    )
    found: dict[int, str] = {}
    with store.read() as conn:
        for start in range(0, len(places), _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            query = select(_entry.c.idx, _entry.c.body).where(_entry.c.idx.in_(some))
            found |= {idx: leaf_hash(body).hex() for idx, body in conn.execute(query)}
    return found
