import base64
import contextlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization import PublicFormat as Public
from hypothesis import given
from hypothesis import strategies as st
from tests.marks.security_keys import OTHER, OURS

from hegui.marks.errors import MarksError
from hegui.marks.security import PrivateKey, PublicKey, der, sm2
from hegui.marks.security.keys import EC_PUBLIC_KEY, SM2_CURVE

RAW = sm2.encode(OURS.point)
X = RAW[:32]
PARITY = b"\x03" if RAW[-1] & 1 else b"\x02"


def pem(kind: str, data: bytes) -> bytes:
    text = base64.encodebytes(data).decode()
    return f"-----BEGIN {kind}-----\n{text}-----END {kind}-----\n".encode()


def sec1(secret: bytes = OURS.secret, *, named: bool = True, public: bool = True) -> bytes:
    parts = [der.encode(der.INTEGER, b"\x01"), der.encode(der.OCTET_STRING, secret)]
    if named:
        parts.append(der.encode(0xA0, der.encode(der.OBJECT, SM2_CURVE)))
    if public:
        parts.append(der.encode(0xA1, der.encode(der.BIT_STRING, b"\0\x04" + RAW)))
    return der.encode(der.SEQUENCE, *parts)


def pkcs8(inner: bytes, curve: bytes = SM2_CURVE) -> bytes:
    names = der.encode(der.OBJECT, EC_PUBLIC_KEY) + der.encode(der.OBJECT, curve)
    return der.encode(
        der.SEQUENCE,
        der.encode(der.INTEGER, b"\0"),
        der.encode(der.SEQUENCE, names),
        der.encode(der.OCTET_STRING, inner),
    )


@pytest.mark.parametrize(
    "key",
    [
        RAW,
        b"\x04" + RAW,
        PARITY + X,
        OURS.spki,
        RAW.hex(),
        (b"\x04" + RAW).hex().upper(),
        OURS.spki.hex(),
        pem("PUBLIC KEY", OURS.spki).decode(),
    ],
)
def test_every_form_gives_the_point(key: str | bytes) -> None:
    assert PublicKey.parse(key) == PublicKey("sm2", (OURS.point,))


@pytest.mark.parametrize("key", [X, b"\0" + X])
def test_x_alone_gives_both_points(key: bytes) -> None:
    parsed = PublicKey.parse(key)
    assert OURS.point in parsed.points
    assert len(parsed.points) == 2
    assert parsed.verify(b"m", sm2.sign(OURS.secret, OURS.point, b"m"), "sm3")
    assert not parsed.verify(b"m", sm2.sign(OTHER.secret, OTHER.point, b"m"), "sm3")


def test_a_point_whose_first_byte_is_a_sequences_is_still_a_point() -> None:
    # 64 bytes that start with 30 hexadecimal are coordinates, not SubjectPublicKeyInfo.
    with pytest.raises(MarksError, match="no point"):
        PublicKey.parse(b"\x30" + RAW[1:])


def test_rsa_and_ecdsa_keys_are_told_apart() -> None:
    spki = (Encoding.DER, Public.SubjectPublicKeyInfo)
    two = rsa.generate_private_key(65537, 2048).public_key().public_bytes(*spki)
    curve = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(*spki)
    assert PublicKey.parse(two).algorithm == "rsa"
    assert PublicKey.parse(curve.hex()).algorithm == "ecdsa"


BAD: dict[str, str | bytes] = {
    "empty": "",
    "odd hexadecimal": "123",
    "31 bytes": RAW[:31],
    "66 bytes": b"\x04" + RAW + b"\0",
    "off the curve": RAW[:-1] + bytes([RAW[-1] ^ 1]),
    "65 bytes after 05": b"\x05" + RAW,
    "33 bytes after 07": b"\x07" + X,
    "no key at all": b"\x30\x03\x02\x01\x05",
    "sequence cut": OURS.spki[:-1],
    "SPKI of another point": OURS.spki[:-1] + bytes([OURS.spki[-1] ^ 1]),
    "private PEM": pem("PRIVATE KEY", b"0").decode(),
    "PEM of nothing": "-----BEGIN PUBLIC KEY-----\n=\n-----END PUBLIC KEY-----",
    "too long": b"\x30" * 20_000,
    "too long a text": "30" * 20_000,
    "words": "no key",
    "DSA": dsa.generate_private_key(2048)
    .public_key()
    .public_bytes(Encoding.DER, Public.SubjectPublicKeyInfo),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_public_keys(name: str) -> None:
    with pytest.raises(MarksError, match="key_unusable"):
        PublicKey.parse(BAD[name])


@given(st.binary(max_size=120))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for key in (data, data.hex(), der.encode(der.SEQUENCE, data)):
        with contextlib.suppress(MarksError):
            PublicKey.parse(key)


@pytest.mark.parametrize(
    "text",
    [
        pem("PRIVATE KEY", pkcs8(sec1(named=False))),
        pem("PRIVATE KEY", pkcs8(sec1())),
        pem("EC PRIVATE KEY", sec1()),
        pem("EC PARAMETERS", der.encode(der.OBJECT, SM2_CURVE)) + pem("EC PRIVATE KEY", sec1()),
    ],
)
def test_private_keys(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(text)
    assert PrivateKey.load(path) == OURS
    assert PrivateKey.load(text) == OURS


def foreign_private() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


BAD_PRIVATE = {
    "nothing": b"",
    "no PEM": b"\xff\x00",
    "public": pem("PUBLIC KEY", OURS.spki),
    "encrypted": pem("ENCRYPTED PRIVATE KEY", b"0"),
    "no public half": pem("EC PRIVATE KEY", sec1(public=False)),
    "no curve": pem("EC PRIVATE KEY", sec1(named=False)),
    "another curve": foreign_private(),
    "another curve outside": pem("PRIVATE KEY", pkcs8(sec1(named=False), b"\x2a\x86\x48")),
    "short secret": pem("EC PRIVATE KEY", sec1(OURS.secret[1:])),
    "cut": pem("PRIVATE KEY", pkcs8(sec1())[:-9]),
    "no numbers": pem("EC PRIVATE KEY", b"\x30\x00"),
}


@pytest.mark.parametrize("name", BAD_PRIVATE)
def test_bad_private_keys(name: str) -> None:
    with pytest.raises(MarksError, match="key_unusable"):
        PrivateKey.load(BAD_PRIVATE[name])


def test_the_printed_form_hides_the_secret() -> None:
    assert OURS.secret.hex() not in repr(OURS)
    assert "secret" not in repr(OURS)
