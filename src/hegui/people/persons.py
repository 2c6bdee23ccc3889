"""Persons: registered on first use, suspended only with reasons, reinstated for a named one.

A person is an application and its own pseudonym; the house knows nothing else of them.
"""

from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from hegui.ledger.kinds import PersonReinstated, PersonSuspended
from hegui.people.agreements import acceptance
from hegui.people.errors import PeopleError, person_unknown
from hegui.people.pseudonym import check
from hegui.people.reasons import Reasons
from hegui.store import Store, tables
from hegui.store.evidence import changed, record
from hegui.vault import PersonKeys
from hegui.vault.insert import insert_new
from hegui.world import World, new_id

LiftReason = Literal["ended", "appeal", "mistake"]

_table = tables.person


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """What admission needs to know of a person.

    Attributes:
        id: 32 hex digits, random.
        application_id: whose pseudonym it is.
        pseudonym: as the application sends it.
        accepted: the newest version of the agreement they accepted, ``None`` for none.
        evidenced: false when only the application says that they accepted it.
        suspended: since when, milliseconds since 1970; ``None`` while they are not.
        reasons: why, while they are.
    """

    id: str
    application_id: str
    pseudonym: str
    accepted: int | None
    evidenced: bool
    suspended: int | None
    reasons: Reasons | None

    def is_suspended(self, now: int) -> bool:
        """Whether they may not generate at this time; a suspension that has ended is none."""
        return self.reasons is not None and (self.reasons.ends is None or now < self.reasons.ends)


def find_or_register(
    store: Store, keys: PersonKeys, world: World, application_id: str, pseudonym: str
) -> tuple[Person, bytes]:
    """The person of that pseudonym and their key; both are made on first use.

    Callers that race, in one process or in many, get the same person and the same key.

    Raises:
        PeopleError: ``person_malformed``, ``person_not_pseudonym``, ``application_unknown``.
    """
    pseudonym = check(pseudonym)
    while True:
        person = find(store, application_id, pseudonym)
        if person is None:
            _register(store, world, application_id, pseudonym)
            continue
        key = keys.get(person.id)
        if key is None:
            key = keys.create(person.id)
            stands = find(store, application_id, pseudonym)
            if stands is None or stands.id != person.id:
                # Erased meanwhile: a key must not outlive its person.
                keys.destroy(person.id)
                continue
        return person, key


def find(store: Store, application_id: str, pseudonym: str) -> Person | None:
    """The person of that pseudonym, if registered.

    Raises:
        PeopleError: ``person_malformed``, ``person_not_pseudonym``.
    """
    pseudonym = check(pseudonym)
    mine = (_table.c.application_id == application_id) & (_table.c.pseudonym == pseudonym)
    with store.read() as conn:
        return _read(conn, mine)


def get(store: Store, person_id: str) -> Person:
    """The person of that id.

    Raises:
        PeopleError: ``person_unknown``.
    """
    with store.read() as conn:
        person = _read(conn, _table.c.id == person_id)
    if person is None:
        raise person_unknown()
    return person


def suspend(store: Store, world: World, person_id: str, reasons: Reasons) -> str:
    """Suspend a person, or give a suspension in force other reasons by a new decision.

    Returns:
        The decision's id, which is also its act in the ledger.

    Raises:
        PeopleError: ``reasons_malformed``, ``person_unknown``.
    """
    reasons.checked()
    with store.begin() as conn:
        _hold(conn, person_id)
        decision, now = new_id(world), world.now()
        stated = msgspec.structs.replace(reasons, decision=decision).to_json().decode()
        _set_suspension(conn, person_id, now, stated)
        record(
            conn,
            PersonSuspended(
                act=decision,
                at=now,
                nonce=world.token(16).hex(),
                ground=reasons.ground,
                category=reasons.category,
                automated_detection=reasons.automated_detection,
                automated_decision=reasons.automated_decision,
            ),
        )
    return decision


def lift(store: Store, world: World, person_id: str, reasons: LiftReason) -> None:
    """Reinstate a suspended person.

    Args:
        store: the house's database.
        world: clock and randomness.
        person_id: whose suspension is lifted.
        reasons: its end came (``ended``), an appeal was upheld (``appeal``), or it was wrong
            from the start (``mistake``).

    Raises:
        PeopleError: ``person_unknown``, ``person_not_suspended``.
    """
    with store.begin() as conn:
        person = _hold(conn, person_id)
        if person.reasons is None:
            raise PeopleError(
                "person_not_suspended",
                zh="该用户没有被暂停，无需恢复。",
                en="This person is not suspended, so there is nothing to lift.",
            )
        now = world.now()
        _set_suspension(conn, person_id, now, None)
        record(
            conn,
            PersonReinstated(
                act=person.reasons.decision,
                at=now,
                nonce=world.token(16).hex(),
                reason=reasons,
            ),
        )


def _register(store: Store, world: World, application_id: str, pseudonym: str) -> None:
    """Add the person's row, unless somebody else just did."""
    application = tables.application
    with store.begin() as conn:
        if conn.scalar(select(application.c.id).where(application.c.id == application_id)) is None:
            raise PeopleError(
                "application_unknown",
                zh="没有这个应用。请先登记应用，再登记其用户。",
                en="There is no such application. Register it before its people.",
            )
        insert_new(
            conn,
            _table,
            id=new_id(world),
            application_id=application_id,
            pseudonym=pseudonym,
            registered=world.now(),
        )


def _read(conn: Connection, which: ColumnElement[bool]) -> Person | None:
    row = conn.execute(select(_table).where(which)).one_or_none()
    if row is None:
        return None
    accepted = acceptance(conn, row.id)
    stated = row.suspended_reasons
    return Person(
        id=row.id,
        application_id=row.application_id,
        pseudonym=row.pseudonym,
        accepted=None if accepted is None else accepted.version,
        evidenced=accepted is not None and accepted.evidenced,
        suspended=row.suspended,
        reasons=None if stated is None else Reasons.from_json(stated),
    )


def _hold(conn: Connection, person_id: str) -> Person:
    """The person, who can't be changed or erased by others before this transaction ends."""
    mine = _table.c.id == person_id
    conn.execute(select(_table.c.id).where(mine).with_for_update())
    person = _read(conn, mine)
    if person is None:
        raise person_unknown()
    return person


def _set_suspension(conn: Connection, person_id: str, now: int, stated: str | None) -> None:
    since = None if stated is None else now
    conn.execute(
        _table.update()
        .where(_table.c.id == person_id)
        .values(suspended=since, suspended_reasons=stated)
    )
    changed(conn, "person", person_id, now)
