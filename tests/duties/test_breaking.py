"""Breaking something turns the duties that rest on it, and no other, with the entry that shows it.

The evidence is written and placed in a real log, folded by the checks and joined with the packs.
"""

import pytest
from tests.duties.desk import Desk
from tests.people.evidence import entries
from tests.store.acts import COMMITMENT

from hegui.duties.views import DutyChange, DutyView
from hegui.law import Status
from hegui.ledger import kinds
from hegui.store import LogReader

MEASURES = "cn-genai-measures-2023"
DAY = 86_400_000
#: A provider who is somebody and has said what is to be said.
DECLARED = {
    "demo": False,
    "contact": True,
    "disclosure": COMMITMENT,
    "recipients": 1,
    "unnamed": 0,
    "passed_days": 7,
    "stopped_days": 30,
    "sampled": 100,
    "unlabelled": False,
}


@pytest.fixture
def well(desk: Desk) -> Desk:
    """A service that answered ten times as it should, and looked at its ledger."""
    desk.declare()
    desk.write(kinds.AgreementPublished, version=1, digest=COMMITMENT)
    desk.write(kinds.AgreementAccepted, version=1, via="page", evidenced=True)
    for _ in range(10):
        desk.generate()
    desk.write(kinds.ServiceDeclared, **DECLARED)
    desk.write(kinds.LedgerVerified, size=9, problems=0)
    desk.settle()
    return desk


def _shown(desk: Desk, change: DutyChange) -> list[str]:
    """The acts of the entries that speak against a duty, each found in the ledger."""
    one: DutyView = desk.duties()[change.duty]
    control = next(each for each in one.controls if each.ref == change.control)
    result = next(each.result for each in control.checks if each.id == change.check)
    reader = LogReader(desk.store)
    for entry in result.shown:
        body = reader.body(entry.index)
        assert body is not None
        assert entry.act in body.decode()
        assert entry.kind in body.decode()
    return [entry.act for entry in result.shown if entry.against]


def _breaks(desk: Desk, check: str, broken: dict[str, DutyChange], act: str) -> None:
    """Exactly the duties that rest on a check are not met, by that check and that act."""
    for change in broken.values():
        assert (change.status, change.check) == (Status.NOT_MET, check)
        assert _shown(desk, change) == [act]


def test_what_works_is_shown_by_figures(well: Desk) -> None:
    duties = well.duties()
    assert duties[f"{MEASURES}/GM-9.2"].status is Status.MET
    counted = [
        one
        for one in duties.values()
        if any(check.result.counted for each in one.controls for check in each.checks)
    ]
    assert len(counted) >= 15


def test_an_answer_without_its_mark(well: Desk) -> None:
    before, acts = well.duties(), []
    broken = well.broken(lambda: acts.append(well.generate(label="")))
    assert broken.keys() == well.resting_on("labels.text", before)
    assert f"{MEASURES}/GM-12" in broken
    _breaks(well, "labels.text", broken, *acts)


def test_a_generation_without_agreement(well: Desk) -> None:
    before, acts = well.duties(), []
    broken = well.broken(lambda: acts.append(well.generate(agreement=0)))
    assert broken.keys() == well.resting_on("agreement.accepted", before)
    assert f"{MEASURES}/GM-9.2" in broken
    _breaks(well, "agreement.accepted", broken, *acts)


def test_a_missing_checkpoint(well: Desk) -> None:
    before = well.duties()
    broken = well.broken(well.lose_checkpoints)
    assert broken.keys() == well.resting_on("records.signed", before)
    assert f"{MEASURES}/GM-19.1" in broken
    (act,) = {act for one in broken.values() for act in _shown(well, one)}
    _breaks(well, "records.signed", broken, act)
    assert entries(well.store, kinds.LedgerChecked)[-1].problem == "missing"


def test_an_expired_attestation(well: Desk) -> None:
    control = f"{MEASURES}/10.2-guide"
    signed = well.sign(control, days=1)
    broken = well.broken(lambda: well.world.tick(2 * DAY))
    assert {one.check for one in broken.values()} == {"guidance.published", "attestations.in_date"}
    assert {one.status for one in broken.values()} == {Status.STALE}
    assert broken.keys() == {f"{MEASURES}/GM-10.2", "own/OWN-10"}
    for change in broken.values():
        assert _shown(well, change) == [signed.id]


def test_what_is_mended_is_told_as_well(well: Desk) -> None:
    control = f"{MEASURES}/10.2-guide"
    signed = well.sign(control, days=1)
    well.broken(lambda: well.world.tick(2 * DAY))
    mended = well.broken(lambda: well.sign(control))
    assert mended[f"{MEASURES}/GM-10.2"].was == Status.STALE
    assert mended[f"{MEASURES}/GM-10.2"].status == Status.MET
    assert well.duties()[f"{MEASURES}/GM-10.2"].controls[0].attested != signed


def test_nothing_changes_while_nothing_happens(well: Desk) -> None:
    assert well.broken(lambda: well.world.tick(60_000)) == {}
