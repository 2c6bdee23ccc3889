"""Passphrases at rest: argon2id (RFC 9106) with the library's own parameters."""

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from hegui.people.errors import PeopleError

SHORTEST = 8
#: Bounds the work of one attempt; nobody types more.
LONGEST = 1024

_hasher = PasswordHasher()
# A hash takes 64 MiB for a moment; two at a time keep a crowd at the door from filling memory.
_slots = BoundedSemaphore(2)


def hash_passphrase(passphrase: str) -> str:
    """Hash a new passphrase.

    Raises:
        PeopleError: ``passphrase_length``, under 8 or over 1,024 characters.
    """
    plain = _plain(passphrase)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise PeopleError(
            "passphrase_length",
            zh=f"口令须为 {SHORTEST} 至 {LONGEST} 个字符。请换一个，例如几个不相干的词。",
            en=f"A passphrase has {SHORTEST} to {LONGEST} characters. "
            "Choose another, such as a few unrelated words.",
        )
    with _slots:
        return _hasher.hash(_bytes(plain))


def verify_passphrase(hashed: str | None, passphrase: str) -> bool:
    """Whether this is the passphrase; takes as long when there is no account (``None``)."""
    plain = _plain(passphrase)
    with _slots:
        if hashed is None or len(plain) > LONGEST:
            _hasher.hash(_bytes(plain[:LONGEST]))
            return False
        try:
            return _hasher.verify(hashed, _bytes(plain))
        except VerifyMismatchError:
            return False


def _plain(passphrase: str) -> str:
    """One form for what different keyboards send for the same characters."""
    return unicodedata.normalize("NFKC", passphrase)


def _bytes(plain: str) -> bytes:
    return plain.encode(errors="surrogatepass")
