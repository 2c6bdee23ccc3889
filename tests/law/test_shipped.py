"""The packs that come with the house, and how their parameters are found."""

from datetime import date

import pytest

from hegui.law import Grade, LawError, Modality, packs, parameter

RULE = "cn-app-method-2019/complaint.answer"


def test_the_answer_to_a_complaint_takes_fifteen_working_days() -> None:
    found = parameter(RULE)
    assert found.value == "15wd"
    assert found.clause.en == "item 6"
    assert found.modality is Modality.MUST
    assert found.grade is Grade.SECONDARY
    assert found.rule == RULE
    assert len(RULE) <= 64  # the column that keeps it
    assert parameter("complaint.answer", date(2026, 11, 1)) == found


def test_the_log_of_unlabelled_copies_is_kept_six_months() -> None:
    found = parameter("cn-labelling-2025/unlabelled.log")
    assert (str(found.span), found.clause.en) == ("6m", "Art. 9")
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
