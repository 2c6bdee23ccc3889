"""Who still needs to know of a case: notices that its state has overtaken are done."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, select

from hegui.cases.machine import OPEN, State
from hegui.outbox import Message, clocks
from hegui.store import tables

#: The states in which a case still needs somebody to know; for other topics, while it is open.
NEEDED: Mapping[str, tuple[State, ...]] = MappingProxyType(
    {"case.filed": (State.RECEIVED,), "case.released": (State.RECEIVED,)}
)

_case, _notice = tables.case_file, tables.notice


def needed(conn: Connection, message: Message) -> bool:
    """Whether a message still needs somebody: of a deadline of anything else, until it is met."""
    # Locked: a move at the same time finds the notice, or is found here.
    query = select(_case.c.state).where(_case.c.id == message.subject).with_for_update()
    state = conn.scalar(query)
    if state is None:
        return not message.topic.startswith(clocks.TOPIC) or clocks.runs(conn, message.subject)
    return state in NEEDED.get(message.topic, OPEN)


def settle(conn: Connection, case_id: str, state: State, at: int) -> None:
    """Mark the notices about a case that need nobody any more, now that it is in this state."""
    open_ones = (_notice.c.subject == case_id) & _notice.c.done.is_(None)
    past = [topic for topic, states in NEEDED.items() if state not in states]
    whose = open_ones & _notice.c.topic.in_(past) if state in OPEN else open_ones
    conn.execute(_notice.update().where(whose).values(done=at))
