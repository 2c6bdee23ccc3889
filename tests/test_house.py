"""A house opened again: what stays, and what follows its settings."""

from pathlib import Path

import msgspec
import pytest
from tests.world import FakeWorld

from hegui.config import TEMPLATE, Home, Settings, parse
from hegui.people import agreements
from hegui.service.house import House, open_house


def settings(**changes: object) -> Settings:
    return msgspec.structs.replace(parse(TEMPLATE, "template"), **changes)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def opened(home: Home, world: FakeWorld, **changes: object) -> House:
    return open_house(settings(**changes), home, world)


def test_keys_names_and_the_agreement_stay(home: Home, world: FakeWorld) -> None:
    first = opened(home, world)
    first.close()
    again = opened(home, world)
    assert (again.chat_key, again.demo_key, again.ledger_vkey) == (
        first.chat_key,
        first.demo_key,
        first.ledger_vkey,
    )
    assert agreements.current(again.store).version == 1
    again.close()


def test_the_agreement_that_the_house_wrote_follows_its_settings(
    home: Home, world: FakeWorld
) -> None:
    opened(home, world).close()
    kept = msgspec.structs.replace(settings().retention, passed_days=3)
    again = opened(home, world, retention=kept)
    now = agreements.current(again.store)
    assert now.version == 2
    assert "3" in now.zh
    again.close()


def test_the_agreement_that_the_provider_brought_stays(home: Home, world: FakeWorld) -> None:
    first = opened(home, world)
    agreements.publish(first.store, world, "自己的协议", "Our own agreement")
    first.close()
    again = opened(home, world)
    assert agreements.current(again.store).en == "Our own agreement"
    again.close()


def test_a_key_is_in_no_file_of_the_house(home: Home, world: FakeWorld) -> None:
    house = opened(home, world)
    house.close()
    for path in home.path.rglob("*"):
        if path.is_file():
            assert house.demo_key.encode() not in path.read_bytes(), path
