"""How far a case is: the sentence at its head, its steps, and its clock as a picture."""

import msgspec
from markupsafe import Markup

from hegui.cases import Case, Clock, Event, State
from hegui.law import Span, china, day_of, due
from hegui.law import Step as Day
from hegui.outbox import soon
from hegui.web import clock_bar, times
from hegui.web.language import Say

_CLOSING = {State.DECIDED: Event.DECIDE, State.WITHDRAWN: Event.WITHDRAW}


class Step(msgspec.Struct, frozen=True):
    """One step on a case's way.

    Attributes:
        name: what is done there.
        state: ``done``, ``now`` or ``later``.
        at: when it was done, milliseconds since 1970, UTC; none when it was not.
    """

    name: str
    state: str
    at: int | None


def steps(case: Case) -> list[Step]:
    """The way of a case as far as it went, and on to the answer while it is open.

    Taken up, given back and taken up again shows as taken up last: who has it is not the filer's
    concern.
    """
    taken = [event.at for event in case.events if event.event is Event.ASSIGN]
    received = Step("received", "done", case.received)
    if case.state is State.WITHDRAWN:
        return [received, Step("withdrawn", "done", _when(case, Event.WITHDRAW))]
    if case.state is State.DECIDED:
        return [
            received,
            Step("assigned", "done", taken[-1]),
            Step("decided", "done", _when(case, Event.DECIDE)),
        ]
    if case.state is State.ASSIGNED:
        return [received, Step("assigned", "done", taken[-1]), Step("decided", "now", None)]
    return [received, Step("assigned", "now", None), Step("decided", "later", None)]


def mark(case: Case, now: int) -> tuple[str, str]:
    """The shape that goes with how a case stands, and its colour's class; empty while all is well.

    Never alone: the sentence beside it says the same.
    """
    if case.state is State.WITHDRAWN:
        return "○", "na"
    if case.decision is not None:
        return ("▲", "due") if case.decision.at > case.clock.due else ("●", "met")
    if now > case.clock.due:
        return "■", "person"
    return ("◐", "due") if now >= soon(case.clock.due, china()) else ("", "")


def standing(case: Case, now: int, say: Say) -> str:
    """How the case stands and what comes by when, in a sentence."""
    until = times.stamp(case.clock.due, say)
    if case.state is State.WITHDRAWN:
        return say("case.withdrawn_text", when=times.stamp(_when(case, Event.WITHDRAW), say))
    if case.decision is not None:
        late = "_late" if case.decision.at > case.clock.due else ""
        return say(f"case.decided{late}_text", when=times.stamp(case.decision.at, say), due=until)
    if now > case.clock.due:
        return say("case.late_text", due=until)
    days = (day_of(case.clock.due) - day_of(now)).days
    left = say("case.left_days", n=days) if days else say("case.left_today")
    return say("case.received_text", due=until, left=left)


def picture(case: Case, now: int, say: Say) -> Markup:
    """The clock of a case as a bar."""
    clock = case.clock
    closed = _CLOSING.get(case.state)
    stopped = None if closed is None else _when(case, closed)
    word = {State.DECIDED: "stopped", State.WITHDRAWN: "withdrawn"}.get(case.state, "today")
    here = say(f"case.clock_{word}", day=_day(now if stopped is None else stopped))
    received, end = _day(clock.started), _day(clock.due)
    return clock_bar.draw(
        clock_bar.lay_out(clock.started, clock.due, now, stopped),
        told=say("case.clock_told", received=received, due=end, here=here),
        received=say("case.clock_received", day=received),
        here=here,
        due=say("case.clock_due", day=end),
    )


def days(clock: Clock) -> tuple[Day, ...]:
    """The deadline counted day by day; none when another calendar now would count otherwise."""
    counted = due(clock.started, Span.parse(clock.span), china())
    return counted.steps if counted.at == clock.due else ()


def _when(case: Case, what: Event) -> int:
    return next(event.at for event in reversed(case.events) if event.event is what)


def _day(ms: int) -> str:
    return f"{day_of(ms):%m-%d}"
