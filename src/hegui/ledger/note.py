"""Signed notes with Ed25519 keys (https://c2sp.org/signed-note).

A note is text that ends in a newline, an empty line, and signature lines: an em dash, a
space, the key's name, a space, and base64 of the 4-byte key id and the signature. Verifier
keys are written ``NAME+ID+KEY`` as Go's ``golang.org/x/mod/sumdb/note`` reads them.
"""

from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hegui.ledger.errors import LedgerError
from hegui.ledger.wire import read_base64, read_text, write_base64
from hegui.world import World

#: Room for sixteen post-quantum signatures of 5 kB, which every verifier must accept.
MAX_NOTE_BYTES = 262_144
MAX_SIGNATURES = 100
_MAX_KEY_BYTES = 1_024
#: Leaves room for the signature line, so that what is signed can be opened.
_MAX_TEXT_BYTES = MAX_NOTE_BYTES - 2 * _MAX_KEY_BYTES
_ED25519 = b"\x01"
_DASH = "— "


class Signer:
    """Signs notes under a name.

    Attributes:
        name: the key's name; a log's origin.
        seed: the 32 secret bytes, for whoever stores them; never printed.
        vkey: the public verifier key, ``NAME+ID+KEY``.
    """

    def __init__(self, name: str, seed: bytes) -> None:
        if len(seed) != 32:
            raise _key_malformed("the secret seed has 32 bytes", "私钥种子应为 32 字节")
        _check_name(name)
        self.name = name
        self.seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._key.public_key().public_bytes_raw()
        self._id = _key_id(name, public)
        self.vkey = f"{name}+{self._id.hex()}+{write_base64(_ED25519 + public)}"

    @classmethod
    def generate(cls, name: str, world: World) -> Self:
        """A new key out of the world's randomness.

        Raises:
            LedgerError: ``note_key_name_invalid``.
        """
        return cls(name, world.token(32))

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> Self:
        """The key that belongs to a stored seed (RFC 8032's 32-byte private key).

        Raises:
            LedgerError: ``note_key_malformed``, ``note_key_name_invalid``.
        """
        return cls(name, seed)

    def sign(self, text: str) -> str:
        """The signed note.

        Args:
            text: at most 260,096 bytes; ends in a newline, has no other control characters.

        Raises:
            LedgerError: ``note_malformed``.
        """
        checked = read_text(text, _MAX_TEXT_BYTES)
        if checked is None or not checked.endswith("\n"):
            raise _malformed("its text is too long, has no final newline, or control characters")
        signature = write_base64(self._id + self._key.sign(checked.encode()))
        return f"{checked}\n{_DASH}{self.name} {signature}\n"


class Verifier:
    """Opens notes that one known key has signed.

    Attributes:
        name: the key's name.
        vkey: the key as given.
    """

    def __init__(self, vkey: str) -> None:
        """Reads a verifier key.

        Args:
            vkey: ``NAME+ID+KEY``, at most 1,024 bytes.

        Raises:
            LedgerError: ``note_key_malformed``, ``note_key_name_invalid``.
        """
        checked = read_text(vkey, _MAX_KEY_BYTES)
        parts = (checked or "").split("+", 2)
        if len(parts) != 3:
            raise _key_malformed("it is NAME+ID+KEY", "格式应为 名称+编号+公钥")
        name, key_id, encoded = parts
        _check_name(name)
        key = read_base64(encoded)
        if key is None or len(key) != 33 or key[:1] != _ED25519:
            raise _key_malformed("its last part is no Ed25519 key", "末段不是 Ed25519 公钥")
        self._id = _key_id(name, key[1:])
        if key_id != self._id.hex():
            raise _key_malformed("its id belongs to another name or key", "编号与名称或公钥不符")
        self._key = Ed25519PublicKey.from_public_bytes(key[1:])
        self.name = name
        self.vkey = vkey

    def open(self, note: str | bytes) -> str:
        """The note's text, once a signature of this key holds.

        Signatures of other keys are ignored; one of this key that fails spoils the note.

        Args:
            note: at most 262,144 bytes and 100 signature lines.

        Returns:
            The text with its final newline.

        Raises:
            LedgerError: ``note_malformed``, ``note_signature_wrong``, ``note_not_signed``.
        """
        text, signatures = split_note(note)
        verified = False
        for name, signature in signatures:
            if name != self.name or signature[:4] != self._id:
                continue
            try:
                self._key.verify(signature[4:], text.encode())
            except InvalidSignature as error:
                raise LedgerError(
                    "note_signature_wrong",
                    zh=f"“{name}”的签名不成立，内容被改动过；请勿采信，并向出具方重新索取。",
                    en=f"The signature of “{name}” does not hold: the text was altered. "
                    "Do not rely on it, and ask the issuer for it again.",
                ) from error
            verified = True
        if not verified:
            raise LedgerError(
                "note_not_signed",
                zh=f"其中没有密钥“{self.name}”的签名；请核对所用的公钥与出具方。",
                en=f"The key “{self.name}” has not signed this; compare the key with the issuer's.",
            )
        return text


def split_note(note: str | bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """A note's text and its signatures, unverified.

    Returns:
        The text, and for each line the key's name and the key id with the signature.

    Raises:
        LedgerError: ``note_malformed``.
    """
    checked = read_text(note, MAX_NOTE_BYTES)
    if checked is None:
        raise _malformed(f"not UTF-8, over {MAX_NOTE_BYTES} bytes, or with control characters")
    # The last empty line parts text and signatures: the text itself may have empty lines.
    body, gap, block = checked.rpartition("\n\n")
    if not gap or not block.endswith("\n"):
        raise _malformed("no block of signatures after an empty line")
    lines = block[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise _malformed(f"more than {MAX_SIGNATURES} signatures")
    return f"{body}\n", [_read_signature(line) for line in lines]


def _read_signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    signature = read_base64(encoded)
    if not line.startswith(_DASH) or not _is_name(name) or signature is None or len(signature) < 5:
        raise _malformed("a signature line is not of the form “— NAME BASE64”")
    return name, signature


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(map(str.isspace, name))


def _check_name(name: str) -> None:
    if not _is_name(name) or read_text(name, _MAX_KEY_BYTES) is None:
        raise LedgerError(
            "note_key_name_invalid",
            zh=f"密钥名称 {name!r} 不可用：不可为空，不可含空白或加号；"
            "请用 example.com/log 这样的名称。",
            en=f"The key name {name!r} will not do: not empty, no spaces, no plus sign; "
            "use a name such as example.com/log.",
        )


def _malformed(why: str) -> LedgerError:
    return LedgerError(
        "note_malformed",
        zh=f"这不是 C2SP 签名文本（{why}）；请取得未改动的原文。",
        en=f"This is no C2SP signed note ({why}); fetch the unaltered original.",
    )


def _key_malformed(why: str, why_zh: str) -> LedgerError:
    return LedgerError(
        "note_key_malformed",
        zh=f"验证密钥无效（{why_zh}）；请向日志方重新索取。",
        en=f"The key is not usable ({why}); ask the log's operator for it again.",
    )
