"""Roots and proofs out of tiles equal those of the naive tree, and verify."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger import naive

from hegui.ledger import LedgerError, merkle

LEAVES = naive.leaves(600)
LOG = naive.Log(LEAVES)
BORDER = [0, 1, 2, 127, 128, 254, 255, 256]


@pytest.fixture(scope="module")
def large() -> tuple[list[bytes], naive.Log]:
    hashes = naive.leaves(65_537)
    return hashes, naive.Log(hashes)


def check_inclusion(log: naive.Log, hashes: list[bytes], index: int, root: bytes) -> None:
    size = len(hashes)
    proof = merkle.inclusion_proof(size, index, log.read)
    assert proof == naive.path(index, hashes)
    merkle.verify_inclusion(hashes[index], index, size, proof, root)


def check_consistency(log: naive.Log, hashes: list[bytes], size1: int, root: bytes) -> None:
    size2 = len(hashes)
    proof = merkle.consistency_proof(size1, size2, log.read)
    assert proof == naive.subproof(size1, hashes)
    merkle.verify_consistency(size1, size2, naive.root(hashes[:size1]), root, proof)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 513, 65_535, 65_536, 65_537])
def test_a_proof_reads_no_tile_but_those_it_names(
    size: int, large: tuple[list[bytes], naive.Log]
) -> None:
    log = large[1]
    for index in {0, size // 2, size - 1, min(size - 1, 65_280)}:
        read: set[tuple[int, int]] = set()

        def reading(level: int, n: int, into: set[tuple[int, int]] = read) -> bytes:
            into.add((level, n))
            return log.read(level, n)

        merkle.inclusion_proof(size, index, reading)
        named = merkle.proof_tiles(size, index)
        assert read <= named
        assert len(named) <= 2 * (1 + (size - 1).bit_length() // 8)


@pytest.mark.parametrize("size", range(1, 71))
def test_small_trees_whole(size: int) -> None:
    hashes = LEAVES[:size]
    root = merkle.root_hash(size, LOG.read)
    assert root == naive.root(hashes)
    for place in range(size):
        check_inclusion(LOG, hashes, place, root)
        check_consistency(LOG, hashes, place + 1, root)


@pytest.mark.parametrize("size", [255, 256, 257, 511, 512, 513])
def test_around_the_border_of_a_tile(size: int) -> None:
    hashes = LEAVES[:size]
    root = merkle.root_hash(size, LOG.read)
    assert root == naive.root(hashes)
    for place in {place for place in BORDER if place < size} | {size - 2, size - 1}:
        check_inclusion(LOG, hashes, place, root)
        check_consistency(LOG, hashes, place + 1, root)


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537])
def test_around_the_border_of_a_level(size: int, large: tuple[list[bytes], naive.Log]) -> None:
    hashes, log = large[0][:size], large[1]
    root = merkle.root_hash(size, log.read)
    assert root == naive.root(hashes)
    for place in (0, 255, 256, 32_767, 65_279, 65_280, size - 1):
        check_inclusion(log, hashes, place, root)
        check_consistency(log, hashes, place + 1, root)


@settings(deadline=None)
@given(st.data())
def test_any_place_of_any_size(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(LEAVES)))
    place = data.draw(st.integers(0, size - 1))
    hashes = LEAVES[:size]
    root = naive.root(hashes)
    check_inclusion(LOG, hashes, place, root)
    check_consistency(LOG, hashes, place + 1, root)


def test_the_empty_tree_has_the_root_of_nothing() -> None:
    assert merkle.root_hash(0, naive.Log().read) == merkle.EMPTY_ROOT == naive.root([])


@pytest.mark.parametrize(("size", "index"), [(0, 0), (1, 1), (5, 5), (5, -1), (-1, 0), (2**63, 0)])
def test_no_inclusion_beyond_the_tree(size: int, index: int) -> None:
    with pytest.raises(LedgerError) as caught:
        merkle.inclusion_proof(size, index, LOG.read)
    assert caught.value.code == "tree_size_invalid"


@pytest.mark.parametrize(("size1", "size2"), [(0, 0), (0, 5), (6, 5), (-1, 5), (1, 2**63)])
def test_no_consistency_from_nothing_or_backwards(size1: int, size2: int) -> None:
    with pytest.raises(LedgerError) as caught:
        merkle.consistency_proof(size1, size2, LOG.read)
    assert caught.value.code == "tree_size_invalid"


@pytest.mark.parametrize("size", [-1, 2**63])
def test_no_root_of_an_impossible_size(size: int) -> None:
    with pytest.raises(LedgerError) as caught:
        merkle.root_hash(size, LOG.read)
    assert caught.value.code == "tree_size_invalid"


@pytest.mark.parametrize("short", [b"", LOG.tiles[0, 2][:-1], LOG.tiles[0, 2][:-32]])
def test_a_tile_that_lacks_hashes_is_named(short: bytes) -> None:
    def read(level: int, n: int) -> bytes:
        return short if (level, n) == (0, 2) else LOG.read(level, n)

    with pytest.raises(LedgerError, match="0/2") as caught:
        merkle.root_hash(len(LEAVES), read)
    assert caught.value.code == "tile_width_wrong"


def test_each_tile_is_read_once() -> None:
    asked: list[tuple[int, int]] = []

    def read(level: int, n: int) -> bytes:
        asked.append((level, n))
        return LOG.read(level, n)

    merkle.inclusion_proof(len(LEAVES), 300, read)
    assert len(asked) == len(set(asked)) == 3
