"""What checks remember: windows by day, the latest entries of either side, bounds."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.entries import DAY, HOUR, NOW, made

from hegui.checks.memory import Acts, Measured, Open
from hegui.checks.moment import WINDOW_DAYS, Moment, day_number, day_start
from hegui.checks.run import Run
from hegui.checks.seen import MOST_SHOWN, shown
from hegui.law import shipped_book
from hegui.ledger import kinds

AT = Moment(NOW, shipped_book())
#: Entries as days before now, and whether each speaks against the duty.
ACTS = st.lists(st.tuples(st.integers(0, 39), st.booleans()), max_size=80)


def filled(acts: Sequence[tuple[int, bool]]) -> Acts:
    memory = Acts()
    for index, (days, against) in enumerate(acts):
        memory.add(
            made(kinds.GenerationStopped, days * DAY, f"{index:032x}"), index, against=against
        )
    return memory


@given(
    st.lists(st.tuples(st.integers(0, 3) | st.integers(0, 90), st.booleans()), max_size=80),
    st.integers(1, 80),
)
def test_acts_of_a_run_are_taken_as_one_after_the_other(
    acts: Sequence[tuple[int, bool]], size: int
) -> None:
    entries = [
        made(kinds.GenerationStopped, days * DAY, f"{n:032x}") for n, (days, _) in enumerate(acts)
    ]
    against = [bad for _, bad in acts]
    memory = Acts()
    for first in range(0, len(acts), size):
        part = slice(first, first + size)
        memory.take(Run(entries[part], range(len(acts))[part]), against[part])
    assert msgspec.msgpack.encode(memory) == msgspec.msgpack.encode(filled(acts))


@given(ACTS)
def test_the_window_counts_what_a_plain_count_counts(acts: Sequence[tuple[int, bool]]) -> None:
    recent = filled(acts).recent(AT)
    inside = [against for days, against in acts if days < WINDOW_DAYS]
    assert (recent.counted, recent.against) == (len(inside), sum(inside))
    assert len(recent.shown) <= MOST_SHOWN
    assert [one.against for one in recent.shown] == sorted(
        (one.against for one in recent.shown), reverse=True
    )
    for side in (True, False):
        places = [one.index for one in recent.shown if one.against is side]
        assert places == sorted(places, reverse=True)


def test_those_against_come_first_and_the_latest_of_them() -> None:
    acts = [(2, True)] * 15 + [(1, False)] * 30 + [(0, True)] * 15
    found = filled(acts).recent(AT).shown
    assert [one.index for one in found] == [*range(59, 44, -1), *range(14, 9, -1)]
    assert all(one.against for one in found)


def test_what_is_before_the_window_is_neither_counted_nor_shown() -> None:
    recent = filled([(WINDOW_DAYS, True), (WINDOW_DAYS - 1, False)]).recent(AT)
    assert (recent.counted, recent.against) == (1, 0)
    assert [one.index for one in recent.shown] == [1]
    assert filled([(WINDOW_DAYS, True)]).recent(AT).seen == NOW - WINDOW_DAYS * DAY


def test_days_begin_in_beijing() -> None:
    day = day_number(NOW)
    assert day_start(day) == NOW - 12 * HOUR  # the world's noon
    assert day_number(day_start(day) - 1) == day - 1


def test_open_acts_past_the_bound_are_counted() -> None:
    memory = Open()
    for n in range(5):
        memory.begin(made(kinds.GenerationAdmitted, n, f"{n:032x}"), n, 3)
    assert (len(memory.acts), memory.lost) == (3, 2)
    memory.end(f"{0:032x}")  # one that was let go
    memory.end(f"{4:032x}")
    assert (len(memory.acts), memory.lost) == (2, 1)
    memory.end("f" * 32)
    memory.end("f" * 32)
    assert memory.lost == 0


VALUES = st.lists(st.tuples(st.integers(0, 39), st.integers(0, 12)), max_size=60)


@given(VALUES, st.integers(0, 12))
def test_values_are_counted_against_a_bound_that_comes_later(
    values: Sequence[tuple[int, int]], most: int
) -> None:
    memory = Measured()
    for index, (days, value) in enumerate(values):
        memory.add(made(kinds.GenerationStopped, days * DAY), index, value)
    recent = memory.recent(AT, lambda _, value: value > most)
    inside = [value for days, value in values if days < WINDOW_DAYS]
    assert recent.counted == len(inside)
    # Past eight values of one day the mildest counts as the next worse: never too kind.
    assert recent.against >= sum(value > most for value in inside)
    few = all(len({v for d, v in values if d == day}) <= 8 for day in range(40))
    if few:
        assert recent.against == sum(value > most for value in inside)
    bad = [one for one in recent.shown if one.against]
    assert len(bad) == min(MOST_SHOWN, sum(value > most for value in inside)) or not few
    assert all(values[one.index][1] > most for one in bad)


@pytest.mark.parametrize("place", [0, 1, 30, 59])
def test_one_clock_far_ahead_hides_nothing(place: int) -> None:
    memory = Measured()
    entries = [made(kinds.GenerationStopped, (60 - n) * HOUR, f"{n:032x}") for n in range(60)]
    entries.insert(place, made(kinds.GenerationStopped, -400 * DAY, "f" * 32))
    bad = [one for n, one in enumerate(entries) if n % 6 == 2 and one.at <= NOW]
    for index, one in enumerate(entries):
        memory.add(one, index, 9 if one in bad else 1)
    shown_bad = {
        one.act for one in memory.recent(AT, lambda _, value: value > 5).shown if one.against
    }
    assert shown_bad == {one.act for one in bad}


def test_what_is_out_of_the_window_makes_room_first() -> None:
    memory = Measured()
    for n in range(30):
        memory.add(made(kinds.GenerationStopped, 35 * DAY, f"{n:032x}"), n, 9)
    for n in range(30, 80):
        memory.add(made(kinds.GenerationStopped, DAY, f"{n:032x}"), n, 7 if n < 35 else 1)
    found = memory.recent(AT, lambda _, value: value > 5)
    assert [one.index for one in found.shown if one.against] == [34, 33, 32, 31, 30]


def test_nothing_is_shown_of_nothing() -> None:
    assert shown([]) == ()
    assert Acts().recent(AT).seen is None
