"""The final Measures as data: every paragraph and item, who is bound by it, and what shows it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from hegui.checks import CHECKS
from hegui.law import Grade, Modality, Provision, Words, pack
from hegui.law.condition import Condition
from hegui.law.provision import Force, Text, Who

MEASURES = pack("cn-genai-measures-2023")
OWN = pack("own")
BINDING = {Modality.MUST, Modality.MUST_NOT, Modality.SHOULD}

#: Table A.1 of the facts: id, article, paragraph, item, who, modality, controls.
TABLE = """
GM-1     1  . . state             definition
GM-2.1   2  1 . provider          definition
GM-2.2   2  2 . provider          definition
GM-2.3   2  3 . provider,industry definition
GM-3     3  . . state             power
GM-4.0   4  1 . provider,user     must
GM-4.1   4  1 1 provider,user     must_not
GM-4.2   4  1 2 provider,user     must
GM-4.3   4  1 3 provider,user     must_not
GM-4.4   4  1 4 provider,user     must_not
GM-4.5   4  1 5 provider          must
GM-5.1   5  1 . state,industry    should
GM-5.2   5  2 . state,industry    should
GM-6.1   6  1 . state,industry    should
GM-6.2   6  2 . state,industry    should
GM-7.0   7  1 . provider          must
GM-7.1   7  1 1 provider          must
GM-7.2   7  1 2 provider          must_not
GM-7.3   7  1 3 provider          must
GM-7.4   7  1 4 provider          must
GM-7.5   7  1 5 provider          must
GM-8.1   8  1 . provider          must
GM-8.2   8  1 . provider          must
GM-8.3   8  1 . provider          must
GM-8.4   8  1 . provider          must
GM-9.1a  9  1 . provider          must
GM-9.1b  9  1 . provider          must
GM-9.2   9  2 . provider          must
GM-10.1  10 1 . provider          must
GM-10.2  10 1 . provider          must
GM-10.3  10 1 . provider          must
GM-11.1a 11 1 . provider          must
GM-11.1b 11 1 . provider          must_not
GM-11.1c 11 1 . provider          must_not
GM-11.1d 11 1 . provider          must_not
GM-11.2  11 2 . provider          must
GM-12    12 . . provider          must
GM-13    13 . . provider          must
GM-14.1  14 1 . provider          must
GM-14.2  14 2 . provider          must
GM-15.1  15 1 . provider          must
GM-15.2  15 1 . provider          must
GM-16.1  16 1 . authority         power
GM-16.2  16 2 . authority         power
GM-17    17 . . provider          must
GM-18    18 . . user              right
GM-19.1  19 1 . provider          must
GM-19.2  19 2 . authority         must_not
GM-20    20 . . authority         power
GM-21.1  21 1 . authority         power
GM-21.2  21 1 . authority         power
GM-21.3  21 . . authority         power
GM-22.1  22 1 1 everybody         definition
GM-22.2  22 1 2 provider          definition
GM-22.3  22 1 3 user              definition
GM-23.1  23 1 . provider          must
GM-23.2  23 2 . provider          must
GM-24    24 . . everybody         definition
"""

#: When something applies to fewer services than the instrument does.
WHEN: dict[str, Any] = {
    "GM-7.0": {"fact": "trains", "is": True},
    "GM-8.1": {"fact": "annotates", "is": True},
    "GM-9.1b": {"fact": "personal_data", "is": True},
    "GM-9.2": {"fact": "users_register", "is": True},
    "GM-10.3": {"fact": "minors", "one_of": ["possible", "directed"]},
    "GM-11.1b": {"fact": "personal_data", "is": True},
    "GM-11.2": {"fact": "personal_data", "is": True},
    "GM-17": {"fact": "opinion", "is": True},
    "GM-20": {"fact": "provider_place", "is": "abroad"},
    "GM-23.2": {"fact": "foreign_invested", "is": True},
}


def row(one: Provision) -> str:
    place = [one.article, one.paragraph or ".", one.item or "."]
    return " ".join(map(str, [one.id, *place, ",".join(one.who), one.modality]))


def said(value: Any) -> Iterator[Words]:
    """Every pair of words in something."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from said(getattr(value, field))
    elif isinstance(value, tuple):
        for one in value:
            yield from said(one)


def test_every_paragraph_and_item_is_there() -> None:
    wanted = [" ".join(line.split()) for line in TABLE.strip().splitlines()]
    assert [row(one) for one in MEASURES.provisions] == wanted


