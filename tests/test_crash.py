"""SIGKILL under 50 streams; the same code makes a hundred kills in ``make prove``."""

from pathlib import Path

from benchmarks.crash import run_kills
from benchmarks.house import mock_model


def test_no_delivery_outlives_its_record(tmp_path: Path) -> None:
    with mock_model() as mock:
        kills = run_kills(10, tmp_path, mock)
    assert [problem for kill in kills for problem in kill.problems] == []
    assert len(kills) == 10
    assert all(kill.generations for kill in kills)
    assert any(kill.interrupted for kill in kills)
    assert any(kill.whole for kill in kills)
