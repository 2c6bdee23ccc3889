"""How duties stand: what applies, checks and attestations joined, the worst of the controls."""

from datetime import date

import msgspec
import pytest
from tests.duties.desk import ANSWERS, Desk
from tests.law.packs import text

from hegui.checks import CHECKS
from hegui.duties import packs, scope
from hegui.duties.standing import duty, standing
from hegui.law import LawError, Status, worst
from hegui.store import tables

DAY = 86_400_000


def _bring(desk: Desk, **named: object) -> None:
    packs.import_pack(desk.store, desk.world, text("acme", **named), "acme.yaml")  # type: ignore[arg-type]


def test_without_answers_what_is_for_everyone_applies_and_the_rest_waits(desk: Desk) -> None:
    _bring(desk)
    stands = standing(desk.store, desk.world.now())
    assert stands.profile is None
    by = {one.ref: one for one in stands.duties}
    assert by["acme/ACME-1"].applies.answer is True
    waits = by["cn-genai-measures-2023/GM-9.2"]
    assert (waits.status, waits.applies.answer) == (Status.NEEDS_PERSON, None)
    assert waits.applies.reasons
    assert waits.controls  # what checks found is shown all the same
    assert sum(stands.counts().values()) == len(stands.duties)


def test_answers_decide_and_the_latest_count(desk: Desk) -> None:
    desk.declare()
    first = desk.duties()["cn-genai-measures-2023/GM-9.2"]
    assert first.applies.answer is True
    desk.world.tick(1000)
    made = scope.record(desk.store, desk.world, {**ANSWERS, "public_prc": False})
    stands = standing(desk.store, desk.world.now())
    assert stands.profile == made.id
    then = {one.ref: one for one in stands.duties}[first.ref]
    assert (then.status, then.controls) == (Status.NOT_APPLICABLE, ())
    assert then.applies.reasons
    assert {one.name: one.applies.answer for one in stands.packs}["cn-genai-measures-2023"] is False


def test_a_pack_brought_in_later_is_decided_by_the_same_answers(desk: Desk) -> None:
    desk.declare()
    _bring(desk, applies={"fact": "users_register", "is": True})
    assert desk.duties()["acme/ACME-1"].applies.answer is True
    _bring(desk, applies={"fact": "users_register", "is": False}, version="2")
    assert desk.duties()["acme/ACME-1"].status is Status.NOT_APPLICABLE


def test_an_answer_that_no_longer_is_one_counts_as_none(desk: Desk) -> None:
    answers = {**ANSWERS, "no_such_fact": 1, "model_route": "no_such_option"}
    row = {"id": "0" * 32, "at": 1, "answers": msgspec.json.encode(answers), "result": b"{}"}
    with desk.store.begin() as conn:
        conn.execute(tables.profile.insert().values(row))
    assert desk.duties()["cn-genai-measures-2023/GM-9.2"].applies.answer is True


def test_a_provision_counts_from_its_first_day_to_its_last(desk: Desk) -> None:
    _bring(desk, in_force="2026-01-08", ends="2026-01-09")
    found = []
    for days in (0, 2, 1, 1, 1):  # from the fifth on
        desk.world.tick(days * DAY)
        found.append(desk.duties()["acme/ACME-1"].applies.answer)
    assert found == [False, False, True, True, False]


def test_a_duty_stands_as_the_worst_of_its_controls(desk: Desk) -> None:
    _bring(desk, checks=("labels.text",))
    one = desk.duties()["acme/ACME-1"]
    assert [control.status for control in one.controls] == [
        Status.NO_OCCASION,
        Status.NEEDS_PERSON,
    ]
    assert [control.wants for control in one.controls] == [False, True]
    assert one.status is Status.NEEDS_PERSON
    made = desk.sign("acme/second")
    desk.settle()
    one = desk.duties()["acme/ACME-1"]
    assert (one.status, one.controls[1].attested) == (Status.MET, made)


