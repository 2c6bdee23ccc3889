"""The recount agrees with the overview, and finds what does not agree."""

import io
from pathlib import Path

import pytest
from sqlalchemy import update
from tests.store.acts import Acts
from tests.store.log import Log
from tests.world import FakeWorld

import hegui
from hegui.config import Home
from hegui.store import Store, tables
from scripts import recount

#: 2026-01-05T15:59:00Z: a minute before midnight in Beijing.
EVENING = 1_767_628_740_000


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A house with some days of acts, placed and not yet counted."""
    monkeypatch.setenv("HEGUI_HOME", str(tmp_path))
    monkeypatch.delenv("HEGUI_CONFIG", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(Path(hegui.__file__).parents[1]))
    monkeypatch.chdir(tmp_path)
    world = FakeWorld(at=EVENING)
    store = Store.open(Home(tmp_path).database_url, world=world)
    acts, log = Acts(store), Log(store)
    for wait in (7, 99, 100, 1_239):
        acts.delivered(wait)
    acts.delivered(None)
    decision = acts.stopped("output", "own words, with a comma", "theirs")
    world.tick(120_000)
    acts.stopped("input")
    acts.failed()
    acts.marked("image", read="conforming")
    acts.marked("audio")
    acts.held()
    acts.unlabelled()
    acts.abandoned()
    acts.interrupted()
    acts.decided(acts.filed(decision), "upheld")
    acts.decided(acts.filed(decision), "rejected", in_time=False)
    acts.text_opened()
    log.sequencer.run_once()
    log.record(1)  # pending: neither counts it
    return store


def run() -> tuple[int, str]:
    out = io.StringIO()
    return recount.main([], out), out.getvalue()


def test_equal_counts_exit_0(store: Store) -> None:
    assert run() == (0, "recount: 29 entries, 25 counts, all equal\n")
    assert run()[0] == 0  # what is counted already is not counted again


def test_a_count_that_is_off_is_named(store: Store) -> None:
    run()
    tally = tables.tally
    with store.begin() as conn:
        conn.execute(update(tally).where(tally.c.measure == "stop.output").values(n=2))
    assert run() == (
        1,
        "totals: stop.output 'own words, with a comma': the overview says 2, the ledger 1\n",
    )


def test_a_count_that_is_missing_is_named(store: Store) -> None:
    run()
    tally = tables.tally
    with store.begin() as conn:
        conn.execute(tally.delete().where(tally.c.measure == "text.opened"))
    code, said = run()
    assert code == 1
    assert said == "totals: text.opened 'appeal': the overview says 0, the ledger 1\n"


def test_a_cursor_past_the_ledger_is_named(store: Store) -> None:
    run()
    with store.begin() as conn:
        conn.execute(update(tables.tally_cursor).values(next=99))
    code, said = run()
    assert code == 1
    assert said == "entries: the overview counted 99, the ledger holds 29\n"


def test_it_shares_no_code_with_the_tally() -> None:
    assert "import tally" not in Path(recount.__file__).read_text(encoding="utf-8")
