"""Work put off to the loop's next turn."""

import asyncio

import pytest

from hegui.errors import HeguiError
from hegui.gateway.soon import Soon


def test_it_begins_at_the_next_turn_and_once() -> None:
    async def run() -> list[str]:
        told: list[str] = []

        def begin() -> asyncio.Future[None]:
            told.append("begun")
            future = asyncio.get_running_loop().create_future()
            future.set_result(None)
            return future

        soon = Soon(begin)
        told.append("asked")
        await asyncio.sleep(0)
        await soon
        return told

    assert asyncio.run(run()) == ["asked", "begun"]


def test_awaited_before_its_turn_it_begins_then() -> None:
    async def run() -> int:
        begun = 0

        def begin() -> asyncio.Future[None]:
            nonlocal begun
            begun += 1
            future = asyncio.get_running_loop().create_future()
            future.set_result(None)
            return future

        await Soon(begin)
        await asyncio.sleep(0)
        return begun

    assert asyncio.run(run()) == 1


def test_its_error_is_raised_where_it_is_awaited() -> None:
    def begin() -> asyncio.Future[None]:
        raise HeguiError("store_busy", zh="忙", en="busy")

    async def run() -> None:
        soon = Soon(begin)
        await asyncio.sleep(0)
        with pytest.raises(HeguiError):
            await soon

    asyncio.run(run())
