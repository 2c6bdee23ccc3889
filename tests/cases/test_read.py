"""Reading: the filer's view, the staff's view, and lists of a fixed number of queries."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import event
from tests.cases.bench import Bench, statement
from tests.world import FakeWorld

from hegui.cases import (
    OPEN,
    CasesError,
    Filters,
    State,
    Texts,
    about,
    assign,
    by_number,
    decide,
    due_next,
    list_cases,
    one,
    open_text,
    withdraw,
    wrote_rule,
)
from hegui.store import Store, tables
from hegui.vault import PersonKeys, VaultError


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The queries of a block."""
    asked: list[str] = []

    def note(_conn: object, _cursor: object, sql: str, *_rest: object) -> None:
        if sql.lstrip().upper().startswith("SELECT"):
            asked.append(sql)

    event.listen(store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(store.engine, "before_cursor_execute", note)


def test_number_and_secret_open_the_case(bench: Bench, store: Store, keys: PersonKeys) -> None:
    filed = bench.file("我没有骗人。")
    case = by_number(store, keys, " a-2026-0001 ", filed.secret.lower().replace("-", " "))
    assert (case.id, case.state, case.kind) == (filed.case_id, "received", "appeal")
    assert case.texts == Texts(statement="我没有骗人。")
    assert (case.clock.due, case.clock.rule, case.clock.span) == (filed.due, filed.rule, "15wd")
    assert case.clock.in_time is None
    assert case.decision is None
    assert case.outcome is None


def test_anything_else_opens_nothing_and_says_the_same(
    bench: Bench, store: Store, keys: PersonKeys
) -> None:
    first, second = bench.file(), bench.file()
    said = set()
    for number, secret in (
        (first.number, second.secret),
        (first.number, first.secret[:-1]),
        (first.number, ""),
        (first.number, hashlib.sha256(first.secret.encode()).hexdigest()),
        ("A-2026-0003", first.secret),
        ("", ""),
        ("%", first.secret),
        ("A-2026-\0", first.secret),
        (first.number, "\0"),
    ):
        with pytest.raises(CasesError) as caught:
            by_number(store, keys, number, secret)
        said.add((caught.value.code, caught.value.zh, caught.value.en))
    assert len(said) == 1
    assert said.pop()[0] == "case_unknown"


def test_the_filer_sees_no_staff(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff("Wei Secretname")
    filed = bench.assigned(staff)
    case = by_number(store, keys, filed.number, filed.secret)
    assert case.state == "assigned"
    assert staff.id not in str(case)
    assert "Secretname" not in str(case)
    assert one(store, filed.case_id).assignee == "Wei Secretname"


def test_staff_open_the_words_apart(bench: Bench, store: Store, keys: PersonKeys) -> None:
    filed = bench.file("说明")
    assert one(store, filed.case_id).texts == Texts()
    assert open_text(store, keys, filed.case_id) == Texts(statement="说明")
    with pytest.raises(CasesError) as caught:
        one(store, "0" * 32)
    assert caught.value.code == "case_missing"


def test_a_destroyed_key_leaves_the_outcome_and_no_words(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    filed = bench.assigned(staff)
    decide(store, keys, world, filed.case_id, staff, statement())
    keys.destroy(filed.case_id)
    case = by_number(store, keys, filed.number, filed.secret)
    assert case.texts == Texts()
    assert case.outcome == "rejected"


def test_lists_are_newest_first_and_go_on_where_they_ended(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    ids = []
    for _ in range(7):
        ids.append(bench.file().case_id)
        world.tick(1)
    pages: list[str] = []
    before = None
    while page := list_cases(store, limit=3, before=before):
        pages += [row.id for row in page]
        before = page[-1].id
    assert pages == ids[::-1]
    assert len(list_cases(store, limit=0)) == 1
    assert len(list_cases(store, limit=10_000)) == 7


def test_filters_choose(bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld) -> None:
    wei, lan = bench.staff("Wei"), bench.staff("Lan")
    waiting = bench.file()
    at_wei, at_lan = bench.assigned(wei), bench.assigned(lan)
    decided, withdrawn = bench.assigned(wei), bench.file()
    decide(store, keys, world, decided.case_id, wei, statement(outcome="upheld"))
    withdraw(store, world, withdrawn.number, withdrawn.secret)

    def found(filters: Filters) -> set[str]:
        return {row.number for row in list_cases(store, filters)}

    assert found(Filters(states=(State.RECEIVED,))) == {waiting.number}
    assert found(Filters(states=OPEN)) == {waiting.number, at_wei.number, at_lan.number}
    assert found(Filters(assigned=wei.id)) == {at_wei.number, decided.number}
    assert found(Filters(assigned=wei.id, states=(State.DECIDED,))) == {decided.number}
    assert found(Filters(kind="appeal")) == found(Filters())
    assert found(Filters(kind="complaint")) == set()
    (row,) = list_cases(store, Filters(states=(State.DECIDED,)))
    assert (row.outcome, row.assignee, row.clock.stopped) == ("upheld", "Wei", world.now())


def test_what_is_due_comes_soonest_first_and_only_while_it_runs(
    bench: Bench, store: Store, world: FakeWorld
) -> None:
    first = bench.file()
    world.tick(3 * 86_400_000)
    second = bench.file()
    gone = bench.file()
    withdraw(store, world, gone.number, gone.secret)
    assert [row.number for row in due_next(store)] == [first.number, second.number]
    assert [row.number for row in due_next(store, 1)] == [first.number]


def test_the_case_about_an_act_is_found(bench: Bench, store: Store) -> None:
    subject = bench.stop()
    assert about(store, "appeal", subject) is None
    filed = bench.file(subject=subject)
    found = about(store, "appeal", subject)
    assert found is not None
    assert found.id == filed.case_id
    assert about(store, "complaint", subject) is None


def test_no_page_asks_more_with_more_rows(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    staff = bench.staff()
    filed = bench.assigned(staff)
    for _ in range(30):
        bench.assigned(staff)
    for read, queries in (
        (lambda: list_cases(store, Filters(states=OPEN)), 1),
        (lambda: due_next(store), 1),
        (lambda: about(store, "appeal", "0" * 32), 1),
        (lambda: one(store, filed.case_id), 2),
        (lambda: by_number(store, keys, filed.number, filed.secret), 3),
    ):
        with counted(store) as asked:
            read()
        assert len(asked) == queries, asked


def test_a_sealed_text_moved_to_another_case_does_not_open(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    first, second = bench.file("eins"), bench.file("zwei")
    text = tables.case_text
    with store.begin() as conn:
        moved = text.select().where(text.c.case_id == first.case_id)
        data = conn.execute(moved).one().data
        conn.execute(text.update().where(text.c.case_id == second.case_id).values(data=data))
    with pytest.raises(VaultError) as caught:
        open_text(store, keys, second.case_id)
    assert caught.value.code == "sealed_broken"


def test_what_is_no_id_finds_nothing(
    bench: Bench, store: Store, keys: PersonKeys, world: FakeWorld
) -> None:
    bench.file()
    staff = bench.staff()
    for text in ("", "\0", "x' OR 1=1", "A" * 32):
        assert list_cases(store, before=text) == []
        assert list_cases(store, Filters(assigned=text)) == []
        assert list_cases(store, Filters(kind=text)) == []
        assert about(store, "appeal", text) is None
        for read in (
            partial(one, store, text),
            partial(open_text, store, keys, text),
            partial(wrote_rule, store, text, staff),
            partial(assign, store, world, text, staff),
        ):
            with pytest.raises(CasesError) as caught:
                read()
            assert caught.value.code == "case_missing"


def test_assigning_twice_shows_the_last_name(bench: Bench, store: Store, world: FakeWorld) -> None:
    filed = bench.file()
    assign(store, world, filed.case_id, bench.staff("兰"))
    (row,) = list_cases(store)
    assert row.assignee == "兰"
