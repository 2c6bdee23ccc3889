"""Reading an encrypted PDF that opens without a password (ISO 32000-2, 7.6).

Many files are encrypted only to forbid printing or copying; every reader opens them with the empty
user password, and so do we, to read and never to write. RC4 and AES come from ``cryptography``,
which is imported when such a file is met.
"""

import hashlib

import msgspec

from hegui.marks.carriers.pdf_syntax import Dict, Name, Value

#: What fills a password up to 32 bytes; all of it is the empty one (algorithm 2, step a).
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


class Cipher(msgspec.Struct, frozen=True):
    """How a file's strings and streams are opened.

    Attributes:
        key: the file's key.
        strings: ``RC4``, ``AES`` (with a key for each object), ``AES256`` or ``Identity``.
        streams: the same for streams.
        metadata: whether the metadata stream is encrypted as well.
    """

    key: bytes
    strings: str
    streams: str
    metadata: bool

    def string(self, number: int, generation: int, data: bytes) -> bytes:
        """A string of an object, opened; one that can't be is left as it is."""
        return self._opened(self.strings, number, generation, data)

    def stream(self, number: int, generation: int, data: bytes) -> bytes:
        """As ``string``, for the raw bytes of a stream."""
        return self._opened(self.streams, number, generation, data)

    def _opened(self, way: str, number: int, generation: int, data: bytes) -> bytes:
        if way == "Identity":
            return data
        key = self.key
        if way != "AES256":
            named = number.to_bytes(4, "little")[:3] + generation.to_bytes(4, "little")[:2]
            key = _md5(key + named + (b"sAlT" if way == "AES" else b""))[: min(len(key) + 5, 16)]
        if way == "RC4":
            return _rc4(key, data)
        if len(data) < 32 or len(data) % 16:
            return data
        plain = _aes(key, data[:16], data[16:])
        return plain[: -plain[-1]] if 1 <= plain[-1] <= 16 else plain


def cipher(encrypt: Value, identity: Value) -> Cipher | None:
    """The cipher of a file that opens with the empty password; None for any other.

    Args:
        encrypt: the encryption dictionary, its inner values direct.
        identity: the trailer's ``ID``.
    """
    if not isinstance(encrypt, Dict) or encrypt.get("Filter") != Name("Standard"):
        return None
    version, revision = encrypt.get("V", 0), encrypt.get("R", 0)
    metadata = encrypt.get("EncryptMetadata") is not False
    first = identity[0] if isinstance(identity, list) and identity else b""
    if not isinstance(revision, int) or not isinstance(first, bytes):
        return None
    key = _new_key(encrypt, revision) if revision >= 5 else _old_key(encrypt, revision, first)
    if key is None:
        return None
    if version in {1, 2}:
        return Cipher(key, "RC4", "RC4", metadata)
    strings, streams = _way(encrypt, "StrF"), _way(encrypt, "StmF")
    if version not in {4, 5} or strings is None or streams is None:
        return None
    return Cipher(key, strings, streams, metadata)


def _way(encrypt: Dict, which: str) -> str | None:
    """What a crypt filter does (7.6.6)."""
    name = encrypt.get(which, Name("Identity"))
    filters = encrypt.get("CF")
    if name == Name("Identity"):
        return "Identity"
    found = filters.get(name) if isinstance(filters, Dict) and isinstance(name, Name) else None
    method = found.get("CFM") if isinstance(found, Dict) else None
    return _METHODS.get(method) if isinstance(method, Name) else None


def _old_key(encrypt: Dict, revision: int, first: bytes) -> bytes | None:
    """Algorithms 2, 4 and 5."""
    owner, user, flags = encrypt.get("O"), encrypt.get("U"), encrypt.get("P")
    bits = encrypt.get("Length", 40) if revision > 2 else 40
    bits = 128 if revision == 4 else bits
    if not isinstance(owner, bytes) or not isinstance(user, bytes) or not isinstance(bits, int):
        return None
    if not isinstance(flags, int) or not 40 <= bits <= 128:
        return None
    size = bits // 8
    open_metadata = revision >= 4 and encrypt.get("EncryptMetadata") is False
    seed = _PAD + owner[:32] + (flags & 0xFFFFFFFF).to_bytes(4, "little") + first
    key = _md5(seed + (b"\xff" * 4 if open_metadata else b""))
    if revision == 2:
        key = key[:size]
        return key if _rc4(key, _PAD) == user[:32] else None
    for _ in range(50):
        key = _md5(key[:size])
    key = key[:size]
    proof = _md5(_PAD + first)
    for turn in range(20):
        proof = _rc4(bytes(byte ^ turn for byte in key), proof)
    return key if proof == user[:16] else None


def _new_key(encrypt: Dict, revision: int) -> bytes | None:
    """Algorithm 2.A."""
    user, held = encrypt.get("U"), encrypt.get("UE")
    if revision not in {5, 6} or not isinstance(user, bytes) or not isinstance(held, bytes):
        return None
    if len(user) < 48 or len(held) < 32:
        return None
    digest = _hardened if revision == 6 else _sha256
    if digest(user[32:40]) != user[:32]:
        return None
    return _aes(digest(user[40:48]), bytes(16), held[:32])


def _hardened(salt: bytes) -> bytes:
    """Algorithm 2.B for the empty password; its turns end between 64 and some hundred."""
    key = _sha256(salt)
    turn, last = 0, 0
    while turn < 64 or last > turn - 32:
        mixed = _aes(key[:16], key[16:32], key * 64, encrypt=True)
        kind = sum(mixed[:16]) % 3
        key = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[kind](mixed).digest()
        last = mixed[-1]
        turn += 1
    return key[:32]


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4  # noqa: PLC0415  see above
    from cryptography.hazmat.primitives.ciphers import Cipher as Engine  # noqa: PLC0415

    return Engine(ARC4(key), None).decryptor().update(data)


def _aes(key: bytes, start: bytes, data: bytes, *, encrypt: bool = False) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher as Engine  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.modes import CBC  # noqa: PLC0415

    engine = Engine(AES(key), CBC(start))
    return (engine.encryptor() if encrypt else engine.decryptor()).update(data)


_METHODS = {"V2": "RC4", "AESV2": "AES", "AESV3": "AES256", "None": "Identity"}
