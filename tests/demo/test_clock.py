"""The demonstration's clock: real inside an act, moved on between acts, never back or ahead."""

from tests.world import FakeWorld

from hegui.demo.clock import DemoWorld

_HOUR = 3_600_000


def test_it_begins_where_it_is_told_to(world: FakeWorld) -> None:
    assert DemoWorld(world, world.now() - _HOUR).now() == world.now() - _HOUR


def test_durations_are_the_machines_own(world: FakeWorld) -> None:
    clock = DemoWorld(world, world.now() - _HOUR)
    before = clock.now()
    world.tick(17)
    assert clock.now() - before == 17


def test_it_moves_on_to_a_time(world: FakeWorld) -> None:
    clock = DemoWorld(world, world.now() - 10 * _HOUR)
    at = clock.now() + 3 * _HOUR
    clock.move_to(at)
    assert clock.now() == at
    world.tick(5)
    assert clock.now() == at + 5


def test_it_never_goes_back(world: FakeWorld) -> None:
    clock = DemoWorld(world, world.now() - _HOUR)
    before = clock.now()
    clock.move_to(before - 1)
    assert clock.now() == before


def test_it_never_passes_the_machines_clock(world: FakeWorld) -> None:
    clock = DemoWorld(world, world.now() - _HOUR)
    clock.move_to(world.now() + _HOUR)
    assert clock.now() == world.now()
    assert DemoWorld(world, world.now() + _HOUR).now() == world.now()


def test_in_the_end_it_is_the_machines_clock(world: FakeWorld) -> None:
    clock = DemoWorld(world, world.now() - _HOUR)
    clock.catch_up()
    world.tick(3)
    assert clock.now() == world.now()


def test_randomness_is_the_outsides(world: FakeWorld) -> None:
    expected = FakeWorld().token(32)
    assert DemoWorld(world, world.now()).token(32) == expected
