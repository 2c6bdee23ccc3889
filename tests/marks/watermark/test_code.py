import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hegui.marks.watermark.code import SYMBOLS, decode, encode

PAYLOADS = st.binary(min_size=16, max_size=16)


@settings(max_examples=20, deadline=None)
@given(PAYLOADS)
def test_what_is_encoded_decodes(payload: bytes) -> None:
    signs = encode(payload)
    assert signs.shape == (SYMBOLS,)
    assert set(np.unique(signs)) <= {-1.0, 1.0}
    assert decode(signs) == payload


@settings(max_examples=20, deadline=None)
@given(PAYLOADS, st.integers(0, 2**32 - 1))
def test_it_survives_noise_as_strong_as_the_signs(payload: bytes, seed: int) -> None:
    noise = np.random.RandomState(seed).normal(0, 0.9, SYMBOLS)
    assert decode(encode(payload) + noise) == payload


def test_one_sign_in_eight_may_be_lost() -> None:
    signs = encode(bytes(16))
    signs[::8] = 0
    assert decode(signs) == bytes(16)
    signs[::8] = -encode(bytes(16))[::8] * 0.5
    assert decode(signs) == bytes(16)


@pytest.mark.parametrize("seed", range(8))
def test_noise_alone_is_no_payload(seed: int) -> None:
    assert decode(np.random.RandomState(seed).normal(0, 1, SYMBOLS)) is None


def test_silence_is_no_payload() -> None:
    assert decode(np.zeros(SYMBOLS)) is None


def test_the_code_stays_what_it_is() -> None:
    """Pictures marked with one release must be read by the next."""
    signs = encode(bytes(range(16)))
    bits = np.packbits(signs < 0).tobytes()
    assert bits[:12].hex() == "000000000007772b0cb95984"
