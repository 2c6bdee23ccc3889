"""Checking proofs without the tree (RFC 9162, sections 2.1.3.2 and 2.1.4.2)."""

from collections.abc import Sequence

from hegui.ledger.errors import LedgerError
from hegui.ledger.merkle.hashing import HASH_BYTES, node_hash
from hegui.ledger.merkle.tiles import MAX_SIZE, size_invalid


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Returns when the leaf stands at ``index`` of the tree with this size and root.

    Args:
        leaf: the leaf's hash, 32 bytes.
        index: its place, from 0.
        size: number of leaves.
        proof: hashes from the leaf's sibling up.
        root: the root that a checkpoint vouches for.

    Raises:
        LedgerError: ``tree_size_invalid``; ``proof_wrong`` in every other case of failure.
    """
    if not 0 <= index < size <= MAX_SIZE:
        raise size_invalid(f"index {index} of {size}")
    _check_lengths([leaf, *proof])
    node, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise _wrong("too many hashes", "哈希过多")
        if node & 1 or node == last:
            result = node_hash(sibling, result)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise _wrong("too few hashes", "哈希不足")
    if result != root:
        raise _wrong("another root", "根哈希不同")


def verify_consistency(
    size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]
) -> None:
    """Returns when the older tree is a prefix of the newer: nothing was changed or taken out.

    Args:
        size1: the older tree's size, 1 or more.
        size2: the newer tree's size.
        root1: the older root.
        root2: the newer root.
        proof: hashes as ``consistency_proof`` gives them; none for equal sizes.

    Raises:
        LedgerError: ``tree_size_invalid`` (``size1`` 0 included: it would prove nothing);
            ``proof_wrong`` in every other case of failure.
    """
    if not 1 <= size1 <= size2 <= MAX_SIZE:
        raise size_invalid(f"{size1} to {size2}")
    if size1 == size2:
        if proof:
            raise _wrong("too many hashes", "哈希过多")
        if root1 != root2:
            raise _wrong("two roots for one size", "同一大小有两个根")
        return
    # A full older tree is itself the first hash, and is left out of the proof.
    hashes = list(proof) if size1 & (size1 - 1) else [root1, *proof]
    if not hashes:
        raise _wrong("too few hashes", "哈希不足")
    _check_lengths(hashes)
    node, last = size1 - 1, size2 - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise _wrong("too many hashes", "哈希过多")
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise _wrong("too few hashes", "哈希不足")
    if old != root1 or new != root2:
        raise _wrong("another root", "根哈希不同")


def _check_lengths(hashes: Sequence[bytes]) -> None:
    # Two hashes of wrong length that join to the same 64 bytes must not pass as one node.
    if any(len(item) != HASH_BYTES for item in hashes):
        raise _wrong("a hash is not 32 bytes", "哈希不是 32 字节")


def _wrong(why: str, why_zh: str) -> LedgerError:
    return LedgerError(
        "proof_wrong",
        zh=f"证明不成立（{why_zh}）：内容、序号或日志与检查点不符；请勿采信，并向出具方查询。",
        en=f"The proof does not hold ({why}): content, index or log differ from the checkpoint; "
        "do not rely on it, and ask whoever issued it.",
    )
