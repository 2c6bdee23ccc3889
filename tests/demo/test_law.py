"""The compliance officer's days: what she records at the console, and what duties make of it."""

from datetime import date, timedelta
from typing import TypeVar

import pytest
from tests.demo.conftest import NOW, Month

from hegui.checks import CHECKS
from hegui.demo.compliance import Papers, Statement, content, papers
from hegui.duties import attest
from hegui.law import day_of, shipped_book
from hegui.law.scope import Profile, decide, facts, groups
from hegui.ledger import entry, kinds
from hegui.store import Store
from hegui.store.log import LogReader
from hegui.world import RealWorld

E = TypeVar("E", bound=kinds.Entry)
BOOK = shipped_book()


@pytest.fixture(scope="module")
def entries(month: Month) -> list[kinds.Entry]:
    store = Store.open(month.home.database_url, world=RealWorld())
    log = LogReader(store)
    bodies = [log.body(index) for index in range(log.size())]
    store.close()
    return [entry.decode(body) for body in bodies if body is not None]


@pytest.fixture(scope="module")
def written() -> Papers:
    return papers()


def of(entries: list[kinds.Entry], kind: type[E]) -> list[E]:
    return [one for one in entries if isinstance(one, kind)]


def statuses(entries: list[kinds.Entry], duty: str) -> list[str]:
    return [one.status for one in of(entries, kinds.DutyChanged) if one.duty.endswith(duty)]


def test_every_question_is_answered_and_every_answer_asked_for(written: Papers) -> None:
    assert set(written.answers) == set(facts())
    for group in groups():
        for one in group.facts:
            options = {option.id for option in one.options}
            given = written.answers[one.id]
            if isinstance(given, list) or options:
                assert set([given] if isinstance(given, str) else given) <= options, one.id


def test_every_statement_is_of_a_control_that_takes_one(written: Papers) -> None:
    for control, said in written.statements.items():
        owed = BOOK.control(f"{written.pack}/{control}")
        assert attest.wants(owed.control), control
        low, high = attest.STATEMENT
        assert low <= len(said.text) <= high
    assert {written.short, written.taken_back} <= written.statements.keys()


def test_some_controls_wait_for_somebody(written: Papers) -> None:
    pack = BOOK.pack(written.pack)
    wanted = {
        control.id
        for _, duty in pack.duties()
        for control in duty.controls
        if attest.wants(control)
    }
    assert 5 <= len(wanted - written.statements.keys()) <= 10


def test_a_file_says_that_it_is_nobodys(written: Papers) -> None:
    said: list[Statement] = [*written.statements.values(), written.renewed, written.anew]
    named = [one.paper for one in said if one.paper]
    assert 8 <= len(named) < len(said)
    for name in named:
        assert "演示文件" in content(name)


def test_what_applies_is_answered_whole_on_the_first_day(
    month: Month, entries: list[kinds.Entry], written: Papers
) -> None:
    # A demonstration's house begins with a few answers of its own.
    *_, one = of(entries, kinds.ProfileRecorded)
    assert one.at - month.lived.start < 86_400_000
    assert one.unknown == 0
    answers = {name: _typed(name, given) for name, given in written.answers.items()}
    assert one.duties == decide(Profile(answers), BOOK, day_of(NOW)).owed(True) > 100


def test_the_licences_asked_for_are_there_and_one_runs_out_soon(
    month: Month, entries: list[kinds.Entry], written: Papers
) -> None:
    found = of(entries, kinds.LicenceRecorded)
    assert [one.licence for one in found] == [one.kind for one in written.licences]
    [ends] = [one.expires for one in found if one.expires]
    last = date.fromisoformat(str(ends))
    today = day_of(month.lived.end)
    assert today < last <= today + timedelta(days=30)
    assert month.lived.duties["due_soon"] >= 1


def test_each_attestation_is_of_what_she_wrote(
    month: Month, entries: list[kinds.Entry], written: Papers
) -> None:
    signed = of(entries, kinds.AttestationSigned)
    controls = [one.control.partition("/")[2] for one in signed]
    again = [written.short, written.taken_back]
    assert sorted(controls) == sorted([*written.statements, *again])
    assert len(signed) == month.lived.counts["attestations"]
    said = [*written.statements.values(), written.renewed, written.anew]
    assert len([one for one in signed if one.file]) == len([one for one in said if one.paper])
    assert all(one.provision == BOOK.digest_of(one.control) for one in signed)


def test_one_is_taken_back_and_signed_anew(entries: list[kinds.Entry], written: Papers) -> None:
    control = f"{written.pack}/{written.taken_back}"
    acts = [
        one
        for one in entries
        if isinstance(one, kinds.AttestationSigned | kinds.AttestationWithdrawn)
        and one.control == control
    ]
    assert [type(one) for one in acts] == [
        kinds.AttestationSigned,
        kinds.AttestationWithdrawn,
        kinds.AttestationSigned,
    ]
    assert statuses(entries, "/GM-19.1b")[-3:] == ["met", "needs_person", "met"]


def test_one_runs_out_and_is_renewed_late(entries: list[kinds.Entry]) -> None:
    assert statuses(entries, "/GM-8.4")[-3:] == ["due_soon", "stale", "met"]


def test_nothing_else_goes_stale_while_the_house_does_its_jobs(
    entries: list[kinds.Entry],
) -> None:
    found = {one.check for one in of(entries, kinds.DutyChanged) if one.status == "stale"}
    assert found == {"annotation.supervision", "attestations.in_date"}


def test_the_night_without_a_service_is_on_record(entries: list[kinds.Entry]) -> None:
    [one] = of(entries, kinds.ServiceOutage)
    assert one.clean
    assert 40 * 60_000 <= one.until - one.since < 41 * 60_000
    within = [each for each in entries if one.since < each.at < one.until]
    assert within == []
    assert len(of(entries, kinds.ServiceStarted)) == 2


def test_the_end_tells_how_duties_stand(month: Month) -> None:
    duties = month.lived.duties
    assert sum(duties.values()) == sum(1 for _ in BOOK.owed())
    assert duties["overdue"] == duties["stale"] == 0
    assert min(duties[name] for name in ("met", "not_met", "needs_person")) > 0


def test_what_does_not_hold_is_what_a_demonstration_is_not(
    entries: list[kinds.Entry],
) -> None:
    last = {one.duty: one for one in of(entries, kinds.DutyChanged)}
    found = {one.check for one in last.values() if one.status == "not_met"}
    # Nobody's code, nobody's address, few words, a clumsy rule, and 40 minutes of two days.
    most = {"labels.code", "contact.published", "words.size", "appeals.upheld", "service.available"}
    assert found <= most
    assert found <= CHECKS.keys()


def _typed(name: str, given: str | list[str]) -> object:
    """An answer as a form's reader understands its field."""
    kind = facts()[name].kind.value
    if kind == "bool":
        return given == "yes"
    if kind == "number":
        return int(str(given))
    return given
