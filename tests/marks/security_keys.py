"""Keys and labels for tests: fixed, so that every run signs with the same ones."""

from hegui.marks.label import Label
from hegui.marks.security import PrivateKey
from hegui.marks.security.curve import G, combine

PRODUCER = "001191310104MACE0YX63918020"
PLATFORM = "001191000000MA0000000N20001"


def private_key(secret: int) -> PrivateKey:
    point = combine(secret, 0, G)
    assert point is not None
    return PrivateKey(secret.to_bytes(32, "big"), point)


OURS = private_key(0x1F2E3D4C5B6A79880102030405060708090A0B0C0D0E0F101112131415161718)
OTHER = private_key(0x2233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF0011)


def first_label() -> Label:
    return Label.first(PRODUCER, "142569260085903360")


def passed_on() -> Label:
    return Label("1", PRODUCER, "142569260085903360", "", PLATFORM, "P-77", "")
