"""Proof files that verify offline (https://c2sp.org/tlog-proof): one entry, one checkpoint."""

from typing import Self

import msgspec

from hegui.ledger.checkpoint import Checkpoint
from hegui.ledger.errors import LedgerError
from hegui.ledger.merkle.hashing import HASH_BYTES, leaf_hash
from hegui.ledger.merkle.tiles import MAX_SIZE
from hegui.ledger.merkle.verify import verify_inclusion
from hegui.ledger.note import MAX_NOTE_BYTES, Verifier, split_note
from hegui.ledger.wire import read_base64, read_number, read_text, write_base64

#: No tree of up to 2^63 - 1 leaves is deeper.
MAX_HASHES = 63
MAX_EXTRA_BYTES = 65_536
MAX_PROOF_BYTES = MAX_NOTE_BYTES + 2 * MAX_EXTRA_BYTES
_HEADER = "c2sp.org/tlog-proof@v1"


class InclusionProof(msgspec.Struct, frozen=True):
    """That an entry is in the log.

    Attributes:
        index: the entry's place, from 0.
        hashes: 32 bytes each, from the leaf's sibling up to the root's child.
        checkpoint_note: the signed checkpoint, verbatim.
        extra: opaque bytes, proved by nothing; empty when there are none.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint_note: str
    extra: bytes = b""

    def __post_init__(self) -> None:
        """Refuses what has no text form.

        Raises:
            LedgerError: ``proof_malformed``.
        """
        if not 0 <= self.index <= MAX_SIZE:
            raise _malformed("index out of range")
        if len(self.hashes) > MAX_HASHES or any(len(item) != HASH_BYTES for item in self.hashes):
            raise _malformed("more than 63 hashes, or one is not 32 bytes")
        if len(self.extra) > MAX_EXTRA_BYTES:
            raise _malformed(f"more than {MAX_EXTRA_BYTES} bytes of extra data")
        if read_text(self.checkpoint_note, MAX_NOTE_BYTES) is None:
            raise _malformed("checkpoint too long or with control characters")

    def to_text(self) -> str:
        """The content of a ``.tlog-proof`` file."""
        lines = [_HEADER]
        if self.extra:
            lines.append(f"extra {write_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines += map(write_base64, self.hashes)
        return "\n".join(lines) + "\n\n" + self.checkpoint_note

    @classmethod
    def parse(cls, text: str | bytes) -> Self:
        """Reads a proof file; nothing is verified yet.

        A file holds one proof and nothing after it: the checkpoint's last signature ends it.

        Args:
            text: at most 393,216 bytes.

        Raises:
            LedgerError: ``proof_malformed``.
        """
        checked = read_text(text, MAX_PROOF_BYTES)
        if checked is None:
            raise _malformed("too long, not UTF-8, or with control characters")
        head, gap, note = checked.partition("\n\n")
        header, *lines = head.split("\n")
        if not gap or header != _HEADER:
            raise _malformed(f"no “{_HEADER}” at its start, or no empty line")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = read_base64(lines.pop(0).removeprefix("extra ")) or b""
            if not extra:
                raise _malformed("extra data unreadable or empty")
        if not lines or not lines[0].startswith("index "):
            raise _malformed("no index")
        index = read_number(lines[0].removeprefix("index "))
        hashes = [read_base64(line) for line in lines[1 : MAX_HASHES + 2]]
        if index is None or None in hashes:
            raise _malformed("index or a hash unreadable")
        _check_end(note)
        return cls(index, tuple(item for item in hashes if item is not None), note, extra)

    def verify(self, body: bytes, verifier: Verifier) -> Checkpoint:
        """Returns the checkpoint when the entry is in the log that the key vouches for.

        Args:
            body: the entry's canonical bytes.
            verifier: the log's key.

        Raises:
            LedgerError: ``proof_wrong``, ``tree_size_invalid``, or what ``Checkpoint.open``
                raises.
        """
        checkpoint = Checkpoint.open(self.checkpoint_note, verifier)
        verify_inclusion(leaf_hash(body), self.index, checkpoint.size, self.hashes, checkpoint.root)
        return checkpoint


def _check_end(note: str) -> None:
    """Refuses what goes on after the checkpoint; no line of a checkpoint's own text is empty."""
    try:
        split_note(note)
    except LedgerError as error:
        raise _malformed("its end is not the last signature of a checkpoint") from error
    if note.count("\n\n") != 1:
        raise _malformed("it goes on after its checkpoint; one file holds one proof")


def _malformed(why: str) -> LedgerError:
    return LedgerError(
        "proof_malformed",
        zh=f"这不是 tlog-proof 证明文件（{why}）；请取得未改动的原件。",
        en=f"This is no tlog-proof file ({why}); fetch the unaltered original.",
    )
