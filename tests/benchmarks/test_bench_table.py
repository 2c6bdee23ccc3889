import copy
from typing import Any

import pytest
from benchmarks.load import Report
from benchmarks.measure import added
from benchmarks.table import marks, print_marks, print_table, ratios, slowness

HEGUI: dict[str, Any] = {
    "requests_per_second": 4321.0,
    "cpu_us_request": 180.0,
    "cpu_us_chunk": 40.0,
    "cpu_us_chunk_paced": 60.0,
    "mb": 80.0,
    "delayed": {
        f"{kind}_{which}_p{percent}_ms": 0.7
        for kind in ("added",)
        for which in ("first", "last")
        for percent in (50, 99)
    },
}
FLOOR = {"cpu_us_request": 99.0, "delayed": {"added_last_p50_ms": 0.2}}
COMMIT = {"p50_ms": 0.4, "p99_ms": 0.9, "paced_p50_ms": 0.5, "paced_p99_ms": 0.9}


def test_all_marks_are_met() -> None:
    assert all(mark.met for mark in marks(HEGUI, {"mb": 150.0}, COMMIT, FLOOR))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("cpu_us_request",), 200.1),
        (("cpu_us_chunk",), 50.1),
        (("delayed", "added_first_p50_ms"), 1.01),
        (("delayed", "added_last_p50_ms"), 0.76),  # 1.5 commits are 0.75
    ],
)
def test_each_mark_can_be_missed(path: tuple[str, ...], value: float) -> None:
    row = copy.deepcopy(HEGUI)
    inner = row
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    assert [mark.met for mark in marks(row, {"mb": 1.0}, COMMIT, FLOOR)].count(False) == 1


def test_memory_is_held_against_the_row_with_many_words() -> None:
    assert not marks(HEGUI, {"mb": 150.1}, COMMIT, FLOOR)[-1].met


def test_a_slower_machine_has_marks_of_its_own_but_for_memory() -> None:
    slow = {"cpu_us_request": 297.0, "delayed": {"added_last_p50_ms": 1.5}}
    row = HEGUI | {"cpu_us_request": 590.0}
    row["delayed"] = HEGUI["delayed"] | {"added_first_p50_ms": 2.9, "added_last_p50_ms": 2.2}
    found = marks(row, {"mb": 151.0}, COMMIT, slow)
    assert [mark.met for mark in found] == [False, False, False, True, False]
    assert [mark.met_here for mark in found] == [True, True, True, True, False]
    row |= {"cpu_us_request": 610.0, "cpu_us_chunk": 151.0}
    row["delayed"] = HEGUI["delayed"] | {"added_first_p50_ms": 3.1, "added_last_p50_ms": 2.3}
    assert not any(mark.met_here for mark in marks(row, {"mb": 151.0}, COMMIT, slow))


def test_the_table_shows_every_row_and_why_one_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    latencies = {f"last_p{percent}_ms": 0.17 for percent in (50, 99)}
    rows = {
        "nothing": {"requests_per_second": 9999.0, "at_once": latencies},
        "Hegui": HEGUI,
        "LiteLLM": {"missing": "no package index"},
    }
    print_table(rows, "nothing")
    print_marks(marks(HEGUI, {"mb": 151.0}, COMMIT, FLOOR), COMMIT, slowness(FLOOR))
    shown = capsys.readouterr().out
    for text in (
        "9,999",
        "(0.17 / 0.17)",
        "4,321",
        "0.70 / 0.70",
        "180.0",
        "40.0 / 60.0",
        "no package index",
    ):
        assert text in shown
    assert "memory with 100,000 words: 151 MB (at most 150)" in shown
    assert "MISSED" in shown


def test_what_is_added_is_a_difference_and_a_ratio() -> None:
    bare = Report(first_ms=[1.0, 2.0, 3.0], last_ms=[10.0, 10.0, 10.0])
    through = Report(first_ms=[2.0, 3.0, 5.0], last_ms=[12.0, 12.0, 12.0])
    found = added(bare, through)
    assert found["added_first_p50_ms"] == 1.0
    assert found["ratio_first_p50"] == 1.5
    assert found["added_first_p99_ms"] == 2.0
    assert found["added_last_p50_ms"] == 2.0
    assert found["ratio_last_p99"] == 1.2


def test_ratios_are_multiples_of_the_floor() -> None:
    hegui = {"cpu_us_request": 300.0, "cpu_us_chunk": 30.0, "delayed": {"added_first_p50_ms": 2.0}}
    floor = {"cpu_us_request": 100.0, "cpu_us_chunk": 20.0, "delayed": {"added_first_p50_ms": 1.0}}
    assert ratios(hegui, floor) == {
        "cpu_request": 3.0,
        "cpu_chunk": 1.5,
        "added_first_p50": 2.0,
    }
