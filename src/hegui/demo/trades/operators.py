"""Whoever runs the machines: one night they work on them, and the service is away meanwhile."""

from collections.abc import Mapping
from typing import ClassVar

from hegui.demo.rhythm import Hour
from hegui.demo.town import Town

#: The hour of the night, from which part of the demonstration on, and for how long.
_HOUR, _FROM, _AWAY_MS = 3, 0.35, 40 * 60_000


class Operators:
    """The operators.

    Args:
        town: the running service and its people.
    """

    counted: ClassVar[Mapping[str, str]] = {"outages": "次停机维护 stops of the service by night"}

    def __init__(self, town: Town) -> None:
        self._town = town

    async def hour(self, hour: Hour) -> None:
        """Stop the service once, and start it again."""
        if hour.hour != _HOUR or hour.passed < _FROM or self._town.counts["outages"]:
            return
        await self._town.move_to(hour.moment)
        await self._town.away(_AWAY_MS)
        self._town.counts["outages"] += 1

    async def close(self) -> None:
        """Nothing stays open."""
