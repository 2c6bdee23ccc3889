"""Keys of signatures, in the forms that labels and key files hold.

Public keys, as bytes or their hexadecimal text, or as PEM:

========== ====================================================================
32 or 33   SM2: the x coordinate, alone or after ``00`` (both points are tried)
33         SM2: ``02`` or ``03`` and x, which names the point
64 or 65   SM2: x and y, alone or after ``04``
``30`` …   SubjectPublicKeyInfo (RFC 5280, 4.1) of SM2, RSA or ECDSA
========== ====================================================================
"""

import base64
import binascii
import dataclasses
import re
from typing import Literal, Self

import msgspec

from hegui.marks.security import curve, der, foreign, sm2
from hegui.marks.security.curve import Point
from hegui.marks.source import File, Source

EC_PUBLIC_KEY = bytes.fromhex("2A8648CE3D0201")
SM2_CURVE = bytes.fromhex("2A811CCF5501822D")
#: A key file is some hundred bytes; one of RSA a few thousand.
MAX_KEY_BYTES = 16_384
_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\s]*)-----END \1-----")


class PublicKey(msgspec.Struct, frozen=True):
    """A public key.

    Attributes:
        algorithm: what it signs with.
        points: for SM2: the point, or both when only x is known.
        spki: for RSA and ECDSA: the SubjectPublicKeyInfo.
    """

    algorithm: Literal["sm2", "rsa", "ecdsa"]
    points: tuple[Point, ...] = ()
    spki: bytes = b""

    @classmethod
    def parse(cls, key: str | bytes) -> Self:
        """Reads a key in one of the forms above.

        Args:
            key: bytes, hexadecimal text, or PEM.

        Raises:
            MarksError: ``key_unusable``, with the reason.
        """
        if isinstance(key, str):
            key = _from_text(key)
        if len(key) > MAX_KEY_BYTES:
            raise sm2.unusable("过长", "too long")
        if key[:1] == b"\x30" and len(key) not in {32, 33, 64, 65}:
            return cls._from_spki(key)
        return cls._from_point(key)

    @classmethod
    def _from_point(cls, key: bytes) -> Self:
        points = tuple(point for point in _points(key) if point and curve.on_curve(point))
        if not points:
            raise sm2.unusable("不是 SM2 曲线上的点", "it is no point of the SM2 curve")
        return cls("sm2", points)

    @classmethod
    def _from_spki(cls, data: bytes) -> Self:
        try:
            algorithm, bits = der.sequence(data)
            names = [part.body for part in der.elements(algorithm.body)]
        except ValueError as error:
            raise sm2.unusable("结构不对", "it is not built as a key is") from error
        if names[:1] == [EC_PUBLIC_KEY] and names[1:] == [SM2_CURVE]:
            return cls._from_point(bits.body[1:])
        return cls(foreign.algorithm(data), spki=data)

    def verify(self, message: bytes, signature: bytes, digest: str) -> bool:
        """Whether a signature over a message holds under this key.

        Args:
            message: what was signed.
            signature: DER for SM2 and ECDSA, the bare number for RSA.
            digest: ``sm3`` with SM2, else ``sha256``, ``sha384`` or ``sha512``.
        """
        if self.algorithm == "sm2":
            return any(sm2.verify(point, message, signature) for point in self.points)
        return foreign.verify(self.spki, message, signature, digest)


