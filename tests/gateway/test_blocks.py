"""Randomness cut from blocks."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world import FakeWorld

from hegui.gateway.blocks import Blocks


class Counted(FakeWorld):
    """A world that notes what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[bytes] = []

    def token(self, size: int) -> bytes:
        self.given.append(super().token(size))
        return self.given[-1]


@settings(deadline=None)
@given(st.lists(st.integers(0, 6_000), max_size=60))
def test_no_byte_comes_twice_and_each_token_is_whole(sizes: list[int]) -> None:
    world = Counted()
    blocks = Blocks(world)
    tokens = [blocks.token(size) for size in sizes]
    assert [len(token) for token in tokens] == sizes
    at = 0
    supply = b"".join(world.given)
    for token in tokens:
        at = supply.index(token, at) + len(token)


def test_one_block_serves_many() -> None:
    world = Counted()
    blocks = Blocks(world)
    tokens = {blocks.token(32) for _ in range(100)}
    assert len(tokens) == 100
    assert len(world.given) == 1


def test_the_clock_is_the_worlds() -> None:
    world = Counted()
    assert Blocks(world).now() == world.now()
