"""Roots and proofs out of tiles (RFC 9162, sections 2.1.1, 2.1.3.1 and 2.1.4.1)."""

from hegui.ledger.merkle.hashing import EMPTY_ROOT, node_hash
from hegui.ledger.merkle.tiles import (
    MAX_SIZE,
    TILE_HEIGHT,
    SubtreeReader,
    TileReader,
    size_invalid,
)


def root_hash(size: int, read: TileReader) -> bytes:
    """The root of the tree of the first ``size`` leaves.

    Args:
        size: number of leaves, 0 for the empty tree.
        read: gives tiles of a tree of at least that size.

    Raises:
        LedgerError: ``tree_size_invalid``, ``tile_width_wrong``.
    """
    if not 0 <= size <= MAX_SIZE:
        raise size_invalid(f"size {size}")
    return _range_hash(0, size, SubtreeReader(read)) if size else EMPTY_ROOT


def inclusion_proof(size: int, index: int, read: TileReader) -> list[bytes]:
    """The hashes from the leaf's sibling up to the root's child.

    Args:
        size: number of leaves of the tree to prove in, 1 or more.
        index: the leaf, from 0.
        read: gives tiles of a tree of at least that size.

    Returns:
        At most 63 hashes of 32 bytes.

    Raises:
        LedgerError: ``tree_size_invalid``, ``tile_width_wrong``.
    """
    if not 0 <= index < size <= MAX_SIZE:
        raise size_invalid(f"index {index} of {size}")
    tiles = SubtreeReader(read)
    proof: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_range_hash(middle, high, tiles))
            high = middle
        else:
            proof.append(_range_hash(low, middle, tiles))
            low = middle
    proof.reverse()
    return proof


def proof_tiles(size: int, index: int) -> set[tuple[int, int]]:
    """The tiles ``(level, n)`` that ``inclusion_proof`` may read, to be fetched at once.

    At each level they are the tile over the leaf, whose siblings lie in it, and the one at the
    tree's right edge. A level has a tile there only when some leaf is not under a full one.
    """
    levels = 1 + max(0, (size - 1).bit_length() - 1) // TILE_HEIGHT
    return {
        (level, place >> TILE_HEIGHT * (level + 1))
        for level in range(levels)
        for place in (index, size)
    }


def consistency_proof(size1: int, size2: int, read: TileReader) -> list[bytes]:
    """The hashes that show the tree of ``size1`` leaves to be a prefix of that of ``size2``.

    Args:
        size1: the older size, 1 or more: of the empty tree there is nothing to prove.
        size2: the newer size; equal sizes have an empty proof.
        read: gives tiles of a tree of at least ``size2`` leaves.

    Returns:
        At most 64 hashes of 32 bytes.

    Raises:
        LedgerError: ``tree_size_invalid``, ``tile_width_wrong``.
    """
    if not 1 <= size1 <= size2 <= MAX_SIZE:
        raise size_invalid(f"{size1} to {size2}")
    tiles = SubtreeReader(read)
    proof: list[bytes] = []
    low, high = 0, size2
    while size1 < high:
        middle = low + _split(high - low)
        if size1 <= middle:
            proof.append(_range_hash(middle, high, tiles))
            high = middle
        else:
            proof.append(_range_hash(low, middle, tiles))
            low = middle
    # The old root itself needs no proof: whoever checks holds it.
    if low:
        proof.append(_range_hash(low, high, tiles))
    proof.reverse()
    return proof


def _split(count: int) -> int:
    """The largest power of two below ``count`` (2 or more)."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_hash(low: int, high: int, tiles: SubtreeReader) -> bytes:
    """The hash over leaves ``low`` to ``high``, a range that the tree's own splits make."""
    parts: list[bytes] = []
    while low < high:
        height = (high - low).bit_length() - 1
        parts.append(tiles.subtree(height, low >> height))
        low += 1 << height
    result = parts.pop()
    while parts:
        result = node_hash(parts.pop(), result)
    return result
