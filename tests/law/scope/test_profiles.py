"""Twelve services: what the code decides is what ``docs/scope.md`` derives, row by row."""

from datetime import date

import pytest
from tests.law.scope.described import Service, services

from hegui.law import shipped_book
from hegui.law.scope import Profile, ScopeRecord, decide, misfits, routes

DAY = date(2026, 11, 22)
SERVICES = services()


def decided_by_id(record: ScopeRecord) -> dict[str, bool | None]:
    """Every answer of a record by its id; a provision's is that of its duties."""
    answers = {one.id: one.applies.answer for one in record.instruments}
    answers |= {one.id: one.applies.answer for one in record.routes}
    answers |= {one.provision.rpartition("/")[2]: one.applies.answer for one in record.duties}
    return answers


def test_there_are_twelve() -> None:
    assert [one.number for one in SERVICES] == list(range(1, 13))


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.title)
def test_a_service_gets_what_its_table_derives(service: Service) -> None:
    record = decide(Profile(service.answers), shipped_book(), DAY)
    answers = decided_by_id(record)
    assert {name: answers[name] for name in service.rows} == service.rows


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.title)
def test_a_table_leaves_no_route_out_and_the_same_instruments_as_the_others(
    service: Service,
) -> None:
    assert {one.id for one in routes()} <= service.rows.keys()
    assert service.rows.keys() == SERVICES[0].rows.keys()


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.title)
def test_every_answer_has_its_reason_in_both_languages(service: Service) -> None:
    record = decide(Profile(service.answers), shipped_book(), DAY)
    decided = [one.applies for one in record.instruments]
    decided += [one.applies for one in record.duties]
    decided += [one.applies for one in record.routes]
    for found in decided:
        assert found.reasons or found.answer
        for reason in found.reasons:
            assert reason.text.zh.endswith("。")
            assert reason.text.en.endswith(".")
    assert all(one.applies.reasons and one.clause.zh and one.rule.en for one in record.routes)


def test_drafts_and_foreign_instruments_stand_apart() -> None:
    record = decide(Profile(SERVICES[7].answers), shipped_book(), DAY)
    apart = {one.id for one in record.instruments if one.apart}
    assert "cn-genai-draft-2023" in apart
    assert "cn-genai-measures-2023" not in apart
    foreign = [one for one in record.duties if one.apart]
    assert {one.applies.answer for one in foreign} <= {True, False}
    assert record.owed(True) == sum(
        one.applies.answer is True for one in record.duties if one not in foreign
    )


def test_no_shipped_pack_asks_what_no_fact_answers() -> None:
    assert misfits(shipped_book()) == ()


def test_every_clock_of_a_route_is_a_number_in_force() -> None:
    record = decide(Profile({}), shipped_book(), DAY)
    for named, one in zip(routes(), record.routes, strict=True):
        assert [rule.name for rule in one.clocks] == list(named.clocks)
