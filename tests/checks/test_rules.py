"""Every live check: a ledger that meets it, one that breaks it, and the entry that shows that."""

import msgspec
import pytest
from tests.checks.cases import CASES, Case
from tests.checks.entries import judged

from hegui.checks import CHECKS
from hegui.law import Status, shipped_book

LIVE = sorted(check.id for check in CHECKS.values() if not check.attested)
#: Those whose duty arises with an occasion alone; of the others the absence of evidence tells.
OCCASIONAL = {
    "agreement.accepted",
    "agreement.evidence",
    "appeals.human",
    "appeals.in_time",
    "appeals.running",
    "appeals.upheld",
    "attestations.in_date",
    "labels.files",
    "labels.log",
    "labels.sample",
    "labels.text",
    "records.whole",
    "sanctions.human",
    "sanctions.reasoned",
    "screen.always",
    "service.failures",
    "service.recovered",
    "stops.final",
    "stops.reasoned",
    "text.reasons",
    "text.roles",
    "vault.sealed",
}


def test_every_live_check_has_its_case() -> None:
    assert sorted(CASES) == LIVE
    assert len(LIVE) == 41


@pytest.mark.parametrize("name", LIVE)
def test_a_ledger_that_meets_it(name: str) -> None:
    result = judged(name, CASES[name].meets)
    assert result.status is Status.MET
    assert not any(one.against for one in result.shown)
    assert result.shown
    assert result.seen is not None


@pytest.mark.parametrize("name", LIVE)
def test_a_ledger_that_breaks_it_with_the_entry(name: str) -> None:
    case: Case = CASES[name]
    before = [] if case.instead else case.meets
    result = judged(name, [*before, *case.breaks])
    assert result.status is case.status
    if case.shows == -1:  # what is missing leaves no entry
        assert not any(one.against for one in result.shown)
        return
    index = len(before) + case.shows
    entry = [*before, *case.breaks][index]
    first = result.shown[0]
    assert (first.index, first.act, first.against) == (index, entry.act, True)
    assert (first.kind, first.at) == (entry.__struct_config__.tag, entry.at)
    assert result.against >= 1


@pytest.mark.parametrize("name", LIVE)
def test_an_empty_ledger_is_told_of_too(name: str) -> None:
    result = judged(name, [])
    occasion = {Status.NOT_MET, Status.NEEDS_PERSON}  # nothing was seen, so nothing is met
    assert result.status in ({Status.NO_OCCASION} if name in OCCASIONAL else occasion)
    assert result.against == 0
    assert result.shown == ()
    assert result.seen is None


@pytest.mark.parametrize("name", LIVE)
def test_figures_name_numbers_and_rules_that_there_are(name: str) -> None:
    case, check = CASES[name], CHECKS[name]
    for entries in ([], case.meets, [*case.meets, *case.breaks], case.breaks):
        result = judged(name, entries)
        assert set(result.rules) <= set(check.rules)
        for words in (result.figure, result.threshold, check.title, check.what):
            if words is not None:
                assert "{" not in words.zh + words.en
                assert words.zh.strip()
                assert words.en.replace("…", "").isascii()
        for rule in result.rules:
            assert shipped_book().parameter(rule)


def test_checks_are_told_apart_and_read_kinds_that_there_are() -> None:
    assert {check.id for check in CHECKS.values()} == set(CHECKS)
    for check in CHECKS.values():
        assert check.kinds
        assert msgspec.structs.asdict(check)["version"] >= 1
