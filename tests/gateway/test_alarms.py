"""Limits of one length that share a timer."""

import asyncio

import uvloop

from hegui.gateway.alarms import Alarms


def test_each_rings_in_its_time_and_in_order() -> None:
    async def run() -> list[str]:
        loop = asyncio.get_running_loop()
        rang: list[str] = []
        waited: list[float] = []
        alarms = Alarms(0.05)

        def set_one(name: str) -> None:
            begun = loop.time()

            def ring() -> None:
                waited.append(loop.time() - begun)
                rang.append(name)

            alarms.set(ring)

        for name in "abc":
            set_one(name)
            await asyncio.sleep(0.02)
        while len(rang) < 3:
            await asyncio.sleep(0.005)
        assert min(waited) >= alarms.seconds - 0.002  # the loop counts whole milliseconds
        return rang

    assert uvloop.run(run()) == ["a", "b", "c"]


def test_a_cancelled_one_never_rings_and_may_be_cancelled_again() -> None:
    async def run() -> list[str]:
        rang: list[str] = []
        alarms = Alarms(0.02)
        first = alarms.set(lambda: rang.append("a"))
        second = alarms.set(lambda: rang.append("b"))
        first.cancel()
        first.cancel()
        await asyncio.sleep(0.06)
        second.cancel()
        alarms.set(lambda: rang.append("later"))  # the shared timer is wound again
        await asyncio.sleep(0.06)
        return rang

    assert uvloop.run(run()) == ["b", "later"]


def test_one_that_rings_may_cancel_another_that_is_due() -> None:
    async def run() -> list[str]:
        rang: list[str] = []
        alarms = Alarms(0.01)

        def ring() -> None:
            rang.append("a")
            second.cancel()

        alarms.set(ring)
        second = alarms.set(lambda: rang.append("b"))
        await asyncio.sleep(0.05)
        return rang

    assert asyncio.run(run()) == ["a"]
