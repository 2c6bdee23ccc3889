"""Packs together: what is found across them, and what in them leads nowhere."""

from datetime import date

import msgspec
import pytest
from tests.law.packs import made

from hegui.law import (
    Book,
    LawError,
    Parameter,
    first_day,
    in_force,
    last_day,
    problems,
    shipped_book,
)

RULE = "cn-app-method-2019/complaint.answer"


def _old() -> Parameter:
    return shipped_book().parameter(RULE)


def _pack(name: str, *parameters: Parameter) -> Book:
    one = made(name)
    return Book([msgspec.structs.replace(one, parameters=parameters)])


def test_of_two_packs_one_must_be_named() -> None:
    twin = msgspec.structs.replace(_old(), pack="twin")
    both = Book([*_pack("cn-app-method-2019", _old()).packs, *_pack("twin", twin).packs])
    with pytest.raises(LawError) as caught:
        both.parameter("complaint.answer")
    assert caught.value.code == "parameter_ambiguous"
    assert both.parameter("twin/complaint.answer").pack == "twin"


def test_the_value_in_force_that_day_is_given() -> None:
    until = msgspec.structs.replace(_old(), valid_to=date(2026, 6, 30))
    since = msgspec.structs.replace(_old(), value="7wd", valid_from=date(2026, 7, 1))
    book = _pack("cn-app-method-2019", since, until)
    assert book.parameter(RULE, date(2026, 6, 30)).value == "15wd"
    assert book.parameter(RULE, date(2026, 7, 1)).value == "7wd"
    assert book.parameter(RULE).value == "7wd"


def test_what_is_named_is_found() -> None:
    book = Book([made("a"), made("b")])
    assert book.pack("b").name == "b"
    assert book.provision("b/B-1").id == "B-1"
    owed = book.duty("a/A-1")
    assert (owed.pack.name, owed.provision.id, owed.duty.id) == ("a", "A-1", "A-1")
    assert owed.control == owed.duty.controls[0]
    assert book.control("b/second").control.id == "second"
    assert [ref for ref, _ in book.owed()] == ["a/A-1", "b/B-1"]


@pytest.mark.parametrize(
    ("kind", "ref", "code"),
    [
        ("provision", "c/A-1", "pack_unknown"),
        ("provision", "a/A-2", "provision_unknown"),
        ("provision", "", "pack_unknown"),
        ("duty", "a/first", "duty_unknown"),
        ("control", "a/A-1", "control_unknown"),
        ("control", "first", "control_unknown"),
    ],
)
def test_what_is_not_there_is_told_so(kind: str, ref: str, code: str) -> None:
    with pytest.raises(LawError) as caught:
        getattr(Book([made("a")]), kind)(ref)
    assert caught.value.code == code


def test_what_is_coming_is_told_soonest_first() -> None:
    book = Book([made("late", in_force="2028-01-01"), made("soon", in_force="2027-01-01")])
    coming = book.coming(date(2026, 11, 22))
    assert [(one.day.year, one.pack.name, one.what.id) for one in coming] == [
        (2027, "soon", "SOON-1"),
        (2027, "soon", "limit"),
        (2028, "late", "LATE-1"),
        (2028, "late", "limit"),
    ]
    assert book.coming(date(2027, 1, 1)) == coming[2:]  # the first day is no longer coming


def test_a_provision_is_in_force_within_its_days_and_its_instruments() -> None:
    pack = made("a", in_force="2026-01-01", ends="2026-12-31")
    (one,) = pack.provisions
    assert (first_day(pack, one), last_day(pack, one)) == (date(2026, 1, 1), date(2026, 12, 31))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [in_force(pack, one, day) for day in days] == [False, True, True, False]
    own = msgspec.structs.replace(one, valid_from=date(2026, 3, 1), valid_to=date(2027, 3, 1))
    assert (first_day(pack, own), last_day(pack, own)) == (date(2026, 3, 1), date(2026, 12, 31))


def test_a_draft_is_never_in_force() -> None:
    pack = made("draft", in_force=None, force="draft", duties=False)
    assert not in_force(pack, pack.provisions[0], date(9999, 12, 31))


def test_what_leads_nowhere_is_named() -> None:
    pack = made(
        "a",
        related="b/B-9",
        checks=("no.such",),
        applies={"any": [{"fact": "people", "at_least": "a/no"}, {"fact": "news", "is": True}]},
    )
    found = problems(Book([pack]), checks={"words.size", "no.suck"})
    lines = [str(one) for one in found]
    assert [line.partition(":")[0] for line in lines] == ["a/A-1", "a/A-1", "a/first"]
    for line, said in zip(lines, ("b", "a/no", "no.such"), strict=True):
        assert said in line
    assert [one.path for one in found] == [
        "$.provisions[0].related[0]",
        "$.provisions[0].applies.any[0].at_least",
        "$.provisions[0].duties[0].controls[0].checks[0]",
    ]
    assert found[-1].text.zh == (
        "没有名为“no.such”的检查。是不是 no.suck？可用的有：no.suck、words.size"
    )
    assert len(problems(Book([pack]))) == 2  # not asked to look at checks
    assert problems(Book([made("a")]), checks={"words.size"}) == ()


def test_nothing_in_the_shipped_packs_leads_nowhere() -> None:
    assert problems(shipped_book()) == ()


def test_many_references_into_a_large_pack_are_looked_up_at_once() -> None:
    more = dict.fromkeys(range(2, 3000), "it")
    one = made("big", more=more)
    first, *others = one.provisions
    related = (f"big/{others[-1].id}",) * 50_000
    referring = msgspec.structs.replace(first, related=related)
    book = Book([msgspec.structs.replace(one, provisions=(referring, *others))])
    assert problems(book) == ()
    assert book.provision(related[0]) is others[-1]
