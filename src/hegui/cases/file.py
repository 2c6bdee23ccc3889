"""Somebody files a case: number, secret, clock and evidence in one transaction."""

import msgspec
from sqlalchemy import Connection, select

from hegui.cases import clocks
from hegui.cases.errors import CasesError, case_exists
from hegui.cases.evidence import happened
from hegui.cases.kinds import Kind
from hegui.cases.machine import Event, State, after
from hegui.cases.numbers import digest, new_secret, next_number
from hegui.cases.texts import checked, seal
from hegui.law import day_of
from hegui.ledger.kinds import CaseFiled
from hegui.outbox import outbox
from hegui.store import Store, record, tables
from hegui.store.law_packs import book_in
from hegui.vault import PersonKeys, commit
from hegui.vault.seal import SALT
from hegui.world import World, new_id

_STATEMENT = "statement"


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """What the filer gets.

    Attributes:
        case_id: also the act in the ledger; not for the filer.
        number: to quote, e.g. ``A-2026-0001``.
        secret: to read the answer with; it is shown once and kept nowhere.
        due: by when the answer comes, milliseconds since 1970, UTC.
        provisional: whether that depends on a year whose calendar is not published.
        rule: the law's parameter that says so.
    """

    case_id: str
    number: str
    secret: str
    due: int
    provisional: bool
    rule: str


def file(  # noqa: PLR0917  what a caller has at hand, in the order of the others
    store: Store,
    keys: PersonKeys,
    world: World,
    kind: Kind,
    subject: str,
    statement: str,
    person_id: str | None,
) -> Filed:
    """File a case.

    Args:
        store: the house's database.
        keys: where the case's own key is made.
        world: clock and randomness.
        kind: what is filed.
        subject: the id of the act that it is about.
        statement: what the filer says; may be empty.
        person_id: whose erasure destroys the statement; ``None`` when nobody is known.

    Raises:
        CasesError: ``case_text`` for a statement that is too long, ``case_subject`` for an act
            that does not exist, ``case_person`` for somebody erased, ``case_exists`` when such a
            case about that act is open or decided.
    """
    statement = checked(statement, _STATEMENT, kind.texts[_STATEMENT])
    case = _Case(new_id(world), kind, subject, statement, person_id)
    with store.read() as conn:
        case.check(conn)
    secret = new_secret(world)
    # The keys have a store of their own, so this one comes first, and goes when the rest fails.
    key = keys.create(case.id)
    try:
        with store.begin() as conn:
            filed = _file(conn, world, case, key, secret)
    except BaseException:
        keys.destroy(case.id)
        raise
    return filed


class _Case(msgspec.Struct, frozen=True):
    """A case that is being filed."""

    id: str
    kind: Kind
    subject: str
    statement: str
    person_id: str | None

    def check(self, conn: Connection) -> None:
        """Refuse what can't be filed, before anything is made."""
        if self.kind.subject(conn, self.subject) is None:
            raise CasesError(
                "case_subject",
                zh="没有找到所说的决定。请核对决定编号。",
                en="The decision that this is about was not found. Check its id.",
            )
        case = tables.case_file
        number = conn.scalar(
            select(case.c.number).where(
                case.c.kind == self.kind.name,
                case.c.subject == self.subject,
                case.c.state != State.WITHDRAWN,
            )
        )
        if number is not None:
            raise case_exists(number)


def _file(conn: Connection, world: World, case: _Case, key: bytes, secret: str) -> Filed:
    now = world.now()
    if case.person_id is not None:
        _hold_person(conn, case.person_id)
    # Whoever files the same kind now waits here, so what is checked next stays true.
    number = next_number(conn, case.kind, now)
    case.check(conn)
    conn.execute(
        tables.case_file.insert(),
        {
            "id": case.id,
            "number": number,
            "secret": digest(secret),
            "kind": case.kind.name,
            "subject": case.subject,
            "state": after(None, Event.FILE),
            "received": now,
            "changed": now,
        },
    )
    if case.person_id is not None:
        link = {"case_id": case.id, "person_id": case.person_id}
        conn.execute(tables.case_person.insert(), link)
    salt = world.token(SALT)
    seal(conn, world, key, case.id, salt, statement=case.statement)
    happened(conn, case.id, Event.FILE, State.RECEIVED, at=now, staff_id=None)
    rule = book_in(conn).parameter(case.kind.answer_rule, day_of(now))
    clock = clocks.start(
        conn, world, case.id, name=clocks.ANSWER, rule=rule.rule, span=rule.span, started=now
    )
    outbox.write(conn, world, topic="case.filed", subject=case.id, at=now)
    record(
        conn,
        CaseFiled(
            act=case.id,
            at=now,
            nonce=world.token(16).hex(),
            case=case.kind.name,
            number=number,
            subject=case.subject,
            statement=commit(salt, case.statement.encode()),
            due=clock.due,
            rule=clock.rule,
        ),
    )
    return Filed(
        case_id=case.id,
        number=number,
        secret=secret,
        due=clock.due,
        provisional=clock.provisional,
        rule=clock.rule,
    )


def _hold_person(conn: Connection, person_id: str) -> None:
    """Keep the person from being erased before the case is theirs to be erased with them."""
    person = tables.person
    held = select(person.c.id).where(person.c.id == person_id).with_for_update(read=True)
    if conn.scalar(held) is None:
        raise CasesError(
            "case_person",
            zh="该用户已被删除，没有登记任何内容。请不登录，凭决定编号重新提交。",
            en="This person is erased, so nothing was filed. File it again by the decision's id, "
            "without signing in.",
        )
