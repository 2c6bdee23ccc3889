"""SM2 signatures with SM3 (GB/T 32918.2, object 1.2.156.10197.1.501).

Checking is done here: it handles public values only, and GmSSL prints lines on standard error for
every signature that does not hold, which is nothing unusual in real files. Signing is GmSSL's, and
each signature it makes is checked here before it leaves.
"""

from hegui.marks.errors import MarksError
from hegui.marks.security import curve, der
from hegui.marks.security.curve import Point

#: The signer's identity that GB/T 32918.5 and the guide take when none is agreed.
DEFAULT_USER = b"1234567812345678"


def sm3(data: bytes) -> bytes:
    """The SM3 digest (GB/T 32905), 32 bytes."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415  heavy, and rarely needed

    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def verify(key: Point, message: bytes, signature: bytes) -> bool:
    """Whether a signature over a message holds under a key.

    Args:
        key: the signer's public point.
        message: what was signed, of any length.
        signature: DER of r and s. What is no DER, or out of range, does not hold.
    """
    try:
        r, s = (der.unsigned(part) for part in der.sequence(signature))
    except ValueError:
        return False
    t = (r + s) % curve.N
    if not (0 < r < curve.N and 0 < s < curve.N and t) or not curve.on_curve(key):
        return False
    point = curve.combine(s, t, key)
    if point is None:
        return False
    return (_digest(key, message) + point[0]) % curve.N == r


def sign(secret: bytes, key: Point, message: bytes) -> bytes:
    """Signs a message.

    Args:
        secret: the private key, 32 bytes.
        key: its public point.
        message: of any length.

    Returns:
        DER of r and s.

    Raises:
        MarksError: ``key_unusable`` when the private and the public key do not belong together.
    """
    import gmssl_pyx  # noqa: PLC0415  only signing needs it

    try:
        signature = bytes(gmssl_pyx.sm2_sign(secret, encode(key), message, DEFAULT_USER))
    except gmssl_pyx.GmsslInnerError:
        signature = b""
    if not verify(key, message, signature):
        raise unusable("私钥与其公钥不相符", "its private and public halves don't match")
    return signature


def unusable(why_zh: str, why_en: str) -> MarksError:
    """The error for a key that can't be used.

    Args:
        why_zh: what is wrong with it, in Chinese, without a full stop.
        why_en: the same in English.
    """
    return MarksError(
        "key_unusable",
        zh=f"密钥不可用（{why_zh}）；没有签名，文件未改动。"
        "可用 openssl genpkey -algorithm SM2 生成新的密钥。",
        en=f"The key can't be used ({why_en}); nothing was signed and no file changed. "
        "openssl genpkey -algorithm SM2 makes a new one.",
    )


def encode(point: Point) -> bytes:
    """Both coordinates, 64 bytes."""
    return b"".join(part.to_bytes(32, "big") for part in point)


def _digest(key: Point, message: bytes) -> int:
    user = (len(DEFAULT_USER) * 8).to_bytes(2, "big") + DEFAULT_USER
    fixed = (curve.A, curve.B, *curve.G)
    z = sm3(user + b"".join(part.to_bytes(32, "big") for part in fixed) + encode(key))
    return int.from_bytes(sm3(z + message), "big")
