"""RSA and ECDSA signatures, which some producers put where the guide has SM2; only checked."""

from typing import TYPE_CHECKING, Literal

from hegui.marks.security.sm2 import unusable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
    from cryptography.hazmat.primitives.hashes import HashAlgorithm


def algorithm(spki: bytes) -> Literal["rsa", "ecdsa"]:
    """What a SubjectPublicKeyInfo signs with.

    Raises:
        MarksError: ``key_unusable`` for every other algorithm, and for a damaged key.
    """
    from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: PLC0415  heavy

    match _load(spki):
        case rsa.RSAPublicKey():
            return "rsa"
        case ec.EllipticCurvePublicKey():
            return "ecdsa"
    raise unusable("不是 SM2、RSA 或 ECDSA 公钥", "it is no key of SM2, RSA or ECDSA")


def verify(spki: bytes, message: bytes, signature: bytes, digest: str) -> bool:
    """Whether an RSA (PKCS #1 1.5) or ECDSA signature holds.

    Args:
        spki: the key, as ``algorithm`` has seen it.
        message: what was signed.
        signature: the number for RSA, DER for ECDSA.
        digest: ``sha256``, ``sha384`` or ``sha512``; with any other nothing holds.
    """
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  heavy
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa  # noqa: PLC0415

    known: dict[str, HashAlgorithm] = {
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    if digest not in known:
        return False
    try:
        match _load(spki):
            case rsa.RSAPublicKey() as key:
                key.verify(signature, message, padding.PKCS1v15(), known[digest])
            case ec.EllipticCurvePublicKey() as key:
                key.verify(signature, message, ec.ECDSA(known[digest]))
    except InvalidSignature:
        return False
    return True


def _load(spki: bytes) -> "PublicKeyTypes":
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  heavy
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

    try:
        return serialization.load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise unusable("公钥损坏或种类未知", "damaged, or of an unknown kind") from error
