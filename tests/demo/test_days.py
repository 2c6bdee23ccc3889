"""Two days lived through the real service: all that people do is on record, and holds."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from tests.demo.conftest import NOW, Month
from tests.service import ROOT, environment, free_port

from hegui.cli import main
from hegui.config import Home
from hegui.demo import marker
from hegui.demo.rhythm import DAY_MS
from hegui.demo.trades import counted
from hegui.ledger import entry, kinds
from hegui.service.house import open_signer
from hegui.store import Store
from hegui.store.log import LogReader
from hegui.world import RealWorld

#: What needs luck, or more than two days.
NOT_SURE = {"appeals_withdrawn"}


@pytest.fixture(scope="module")
def entries(month: Month) -> list[kinds.Entry]:
    store = Store.open(month.home.database_url, world=RealWorld())
    log = LogReader(store)
    bodies = [log.body(index) for index in range(log.size())]
    store.close()
    return [entry.decode(body) for body in bodies if body is not None]


@pytest.mark.parametrize("name", sorted(counted().keys() - NOT_SURE))
def test_it_happened(month: Month, name: str) -> None:
    assert month.lived.counts.get(name, 0) > 0


def test_a_day_has_some_sixty_to_a_hundred_generations(month: Month) -> None:
    assert 50 <= month.lived.counts["generations"] / 2 <= 110


def test_the_ledger_verifies(month: Month, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEGUI_HOME", str(month.home.path))
    monkeypatch.chdir(month.home.path)
    assert month.lived.verified
    assert main(["ledger", "verify"]) == 0


def test_nothing_is_counted_without_its_words(month: Month) -> None:
    assert month.lived.counts.keys() <= counted().keys()


def test_the_overview_tells_what_a_recount_finds(month: Month) -> None:
    env = environment(month.home.path, free_port())
    recount = [sys.executable, str(ROOT / "scripts" / "recount.py")]
    done = subprocess.run(
        recount, env=env, capture_output=True, text=True, cwd=month.home.path, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{month.lived.entries} entries" in done.stdout


def test_every_generation_is_on_record(month: Month, entries: list[kinds.Entry]) -> None:
    admitted = [one for one in entries if isinstance(one, kinds.GenerationAdmitted)]
    assert len(admitted) == month.lived.counts["generations"]
    ended = {
        one.act
        for one in entries
        if isinstance(
            one,
            kinds.GenerationDelivered | kinds.GenerationStopped | kinds.GenerationAbandoned,
        )
    }
    assert ended == {one.act for one in admitted}


def test_what_people_met_is_what_is_on_record(month: Month, entries: list[kinds.Entry]) -> None:
    counts = Counter(month.lived.counts)
    stopped = [one for one in entries if isinstance(one, kinds.GenerationStopped)]
    decided = [one for one in entries if isinstance(one, kinds.CaseDecided)]
    assert len(stopped) == counts["stops_right"] + counts["stops_wrong"]
    assert len([one for one in entries if isinstance(one, kinds.CaseFiled)]) == counts["appeals"]
    assert len(decided) == counts["upheld"] + counts["rejected"]
    assert len([one for one in entries if isinstance(one, kinds.TextOpened)]) >= len(decided)


def test_time_passes_within_the_days_and_durations_are_real(
    month: Month, entries: list[kinds.Entry]
) -> None:
    began: dict[str, int] = {}
    for one in entries:
        assert month.lived.start <= one.at <= month.lived.end
        if isinstance(one, kinds.GenerationAdmitted):
            began[one.act] = one.at
        elif one.act in began:
            assert 0 <= one.at - began[one.act] < 60_000
    assert len({one.at // DAY_MS for one in entries}) == 3  # two days that begin in an evening


def test_it_ends_now(month: Month) -> None:
    assert month.lived.start + 2 * DAY_MS == pytest.approx(NOW, abs=60_000)
    assert NOW <= month.lived.end <= NOW + 600_000


def test_each_hour_is_told(month: Month) -> None:
    assert len(month.hours) in (48, 49)
    assert month.hours == sorted(set(month.hours))


def test_the_folder_is_marked(month: Month) -> None:
    found = marker.read(month.home)
    assert found is not None
    assert (found.days, found.seed, found.start, found.end) == (
        2,
        1,
        month.lived.start,
        month.lived.end,
    )


def test_keys_are_not_of_the_seed(month: Month, tmp_path: Path) -> None:
    other = Home(tmp_path / "var")
    assert open_signer(month.home).vkey != open_signer(other).vkey


def test_what_was_lived_is_a_document(month: Month) -> None:
    document = msgspec.json.decode(msgspec.json.encode(month.lived))
    assert document["days"] == 2
    assert document["entries"] > 0


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_demonstration_writes_no_table() -> None:
    room = Path(str(files("hegui.demo")))
    rooms = ("sqlalchemy", "hegui.store", "hegui.people", "hegui.cases", "hegui.vault")
    for path in sorted(room.rglob("*.py")):
        wrong = [name for name in _imported(path) if name.startswith(rooms)]
        assert not wrong, path.name
