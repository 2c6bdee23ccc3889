"""Every pair of state and event: what the table says, or refused."""

import itertools

import pytest

from hegui.cases import CLOSED, OPEN, CasesError, Event, State
from hegui.cases.machine import TABLE, after

ALLOWED = {
    (None, "file"): "received",
    ("received", "assign"): "assigned",
    ("received", "withdraw"): "withdrawn",
    ("assigned", "release"): "received",
    ("assigned", "decide"): "decided",
    ("assigned", "withdraw"): "withdrawn",
    # Staff open the words: on record, and nothing changes.
    ("assigned", "read"): "assigned",
    ("decided", "read"): "decided",
}


@pytest.mark.parametrize(
    ("state", "event"), list(itertools.product([None, *State], Event)), ids=str
)
def test_every_pair(state: State | None, event: Event) -> None:
    expected = ALLOWED.get((state, event))
    if expected is not None:
        assert after(state, event) == expected
        return
    with pytest.raises(CasesError) as caught:
        after(state, event)
    assert caught.value.code == "case_state"
    assert event in caught.value.zh


def test_closed_states_end_and_open_ones_lead_on() -> None:
    assert {*OPEN, *CLOSED} == set(State)
    left = {state for (state, _), then in TABLE.items() if then != state}
    assert left == {None, *OPEN}
    reached = set(TABLE.values())
    assert reached == set(State)
