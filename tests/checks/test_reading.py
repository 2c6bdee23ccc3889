"""What every check comes to now: attestations, what waits for its place, rules that are gone."""

from typing import Any

import pytest
from tests.checks.cases import CONTROL, SIGNED, A, B
from tests.checks.entries import DAY, NOW, made
from tests.store.log import Log

from hegui import checks
from hegui.checks import CHECKS, PENDING, ChecksError, Results
from hegui.law import Book, Status, shipped_book
from hegui.ledger import kinds
from hegui.store import Store, record

ATTESTED = sorted(check.id for check in CHECKS.values() if check.attested)


def results(log: Log, *entries: kinds.Entry, now: int = NOW, book: Book | None = None) -> Results:
    with log.store.begin() as conn:
        for entry in entries:
            record(conn, entry)
    log.sequencer.run_once()
    checks.fold_all(log.store)
    return checks.read(log.store, now, book or shipped_book())


def signed(**fields: Any) -> kinds.AttestationSigned:
    values = {"provision": shipped_book().digest_of(CONTROL), "control": CONTROL, **fields}
    return made(kinds.AttestationSigned, DAY, **values)


def test_there_are_all_the_checks_that_rooms_to_come_need() -> None:
    assert len(ATTESTED) == 32
    for name in ATTESTED:
        assert "附" in CHECKS[name].what.zh or "说明" in CHECKS[name].what.zh
        assert CHECKS[name].live is None


def test_without_an_attestation_it_says_what_to_attach(store: Store, log: Log) -> None:
    result = results(log).of("corpora.sources", CONTROL)
    assert result.status is Status.NEEDS_PERSON
    assert CHECKS["corpora.sources"].what.zh in result.figure.zh
    assert CHECKS["corpora.sources"].what.en in result.figure.en


@pytest.mark.parametrize(
    ("expires", "status"),
    [
        (20261231, Status.MET),
        (20260120, Status.DUE_SOON),
        (20260105, Status.DUE_SOON),  # its last day
        (20260104, Status.STALE),
    ],
)
def test_an_attestation_holds_to_its_last_day(
    store: Store, log: Log, expires: int, status: Status
) -> None:
    found = results(log, signed(act=A, expires=expires))
    result = found.of("corpora.sources", CONTROL)
    assert result.status is status
    assert (result.shown[0].index, result.shown[0].act) == (0, A)
    assert result.shown[0].against == (status is Status.STALE)
    assert found.of("corpora.sources", "own/another").status is Status.NEEDS_PERSON
    assert found.of("attestations.in_date", "").status is status


def test_the_latest_that_was_not_taken_back_counts(store: Store, log: Log) -> None:
    first, second = signed(act=A, expires=20260131), signed(act=B, expires=20261231)
    both = results(log, first, second)
    assert both.attested[CONTROL].entry.act == B
    back = made(kinds.AttestationWithdrawn, 1, B, control=CONTROL)
    assert results(log, back).attested[CONTROL].entry.act == A
    last = made(kinds.AttestationWithdrawn, 0, A, control=CONTROL)
    assert results(log, last).attested == {}


def test_an_attestation_of_other_words_asks_for_a_person(store: Store, log: Log) -> None:
    other = results(log, signed(act=A, provision="0" * 64)).of("corpora.sources", CONTROL)
    assert (other.status, other.against) == (Status.NEEDS_PERSON, 1)
    # One for the words as they are goes before a later one for others.
    found = results(log, signed(act=B), signed(act=A, provision="0" * 64))
    assert found.attested[CONTROL].entry.act == B


def test_one_of_a_pack_that_is_gone_is_no_duty(store: Store, log: Log) -> None:
    name = CONTROL.partition("/")[0]
    book = Book(pack for pack in shipped_book().packs if pack.name != name)
    assert results(log, SIGNED, book=book).attested == {}


def test_what_says_that_the_ledger_is_damaged_does_not_wait_for_its_place(
    store: Store, log: Log
) -> None:
    results(log, made(kinds.LedgerChecked, DAY, problem=""))
    with store.begin() as conn:
        record(conn, made(kinds.LedgerChecked, 1, B, problem="unsigned"))
        record(conn, made(kinds.GenerationStopped, 1, B, category=""))
    found = checks.read(store, NOW, shipped_book())
    signed_by = found.of("records.signed", "")
    assert signed_by.status is Status.NOT_MET
    assert (signed_by.shown[0].index, signed_by.shown[0].act) == (PENDING, B)
    assert found.of("stops.reasoned", "").status is Status.NO_OCCASION
    # It is not kept: once it has its place it is read in its turn.
    assert checks.fold(store) == 0


def test_a_rule_that_is_not_there_gives_no_verdict(store: Store, log: Log) -> None:
    found = results(log, made(kinds.LedgerVerified, DAY, problems=0), book=Book(()))
    result = found.of("records.verified", "")
    assert result.status is Status.NEEDS_PERSON
    assert "own/ledger.verify" in result.figure.zh
    assert result.rules == ()


def test_a_check_that_there_is_not_is_named(store: Store, log: Log) -> None:
    with pytest.raises(ChecksError, match="check_unknown"):
        results(log).of("stops.unheard", CONTROL)
