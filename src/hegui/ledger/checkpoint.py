"""Checkpoints: the head of the log, vouched for by its key (https://c2sp.org/tlog-checkpoint).

The text is the origin, the tree's size and its root in base64, one a line. In this house the
origin always equals the name of the key, so that a key can vouch for one log only.
"""

from typing import Self

import msgspec

from hegui.ledger.errors import LedgerError
from hegui.ledger.merkle.hashing import HASH_BYTES
from hegui.ledger.merkle.tiles import MAX_SIZE
from hegui.ledger.note import MAX_NOTE_BYTES, Signer, Verifier
from hegui.ledger.wire import read_base64, read_number, read_text, write_base64


class Checkpoint(msgspec.Struct, frozen=True):
    """The head of a log.

    Attributes:
        origin: the log's name, one line.
        size: number of leaves.
        root: 32 bytes.
        extensions: further lines, opaque; this house writes none.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses what has no text form.

        Raises:
            LedgerError: ``checkpoint_malformed``.
        """
        for line in (self.origin, *self.extensions):
            if not line or "\n" in line or read_text(line, MAX_NOTE_BYTES) is None:
                raise _malformed("a line is empty or holds a control character")
        if not 0 <= self.size <= MAX_SIZE or len(self.root) != HASH_BYTES:
            raise _malformed("size or root out of range")

    def to_text(self) -> str:
        """The text to sign, with its final newline."""
        lines = (self.origin, str(self.size), write_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str | bytes) -> Self:
        """Reads the text of a checkpoint, without any signature.

        Raises:
            LedgerError: ``checkpoint_malformed``.
        """
        checked = read_text(text, MAX_NOTE_BYTES)
        if checked is None or not checked.endswith("\n"):
            raise _malformed("too long, not UTF-8, or no final newline")
        lines = checked[:-1].split("\n")
        if len(lines) < 3:
            raise _malformed("fewer than three lines")
        origin, size, root, *extensions = lines
        number, head = read_number(size), read_base64(root)
        if number is None or head is None:
            raise _malformed("size or root unreadable")
        return cls(origin, number, head, tuple(extensions))

    def sign(self, signer: Signer) -> str:
        """The signed note.

        Raises:
            LedgerError: ``checkpoint_origin_wrong`` when the key has another name.
        """
        _check_origin(self.origin, signer.name)
        return signer.sign(self.to_text())

    @classmethod
    def open(cls, note: str | bytes, verifier: Verifier) -> Self:
        """The checkpoint in a note, once its signature holds and its origin is the key's.

        Raises:
            LedgerError: ``note_malformed``, ``note_signature_wrong``, ``note_not_signed``,
                ``checkpoint_malformed``, ``checkpoint_origin_wrong``.
        """
        checkpoint = cls.parse(verifier.open(note))
        _check_origin(checkpoint.origin, verifier.name)
        return checkpoint


def _check_origin(origin: str, name: str) -> None:
    if origin != name:
        raise LedgerError(
            "checkpoint_origin_wrong",
            zh=f"检查点属于日志“{origin}”，密钥属于“{name}”；请换用该日志的密钥。",
            en=f"The checkpoint is of the log “{origin}”, the key of “{name}”; "
            "use that log's own key.",
        )


def _malformed(why: str) -> LedgerError:
    return LedgerError(
        "checkpoint_malformed",
        zh=f"这不是检查点（{why}）；请取得未改动的原文。",
        en=f"This is no checkpoint ({why}); fetch the unaltered original.",
    )
