"""Two days, lived once for all tests of this room, and folders to refuse in."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from hegui.config import Home, Settings, load
from hegui.demo import Lived, run
from hegui.demo.clock import DemoWorld
from hegui.world import BEIJING, RealWorld

#: "Now" of the tests: the evening of a Thursday, so that the days are working days.
NOW = int(datetime(2026, 1, 15, 20, 30, tzinfo=BEIJING).timestamp() * 1000)


class Month(NamedTuple):
    """A demonstration that was lived."""

    home: Home
    lived: Lived
    hours: list[str]


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The shipped demo settings."""
    return load(None, {})


def live(home: Home, settings: Settings, days: int) -> Month:
    """A demonstration of so many days until ``NOW``."""
    hours: list[str] = []
    lived = run(
        settings,
        home,
        days=days,
        seed=1,
        told=lambda hour: hours.append(hour.date),
        outside=DemoWorld(RealWorld(), NOW),
    )
    return Month(home, lived, hours)


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Month:
    return live(Home(tmp_path_factory.mktemp("demo") / "var"), settings, 2)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "var")
