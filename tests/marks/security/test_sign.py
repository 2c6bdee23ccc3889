import msgspec
import pytest
from tests.marks.security_keys import OURS, PRODUCER, first_label, passed_on

from hegui.marks.label import Label
from hegui.marks.security import check, message, sign


def codes(label: Label, which: int = 1) -> list[str]:
    assert which in {1, 2}
    return [found.code for found in check(label, 1 if which == 1 else 2)]


def test_the_producers_message_is_the_guides() -> None:
    assert message(first_label(), 1) == (
        b'"Label":"1","ContentProducer":"%s","ProduceID":"142569260085903360"' % PRODUCER.encode()
    )


def test_the_propagators_message_holds_the_whole_label() -> None:
    assert message(passed_on(), 2) == message(passed_on(), 1) + (
        b',"ContentPropagator":"001191000000MA0000000N20001","PropagateID":"P-77"'
    )


def test_a_quotation_mark_feigns_no_field() -> None:
    one = Label("1", 'a","ProduceID":"b', "c", "", "", "", "")
    two = Label("1", "a", 'b","ProduceID":"c', "", "", "", "")
    assert message(one, 1) != message(two, 1)


def test_names_stand_in_utf_8() -> None:
    assert '"示例 公司"'.encode() in message(Label("1", "示例 公司", "c", "", "", "", ""), 1)
    assert message(Label("1", "\ud800", "c", "", "", "", ""), 1).startswith(b'"Label"')


@pytest.mark.parametrize("which", [1, 2])
def test_signing_changes_one_reserved_field_only(which: int) -> None:
    label = passed_on()
    signed = sign(label, OURS, 1 if which == 1 else 2)
    changed = "reserved_code1" if which == 1 else "reserved_code2"
    assert msgspec.structs.replace(signed, **{changed: ""}) == label
    assert codes(signed, which) == ["signature-intact"]
    assert codes(signed, 3 - which) == []


def test_both_parties_sign_in_either_order() -> None:
    one = sign(sign(passed_on(), OURS), OURS, 2)
    other = sign(sign(passed_on(), OURS, 2), OURS)
    for label in (one, other):
        assert codes(label) == ["signature-intact"]
        assert codes(label, 2) == ["signature-intact"]


def test_a_signed_label_is_a_label_like_any_other() -> None:
    signed = sign(first_label(), OURS)
    assert Label.from_json(signed.to_json()) == signed
