"""The Merkle tree of the log: RFC 9162 hashes, stored as C2SP tlog-tiles of height 8."""

from hegui.ledger.merkle.hashing import EMPTY_ROOT, leaf_hash, node_hash
from hegui.ledger.merkle.prove import consistency_proof, inclusion_proof, proof_tiles, root_hash
from hegui.ledger.merkle.tiles import MAX_SIZE, TileReader, append, edge, parse_tile_path, tile_path
from hegui.ledger.merkle.verify import verify_consistency, verify_inclusion

__all__ = [
    "EMPTY_ROOT",
    "MAX_SIZE",
    "TileReader",
    "append",
    "consistency_proof",
    "edge",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "parse_tile_path",
    "proof_tiles",
    "root_hash",
    "tile_path",
    "verify_consistency",
    "verify_inclusion",
]
