"""Adding leaves, and the names of tiles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger import naive

from hegui.ledger import LedgerError, merkle

LEAVES = naive.leaves(1_500)


@settings(deadline=None)
@given(st.lists(st.integers(0, 300), max_size=6))
def test_any_batches_give_the_tiles_of_the_definition(batches: list[int]) -> None:
    log = naive.Log()
    for count in batches:
        log.add(LEAVES[log.size : log.size + count])
    hashes = LEAVES[: log.size]
    assert log.tiles == dict(naive.tiles(hashes))
    assert merkle.root_hash(log.size, log.read) == naive.root(hashes)


@pytest.mark.parametrize("size", [255, 256, 257, 511, 512, 513])
def test_one_by_one_equals_all_at_once(size: int) -> None:
    single = naive.Log()
    for leaf in LEAVES[:size]:
        single.add([leaf])
    assert single.tiles == naive.Log(LEAVES[:size]).tiles


def test_a_level_more_at_65_536() -> None:
    hashes = naive.leaves(65_537)
    log = naive.Log(hashes[:65_535])
    assert {level for level, _ in log.tiles} == {0, 1}
    log.add(hashes[65_535:65_536])
    assert log.tiles[2, 0] == naive.root(hashes[:65_536])
    log.add(hashes[65_536:])
    assert log.tiles == dict(naive.tiles(hashes))


def test_only_changed_tiles_are_given() -> None:
    log = naive.Log(LEAVES[:600])
    assert set(merkle.append(600, LEAVES[600:601], log.read)) == {(0, 2)}
    assert set(merkle.append(600, LEAVES[600:768], log.read)) == {(0, 2), (1, 0)}
    assert merkle.append(600, [], log.read) == {}


@pytest.mark.parametrize(
    "stored",
    [b"", LEAVES[0], b"".join(LEAVES[:4]), b"".join(LEAVES[:3]) + b"\x00"],
    ids=["lost", "too few", "too many", "torn"],
)
def test_a_stored_tile_that_does_not_fit_is_never_added_to(stored: bytes) -> None:
    with pytest.raises(LedgerError) as caught:
        merkle.append(3, [LEAVES[3]], lambda _level, _n: stored)
    assert caught.value.code == "tile_width_wrong"


@pytest.mark.parametrize(
    ("size", "hashes", "code"),
    [
        (-1, [LEAVES[0]], "tree_size_invalid"),
        (2**63 - 1, [LEAVES[0]], "tree_size_invalid"),
        (0, [bytes(31), bytes(33)], "leaf_hash_malformed"),
    ],
)
def test_what_cannot_be_added(size: int, hashes: list[bytes], code: str) -> None:
    with pytest.raises(LedgerError) as caught:
        merkle.append(size, hashes, naive.Log().read)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("level", "n", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 273, 112, "tile/0/273.p/112"),
        (1, 1_234_067, 256, "tile/1/x001/x234/067"),
        (0, 1_234_067, 8, "tile/0/x001/x234/067.p/8"),
        (63, 999, 1, "tile/63/999.p/1"),
        (2, 1_000, 255, "tile/2/x001/000.p/255"),
        (0, 2**63 - 1, 256, "tile/0/x009/x223/x372/x036/x854/x775/807"),
    ],
)
def test_paths_of_tlog_tiles(level: int, n: int, width: int, path: str) -> None:
    assert merkle.tile_path(level, n, width) == path
    assert merkle.parse_tile_path(path) == (level, n, width)


@settings(deadline=None)
@given(st.integers(0, 63), st.integers(0, 2**63 - 1), st.integers(1, 256))
def test_a_path_leads_back(level: int, n: int, width: int) -> None:
    assert merkle.parse_tile_path(merkle.tile_path(level, n, width)) == (level, n, width)


@pytest.mark.parametrize(
    ("level", "n", "width"),
    [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 2**63, 1), (0, 0, 0), (0, 0, 257)],
)
def test_no_path_for_what_is_no_tile(level: int, n: int, width: int) -> None:
    with pytest.raises(LedgerError) as caught:
        merkle.tile_path(level, n, width)
    assert caught.value.code == "tile_path_malformed"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/0",
        "tile/0/1000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/x000/001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/../000",
        "tile/0/٠٠٠",
        "tile/0/000\n",
        "tile/entries/000",
        "tile/0/x009/x223/x372/x036/x854/x775/808",
        "tile/0/" + "x000/" * 5_000 + "000",
    ],
)
def test_any_other_path_is_refused(path: str) -> None:
    with pytest.raises(LedgerError) as caught:
        merkle.parse_tile_path(path)
    assert caught.value.code == "tile_path_malformed"
