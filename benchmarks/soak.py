"""The proof by time: under steady load the service's memory stays flat."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from benchmarks import proc
from benchmarks.house import House
from benchmarks.load import Report
from benchmarks.stats import median

WORDS = 10_000
WINDOWS = 10
MOST_PERCENT = 5.0
_EVERY_SECONDS = 2.0
#: Streams and whole answers side by side, paced by the mock so that the disk is not the test.
LOADS = (
    ("--stream", "--model", "mock-20-5-32", "--connections", "8"),
    ("--model", "mock-10-0-1", "--connections", "2"),
)


class Soak(msgspec.Struct, frozen=True, kw_only=True):
    """What a soak showed.

    Attributes:
        minutes: how long, with the warm-up (the first fifth, not judged).
        requests: answers given.
        window_mb: resident memory, the median of each of ten equal windows.
        spread_percent: how much the largest window is above the smallest.
        flat: whether that is within 5 %.
    """

    minutes: float
    requests: int
    errors: int
    window_mb: list[float]
    spread_percent: float
    flat: bool


def run_soak(minutes: float, folder: Path, mock: str, told: Callable[[float, float], None]) -> Soak:
    """Loads a fresh service for ``minutes`` and reads its memory every two seconds.

    Args:
        told: called with each reading: seconds since the start, and MB.
    """
    house = House(folder / "home", mock, core=proc.SUBJECT_CORE)
    house.add_words(WORDS)
    loads: list[subprocess.Popen[bytes]] = []
    try:
        house.start()
        house.accept()
        loads = [_load(house, words, minutes * 60) for words in LOADS]
        readings = _readings(house, minutes * 60, told)
        reports = [
            msgspec.json.decode(load.communicate(timeout=60)[0], type=Report) for load in loads
        ]
    finally:
        for load in loads:
            proc.stop(load)
        house.stop()
    windows = window_medians(readings[len(readings) // 5 :], WINDOWS)
    spread = (max(windows) / min(windows) - 1) * 100
    return Soak(
        minutes=minutes,
        requests=sum(report.requests for report in reports),
        errors=sum(report.errors for report in reports),
        window_mb=[round(window, 1) for window in windows],
        spread_percent=round(spread, 2),
        flat=spread <= MOST_PERCENT,
    )


def window_medians(readings: Sequence[float], count: int) -> list[float]:
    """The median of each of ``count`` consecutive windows of nearly equal size."""
    if len(readings) < count:
        raise ValueError(f"{len(readings)} readings are too few for {count} windows")
    edges = [len(readings) * at // count for at in range(count + 1)]
    return [median(readings[edges[at] : edges[at + 1]]) for at in range(count)]


def _load(house: House, words: Sequence[str], seconds: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "benchmarks.load", "--samples", "--base", house.base, *words]
    command += ["--seconds", str(seconds)]
    for name, text in house.headers.items():
        command += ["--header", f"{name}: {text}"]
    return proc.start(command, core=proc.DRIVER_CORE, output=subprocess.PIPE)


def _readings(house: House, seconds: float, told: Callable[[float, float], None]) -> list[float]:
    begun = time.perf_counter()
    readings: list[float] = []
    while (passed := time.perf_counter() - begun) < seconds:
        readings.append(proc.rss_mb(house.pid))
        told(passed, readings[-1])
        time.sleep(_EVERY_SECONDS)
    return readings
