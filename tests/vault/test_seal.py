"""Sealing against a second implementation, every way to move or change a segment, commitments."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from hegui.vault import Commitment, VaultError, commit
from hegui.vault.seal import Sealer, open_

KEY = bytes(range(32))
NONCE = bytes(range(100, 112))
ACT = "0123456789abcdef0123456789abcdef"


def sealed(data: bytes = b"words") -> bytes:
    return Sealer(KEY).seal(data, generation_id=ACT, part="answer", seq=3, nonce12=NONCE)


@given(st.binary(max_size=300), st.integers(0, 10_000))
def test_what_was_sealed_opens(data: bytes, seq: int) -> None:
    box = Sealer(KEY).seal(data, generation_id=ACT, part="prompt", seq=seq, nonce12=NONCE)
    assert open_(KEY, box, generation_id=ACT, part="prompt", seq=seq) == data


def test_the_form_is_nonce_then_gcm_bound_to_its_place() -> None:
    gcm = Cipher(algorithms.AES(KEY), modes.GCM(NONCE)).encryptor()
    gcm.authenticate_additional_data(f"{ACT}/answer/3".encode())
    expected = NONCE + gcm.update(b"words") + gcm.finalize() + gcm.tag
    assert sealed() == expected


@pytest.mark.parametrize(
    ("generation_id", "part", "seq"),
    [
        pytest.param("f" * 32, "answer", 3, id="another-generation"),
        pytest.param(ACT, "prompt", 3, id="another-part"),
        pytest.param(ACT, "answer", 2, id="another-place-in-the-part"),
    ],
)
def test_a_segment_that_was_moved_does_not_open(generation_id: str, part: str, seq: int) -> None:
    with pytest.raises(VaultError) as caught:
        open_(KEY, sealed(), generation_id=generation_id, part=part, seq=seq)
    assert caught.value.code == "sealed_broken"


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(b"", id="empty"),
        pytest.param(NONCE[:5], id="half-a-nonce"),
        pytest.param(NONCE, id="nonce-alone"),
        pytest.param(sealed()[:-1], id="tag-cut-short"),
        pytest.param(sealed() + b"\0", id="a-byte-too-many"),
        pytest.param(sealed()[:-1] + bytes([sealed()[-1] ^ 1]), id="tag-changed"),
        pytest.param(bytes([sealed()[0] ^ 1]) + sealed()[1:], id="nonce-changed"),
        pytest.param(sealed()[:14] + b"x" + sealed()[15:], id="text-changed"),
    ],
)
def test_bytes_that_were_changed_do_not_open(box: bytes) -> None:
    with pytest.raises(VaultError) as caught:
        open_(KEY, box, generation_id=ACT, part="answer", seq=3)
    assert caught.value.code == "sealed_broken"


@pytest.mark.parametrize("key", [bytes(32), b"", bytes(31)])
def test_another_key_does_not_open(key: bytes) -> None:
    with pytest.raises(VaultError) as caught:
        open_(key, sealed(), generation_id=ACT, part="answer", seq=3)
    assert caught.value.code == "sealed_broken"


def test_the_commitment_is_hmac_sha_256() -> None:
    # RFC 4231, test case 1
    expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    assert commit(b"\x0b" * 20, b"Hi There") == expected


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=50), st.binary(max_size=50))
def test_a_commitment_fits_one_text_only(salt: bytes, one: bytes, other: bytes) -> None:
    assert (commit(salt, one) == commit(salt, other)) == (one == other)


@given(st.binary(max_size=40), st.lists(st.binary(max_size=40), max_size=5))
def test_a_commitment_to_pieces_is_that_to_the_whole(salt: bytes, pieces: list[bytes]) -> None:
    commitment = Commitment(salt)
    for number, piece in enumerate(pieces, 1):
        commitment.update(piece)
        assert commitment.hex() == commit(salt, b"".join(pieces[:number]))
    assert commitment.hex() == commit(salt, b"".join(pieces))
