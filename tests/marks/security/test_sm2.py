import gmssl_pyx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.marks.security_keys import OTHER, OURS

from hegui.marks.errors import MarksError
from hegui.marks.security import curve, der, sm2

# GB/T 32918.5-2017, Annex A.2.
KEY = (
    0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
    0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13,
)
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA


def pair(r: int, s: int) -> bytes:
    parts = [n.to_bytes(n.bit_length() // 8 + 1, "big") for n in (r, s)]
    return der.encode(der.SEQUENCE, *(der.encode(der.INTEGER, part) for part in parts))


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_vectors(message: bytes, digest: str) -> None:
    assert sm2.sm3(message).hex() == digest


def test_the_standards_signature_holds() -> None:
    assert sm2.verify(KEY, b"message digest", pair(R, S))


BAD = {
    "changed r": pair(R ^ 1, S),
    "changed s": pair(R, S ^ 1),
    "swapped": pair(S, R),
    "r is 0": pair(0, S),
    "s is 0": pair(R, 0),
    "r is the order": pair(curve.N, S),
    "s above the order": pair(R, S + curve.N),
    "r and s cancel": pair(R, curve.N - R),
    "one number": der.encode(der.SEQUENCE, der.encode(der.INTEGER, b"\x05")),
    "three numbers": pair(R, S)[:-1],
    "bytes after it": pair(R, S) + b"\0",
    "nothing": b"",
    "no DER": b"\xff" * 70,
}


@pytest.mark.parametrize("name", BAD)
def test_bad_signatures_do_not_hold(name: str) -> None:
    assert not sm2.verify(KEY, b"message digest", BAD[name])


@pytest.mark.parametrize("key", [(0, 0), (KEY[0], KEY[1] + 1), (KEY[0] + curve.P, KEY[1])])
def test_keys_off_the_curve_hold_nothing(key: curve.Point) -> None:
    assert not sm2.verify(key, b"message digest", pair(R, S))


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200))
def test_what_gmssl_signs_holds_here_and_the_other_way(message: bytes) -> None:
    public, secret = gmssl_pyx.sm2_key_generate()
    point = (int.from_bytes(public[:32], "big"), int.from_bytes(public[32:], "big"))
    theirs = gmssl_pyx.sm2_sign(secret, public, message)
    assert sm2.verify(point, message, theirs)
    assert not sm2.verify(point, message + b"x", theirs)
    assert not sm2.verify(OURS.point, message, theirs)
    ours = sm2.sign(secret, point, message)
    assert gmssl_pyx.sm2_verify(public, message, ours)


def test_a_failed_check_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert not sm2.verify(KEY, b"another message", pair(R, S))
    assert capfd.readouterr() == ("", "")


def test_halves_of_two_keys_sign_nothing() -> None:
    with pytest.raises(MarksError, match="key_unusable"):
        sm2.sign(OURS.secret, OTHER.point, b"message")


@pytest.mark.parametrize("secret", [0, curve.N - 1, curve.N])
def test_secrets_out_of_range_sign_nothing(secret: int, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MarksError, match="key_unusable"):
        sm2.sign(secret.to_bytes(32, "big"), OURS.point, b"message")
    capfd.readouterr()  # GmSSL prints where it refused
