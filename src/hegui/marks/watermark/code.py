"""Sixteen bytes as 480 signs that survive many errors, and back.

A 24-bit CRC tells a found payload from noise; a convolutional code (constraint length 9, rate
1/3, generators 557, 663, 711 octal) is decoded softly, by Viterbi's algorithm.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

PAYLOAD_BITS = 128
_CRC_BITS = 24
_CRC_POLYNOMIAL = 0x864CFB  # of OpenPGP (RFC 4880, 6.1)
_GENERATORS = (0o557, 0o663, 0o711)
_MEMORY = 8
_STATES = 1 << _MEMORY
_STEPS = PAYLOAD_BITS + _CRC_BITS + _MEMORY
#: Signs that carry one payload.
SYMBOLS = _STEPS * len(_GENERATORS)


def encode(payload: bytes) -> NDArray[np.float64]:
    """The signs (+1 or -1) of 16 bytes, ``SYMBOLS`` of them."""
    data = payload + _crc(payload)
    bits = np.concatenate([np.unpackbits(np.frombuffer(data, np.uint8)), np.zeros(_MEMORY, int)])
    signs = np.empty((_STEPS, len(_GENERATORS)))
    state = 0
    for step, bit in enumerate(bits.tolist()):
        register = bit << _MEMORY | state
        signs[step] = _SIGNS[register]
        state = register >> 1
    return signs.reshape(-1)


def decode(soft: NDArray[np.float64]) -> bytes | None:
    """The payload that fits soft signs best, if its CRC holds.

    Args:
        soft: ``SYMBOLS`` numbers; the sign is the guess and the size its weight.
    """
    values = soft.reshape(_STEPS, len(_GENERATORS))
    # A state is the last eight bits, the newest highest; two states lead to each.
    metric = np.full(_STATES, -np.inf)
    metric[0] = 0.0
    came = np.empty((_STEPS, _STATES), np.uint8)
    every = np.arange(_STATES)
    older = (every << 1) & (_STATES - 1)
    newest = every >> (_MEMORY - 1)
    ways = [(older | last, (newest << _MEMORY) | older | last) for last in (0, 1)]
    for step in range(_STEPS):
        gains = _SIGNS @ values[step]
        scores = [metric[before] + gains[register] for before, register in ways]
        came[step] = scores[1] > scores[0]
        metric = np.maximum(*scores)
    bits = np.empty(_STEPS, np.uint8)
    state = 0  # the tail of zeros ends there
    for step in range(_STEPS - 1, -1, -1):
        bits[step] = state >> (_MEMORY - 1)
        state = (state << 1) & (_STATES - 1) | int(came[step, state])
    data = np.packbits(bits[: PAYLOAD_BITS + _CRC_BITS]).tobytes()
    payload = data[: PAYLOAD_BITS // 8]
    return payload if data[PAYLOAD_BITS // 8 :] == _crc(payload) else None


def _crc(data: bytes) -> bytes:
    crc = 0xB704CE
    for byte in data:
        crc ^= byte << 16
        for _ in range(8):
            crc <<= 1
            if crc & 0x1000000:
                crc ^= 0x1000000 | _CRC_POLYNOMIAL
    return crc.to_bytes(3, "big")


def _signs() -> NDArray[Any]:
    """For each content of the nine-bit register, what the generators give."""
    rows = [
        [1 - 2 * ((register & generator).bit_count() & 1) for generator in _GENERATORS]
        for register in range(_STATES * 2)
    ]
    return np.array(rows, float)


_SIGNS = _signs()
