"""Lives the days: hour by hour, trade by trade, with the house's jobs between them."""

from collections.abc import Callable

import msgspec

from hegui.demo.rhythm import Hour, hours
from hegui.demo.town import Town
from hegui.demo.trades import TRADES

#: Every so many hours, all of the house's jobs come round.
_ROUND_HOURS = 3


async def live(town: Town, start: int, days: int, told: Callable[[Hour], None]) -> None:
    """Live that many days from a time on.

    Args:
        town: the running service and its people.
        start: the first moment, milliseconds since 1970.
        days: how many.
        told: hears of each hour as it begins.

    Raises:
        DemoError: ``demo_broken``, when the house answered as it should not.
    """
    chance = town.dice("days")
    trades = [make(town) for make in TRADES]
    try:
        for hour in hours(start, days):
            told(hour)
            room = (hour.end - hour.start) // len(trades)
            for place, trade in enumerate(trades):
                # One after the other, and nobody on the dot of the hour.
                moment = hour.start + place * room + chance.randrange(room // 2 + 1)
                await trade.hour(msgspec.structs.replace(hour, moment=moment))
            if hour.hour % _ROUND_HOURS == _ROUND_HOURS - 1:
                await town.move_to(hour.end)
                await town.jobs()
    finally:
        for trade in trades:
            await trade.close()
    town.clock.catch_up()
    await town.jobs()
