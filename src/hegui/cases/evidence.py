"""What happens to a case, as a row of its own and as evidence, in one transaction."""

from sqlalchemy import Connection, func, select

from hegui.cases.errors import case_missing
from hegui.cases.machine import Event, State, after
from hegui.cases.notices import settle
from hegui.ledger.kinds import CaseMoved
from hegui.store import record, tables
from hegui.world import World, is_id


def held(conn: Connection, case_id: str) -> State:
    """The state of a case, which nobody else can change before this transaction ends.

    Raises:
        CasesError: ``case_missing``.
    """
    case = tables.case_file
    row = select(case.c.state).where(case.c.id == case_id).with_for_update()
    state = conn.scalar(row) if is_id(case_id) else None
    if state is None:
        raise case_missing()
    return State(state)


def move(conn: Connection, case_id: str, event: Event, *, at: int, staff_id: str | None) -> State:
    """Change a case's state by an event and write the event down.

    Args:
        conn: the transaction of the event.
        case_id: which case.
        event: what happens.
        at: milliseconds since 1970, UTC.
        staff_id: who does it; ``None`` for the filer.

    Raises:
        CasesError: ``case_missing``, ``case_state``.
    """
    case = tables.case_file
    state = after(held(conn, case_id), event)
    # Who had it when it was closed stays on record.
    assigned = {State.RECEIVED: None, State.ASSIGNED: staff_id}.get(state, case.c.assigned)
    conn.execute(
        case.update().where(case.c.id == case_id).values(state=state, changed=at, assigned=assigned)
    )
    happened(conn, case_id, event, state, at=at, staff_id=staff_id)
    settle(conn, case_id, state, at)
    return state


def happened(
    conn: Connection, case_id: str, event: Event, state: State, *, at: int, staff_id: str | None
) -> None:
    """Write an event down as the case's next; the case is held."""
    table = tables.case_event
    seq = select(func.count()).where(table.c.case_id == case_id).scalar_subquery()
    row = {"case_id": case_id, "at": at, "event": event, "state": state, "staff_id": staff_id}
    conn.execute(table.insert().values(seq=seq, **row))


def moved(
    conn: Connection, world: World, case_id: str, event: Event, *, staff_id: str | None
) -> int:
    """Change a case's state other than by a decision, with the entry ``case.moved``.

    Returns:
        When, in milliseconds since 1970, UTC.

    Raises:
        CasesError: ``case_missing``, ``case_state``.
    """
    now = world.now()
    state = move(conn, case_id, event, at=now, staff_id=staff_id)
    _record(conn, world, case_id, event, state, at=now, staff_id=staff_id)
    return now


def read(conn: Connection, world: World, case_id: str, state: State, *, staff_id: str) -> None:
    """Write down that staff open the words of a case, which is held; nothing of it changes."""
    now = world.now()
    happened(conn, case_id, Event.READ, state, at=now, staff_id=staff_id)
    _record(conn, world, case_id, Event.READ, state, at=now, staff_id=staff_id)


def _record(
    conn: Connection,
    world: World,
    case_id: str,
    event: Event,
    state: State,
    *,
    at: int,
    staff_id: str | None,
) -> None:
    kind = conn.execute(
        select(tables.case_file.c.kind).where(tables.case_file.c.id == case_id)
    ).scalar_one()
    record(
        conn,
        CaseMoved(
            act=case_id,
            at=at,
            nonce=world.token(16).hex(),
            case=kind,
            event=event,
            state=state,
            staff=staff_id or "",
        ),
    )
