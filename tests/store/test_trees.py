from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger import naive

from hegui.store.edge import Edge
from hegui.store.trees import TwoTrees, Verdict

COUNTS = st.lists(st.integers(0, 300), max_size=5)


@given(COUNTS)
@settings(deadline=None)
def test_the_edge_has_the_root_and_makes_every_tile(counts: list[int]) -> None:
    hashes = naive.leaves(sum(counts))
    full: dict[tuple[int, int], bytes] = {}
    edge, size = Edge(), 0
    for count in counts:
        full |= edge.extend(hashes[size : size + count])
        size += count
        assert edge.root() == naive.root(hashes[:size])
    assert full | edge.partial() == dict(naive.tiles(hashes))


def test_the_edge_stays_small() -> None:
    edge = Edge()
    edge.extend(naive.leaves(256 * 256 + 300))
    assert edge.partial().keys() == {(0, 257), (1, 1), (2, 0)}


@given(COUNTS, st.data())
@settings(deadline=None, max_examples=50)
def test_a_checkpoint_tells_bodies_from_tiles(counts: list[int], data: st.DataObject) -> None:
    true = naive.leaves(sum(counts))
    wrong = data.draw(st.sets(st.integers(0, max(0, len(true) - 1)), max_size=3))
    false = [b"\x00" * 32 if at in wrong else leaf for at, leaf in enumerate(true)]
    tiles = dict(naive.tiles(true))
    bodies_lie = data.draw(st.booleans())
    trees, size = TwoTrees(), 0
    for count in counts:
        places = range(size, size + count)
        size += count
        right, lie = true[places.start : size], false[places.start : size]
        full = trees.extend(right, lie) if bodies_lie else trees.extend(lie, right)
        assert all(tiles[at] in versions for at, versions in full.items())
        verdict, suspects = trees.judge(naive.root(true[:size]))
        assert suspects == sorted(wrong & set(places))
        agreed = bodies_lie or not suspects
        assert verdict == (Verdict.STORED if agreed else Verdict.BODIES)


def test_when_neither_fits_the_next_may() -> None:
    true = naive.leaves(9)
    trees = TwoTrees()
    trees.extend(true[:4], [*true[:3], bytes(32)])
    assert trees.judge(bytes(32)) == (Verdict.NEITHER, [3])
    trees.extend(true[4:], true[4:])
    assert trees.judge(naive.root(true)) == (Verdict.STORED, [])