def test_the_instrument_is_told_right() -> None:
    (measures,) = MEASURES.instruments
    assert (measures.issued, measures.in_force) == (date(2023, 7, 10), date(2023, 8, 15))
    assert (measures.force, measures.text, measures.articles) == (Force.BINDING, Text.READ, 24)
    assert measures.issuers is not None
    assert len(measures.issuers.zh.split("、")) == 7  # one source says eight
    assert measures.applies == Condition(fact="public_prc", value=True)
    assert all(one.grade is Grade.READ for one in MEASURES.provisions)


def test_what_binds_a_provider_has_a_duty_and_nothing_else_has() -> None:
    for one in MEASURES.provisions:
        binds = one.modality in BINDING and Who.PROVIDER in one.who
        assert bool(one.duties) is binds, one.id
        assert any(each.clause.zh == "第二十一条" for each in one.consequence) is binds, one.id


def test_every_article_that_binds_a_provider_is_looked_at() -> None:
    looked = {
        provision.article
        for provision, duty in MEASURES.duties()
        for control in duty.controls
        if control.checks
    }
    assert looked == {str(n) for n in (4, *range(7, 16), 17, 19, 23)}


def test_every_live_check_is_used_and_no_other_name() -> None:
    used = {
        name
        for each in (MEASURES, OWN)
        for _, duty in each.duties()
        for control in duty.controls
        for name in control.checks
    }
    assert used <= CHECKS.keys()
    assert {check.id for check in CHECKS.values() if not check.attested} <= used


def test_a_control_is_seen_or_attested_not_half_of_each() -> None:
    for _, duty in MEASURES.duties():
        for control in duty.controls:
            assert len({CHECKS[name].attested for name in control.checks}) <= 1, control.id


@pytest.mark.parametrize("name", WHEN)
def test_it_applies_when(name: str) -> None:
    assert MEASURES.provision(name).applies == msgspec.convert(WHEN[name], Condition)


@pytest.mark.parametrize(
    "name", ["GM-4.1", "GM-7.1", "GM-11.1a", "GM-11.1d", "GM-12", "GM-14.1", "GM-19.1"]
)
def test_it_applies_as_the_instrument_does(name: str) -> None:
    assert MEASURES.provision(name).applies is None


def test_no_number_of_hours_or_days_is_made_up() -> None:
    """The Measures state no limit of time; its own date is their only number of the kind."""
    assert MEASURES.parameters == ()
    limit = re.compile(r"\d+\s*(小时|日内|天|个月|工作日|hours?|days?|months?)")
    for one in MEASURES.provisions:
        for words in said((one.text, *one.duties)):
            assert not limit.search(words.zh + words.en), one.id


@pytest.mark.parametrize(
    ("name", "there", "absent"),
    [
        # Errors of the sources, which stay out.
        ("GM-3", "类别和等级", "鼓励在各行业"),
        ("GM-14.1", "有关主管部门", "网信"),
        ("GM-14.1", "promptly", "immediately"),
        # What the final text no longer says.
        ("GM-4.5", "有效的办法", "真实准确"),
        ("GM-7.4", "提高", "能够保证"),
        ("GM-10.3", "未成年", "全体"),
        ("GM-14.1", "违法内容", "三个月"),
        ("GM-17", "舆论属性", "上线"),
        ("GM-21.2", "没有罚款", "终止"),
    ],
)
def test_it_says_what_the_final_text_says(name: str, there: str, absent: str) -> None:
    text = MEASURES.provision(name).text
    assert there in text.zh + text.en
    assert absent not in text.zh + text.en


def test_nobody_is_asked_for_a_real_name() -> None:
    told = [words.zh + words.en for one in MEASURES.provisions for words in said(one)]
    assert not [text for text in told if re.search("实名|真实身份|real name|real identit", text)]


def test_a_report_to_an_authority_is_made_by_people() -> None:
    for name in ("GM-14.1", "GM-14.2"):
        (duty,) = MEASURES.provision(name).duties
        assert "人" in duty.text.zh
        assert "sign" in duty.text.en


def test_our_own_numbers_are_settings_not_law() -> None:
    assert {one.id: one.value for one in OWN.parameters}.items() >= {
        "availability.target": "99%",
        "appeals.upheld_max": "20%",
        "unrecoverable.max": "1000",
        "scope.review": "12m",
        "ledger.verify": "7d",
        "attestation.warn": "30d",
        "clock.before": "3wd",
        "clock.after": "1wd",
    }.items()
    for setting in OWN.parameters:
        assert (setting.grade, setting.modality) == (Grade.UNCONFIRMED, Modality.SHOULD)
    assert [one.grade for one in OWN.provisions] == [Grade.UNCONFIRMED]
    assert all(one.valid(date(2023, 8, 15)) for one in OWN.parameters)
