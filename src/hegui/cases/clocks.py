"""Deadlines of cases: clocks of :mod:`hegui.outbox` that are about a case."""

from sqlalchemy import Connection

from hegui.law import Span
from hegui.outbox import Clock, clocks
from hegui.world import World

#: What these clocks are about.
ABOUT = "case"
#: The name of the clock of the answer to the filer.
ANSWER = "answer"


def start(
    conn: Connection,
    world: World,
    case_id: str,
    *,
    name: str,
    rule: str,
    span: Span,
    started: int,
) -> Clock:
    """Start a clock of a case, as :func:`hegui.outbox.clocks.start` does."""
    return clocks.start(
        conn, world, ABOUT, case_id, name=name, rule=rule, span=span, started=started
    )


def stop(conn: Connection, world: World, case_id: str, at: int) -> bool:
    """Stop a case's clocks, as :func:`hegui.outbox.clocks.stop` does.

    Returns:
        Whether all of them were stopped in time.
    """
    return clocks.stop(conn, world, ABOUT, case_id, at)


__all__ = ["ABOUT", "ANSWER", "Clock", "start", "stop"]
