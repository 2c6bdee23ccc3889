"""Signing a label (TC260-PG-202511A)."""

import msgspec

from hegui.marks.label import Label
from hegui.marks.security import sm2
from hegui.marks.security.data import EXTENSION, SM3_WITH_SM2, Key, SecurityData, Signature
from hegui.marks.security.keys import PrivateKey
from hegui.marks.security.message import Which, message


def sign(label: Label, key: PrivateKey, which: Which = 1) -> Label:
    """The same label with a signature in a reserved field; what stood in that field goes.

    Sign last: a change of a signed field breaks the signature. The producer signs the label value,
    its code and its number (appendix A.1); the propagator signs these and its own two fields.

    Args:
        label: the label to sign.
        key: the signer's SM2 key.
        which: 1 for ReservedCode1, the producer's; 2 for ReservedCode2, the propagator's.

    Raises:
        MarksError: ``key_unusable`` when the key's two halves do not belong together.
    """
    signature = sm2.sign(key.secret, key.point, message(label, which))
    data = SecurityData(
        "TC260PG",
        "1",
        (Signature(SM3_WITH_SM2, "Md", signature),),
        (Key(SM3_WITH_SM2, key.spki.hex().upper()),),
        extension=EXTENSION if which == 2 else "",
    )
    field = "reserved_code1" if which == 1 else "reserved_code2"
    return msgspec.structs.replace(label, **{field: data.to_json()})
