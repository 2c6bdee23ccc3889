"""A person decides a case, with reasons; never one who wrote the rule in question."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from hegui.cases import clocks
from hegui.cases.errors import CasesError, case_missing, case_not_assignee
from hegui.cases.evidence import held, move
from hegui.cases.kinds import Kind, kind
from hegui.cases.machine import Event, after
from hegui.cases.statement import Statement
from hegui.cases.texts import seal
from hegui.ledger.kinds import CaseDecided
from hegui.people.staff import Staff
from hegui.store import Store, record, tables
from hegui.vault import PersonKeys, commit
from hegui.vault.seal import SALT
from hegui.world import World, is_id

_case = tables.case_file


def decide(  # noqa: PLR0917  what a caller has at hand, in the order of the others
    store: Store,
    keys: PersonKeys,
    world: World,
    case_id: str,
    staff: Staff,
    statement: Statement,
) -> None:
    """Decide a case and stop its clock.

    Raises:
        CasesError: ``case_missing``; ``case_state``, unless it is assigned;
            ``case_not_assignee``, when another has it; ``case_own_rule``, when this member of
            staff wrote the rule in question; ``case_statement`` or ``case_text``, with the field
            at fault.
    """
    with store.begin() as conn:
        after(held(conn, case_id), Event.DECIDE)
        case = conn.execute(select(_case).where(_case.c.id == case_id)).one()
        sort = kind(case.kind)
        _refuse(conn, case, sort, staff)
        statement = statement.checked(sort)
        # A case whose filer was erased has no key any more; its answer gets a new one.
        key = keys.get(case_id) or keys.create(case_id)
        now, salt = world.now(), world.token(SALT)
        move(conn, case_id, Event.DECIDE, at=now, staff_id=staff.id)
        in_time = clocks.stop(conn, world, case_id, now)
        kept = msgspec.structs.asdict(statement)
        words = {part: kept.pop(part) for part in ("facts", "explanation")}
        seal(conn, world, key, case_id, salt, **words)
        row = {"case_id": case_id, "at": now, "staff_id": staff.id, **kept}
        conn.execute(tables.case_decision.insert(), row)
        record(
            conn,
            CaseDecided(
                act=case_id,
                at=now,
                nonce=world.token(16).hex(),
                case=case.kind,
                outcome=statement.outcome,
                staff=staff.id,
                subject=case.subject,
                category=statement.category,
                reasons=commit(salt, statement.canonical()),
                in_time=in_time,
            ),
        )


def wrote_rule(store: Store, case_id: str, staff: Staff) -> bool:
    """Whether this member of staff wrote the rule in question, so that another must decide.

    Raises:
        CasesError: ``case_missing``.
    """
    with store.read() as conn:
        case = None
        if is_id(case_id):
            case = conn.execute(select(_case).where(_case.c.id == case_id)).one_or_none()
        if case is None:
            raise case_missing()
        return _wrote(conn, case, kind(case.kind), staff)


def _refuse(conn: Connection, case: Row[Any], sort: Kind, staff: Staff) -> None:
    """Refuse those who may not decide this case."""
    if case.assigned != staff.id:
        raise case_not_assignee()
    if _wrote(conn, case, sort, staff):
        raise CasesError(
            "case_own_rule",
            zh="所涉规则由您编写或添加，须由另一位工作人员决定；没有作出决定。请退回此事项。",
            en="You wrote or added the rule in question, so another person must decide; nothing "
            "was decided. Give the case back.",
        )


def _wrote(conn: Connection, case: Row[Any], sort: Kind, staff: Staff) -> bool:
    subject = sort.subject(conn, case.subject)
    return subject is not None and subject.written_by(staff.id, staff.name)
