"""A whole demonstration, from a fresh data folder to a month that can be looked at."""

import time
from collections.abc import Callable

import msgspec
import uvloop

from hegui.config import Home, Settings, addresses
from hegui.demo import clear as clearing
from hegui.demo import marker
from hegui.demo.check import check
from hegui.demo.clock import DemoWorld
from hegui.demo.days import live
from hegui.demo.rhythm import DAY_MS, Hour
from hegui.demo.service import town
from hegui.duties.standing import standing
from hegui.world import RealWorld, World


class _Ends(msgspec.Struct, frozen=True):
    """What there is in the end, as :class:`Lived` has it."""

    counts: dict[str, int]
    duties: dict[str, int]
    entries: int
    verified: bool


class Lived(msgspec.Struct, frozen=True, kw_only=True):
    """What a demonstration was.

    Attributes:
        days: simulated days.
        seed: of the script.
        start: its first moment, milliseconds since 1970.
        end: its last.
        seconds: how long it took.
        counts: what happened, by name.
        duties: how many duties have each status in the end.
        entries: the ledger's size.
        verified: whether the ledger verifies.
        addresses: where a started service shows it.
    """

    days: int
    seed: int
    start: int
    end: int
    seconds: float
    counts: dict[str, int]
    duties: dict[str, int]
    entries: int
    verified: bool
    addresses: dict[str, str]


def run(
    settings: Settings,
    home: Home,
    *,
    days: int,
    seed: int,
    told: Callable[[Hour], None],
    outside: World | None = None,
) -> Lived:
    """Live days of simulated people, ending now.

    Args:
        settings: checked settings, with the demo provider's code.
        home: a fresh data folder.
        days: how many.
        seed: of the script; keys, ids and salts are random all the same.
        told: hears of each simulated hour as it begins.
        outside: the machine's clock and randomness; a test may bring its own.

    Raises:
        HeguiError: what is wrong, and what to do.
    """
    began = time.monotonic()
    outside = outside or RealWorld()
    with home.lock():
        check(settings, home, days)
        now = outside.now()
        mark = marker.Marker(days=days, seed=seed, start=now - days * DAY_MS, end=0, made=now)
        marker.write(home, mark)
        ends = uvloop.run(_live(settings, home, DemoWorld(outside, mark.start), mark, told))
        mark = msgspec.structs.replace(mark, end=outside.now())
        marker.write(home, mark)
    return Lived(
        days=days,
        seed=seed,
        start=mark.start,
        end=mark.end,
        seconds=round(time.monotonic() - began, 1),
        **msgspec.structs.asdict(ends),
        addresses={
            "portal": addresses.portal_url(settings),
            "console": addresses.console_url(settings),
            "api": addresses.api_url(settings),
        },
    )


def clear(home: Home) -> int:
    """Remove a demonstration; how many files went.

    Raises:
        HeguiError: ``demo_not_here``; ``home_in_use`` while a service runs.
    """
    with home.lock():
        return len(clearing.clear(home))


async def _live(
    settings: Settings,
    home: Home,
    clock: DemoWorld,
    mark: marker.Marker,
    told: Callable[[Hour], None],
) -> _Ends:
    async with town(settings, home, clock, mark.seed) as people:
        await live(people, mark.start, mark.days, told)
        house = people.house
        report = house.ledger.verify(house.verifier)
        stands = standing(house.store, clock.now()).counts()
        return _Ends(
            counts=dict(people.counts),
            duties={status.value: count for status, count in stands.items()},
            entries=report.size,
            verified=report.ok,
        )
