"""The tree as tiles of height 8 (C2SP tlog-tiles): adding leaves, and reading subtrees.

Tile ``n`` of level ``l`` holds the hashes of up to 256 full subtrees of 256**l leaves each,
joined. The rightmost tile of a level is partial, and never enters the level above.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from hegui.ledger.errors import LedgerError
from hegui.ledger.merkle.hashing import HASH_BYTES, perfect_hash

TILE_HEIGHT = 8
TILE_WIDTH = 256
TILE_BYTES = TILE_WIDTH * HASH_BYTES
#: Sizes and indices fit a signed 64-bit integer, as in every other implementation.
MAX_SIZE = 2**63 - 1

#: ``read(level, n)`` gives the joined hashes of a stored tile, empty bytes when there is none.
#: It may be wider than the size in question needs, never narrower.
TileReader: TypeAlias = Callable[[int, int], bytes]

_PATH = re.compile(
    r"tile/(0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)


def append(
    size: int, leaf_hashes: Sequence[bytes], read: TileReader
) -> dict[tuple[int, int], bytes]:
    """The tiles that adding leaves makes or changes; nothing else changes in the tree.

    Args:
        size: number of leaves before.
        leaf_hashes: 32 bytes each, in order.
        read: gives the partial tiles of the tree of exactly ``size`` leaves.

    Returns:
        ``{(level, n): joined hashes}`` to store, each in place of the tile there before.

    Raises:
        LedgerError: ``tree_size_invalid``; ``leaf_hash_malformed``; ``tile_width_wrong`` when
            a stored tile does not fit ``size`` (adding to it would make a second history).
    """
    if not 0 <= size <= MAX_SIZE - len(leaf_hashes):
        raise size_invalid(f"size {size}")
    written: dict[tuple[int, int], bytes] = {}
    level, count, fresh = 0, size, b"".join(leaf_hashes)
    if not {HASH_BYTES}.issuperset(map(len, leaf_hashes)):
        raise LedgerError(
            "leaf_hash_malformed",
            zh="叶哈希应为 32 字节；未写入任何内容，请用 leaf_hash 计算后重试。",
            en="A leaf hash has 32 bytes; nothing was written. Compute it with leaf_hash.",
        )
    while fresh:
        n, width = divmod(count, TILE_WIDTH)
        partial = read(level, n) if width else b""
        if len(partial) != width * HASH_BYTES:
            raise _tile_wrong(level, n)
        row = partial + fresh
        full: list[bytes] = []
        for at in range(0, len(row), TILE_BYTES):
            tile = row[at : at + TILE_BYTES]
            written[level, n + at // TILE_BYTES] = tile
            if len(tile) == TILE_BYTES:
                full.append(perfect_hash(tile))
        level, count, fresh = level + 1, n, b"".join(full)
    return written


def edge(size: int) -> list[tuple[int, int]]:
    """The tiles ``(level, n)`` that are not full: what a tree's root and its next leaves need.

    Args:
        size: number of leaves, 0 or more.
    """
    places: list[tuple[int, int]] = []
    level, count = 0, size
    while count > 0:
        count, width = divmod(count, TILE_WIDTH)
        if width:
            places.append((level, count))
        level += 1
    return places


class SubtreeReader:
    """Hashes of full subtrees out of tiles; reads each tile once."""

    def __init__(self, read: TileReader) -> None:
        self._read = read
        self._tiles: dict[tuple[int, int], bytes] = {}

    def subtree(self, height: int, index: int) -> bytes:
        """The hash over the leaves from ``index * 2**height``, ``2**height`` of them.

        Raises:
            LedgerError: ``tile_width_wrong`` when the tile lacks a hash that is needed.
        """
        level, inner = divmod(height, TILE_HEIGHT)
        # 2**inner neighbours at this level; aligned, so they lie in one tile.
        n, first = divmod(index << inner, TILE_WIDTH)
        tile = self._tiles.get((level, n))
        if tile is None:
            tile = self._tiles[level, n] = self._read(level, n)
        hashes = tile[first * HASH_BYTES : (first + (1 << inner)) * HASH_BYTES]
        if len(hashes) != HASH_BYTES << inner:
            raise _tile_wrong(level, n)
        return perfect_hash(hashes)


def tile_path(level: int, n: int, width: int) -> str:
    """Where a tile is served, below the log's prefix.

    Args:
        level: 0 to 63.
        n: the tile's place in its level.
        width: number of hashes, 1 to 256; below 256 the tile is partial.

    Returns:
        Such as ``tile/0/x001/x234/067.p/8``.

    Raises:
        LedgerError: ``tile_path_malformed`` when one is out of range.
    """
    if not (0 <= level <= 63 and 0 <= n <= MAX_SIZE and 1 <= width <= TILE_WIDTH):
        raise _path_malformed()
    elements = [f"{n % 1000:03}"]
    while n := n // 1000:
        elements.insert(0, f"x{n % 1000:03}")
    partial = f".p/{width}" if width < TILE_WIDTH else ""
    return f"tile/{level}/{'/'.join(elements)}{partial}"


def parse_tile_path(path: str) -> tuple[int, int, int]:
    """The ``(level, n, width)`` that ``tile_path`` made a path from.

    Raises:
        LedgerError: ``tile_path_malformed`` for any other text.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        raise _path_malformed()
    level, elements, partial = match.groups()
    n = int(elements.replace("x", "").replace("/", ""))
    width = int(partial) if partial else TILE_WIDTH
    # One tile has one path: leading zeros and a "partial" tile of full width are refused.
    if tile_path(int(level), n, width) != path:
        raise _path_malformed()
    return int(level), n, width


def size_invalid(what: str) -> LedgerError:
    """The error for a size or index that no tree has."""
    return LedgerError(
        "tree_size_invalid",
        zh=f"树的大小或序号无效（{what}）；请核对所问的序号与检查点。",
        en=f"No tree has this size or index ({what}); compare it with the checkpoint.",
    )


def _tile_wrong(level: int, n: int) -> LedgerError:
    return LedgerError(
        "tile_width_wrong",
        zh=f"存储的哈希瓦片 {level}/{n} 与树的大小不符；未写入任何内容，"
        "请运行 hegui ledger verify 并从备份恢复。",
        en=f"The stored tile {level}/{n} does not fit the tree's size; nothing was written. "
        "Run hegui ledger verify and restore from a backup.",
    )


def _path_malformed() -> LedgerError:
    return LedgerError(
        "tile_path_malformed",
        zh="瓦片地址格式应为 tile/层/序号[.p/宽度]；请按 C2SP tlog-tiles 更正。",
        en="A tile's address is tile/LEVEL/N[.p/WIDTH]; correct it after C2SP tlog-tiles.",
    )
