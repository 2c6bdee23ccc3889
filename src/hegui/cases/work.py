"""Who works on a case: taken up, read, given back by staff, withdrawn by its filer."""

from sqlalchemy import select

from hegui.cases import clocks
from hegui.cases.errors import case_not_assignee, case_unknown
from hegui.cases.evidence import held, moved, read
from hegui.cases.machine import OPEN, Event, after
from hegui.cases.numbers import plain_number, same
from hegui.outbox import outbox
from hegui.people.staff import Staff
from hegui.store import Store, tables
from hegui.world import World


def assign(store: Store, world: World, case_id: str, staff: Staff) -> None:
    """Take a case up: from now on it is for this member of staff to decide.

    Raises:
        CasesError: ``case_missing``; ``case_state``, when somebody has it or it is closed.
    """
    with store.begin() as conn:
        moved(conn, world, case_id, Event.ASSIGN, staff_id=staff.id)


def release(store: Store, world: World, case_id: str, staff: Staff) -> None:
    """Give a case back, so that somebody else can take it up; any member of staff may.

    Raises:
        CasesError: ``case_missing``; ``case_state``, when nobody has it or it is closed.
    """
    with store.begin() as conn:
        now = moved(conn, world, case_id, Event.RELEASE, staff_id=staff.id)
        outbox.write(conn, world, topic="case.released", subject=case_id, at=now)


def read_words(store: Store, world: World, case_id: str, staff: Staff) -> None:
    """Put on record, for the filer to see, that a member of staff opens the words of a case.

    Only then may they be shown to them (:func:`hegui.cases.open_text`). While the case is open
    that is for who has it; once it is decided, for whoever may decide cases, which the caller
    checks.

    Raises:
        CasesError: ``case_missing``; ``case_state``, when nobody has taken the case up or it was
            withdrawn; ``case_not_assignee``, when another has it.
    """
    case = tables.case_file
    with store.begin() as conn:
        state = held(conn, case_id)
        after(state, Event.READ)
        assigned = conn.scalar(select(case.c.assigned).where(case.c.id == case_id))
        if state in OPEN and assigned != staff.id:
            raise case_not_assignee()
        read(conn, world, case_id, state, staff_id=staff.id)


def withdraw(store: Store, world: World, number: str, secret: str) -> None:
    """Withdraw a case by its filer; its clock stops, and the same may be filed again.

    The caller limits how often this can be tried.

    Raises:
        CasesError: ``case_unknown``, when number and secret fit no case; ``case_state``, when
            it is closed.
    """
    case = tables.case_file
    with store.begin() as conn:
        row = conn.execute(
            select(case.c.id, case.c.secret).where(case.c.number == plain_number(number))
        ).one_or_none()
        if not same(secret, row and row.secret) or row is None:
            raise case_unknown()
        now = moved(conn, world, row.id, Event.WITHDRAW, staff_id=None)
        clocks.stop(conn, world, row.id, now)
