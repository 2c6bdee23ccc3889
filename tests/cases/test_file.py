"""Filing: number, secret, clock, sealed words and evidence, or nothing of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.cases.bench import Bench
from tests.world import FakeWorld

from hegui.cases import APPEAL, CasesError, about, by_number, file, withdraw
from hegui.law import china, due, parameter
from hegui.ledger.kinds import CaseFiled
from hegui.store import Store, tables
from hegui.vault import PersonKeys, commit
from hegui.vault.seal import SALT, open_
from hegui.world import new_id

ALL = (tables.case_file, tables.case_text, tables.case_person, tables.case_event, tables.clock)


def refused(bench: Bench, code: str, **filed: object) -> CasesError:
    before = [len(bench.rows(table)) for table in ALL]
    evidence = len(bench.entries(CaseFiled))
    with pytest.raises(CasesError) as caught:
        bench.file(**filed)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert [len(bench.rows(table)) for table in ALL] == before
    assert len(bench.entries(CaseFiled)) == evidence
    return caught.value


def test_the_filer_gets_number_secret_and_date(bench: Bench, world: FakeWorld) -> None:
    filed = bench.file()
    assert filed.number == "A-2026-0001"
    rule = parameter(APPEAL.answer_rule)
    assert filed.rule == rule.rule == "cn-app-method-2019/complaint.answer"
    assert filed.due == due(world.now(), rule.span, china()).at
    assert filed.provisional is False
    assert bench.file().number == "A-2026-0002"


def test_state_and_evidence_say_the_same(bench: Bench, world: FakeWorld) -> None:
    subject = bench.stop()
    filed = bench.file("x", subject=subject)
    (row,) = bench.rows(tables.case_file)
    assert (row.id, row.number, row.kind, row.subject) == (
        filed.case_id,
        filed.number,
        "appeal",
        subject,
    )
    assert (row.state, row.received, row.assigned) == ("received", world.now(), None)
    (entry,) = bench.entries(CaseFiled)
    assert (entry.act, entry.case, entry.number, entry.subject) == (
        filed.case_id,
        "appeal",
        filed.number,
        subject,
    )
    assert (entry.due, entry.rule, entry.at) == (filed.due, filed.rule, world.now())
    (event,) = bench.rows(tables.case_event)
    assert (event.event, event.state, event.staff_id) == ("file", "received", None)
    (told,) = bench.rows(tables.outbox)
    assert (told.topic, told.subject, told.channel) == ("case.filed", filed.case_id, "console")


def test_the_statement_is_sealed_under_the_cases_key_and_committed_to(
    bench: Bench, keys: PersonKeys
) -> None:
    filed = bench.file("一句话\r\n两句话 ")
    (text,) = bench.rows(tables.case_text)
    key = keys.get(filed.case_id)
    assert key is not None
    plain = open_(key, text.data, generation_id=filed.case_id, part="statement", seq=0)
    assert plain[SALT:].decode() == "一句话\n两句话"
    (entry,) = bench.entries(CaseFiled)
    assert entry.statement == commit(plain[:SALT], plain[SALT:])


def test_the_secret_is_kept_nowhere(bench: Bench) -> None:
    filed = bench.file()
    (row,) = bench.rows(tables.case_file)
    assert len(row.secret) == 32
    assert filed.secret not in str(bench.entries(CaseFiled))


@pytest.mark.parametrize("words", ["", "   \n", "字" * 4000, "\r\n" * 3 + "字" * 4000])
def test_nothing_or_much_may_be_said(bench: Bench, keys: PersonKeys, words: str) -> None:
    filed = bench.file(words)
    case = by_number(bench.store, keys, filed.number, filed.secret)
    assert case.texts.statement == words.strip()


@pytest.mark.parametrize("words", ["字" * 4001, "lone \udc80", "nul \0"])
def test_too_much_or_no_text_is_refused(bench: Bench, words: str) -> None:
    error = refused(bench, "case_text", statement=words, subject=bench.stop())
    assert error.field == "statement"


def test_what_does_not_exist_cannot_be_appealed(bench: Bench) -> None:
    for subject in (new_id(bench.world), "nonsense", "x' OR 1=1", "\0" * 32):
        refused(bench, "case_subject", subject=subject)


def test_a_second_one_about_the_same_is_refused_with_the_first_number(bench: Bench) -> None:
    subject = bench.stop()
    first = bench.file(subject=subject)
    assert first.number in refused(bench, "case_exists", subject=subject).zh
    assert bench.file().number == "A-2026-0002", "the refused one took no number"


def test_after_a_withdrawal_it_may_be_filed_again(bench: Bench, world: FakeWorld) -> None:
    subject = bench.stop()
    first = bench.file(subject=subject)
    withdraw(bench.store, world, first.number, first.secret)
    assert about(bench.store, "appeal", subject) is None
    second = bench.file(subject=subject)
    found = about(bench.store, "appeal", subject)
    assert found is not None
    assert found.number == second.number


def test_of_many_at_once_one_is_filed(bench: Bench, store: Store, keys: PersonKeys) -> None:
    subject = bench.stop()

    def attempt(seed: int) -> str | None:
        try:
            filed = file(store, keys, FakeWorld(seed), APPEAL, subject, "x", None)
        except CasesError as error:
            return error.code
        return filed.number

    with ThreadPoolExecutor(5) as pool:
        answers = sorted(str(answer) for answer in pool.map(attempt, range(1, 6)))
    assert answers == ["A-2026-0001", *["case_exists"] * 4]
    assert len(bench.rows(tables.case_file)) == 1


def test_a_failed_filing_leaves_no_key(
    bench: Bench, keys: PersonKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    create = keys.create

    def noted(holder: str) -> bytes:
        held.append(holder)
        return create(holder)

    monkeypatch.setattr(keys, "create", noted)
    refused(bench, "case_person", subject=bench.stop(), person="9" * 32)
    (holder,) = held
    assert keys.get(holder) is None


def test_the_filer_is_linked_when_known(bench: Bench) -> None:
    person = bench.person()
    filed = bench.file(person=person)
    bench.file()
    (link,) = bench.rows(tables.case_person)
    assert (link.case_id, link.person_id) == (filed.case_id, person)
    assert person not in str(bench.entries(CaseFiled))
