"""The packs that come with the house, and how their parameters are found."""

from datetime import date

import pytest
from msgspec.structs import replace

from hegui.law import Grade, LawError, Modality, Pack, packs, parameter, shipped

RULE = "cn-app-method-2019/complaint.answer"


def test_the_answer_to_a_complaint_takes_fifteen_working_days() -> None:
    found = parameter(RULE)
    assert found.value == "15wd"
    assert found.clause == "item 6"
    assert found.modality is Modality.MUST
    assert found.grade is Grade.SECONDARY
    assert found.rule == RULE
    assert len(RULE) <= 64  # the column that keeps it
    assert parameter("complaint.answer", date(2026, 11, 1)) == found


def test_the_log_of_unlabelled_copies_is_kept_six_months() -> None:
    found = parameter("cn-labelling-measures-2025/unlabelled.log")
    assert (str(found.span), found.clause) == ("6m", "Art. 9")
    assert found.modality is Modality.MUST
    assert found.grade is Grade.QUOTED
    assert found.valid_from == date(2025, 9, 1)


def test_every_shipped_pack_reads() -> None:
    names = [pack.name for pack in packs()]
    assert names == sorted(names)
    assert "cn-app-method-2019" in names


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("complaint.answers", None),
        ("cn-no-such/complaint.answer", None),
        (RULE, date(2019, 11, 27)),
        ("", None),
    ],
)
def test_an_unknown_one_is_told_so(name: str, on: date | None) -> None:
    with pytest.raises(LawError) as caught:
        parameter(name, on)
    assert caught.value.code == "parameter_unknown"


def test_of_two_packs_one_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    (pack,) = [pack for pack in packs() if pack.name == "cn-app-method-2019"]
    twin = Pack(
        name="twin",
        version="1",
        instrument=pack.instrument,
        parameters=tuple(replace(each, pack="twin") for each in pack.parameters),
    )
    monkeypatch.setattr(shipped, "packs", lambda: (pack, twin))
    with pytest.raises(LawError) as caught:
        parameter("complaint.answer")
    assert caught.value.code == "parameter_ambiguous"
    assert parameter("twin/complaint.answer").pack == "twin"


def test_the_value_in_force_that_day_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    (old,) = [each for pack in packs() for each in pack.parameters if each.rule == RULE]
    until = replace(old, valid_to=date(2026, 6, 30))
    since = replace(old, value="7wd", valid_from=date(2026, 7, 1))
    pack = Pack(
        name=old.pack,
        version="2",
        instrument=packs()[0].instrument,
        parameters=(since, until),
    )
    monkeypatch.setattr(shipped, "packs", lambda: (pack,))
    assert parameter(RULE, date(2026, 6, 30)).value == "15wd"
    assert parameter(RULE, date(2026, 7, 1)).value == "7wd"
    assert parameter(RULE).value == "7wd"
