"""The ledger's pure core: evidence kinds, a Merkle tree in tiles, signed heads and proofs."""

from hegui.ledger import entry, kinds, merkle
from hegui.ledger.checkpoint import Checkpoint
from hegui.ledger.errors import LedgerError
from hegui.ledger.note import Signer, Verifier
from hegui.ledger.proof import InclusionProof

__all__ = [
    "Checkpoint",
    "InclusionProof",
    "LedgerError",
    "Signer",
    "Verifier",
    "entry",
    "kinds",
    "merkle",
]