@dataclasses.dataclass(frozen=True, slots=True)
class PrivateKey:
    """An SM2 key to sign with; its secret half is left out of its printed form.

    Attributes:
        secret: 32 bytes.
        point: the public half.
    """

    secret: bytes = dataclasses.field(repr=False)
    point: Point

    @classmethod
    def load(cls, file: File) -> Self:
        """Reads a key file, as ``openssl genpkey -algorithm SM2`` or ``ecparam`` writes it.

        Args:
            file: path, bytes or open file; PEM of PKCS #8 (RFC 5958) or SEC 1 (RFC 5915), not
                encrypted, with the public half in it.

        Raises:
            MarksError: ``key_unusable``, with the reason; ``file_unavailable``.
        """
        with Source.of(file) as source:
            text = source.upto(0, MAX_KEY_BYTES).decode("ascii", "replace")
        blocks = {found[1]: found[2] for found in _PEM.finditer(text)}
        if "ENCRYPTED PRIVATE KEY" in blocks or "Proc-Type" in text:
            raise sm2.unusable("已加密，请先用 openssl pkey 解密", "encrypted: decrypt it first")
        try:
            if "PRIVATE KEY" in blocks:
                body = _pkcs8(base64.b64decode(blocks["PRIVATE KEY"]))
            else:
                body = base64.b64decode(blocks["EC PRIVATE KEY"])
            return cls._from_sec1(body, named="PRIVATE KEY" in blocks)
        except (KeyError, ValueError) as error:
            raise sm2.unusable("不是 PEM 格式的 SM2 私钥", "no SM2 private key in PEM") from error

    @classmethod
    def _from_sec1(cls, data: bytes, *, named: bool) -> Self:
        """ECPrivateKey; the curve is named outside it (PKCS #8) or within."""
        version, secret, *rest = der.sequence(data)
        tagged = {part.tag: part.body for part in rest}
        inner = tagged.get(0xA0)
        if inner is not None and der.elements(inner) != [der.Element(der.OBJECT, SM2_CURVE)]:
            raise ValueError("another curve")
        if der.unsigned(version) != 1 or len(secret.body) != 32 or (inner is None and not named):
            raise ValueError("no SM2 key")
        if 0xA1 not in tagged:
            raise sm2.unusable("文件中没有公钥", "the file lacks the public half")
        (bits,) = der.elements(tagged[0xA1])
        (point,) = PublicKey.parse(bits.body[1:]).points
        return cls(secret.body, point)

    @property
    def spki(self) -> bytes:
        """The public half as SubjectPublicKeyInfo, which openssl and the guide's users read."""
        names = der.encode(der.OBJECT, EC_PUBLIC_KEY) + der.encode(der.OBJECT, SM2_CURVE)
        bits = der.encode(der.BIT_STRING, b"\x00\x04", sm2.encode(self.point))
        return der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, names), bits)


def _pkcs8(data: bytes) -> bytes:
    version, algorithm, inner, *_attributes = der.sequence(data)
    names = [part.body for part in der.elements(algorithm.body)]
    if der.unsigned(version) > 1 or names != [EC_PUBLIC_KEY, SM2_CURVE]:
        raise ValueError("no SM2 key")
    return inner.body


def _points(key: bytes) -> tuple[Point | None, ...]:
    """What the bytes may stand for; the caller keeps those that are on the curve."""
    number = int.from_bytes(key[-32:], "big")
    match len(key), key[:1]:
        case (32, _) | (33, b"\x00"):
            # Found in real labels; the even one is the more likely.
            return curve.lift(number, odd=False), curve.lift(number, odd=True)
        case 33, b"\x02" | b"\x03":
            return (curve.lift(number, odd=key[0] == 3),)
        case (64, _) | (65, b"\x04"):
            return ((int.from_bytes(key[-64:-32], "big"), number),)
    raise sm2.unusable(f"{len(key)} 字节的形式未知", f"no known form has its {len(key)} bytes")


def _from_text(text: str) -> bytes:
    if len(text) > 2 * MAX_KEY_BYTES:
        raise sm2.unusable("过长", "too long")
    found = _PEM.search(text)
    try:
        if found is None:
            return bytes.fromhex(text)
        if found[1] != "PUBLIC KEY":
            raise sm2.unusable(f"PEM 类型为 {found[1]}", f"its PEM says {found[1]}")
        return base64.b64decode(found[2])
    except (ValueError, binascii.Error) as error:
        raise sm2.unusable("既不是十六进制也不是 PEM", "neither hexadecimal nor PEM") from error
