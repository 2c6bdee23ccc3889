"""Five wrong attempts in fifteen minutes, for each name, in bounded memory."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hegui.people import PeopleError, throttle
from hegui.people.throttle import ATTEMPTS, WINDOW_MS, Throttle


def let_through(guard: Throttle, name: str, now: int) -> bool:
    try:
        guard.attempt(name, now)
    except PeopleError:
        return False
    return True


def test_the_sixth_is_refused_until_the_first_is_fifteen_minutes_old() -> None:
    guard = Throttle()
    assert [let_through(guard, "fern", at) for at in range(6)] == [True] * 5 + [False]
    assert not let_through(guard, "fern", WINDOW_MS - 1)
    assert let_through(guard, "fern", WINDOW_MS)
    assert not let_through(guard, "fern", WINDOW_MS)


def test_others_are_not_touched() -> None:
    guard = Throttle()
    for _ in range(9):
        let_through(guard, "fern", 0)
    assert let_through(guard, "moss", 0)


def test_the_right_passphrase_forgets_the_wrong_ones() -> None:
    guard = Throttle()
    for _ in range(4):
        guard.attempt("fern", 0)
    guard.right("fern")
    assert [let_through(guard, "fern", 0) for _ in range(6)] == [True] * 5 + [False]
    guard.right("nobody")


def test_it_says_when_to_try_again() -> None:
    guard = Throttle()
    start = 1_767_585_600_000  # 12:00 in Beijing
    for _ in range(ATTEMPTS):
        guard.attempt("fern", start)
    with pytest.raises(PeopleError) as caught:
        guard.attempt("fern", start + 61_000)
    assert caught.value.code == "too_many_attempts"
    assert "2026-01-05 12:15" in caught.value.zh
    assert "2026-01-05 12:15" in caught.value.en
    assert "14 minutes" in caught.value.en


def test_many_at_once_do_not_slip_through() -> None:
    guard = Throttle()
    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(lambda _: let_through(guard, "fern", 0), range(64)))
    assert passed.count(True) == ATTEMPTS


def test_memory_is_bounded_and_the_oldest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "NAMES", 3)
    guard = Throttle()
    for name in "abcd":
        for _ in range(ATTEMPTS):
            let_through(guard, name, 0)
    assert [let_through(guard, name, 0) for name in "bcd"] == [False] * 3
    assert let_through(guard, "a", 0)


@given(st.lists(st.integers(0, 300_000), max_size=40))
def test_it_agrees_with_counting(steps: list[int]) -> None:
    guard, passed, now = Throttle(), list[int](), 0
    for step in steps:
        now += step
        expected = sum(now - at < WINDOW_MS for at in passed) < ATTEMPTS
        assert let_through(guard, "fern", now) == expected
        passed += [now] * expected
