"""The circuit breaker: its table pair by pair, its times, and any order of events."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.gateway.upstream.breaker import (
    FAILURES,
    FIRST_WAIT,
    LONGEST_WAIT,
    PROBE_WAIT,
    TABLE,
    Breaker,
    Event,
    State,
)


def opened(at: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(FAILURES):
        assert breaker.admit(at)
        breaker.failed(at)
    return breaker


@pytest.mark.parametrize("pair", list(itertools.product(State, Event)))
def test_every_pair_has_a_state(pair: tuple[State, Event]) -> None:
    state, event = pair
    after = TABLE[pair]
    if event is Event.ANSWERED:
        assert after is State.CLOSED
    if state is State.CLOSED:
        assert (after is State.OPEN) == (event is Event.FAILED_TOO_OFTEN)
    if after is State.PROBING:
        assert event is Event.DUE


def test_the_table_has_no_other_pair() -> None:
    assert len(TABLE) == len(State) * len(Event)


def test_it_opens_after_five_failures_in_a_row() -> None:
    breaker = Breaker()
    for _ in range(FAILURES - 1):
        breaker.failed(0)
    assert breaker.admit(0)
    breaker.failed(0)
    assert breaker.state is State.OPEN
    assert not breaker.admit(0)


def test_an_answer_between_begins_the_count_anew() -> None:
    breaker = Breaker()
    for _ in range(3):
        for _ in range(FAILURES - 1):
            breaker.failed(0)
        breaker.answered()
    assert breaker.state is State.CLOSED


def test_one_caller_probes_after_ten_seconds() -> None:
    breaker = opened(at=100)
    assert not breaker.admit(109.9)
    assert breaker.admit(110)
    assert not breaker.admit(110)
    assert breaker.state is State.PROBING


def test_a_good_probe_closes_it_and_the_next_wait_is_short_again() -> None:
    breaker = opened()
    for now in (10, 30):  # the first probe fails: 20 s more
        assert breaker.admit(now)
        breaker.failed(now)
    assert breaker.admit(70)
    breaker.answered()
    assert breaker.admit(70)
    for _ in range(FAILURES):
        breaker.failed(100)
    assert breaker.retry_after(100) == FIRST_WAIT


def test_failed_probes_double_the_wait_up_to_two_minutes() -> None:
    breaker = opened()
    now, waits = 0.0, []
    for _ in range(7):
        waits.append(breaker.retry_after(now))
        now += waits[-1]
        assert breaker.admit(now)
        breaker.failed(now)
    assert waits == [10, 20, 40, 80, 120, 120, 120]


def test_a_probe_whose_caller_leaves_passes_to_the_next() -> None:
    breaker = opened()
    assert breaker.admit(10)
    breaker.left()
    assert breaker.admit(10)


def test_late_failures_do_not_put_the_probe_off() -> None:
    breaker = opened()
    breaker.failed(9)
    assert breaker.retry_after(9) == 1


def test_a_late_answer_to_an_older_request_closes_it() -> None:
    breaker = opened()
    breaker.answered()
    assert breaker.admit(0)


def test_the_wait_told_is_zero_when_closed_and_short_while_probing() -> None:
    assert Breaker().retry_after(5) == 0
    breaker = opened()
    assert breaker.retry_after(4) == 6
    assert breaker.retry_after(11) == 0
    breaker.admit(11)
    assert breaker.retry_after(11) == PROBE_WAIT


ACTS = st.lists(
    st.tuples(st.sampled_from(["admit", "answered", "failed", "left"]), st.floats(0, 30)),
    max_size=60,
)


@given(ACTS)
def test_in_any_order_it_opens_only_after_five_and_always_comes_back(
    acts: list[tuple[str, float]],
) -> None:
    breaker, now, row = Breaker(), 0.0, 0
    for act, seconds in acts:
        now += seconds
        if act == "admit":
            breaker.admit(now)
        elif act == "failed":
            breaker.failed(now)
            row += 1
        elif act == "answered":
            breaker.answered()
            row = 0
        else:
            breaker.left()
        if row < FAILURES:
            assert breaker.state is State.CLOSED
        assert 0 <= breaker.retry_after(now) <= LONGEST_WAIT
    if breaker.state is State.PROBING:
        breaker.left()
    assert breaker.admit(now + LONGEST_WAIT)
