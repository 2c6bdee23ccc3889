"""Each of the seven fields against its item of Annex E."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.marks.wild import CODE, FIELDS, PROPAGATES

from hegui.marks.errors import MarksError
from hegui.marks.fields import Checked, check, check_label
from hegui.marks.finding import Severity
from hegui.marks.label import Label
from hegui.marks.members import Bare, Pairs, Value


def checked_with(**changed: Value | None) -> Checked:
    members: dict[str, Value | None] = {**FIELDS, **changed}
    return check(Pairs((name, value) for name, value in members.items() if value is not None))


def codes(**changed: Value | None) -> list[str]:
    return [one.code for one in checked_with(**changed).findings]


def test_a_label_without_fault() -> None:
    checked = check(Pairs(FIELDS.items()))
    assert checked.findings == ()
    assert checked.values == FIELDS
    assert checked.label == Label(*FIELDS.values())  # type: ignore[arg-type]


def test_fields_come_in_annex_order_whatever_theirs() -> None:
    assert list(check(Pairs(reversed(FIELDS.items()))).values) == list(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_is_needed(name: str) -> None:
    checked = check(Pairs((one, value) for one, value in FIELDS.items() if one != name))
    assert [one.code for one in checked.findings] == ["field-missing"]
    assert f" {name} " in checked.findings[0].en


@pytest.mark.parametrize("value", ["", "0", "4", "１", " 1", "AIGC", "是", "yes"])
def test_label_is_one_of_three(value: str) -> None:
    assert codes(Label=value) == ["label-value"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("AIGC", "1"), ("是", "1"), ("AIGCLabelType.AI_GENERATED", "1"), ("LabelEnum.AIGC", "1"),
     ("可能", "2"), ("MAYBE", "2"), ("疑似", "3"), ("label.suspected", "3")],
)  # fmt: skip
def test_words_are_told_and_understood(word: str, kind: str) -> None:
    checked = checked_with(Label=word)
    assert checked.label is not None
    assert checked.label.label == kind
    assert checked.values["Label"] == word


def test_a_label_that_says_nothing_known_makes_none() -> None:
    assert checked_with(Label="7").label is None
    assert check(Pairs()).label is None


def test_other_types_keep_their_text() -> None:
    number = Bare("001191320114777023172010000", "integer")
    checked = checked_with(Label=Bare("1", "integer"), ContentProducer=number)
    assert [one.code for one in checked.findings] == ["type", "type"]
    assert checked.values["ContentProducer"] == number.text
    assert checked.label is not None
    assert checked.label.label == "1"


def test_null_is_empty_and_no_string() -> None:
    assert codes(ReservedCode1=Bare("null", "null")) == ["type"]
    assert codes(ContentProducer=Bare("", "null")) == ["type", "producer-empty"]


def test_lists_and_objects_are_no_strings() -> None:
    assert codes(ReservedCode1=Pairs()) == ["type"]
    assert codes(ReservedCode2=["a"]) == ["type"]
    nested = Pairs([("a", Pairs([("b", ["中", Bare("1", "integer")])]))])
    checked = checked_with(ReservedCode1=nested)
    assert [one.code for one in checked.findings] == ["type"]
    assert checked.values["ReservedCode1"] == '{"a":{"b":["中","1"]}}'


def test_an_empty_producer_is_an_error_only_where_the_content_is_surely_generated() -> None:
    for kind, severity in (("1", Severity.ERROR), ("2", Severity.WARNING), ("3", Severity.WARNING)):
        found = checked_with(Label=kind, ContentProducer="", ProduceID="").findings
        assert [one.code for one in found] == ["producer-empty", "produce-id-empty"]
        assert {one.severity for one in found} == {severity}


def test_an_empty_propagator_is_told_once() -> None:
    assert codes(ContentPropagator="", PropagateID="") == ["propagator-empty"]
    assert codes(PropagateID="") == ["propagator-empty"]


@pytest.mark.parametrize("character", [" ", "\\", "中", "\x7f", "\n", "é", "\u3000"])
def test_characters_outside_the_range(character: str) -> None:
    assert codes(ProduceID=f"a{character}b") == ["charset"]


def test_the_whole_range_and_the_quotation_mark_are_inside() -> None:
    inside = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) != "\\")
    assert codes(ReservedCode1=inside) == []


@pytest.mark.parametrize(
    "value",
    ["null", "undefined", "[object", "[object Object]", "%!s(MISSING)", "${id}", "{{id}}", "<id>",
     "value3", "your_produce_id", "com.a.Task@1b6d3586", "Export(files=1)", "Kind.VALUE"],
)  # fmt: skip
def test_text_that_programs_let_slip(value: str) -> None:
    expected = "value-leaked" in codes(ProduceID=value)
    assert expected is (value != "[object")


@pytest.mark.parametrize(
    "value", ["a1", "ase00018773@dx19c4b750907b867772", "33_0/project_7/a.md", "3#17", "nullable"]
)
def test_ids_that_are_ids(value: str) -> None:
    assert codes(ProduceID=value) == []


def test_names_are_no_codes() -> None:
    for name in ("house", "360", "58com", "House-Agent", "91" * 20):
        assert codes(ContentProducer=name) == []


def test_both_codes_are_held_against_the_rule() -> None:
    assert codes(ContentPropagator=PROPAGATES) == []
    assert codes(ContentPropagator=CODE[:-1], ContentProducer=CODE + "0") == ["code-length"] * 2


def test_a_misspelt_field_counts_only_when_the_right_one_is_missing() -> None:
    checked = check(Pairs([*FIELDS.items(), ("ReserveCode1", "x")]))
    assert [one.code for one in checked.findings] == ["field-unknown"]
    assert "it seems" not in checked.findings[0].en
    assert checked.values["ReservedCode1"] == FIELDS["ReservedCode1"]


def test_the_first_of_two_counts() -> None:
    checked = check(Pairs([*FIELDS.items(), ("ProduceID", "later")]))
    assert [one.code for one in checked.findings] == ["field-twice"]
    assert checked.values["ProduceID"] == FIELDS["ProduceID"]


VALUES = st.one_of(
    st.sampled_from(["", CODE, CODE[:-1], "x-1", "null", "a.b.C@12ab34cd", "Kind.ONE", "a b"]),
    st.sampled_from(['say "x"', "back\\slash", "{{id}}", "你好", "\x7f", "your_id", "Model(a=1)"]),
    st.text(max_size=8).filter(lambda value: not value or bool(value.strip())),
)


@settings(deadline=None)
@given(st.sampled_from("123"), st.lists(VALUES, min_size=6, max_size=6))
def test_a_standard_label_is_held_against_the_same_rules(kind: str, values: list[str]) -> None:
    label = Label(kind, *values)  # type: ignore[arg-type]
    try:
        text = label.to_json().decode()
    except MarksError:  # half a character
        return
    quick, whole = check_label(label, text), check(Pairs(zip(FIELDS, (kind, *values), strict=True)))
    assert quick == whole
