import json
import random
from pathlib import Path

import msgspec
import pytest
import yaml
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.marks.security_keys import OTHER, OURS, PLATFORM, PRODUCER, first_label, passed_on

from hegui.marks.label import Label
from hegui.marks.security import (
    Key,
    Pins,
    PrivateKey,
    PublicKey,
    SecurityData,
    Signature,
    check,
    message,
    sign,
    sm2,
)
from hegui.marks.security.data import SM3_WITH_SM2
from hegui.marks.security.message import Which

REAL = Path(__file__).resolve().parents[4] / "shared" / "labels"
SPKI = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def real(name: str) -> Label:
    front = (REAL / name).read_text(encoding="utf-8").split("---")[1]
    return Label.from_json(json.dumps(yaml.safe_load(front)["AIGC"]))


def codes(label: Label, which: Which = 1, pins: Pins | None = None) -> list[str]:
    return [found.code for found in check(label, which, pins)]


def changed(label: Label, field: str) -> Label:
    """The same label with the last character of one field replaced by a digit."""
    value: str = getattr(label, field)
    last = "7" if value[-1] != "7" else "3"
    return msgspec.structs.replace(label, **{field: value[:-1] + last})


def pinned(key: PrivateKey, provider: str = PRODUCER) -> Pins:
    return Pins({provider: [PublicKey.parse(key.spki)]})


def with_data(label: Label, which: Which = 1, **changes: object) -> Label:
    """A label signed by us, its security data changed afterwards."""
    signed = sign(label, OURS, which)
    field = "reserved_code1" if which == 1 else "reserved_code2"
    data = SecurityData.parse(getattr(signed, field))
    assert data is not None
    data = msgspec.structs.replace(data, **changes)
    return msgspec.structs.replace(signed, **{field: data.to_json()})


@pytest.mark.parametrize("name", ["w11.md", "w12.md"])
def test_real_labels_hold_and_one_changed_digit_breaks_them(name: str) -> None:
    label = real(name)
    assert codes(label) == ["signature-intact"]
    for field in ("content_producer", "produce_id"):
        assert codes(changed(label, field)) == ["signature-broken"]
    assert codes(msgspec.structs.replace(label, label="2")) == ["signature-broken"]


@pytest.mark.parametrize("name", ["w11.md", "w12.md"])
def test_what_the_real_propagator_signed_is_not_known(name: str) -> None:
    label = real(name)
    assert codes(label, 2) == []  # a first write: the producer's signature speaks for both
    assert codes(msgspec.structs.replace(label, propagate_id="2"), 2) == ["signature-unverified"]


def test_a_pin_tells_the_real_key_from_another() -> None:
    label = real("w11.md")
    data = SecurityData.parse(label.reserved_code1)
    assert data is not None
    theirs = Pins({PRODUCER: [PublicKey.parse(data.keys[0].value)]})
    assert codes(label, 1, theirs) == ["signature-genuine"]
    assert codes(label, 1, pinned(OURS)) == ["signature-foreign"]
    assert codes(label, 1, pinned(OURS, "somebody else")) == ["signature-intact"]


@pytest.mark.parametrize("which", [1, 2])
def test_our_own_signatures(which: Which) -> None:
    provider = PRODUCER if which == 1 else PLATFORM
    signed = sign(passed_on(), OURS, which)
    assert codes(signed, which) == ["signature-intact"]
    assert codes(signed, which, pinned(OURS, provider)) == ["signature-genuine"]
    assert codes(signed, which, pinned(OTHER, provider)) == ["signature-foreign"]
    assert codes(changed(signed, "produce_id"), which) == ["signature-broken"]
    assert codes(changed(signed, "produce_id"), which, pinned(OURS, provider)) == [
        "signature-broken"
    ]


def test_the_propagators_own_fields_are_signed_too() -> None:
    signed = sign(passed_on(), OURS, 2)
    assert codes(changed(signed, "propagate_id"), 2) == ["signature-broken"]
    assert codes(changed(signed, "content_propagator"), 2) == ["signature-broken"]


def test_the_double_hash_is_taken() -> None:
    label = first_label()
    twice = sm2.sign(OURS.secret, OURS.point, sm2.sm3(message(label, 1)))
    label = with_data(label, signatures=(Signature(SM3_WITH_SM2, "LabelMataData", twice),))
    assert codes(label) == ["signature-intact"]
    assert codes(changed(label, "produce_id")) == ["signature-broken"]


def test_a_key_of_x_alone_is_taken() -> None:
    x = "00" + sm2.encode(OURS.point)[:32].hex()
    label = with_data(first_label(), keys=(Key(SM3_WITH_SM2, x),))
    assert codes(label) == ["signature-intact"]
    assert codes(label, 1, pinned(OURS)) == ["signature-genuine"]


