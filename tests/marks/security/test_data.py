import json

import pytest

from hegui.marks.errors import MarksError
from hegui.marks.security import Key, SecurityData, Signature
from hegui.marks.security.data import MAX_ENTRIES, SM3_WITH_SM2

WHOLE = SecurityData(
    "TC260PG",
    "1",
    (Signature(SM3_WITH_SM2, "Md", b"\x30\x00"),),
    (Key(SM3_WITH_SM2, "04AB"),),
)


def test_it_is_written_as_the_guide_has_it() -> None:
    assert WHOLE.to_json() == (
        '{"SecurityData":{"Type":"TC260PG","Version":1,"PubSD":['
        '{"Type":"DS","AlgID":"1.2.156.10197.1.501","TBSData":{"Type":"Md"},"Signature":"3000"},'
        '{"Type":"PubKey","AlgID":"1.2.156.10197.1.501","KeyValue":"04AB"}]}}'
    )
    assert SecurityData.parse(WHOLE.to_json()) == WHOLE


@pytest.mark.parametrize(
    "reserved", ["", "e862483430d978cbf828b8b24296ef9328d843a0", "S7Wr/Evf+Mq+", "[1]", '{"a":1}']
)
def test_other_contents_are_none_of_ours(reserved: str) -> None:
    assert SecurityData.parse(reserved) is None


def test_spellings_of_real_labels() -> None:
    text = json.dumps(
        {
            "SecurityData": {
                "Type": "TC260PG",
                "Version": "1",
                "PubSd": [
                    {"Type": "DS", "AlgID": "1.2.840.113549.1.1.11", "TBSData": {"Type": "Content"},
                     "Signature": "00ff", "KeyID": 2},
                    {"Type": "PubKey", "AlgID": "x", "KeyValue": "3000", "KeyID": "2"},
                    {"Type": "Stamp"},
                    "words",
                ],
                "Bindings": [{"Type": "Binding"}],
                "Extension": "more",
            }
        }
    )  # fmt: skip
    assert SecurityData.parse(text) == SecurityData(
        "TC260PG",
        "1",
        (Signature("1.2.840.113549.1.1.11", "Content", b"\x00\xff", "2"),),
        (Key("x", "3000", "2"),),
        1,
        "more",
    )


def test_an_unreadable_signature_is_empty() -> None:
    text = WHOLE.to_json().replace('"3000"', '"30zz"')
    data = SecurityData.parse(text)
    assert data is not None
    assert data.signatures[0].value == b""


def wrap(inner: object) -> str:
    return json.dumps({"SecurityData": inner})


BAD = {
    "no JSON": "SecurityData",
    "JSON cut": WHOLE.to_json()[:-1],
    "a string": '"SecurityData"',
    "a list within": wrap([]),
    "another type": wrap({"Type": "X", "Version": 1}),
    "no type": wrap({}),
    "PubSD is an object": wrap({"Type": "TC260PG", "PubSD": {}}),
    "too many entries": wrap({"Type": "TC260PG", "PubSD": [{}] * (MAX_ENTRIES + 1)}),
    "deep": '{"SecurityData":' + "[" * 60_000,
    "lone surrogate": '{"SecurityData":"\ud800"}',
}


@pytest.mark.parametrize("name", BAD)
def test_bad_security_data(name: str) -> None:
    with pytest.raises(MarksError, match="security_data_malformed"):
        SecurityData.parse(BAD[name])
