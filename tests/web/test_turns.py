"""Two files are worked on at once, sixteen are held, and the next is told to come again."""

import asyncio
import threading

import pytest

from hegui.web.errors import WebError
from hegui.web.turns import HELD, WORKED, Turns


def test_work_beyond_its_bound_waits_and_is_done() -> None:
    at_work, most = 0, 0
    lock, full = threading.Lock(), threading.Barrier(WORKED)

    def work(number: int, *, more: int) -> int:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        full.wait(10)  # passed by two together alone
        with lock:
            at_work -= 1
        return number + more

    async def all_of_them() -> list[int]:
        turns = Turns()
        return await asyncio.gather(*(turns.run(work, one, more=1) for one in range(3 * WORKED)))

    assert asyncio.run(all_of_them()) == list(range(1, 3 * WORKED + 1))
    assert most == WORKED


def test_what_is_held_keeps_nobody_from_working() -> None:
    async def arriving() -> str:
        turns = Turns()
        with turns.held(), turns.held(), turns.held():
            return await turns.run(str, 7)

    assert asyncio.run(arriving()) == "7"


def test_the_next_one_is_told_and_a_failed_one_makes_room() -> None:
    turns = Turns()

    def hold(left: int) -> None:
        with turns.held():
            if left:
                hold(left - 1)

    hold(HELD - 1)
    with pytest.raises(WebError) as raised:
        hold(HELD)
    assert (raised.value.code, raised.value.status) == ("files_busy", 503)
    hold(HELD - 1)


def test_an_error_of_the_work_is_raised_and_gives_the_turn_back() -> None:
    async def failing() -> int:
        turns = Turns()
        for _ in range(WORKED + 1):
            with pytest.raises(ValueError, match="invalid literal"):
                await turns.run(int, "x")
        return await turns.run(int, "3")

    assert asyncio.run(failing()) == 3
