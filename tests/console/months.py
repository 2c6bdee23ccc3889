"""Consoles over a month of so many generations."""

from benchmarks.month import Month
from tests.conftest import Databases
from tests.console.conftest import fresh_desk
from tests.console.desk import Desk
from tests.world import FakeWorld

#: 2026-11-22T12:00:00Z; the month's days are real ones of a published calendar.
NOW = 1_795_348_800_000
FEW, MANY = 10, 10_000


def filled(databases: Databases, generations: int) -> Desk:
    """A console over a month of rows, placed in the ledger and counted."""
    desk = fresh_desk(databases, FakeWorld(at=NOW))
    month = Month(desk.store, desk.world)
    month.fill(generations)
    month.place(desk.house.signer)
    return desk
