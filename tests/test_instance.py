"""One instance under one name."""

import pytest
from tests.world import FakeWorld

from hegui.config import ConfigError
from hegui.service.instance import LEASE_MS, instance_of
from hegui.store import Store


def test_a_second_service_of_one_name_is_refused_until_the_first_is_gone(
    store: Store, world: FakeWorld
) -> None:
    first = instance_of(store, "main", b"home one", world)
    second = instance_of(store, "main", b"home two", world)
    first.renew()
    with pytest.raises(ConfigError) as caught:
        second.renew()
    assert caught.value.code == "instance_in_use"
    world.tick(LEASE_MS + 1)
    second.renew()
    with pytest.raises(ConfigError):
        first.renew()


def test_the_same_folder_starts_again_at_once_after_a_crash(store: Store, world: FakeWorld) -> None:
    instance_of(store, "main", b"home", world).renew()
    instance_of(store, "main", b"home", world).renew()


def test_a_clean_end_gives_the_name_back(store: Store, world: FakeWorld) -> None:
    first = instance_of(store, "main", b"home one", world)
    first.renew()
    first.end()
    instance_of(store, "main", b"home two", world).renew()


def test_the_last_run_is_remembered(store: Store, world: FakeWorld) -> None:
    first = instance_of(store, "main", b"home one", world)
    assert first.last_run() == 0
    first.begin(world.now())
    assert first.last_run() == world.now()
    later = world.tick(5_000)
    other = instance_of(store, "main", b"home two", world)
    other.begin(later)
    assert first.last_run() == later


def test_two_names_do_not_meet(store: Store, world: FakeWorld) -> None:
    instance_of(store, "one", b"home one", world).renew()
    instance_of(store, "two", b"home two", world).renew()
