"""The hashes of the tree (RFC 9162, section 2.1.1): SHA-256, leaves and nodes kept apart."""

from hashlib import sha256
from struct import Struct

HASH_BYTES = 32
_PAIRS = Struct(f"{2 * HASH_BYTES}s").iter_unpack
#: The root of the tree without leaves.
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(body: bytes) -> bytes:
    """The 32-byte hash of an entry's bytes."""
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash over two subtrees' hashes, the older entries on the left."""
    return sha256(b"\x01" + left + right).digest()


def perfect_hash(hashes: bytes) -> bytes:
    """The hash over a full subtree.

    Args:
        hashes: 1, 2, 4, … subtree hashes of equal height, joined.
    """
    while len(hashes) > HASH_BYTES:
        # As node_hash, over each pair where it lies: a tile has 255 of them.
        hashes = b"".join([sha256(b"\x01" + pair).digest() for (pair,) in _PAIRS(hashes)])
    return hashes
