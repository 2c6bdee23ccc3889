"""Decisions: by the one who has the case, with reasons, and never on one's own rule."""

from typing import Any

import pytest
from tests.cases.bench import Bench, statement
from tests.world import FakeWorld

from hegui.cases import CasesError, by_number, decide, one, open_text, wrote_rule
from hegui.ledger.kinds import CaseDecided
from hegui.store import Store, tables
from hegui.vault import PersonKeys, commit
from hegui.vault.seal import SALT, open_


def refused(bench: Bench, case_id: str, staff: Any, **changes: Any) -> CasesError:
    with pytest.raises(CasesError) as caught:
        decide(bench.store, bench.keys, bench.world, case_id, staff, statement(**changes))
    assert bench.rows(tables.case_decision) == []
    assert bench.entries(CaseDecided) == []
    assert all(row.part == "statement" for row in bench.rows(tables.case_text))
    assert all(row.stopped is None for row in bench.rows(tables.clock))
    return caught.value


def test_a_decision_closes_the_case_and_stops_its_clock(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    subject = bench.stop()
    filed = bench.assigned(staff, subject=subject)
    world.tick(9)
    decide(store, keys, world, filed.case_id, staff, statement())
    case = one(store, filed.case_id)
    assert (case.state, case.outcome, case.assigned) == ("decided", "rejected", staff.id)
    assert case.clock.stopped == world.now()
    assert case.clock.in_time is True
    assert case.decision is not None
    assert (case.decision.by, case.decision.ground, case.decision.territory) == (
        "Wei",
        "incompatible_content",
        "CN",
    )
    (entry,) = bench.entries(CaseDecided)
    assert (entry.act, entry.case, entry.outcome, entry.staff, entry.subject) == (
        filed.case_id,
        "appeal",
        "rejected",
        staff.id,
        subject,
    )
    assert (entry.category, entry.in_time) == ("fraud_malware", True)


def test_the_reasons_are_sealed_and_committed_to(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    filed = bench.assigned(staff)
    decide(store, keys, world, filed.case_id, staff, statement(explanation=" 因为\r\n如此 "))
    key = keys.get(filed.case_id)
    assert key is not None
    salts = set()
    for row in bench.rows(tables.case_text):
        plain = open_(key, row.data, generation_id=filed.case_id, part=row.part, seq=0)
        if row.part != "statement":
            salts.add(plain[:SALT])
    (salt,) = salts
    (entry,) = bench.entries(CaseDecided)
    assert entry.reasons == commit(salt, statement(explanation="因为\n如此").canonical())
    assert open_text(store, keys, filed.case_id).explanation == "因为\n如此"


def test_late_is_said_to_be_late(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    on_time, late = bench.assigned(staff), bench.assigned(staff)
    world.at = on_time.due
    decide(store, keys, world, on_time.case_id, staff, statement())
    world.at = late.due + 1
    decide(store, keys, world, late.case_id, staff, statement())
    assert [entry.in_time for entry in bench.entries(CaseDecided)] == [True, False]
    assert one(store, late.case_id).clock.in_time is False


def test_the_filer_reads_the_answer_without_names(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff("Wei Secretname")
    filed = bench.assigned(staff)
    decide(store, keys, world, filed.case_id, staff, statement(outcome="upheld", ground="none"))
    case = by_number(store, keys, filed.number, filed.secret)
    assert case.outcome == "upheld"
    assert case.texts.explanation == statement().explanation
    assert case.texts.facts == statement().facts
    assert case.texts.statement == "这不是诈骗。"
    assert "Secretname" not in str(case)
    assert staff.id not in str(case)


def test_only_who_has_it_decides(bench: Bench) -> None:
    filed = bench.file()
    wei, lan = bench.staff("Wei"), bench.staff("Lan")
    assert refused(bench, filed.case_id, wei).code == "case_state"
    bench_filed = bench.assigned(wei)
    assert refused(bench, bench_filed.case_id, lan).code == "case_not_assignee"
    assert refused(bench, "0" * 32, wei).code == "case_missing"


def test_decided_is_decided(bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld) -> None:
    staff = bench.staff()
    filed = bench.assigned(staff)
    decide(store, keys, world, filed.case_id, staff, statement())
    with pytest.raises(CasesError) as caught:
        decide(store, keys, world, filed.case_id, staff, statement(outcome="upheld"))
    assert caught.value.code == "case_state"
    assert len(bench.entries(CaseDecided)) == 1


@pytest.mark.parametrize("author", ["Wei", "wei", " WEI "])
def test_who_is_named_as_the_rules_author_is_refused(bench: Bench, author: str) -> None:
    wei = bench.staff("Wei")
    filed = bench.assigned(wei, subject=bench.stop(author))
    assert wrote_rule(bench.store, filed.case_id, wei)
    assert refused(bench, filed.case_id, wei).code == "case_own_rule"


def test_who_added_the_pack_is_refused_and_another_is_not(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    wei, lan = bench.staff("Wei"), bench.staff("Lan")
    subject = bench.stop("An Office", added_by=wei.id)
    filed = bench.assigned(wei, subject=subject)
    assert refused(bench, filed.case_id, wei).code == "case_own_rule"
    other = bench.assigned(lan, subject=bench.stop("An Office"))
    assert not wrote_rule(store, other.case_id, lan)
    decide(store, keys, world, other.case_id, lan, statement())
    with pytest.raises(CasesError) as caught:
        wrote_rule(store, "0" * 32, lan)
    assert caught.value.code == "case_missing"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"outcome": "deleted"}, "case_statement", "outcome"),
        ({"ground": "whim"}, "case_statement", "ground"),
        ({"automated_decision": "fully"}, "case_statement", "automated_decision"),
        ({"territory": "cn"}, "case_statement", "territory"),
        ({"territory": ""}, "case_statement", "territory"),
        ({"territory": "CN, HK"}, "case_statement", "territory"),
        ({"territory": ",".join(["CN"] * 100)}, "case_statement", "territory"),
        ({"ends": 1}, "case_statement", "ends"),
        ({"reference": " "}, "case_text", "reference"),
        ({"category": ""}, "case_text", "category"),
        ({"category": "x" * 65}, "case_text", "category"),
        ({"facts": ""}, "case_text", "facts"),
        ({"explanation": "字" * 4001}, "case_text", "explanation"),
        ({"reference": "a\0b"}, "case_text", "reference"),
        ({"scope": ""}, "case_text", "scope"),
        ({"redress": "\n"}, "case_text", "redress"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_decided(
    bench: Bench, changes: dict[str, Any], code: str, field: str
) -> None:
    staff = bench.staff()
    filed = bench.assigned(staff)
    error = refused(bench, filed.case_id, staff, **changes)
    assert (error.code, error.field) == (code, field)
    assert one(bench.store, filed.case_id).state == "assigned"


def test_where_nothing_was_wrong_no_provision_is_named(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    filed = bench.assigned(staff)
    upheld = statement(outcome="upheld", ground="none", reference="", territory="CN,HK")
    decide(store, keys, world, filed.case_id, staff, upheld)
    decision = one(store, filed.case_id).decision
    assert decision is not None
    assert decision.reference == ""