def test_a_signature_without_a_key_needs_the_pin() -> None:
    label = with_data(first_label(), keys=())
    assert codes(label) == ["signature-unverified"]
    assert codes(label, 1, pinned(OURS)) == ["signature-genuine"]
    assert codes(label, 1, pinned(OTHER)) == ["signature-broken"]


def test_a_number_names_the_key() -> None:
    data = {
        "Type": "TC260PG",
        "Version": 1,
        "PubSD": [
            {"Type": "PubKey", "AlgID": SM3_WITH_SM2, "KeyID": 1, "KeyValue": OTHER.spki.hex()},
            {"Type": "PubKey", "AlgID": SM3_WITH_SM2, "KeyID": 2, "KeyValue": OURS.spki.hex()},
            {
                "Type": "DS",
                "AlgID": SM3_WITH_SM2,
                "KeyID": 2,
                "TBSData": {"Type": "Md"},
                "Signature": sm2.sign(OURS.secret, OURS.point, message(first_label(), 1)).hex(),
            },
        ],
    }
    text = json.dumps({"SecurityData": data})
    label = msgspec.structs.replace(first_label(), reserved_code1=text)
    assert codes(label) == ["signature-intact"]
    swapped = msgspec.structs.replace(label, reserved_code1=text.replace('"KeyID": 2', '"KeyID":1'))
    assert codes(swapped) == ["signature-intact"]  # both keys are number 1 now
    wrong = text.replace('"KeyID": 2, "TBS', '"KeyID": 1, "TBS')
    assert codes(msgspec.structs.replace(label, reserved_code1=wrong)) == ["signature-broken"]


def rsa_label(digest: str) -> Label:
    key = rsa.generate_private_key(65537, 2048)
    value = key.sign(message(first_label(), 1), padding.PKCS1v15(), hashes.SHA256())
    return with_data(
        first_label(),
        signatures=(Signature(digest, "Md", value),),
        keys=(Key(digest, key.public_key().public_bytes(*SPKI).hex()),),
    )


def test_rsa_and_ecdsa_are_read() -> None:
    label = rsa_label("1.2.840.113549.1.1.11")
    assert codes(label) == ["signature-intact"]
    assert codes(changed(label, "produce_id")) == ["signature-broken"]
    key = ec.generate_private_key(ec.SECP256R1())
    value = key.sign(message(first_label(), 1), ec.ECDSA(hashes.SHA384()))
    name = "1.2.840.10045.4.3.3"
    label = with_data(
        first_label(),
        signatures=(Signature(name, "Md", value),),
        keys=(Key(name, key.public_key().public_bytes(*SPKI).hex()),),
    )
    assert codes(label) == ["signature-intact"]
    assert codes(changed(label, "produce_id")) == ["signature-broken"]


def test_what_can_not_be_judged() -> None:
    signature = Signature(SM3_WITH_SM2, "Content", b"0")
    assert codes(with_data(first_label(), signatures=(signature,))) == ["signature-unverified"]
    assert codes(rsa_label("1.2.840.113549.1.1.5")) == ["signature-unverified"]  # SHA-1
    assert codes(with_data(first_label(), signatures=())) == []
    assert codes(with_data(first_label(), type="Other")) == ["signature-unverified"]
    keys = (Key(SM3_WITH_SM2, "words"),)
    assert codes(with_data(first_label(), keys=keys)) == ["signature-unverified"]


@pytest.mark.parametrize("reserved", ["", "e862483430d978cbf828b8b24296ef93", "{}"])
def test_a_field_without_security_data_says_nothing(reserved: str) -> None:
    label = msgspec.structs.replace(first_label(), reserved_code1=reserved)
    assert check(label) == ()


def test_an_algorithm_that_does_not_fit_the_key_holds_nothing() -> None:
    label = rsa_label("1.2.840.113549.1.1.12")  # signed with SHA-256, named SHA-384
    assert codes(label) == ["signature-broken"]
    label = with_data(first_label(), keys=rsa_keys(label))
    assert codes(label) == ["signature-broken"]


def rsa_keys(label: Label) -> tuple[Key, ...]:
    data = SecurityData.parse(label.reserved_code1)
    assert data is not None
    return data.keys


def test_mutated_security_data_never_raises() -> None:
    chance = random.Random(260)
    start = sign(passed_on(), OURS).reserved_code1
    for _ in range(600):
        text = list(start)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(text))
            match chance.randrange(3):
                case 0:
                    text[at] = chance.choice('{}[]":,0Fz\\\ud800中')
                case 1:
                    del text[at : at + chance.randint(1, 30)]
                case 2:
                    text[at:at] = text[at : at + chance.randint(1, 30)]
        label = msgspec.structs.replace(passed_on(), reserved_code1="".join(text))
        assert set(codes(label)) <= {
            "signature-intact",
            "signature-broken",
            "signature-unverified",
        }
