"""How a text is sealed and committed to.

A sealed segment is ``nonce | ciphertext``: AES-256-GCM under the person's key, bound to its
place by the associated data ``GENERATION/PART/SEQ``, so that a segment moved elsewhere does not
open. The plaintext of segment 0 begins with a random 32-byte salt. The ledger holds only
``commit(salt, text)``; with the salt destroyed the commitment tells nothing about the text.
"""

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hegui.vault.errors import VaultError

NONCE = 12
SALT = 32


def _place(generation_id: str, part: str, seq: int) -> bytes:
    return f"{generation_id}/{part}/{seq}".encode()


class Sealer:
    """Seals under one person's key, made ready once.

    Args:
        key: the person's key, 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(
        self, data: bytes, *, generation_id: str, part: str, seq: int, nonce12: bytes
    ) -> bytes:
        """Seal one segment.

        Args:
            data: the plaintext; that of ``seq`` 0 begins with the 32-byte salt.
            generation_id: the act the segment belongs to.
            part: ``prompt`` or ``answer``.
            seq: the segment's number in its part, from 0.
            nonce12: 12 random bytes, never used twice under one key.

        Returns:
            The nonce, then the ciphertext with its 16-byte tag.
        """
        place = _place(generation_id, part, seq)
        return nonce12 + self._cipher.encrypt(nonce12, data, place)


def open_(key: bytes, sealed: bytes, *, generation_id: str, part: str, seq: int) -> bytes:
    """Open one segment; the counterpart of :meth:`Sealer.seal`.

    Raises:
        VaultError: ``sealed_broken``, when the bytes, the place or the key are not those it was
            sealed with.
    """
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], _place(generation_id, part, seq))
    except (InvalidTag, ValueError) as error:
        raise VaultError(
            "sealed_broken",
            zh="封存的内容打不开：数据、位置或密钥与封存时不符。请从备份恢复数据库，不要改动封存表。",
            en="A sealed text does not open: its bytes, place or key differ from when it was "
            "sealed. Restore the database from a backup; never edit the sealed table.",
        ) from error


def commit(salt32: bytes, data: bytes) -> str:
    """The commitment that the ledger holds: HMAC-SHA-256(salt, data), 64 hex digits."""
    return hmac.digest(salt32, data, "sha256").hex()


class Commitment:
    """What :func:`commit` gives, of a content that comes in pieces.

    Args:
        salt32: the salt.
    """

    __slots__ = ("_first", "_mac", "_salt")

    def __init__(self, salt32: bytes) -> None:
        self._salt = salt32
        # Most contents come in one piece, and for one piece a single call is far cheaper.
        self._first: bytes | None = None
        self._mac: hmac.HMAC | None = None

    def update(self, data: bytes) -> None:
        """Take in the next piece."""
        if self._first is None:
            self._first = data
            return
        if self._mac is None:
            self._mac = hmac.new(self._salt, self._first, "sha256")
        self._mac.update(data)

    def hex(self) -> str:
        """The commitment to all pieces so far, 64 hex digits."""
        if self._mac is None:
            return commit(self._salt, self._first or b"")
        return self._mac.hexdigest()