def test_a_duty_without_occasion_is_neither_met_nor_broken(desk: Desk) -> None:
    desk.declare()
    duties = [one for one in desk.duties().values() if one.applies.answer]
    idle = {Status.NO_OCCASION}
    silent = [one for one in duties if {each.status for each in one.controls} == idle]
    assert silent
    assert {one.status for one in silent} == idle
    assert all(one.status is not Status.NO_OCCASION for one in duties if one not in silent)
    assert worst([Status.NO_OCCASION, Status.MET]) is Status.MET
    assert worst([Status.NO_OCCASION, Status.DUE_SOON]) is Status.DUE_SOON
    assert worst([Status.NOT_APPLICABLE, Status.NO_OCCASION]) is Status.NO_OCCASION


def test_an_attestation_counts_from_its_entry_until_its_last_day(desk: Desk) -> None:
    _bring(desk, checks=("labels.text",))
    desk.sign("acme/second", days=40)
    assert desk.duties()["acme/ACME-1"].status is Status.NEEDS_PERSON  # not on record yet
    desk.settle()
    found = []
    for days in (0, 9, 2, 29, 1):
        desk.world.tick(days * DAY)
        found.append(desk.duties()["acme/ACME-1"].status)
    assert found == [Status.MET, Status.MET, Status.DUE_SOON, Status.DUE_SOON, Status.STALE]


def test_an_attestation_of_other_words_needs_a_person_again(desk: Desk) -> None:
    _bring(desk, checks=("labels.text",))
    desk.sign("acme/second")
    desk.settle()
    _bring(desk, checks=("labels.text",), version="2", words="do it well")
    one = desk.duties()["acme/ACME-1"]
    assert one.status is Status.NEEDS_PERSON
    assert one.controls[1].attested is not None
    assert not one.controls[1].attested.current


def test_a_check_that_a_person_answers_is_not_asked_twice(desk: Desk) -> None:
    _bring(desk, checks=("assessment.bias",))
    first = desk.duties()["acme/ACME-1"].controls[0]
    assert (first.wants, first.status) == (True, Status.NEEDS_PERSON)
    desk.sign("acme/first")
    desk.settle()
    first = desk.duties()["acme/ACME-1"].controls[0]
    assert [check.result.status for check in first.checks] == [Status.MET]
    assert first.status is Status.MET


def test_a_figure_is_shown_with_the_least_sure_grade_it_rests_on(desk: Desk) -> None:
    graded = {
        check.id: check.grade
        for one in desk.duties().values()
        for control in one.controls
        for check in control.checks
        if check.result.rules
    }
    assert graded
    on = date(2026, 1, 5)
    for name, grade in graded.items():
        grades = [desk.book.parameter(rule, on).grade for rule in CHECKS[name].rules]
        assert grade in grades
        assert grade == max(grades, key="PQXU".index)


def test_since_and_due_are_told(desk: Desk) -> None:
    _bring(desk, checks=("labels.text",))
    assert desk.duties()["acme/ACME-1"].since is None  # never recorded
    desk.settle()
    began = desk.world.now()
    desk.world.tick(1000)
    assert desk.duties()["acme/ACME-1"].since == began
    desk.sign("acme/second", days=40)
    one = desk.duties()["acme/ACME-1"]
    assert one.due is not None
    assert one.due > desk.world.now() + 39 * DAY


def test_what_it_was_read_from_is_told(desk: Desk) -> None:
    empty = standing(desk.store, desk.world.now())
    assert (empty.checked, empty.size, empty.checkpoint) == (0, 0, None)
    desk.generate()
    desk.settle()
    stands = standing(desk.store, desk.world.now())
    assert stands.size >= stands.checked > 0
    assert stands.checkpoint is not None
    assert stands.at == desk.world.now()


def test_one_duty_alone(desk: Desk) -> None:
    now = desk.world.now()
    assert duty(desk.store, now, "own/OWN-10") == desk.duties()["own/OWN-10"]
    with pytest.raises(LawError) as caught:
        duty(desk.store, now, "own/OWN-0")
    assert caught.value.code == "duty_unknown"
