"""Signatures of labels: the security data of ReservedCode1 and ReservedCode2 (TC260-PG-202511A)."""

from hegui.marks.security.data import Key, SecurityData, Signature
from hegui.marks.security.keys import PrivateKey, PublicKey
from hegui.marks.security.message import message
from hegui.marks.security.pins import Pins
from hegui.marks.security.sign import sign
from hegui.marks.security.verify import check, verify

__all__ = [
    "Key",
    "Pins",
    "PrivateKey",
    "PublicKey",
    "SecurityData",
    "Signature",
    "check",
    "message",
    "sign",
    "verify",
]
