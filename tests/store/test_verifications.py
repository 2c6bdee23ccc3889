"""Verifications on record: one at a time, cut ones known, results kept."""

import pytest
from tests.people.evidence import entries
from tests.store.log import Log

from hegui.ledger.kinds import LedgerVerified
from hegui.store import Problem, Report, Store, verifications
from hegui.store.verifications import LEASE_MS, Verification


def last(store: Store) -> Verification:
    return verifications.latest(store)[0]


def begin(store: Store) -> str:
    begun = verifications.begin(store, None)
    assert begun is not None
    return begun


def report(*found: Problem, unlisted: int = 0, size: int = 7) -> Report:
    return Report(not found, size, 0, None, list(found), unlisted)


def problem(place: int) -> Problem:
    return Problem("entry_altered", str(place), "", "")


def test_one_runs_at_a_time(store: Store) -> None:
    first = begin(store)
    assert verifications.begin(store, None) is None
    verifications.finish(store, first, report())
    store.world.tick(1)  # type: ignore[attr-defined]
    second = begin(store)
    assert [one.id for one in verifications.latest(store)] == [second, first]
    assert [one.running for one in verifications.latest(store)] == [True, False]


def test_it_begins_with_the_size_of_the_log_and_tells_its_progress(store: Store) -> None:
    log = Log(store)
    log.grow(3, 2)
    begun = begin(store)
    assert (last(store).size, last(store).done, last(store).ok) == (5, 0, None)
    assert verifications.advance(store, begun, 4, 6)
    assert (last(store).size, last(store).done, last(store).running) == (6, 4, True)


def test_a_report_is_kept_in_words(store: Store) -> None:
    begun = begin(store)
    store.world.tick(250)  # type: ignore[attr-defined]
    verifications.finish(store, begun, report(problem(3), unlisted=2, size=9))
    kept = last(store)
    assert (kept.ok, kept.size, kept.done, kept.more) == (False, 9, 9, 2)
    assert kept.ended == kept.started + 250
    (found,) = kept.problems
    assert (found.code, found.place) == ("entry_altered", "3")
    assert "3" in found.zh
    assert "3" in found.en


def test_the_end_is_evidence_once(store: Store) -> None:
    begun = begin(store)
    verifications.finish(store, begun, report(problem(3), unlisted=2, size=9))
    verifications.finish(store, begun, report())
    (entry,) = entries(store, LedgerVerified)
    assert (entry.act, entry.size, entry.problems) == (begun, 9, 3)


def test_one_that_was_cut_is_no_evidence(store: Store) -> None:
    verifications.finish(store, begin(store), None)
    assert entries(store, LedgerVerified) == []


def test_a_long_report_is_cut_and_counted(store: Store) -> None:
    verifications.finish(store, begin(store), report(*map(problem, range(150)), unlisted=5))
    assert (len(last(store).problems), last(store).more) == (100, 55)


def test_one_that_fell_silent_is_cut_and_the_next_may_begin(store: Store) -> None:
    begun = begin(store)
    store.world.tick(LEASE_MS - 1)  # type: ignore[attr-defined]
    assert last(store).running
    assert verifications.advance(store, begun, 1, 9)
    store.world.tick(LEASE_MS + 1)  # type: ignore[attr-defined]
    assert (last(store).running, last(store).ok, last(store).ended) == (False, None, None)
    second = begin(store)
    assert not verifications.advance(store, begun, 2, 9)
    verifications.finish(store, begun, report())
    new, old = verifications.latest(store)
    assert (new.id, new.running) == (second, True)
    assert (old.ok, old.done, old.ended) == (None, 1, store.world.now())


def test_a_cut_is_put_on_record(store: Store) -> None:
    verifications.finish(store, begin(store), None)
    kept = last(store)
    assert (kept.ok, kept.running, kept.ended) == (None, False, store.world.now())
    assert verifications.begin(store, None)


@pytest.mark.parametrize("most", [1, 3])
def test_the_last_are_listed_the_newest_first(store: Store, most: int) -> None:
    begun = []
    for _ in range(4):
        begun.append(begin(store))
        verifications.finish(store, begun[-1], report())
        store.world.tick(1)  # type: ignore[attr-defined]
    assert [one.id for one in verifications.latest(store, most)] == begun[::-1][:most]


def test_nothing_was_ever_verified(store: Store) -> None:
    assert verifications.latest(store) == []
