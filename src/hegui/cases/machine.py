"""What may happen to a case: one table of (state, event) to state, the same for every kind."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from hegui.cases.errors import CasesError


class State(StrEnum):
    """How a case stands."""

    RECEIVED = "received"  # nobody works on it yet
    ASSIGNED = "assigned"  # a member of staff does
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"  # by its filer


class Event(StrEnum):
    """What happens to a case."""

    FILE = "file"
    ASSIGN = "assign"
    RELEASE = "release"
    READ = "read"  # staff open the case's words; the filer sees that they did
    DECIDE = "decide"
    WITHDRAW = "withdraw"


#: States of a case that still needs somebody.
OPEN = (State.RECEIVED, State.ASSIGNED)
#: States that no event leaves.
CLOSED = (State.DECIDED, State.WITHDRAWN)

#: ``None`` is the state of a case that is not there yet. A pair that is not here is refused.
TABLE: Mapping[tuple[State | None, Event], State] = MappingProxyType(
    {
        (None, Event.FILE): State.RECEIVED,
        (State.RECEIVED, Event.ASSIGN): State.ASSIGNED,
        (State.RECEIVED, Event.WITHDRAW): State.WITHDRAWN,
        (State.ASSIGNED, Event.RELEASE): State.RECEIVED,
        (State.ASSIGNED, Event.READ): State.ASSIGNED,
        (State.ASSIGNED, Event.DECIDE): State.DECIDED,
        (State.ASSIGNED, Event.WITHDRAW): State.WITHDRAWN,
        (State.DECIDED, Event.READ): State.DECIDED,
    }
)


def after(state: State | None, event: Event) -> State:
    """The state that an event leads to.

    Raises:
        CasesError: ``case_state``, when that event can't happen in that state.
    """
    try:
        return TABLE[state, event]
    except KeyError:
        raise CasesError(
            "case_state",
            zh=f"事项现在的状态是“{state}”，不能执行“{event}”；什么都没有改变。请刷新页面再看。",
            en=f"The case is {state}, so it can't be changed by {event}; nothing changed. "
            "Load the page again to see how it stands.",
        ) from None
