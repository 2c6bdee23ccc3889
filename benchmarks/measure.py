"""The measurements of a gateway: load from a process of its own, cost read from /proc."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from benchmarks import proc
from benchmarks.load import Report
from benchmarks.stats import median, percentile

#: Models of the slope: what a stream of many pieces costs more than one of few.
FEW, MANY = 16, 128


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What stands between the load client and the mock model.

    Attributes:
        name: its row in the table.
        base: its address, up to and with ``/v1``.
        headers: what its requests carry.
        pid: its process, none for nothing between.
    """

    name: str
    base: str
    headers: dict[str, str] = {}
    pid: int | None = None


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """One run of load, and the processor time it cost the subject."""

    report: Report
    cpu_seconds: float

    @property
    def each_us(self) -> float:
        """Processor microseconds a request."""
        return self.cpu_seconds / max(self.report.requests, 1) * 1e6


class LoadFailedError(Exception):
    """A measured run had errors, so its figures mean nothing."""


def load(subject: Subject, model: str, **options: float) -> Report:
    """Runs the load client on the driver's core.

    Args:
        options: ``stream`` (0 or 1), ``connections``, ``seconds``, ``count``.

    Raises:
        LoadFailedError: an answer was wrong or missing.
    """
    stream = options.pop("stream", 0)
    command = [sys.executable, "-m", "benchmarks.load", "--samples"]
    command += ["--base", subject.base, "--model", model]
    command += ["--stream"] if stream else []
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    for name, text in subject.headers.items():
        command += ["--header", f"{name}: {text}"]
    report = _run(command)
    if report is None:
        # Seen on a busy machine: the client's process ended before it had told all. Once more.
        report = _run(command)
    if report is None:
        raise LoadFailedError(f"{subject.name}, {model}: the client told no whole report, twice")
    if report.errors or not report.requests:
        raise LoadFailedError(
            f"{subject.name}, {model}: {report.errors} errors, {report.first_error}"
        )
    return report


def _run(command: list[str]) -> Report | None:
    """One run of the client; none when it did not tell a whole report."""
    process = proc.start(command, core=proc.DRIVER_CORE, output=subprocess.PIPE)
    try:
        printed, _ = process.communicate(timeout=300)
    finally:
        proc.stop(process)
    try:
        return msgspec.json.decode(printed, type=Report)
    except msgspec.DecodeError:
        return None


def cost(subject: Subject, model: str, **options: float) -> Cost:
    """A run of load with the subject's processor time before and after."""
    before = proc.cpu_seconds(subject.pid) if subject.pid else 0.0
    report = load(subject, model, **options)
    after = proc.cpu_seconds(subject.pid) if subject.pid else 0.0
    return Cost(report=report, cpu_seconds=after - before)


def whole_answers(
    subjects: Sequence[Subject], seconds: float, rounds: int
) -> dict[str, dict[str, float]]:
    """Rates and processor time of whole answers, 32 at once, against the mock without delay.

    On each subject by turns, so that a slow minute strikes all alike; medians of the rounds.

    Returns:
        For each subject, by its name.
    """
    runs: dict[str, list[Cost]] = {subject.name: [] for subject in subjects}
    for turn in range(rounds):
        for subject in subjects if turn % 2 == 0 else subjects[::-1]:
            runs[subject.name].append(cost(subject, "mock-0-0-64", connections=32, seconds=seconds))
    return {name: _medians(costs) for name, costs in runs.items()}


def _medians(costs: Sequence[Cost]) -> dict[str, float]:
    summaries = [cost.report.summary() for cost in costs]
    told = {
        "requests_per_second": "requests_per_second",
        "p50_32_connections_ms": "last_p50_ms",
        "p99_32_connections_ms": "last_p99_ms",
    }
    figures = {name: median([float(one[key]) for one in summaries]) for name, key in told.items()}
    busy = [cost.cpu_seconds / cost.report.seconds * 100 for cost in costs]
    return figures | {
        "busy_percent": round(median(busy), 1),
        "cpu_us_request": round(median([cost.each_us for cost in costs]), 1),
    }


def streams(subject: Subject, seconds: float) -> dict[str, float]:
    """Rates and processor time of streams, against the mock without delay.

    A chunk's time is the slope between streams of 16 and of 128 pieces, so that what a stream
    costs once does not count. Without delay a busy subject reads many pieces at once; paced
    (5 ms between pieces), as a model sends them, each is a read and a write of its own.
    """
    load(subject, "mock-0-0-64", connections=8, seconds=1.0)
    load(subject, "mock-0-0-64", connections=8, seconds=1.0, stream=1)
    few, many = _streams(subject, 0, seconds)
    few_paced, many_paced = _streams(subject, 5, seconds)
    streamed = many.report.summary()
    return {
        "chunks_per_second": float(streamed["chunks_per_second"]),
        "chunks_per_read": float(streamed["chunks_per_read"]),
        "cpu_us_stream_of_16": round(few.each_us, 1),
        "cpu_us_stream_of_128": round(many.each_us, 1),
        "cpu_us_chunk": round(_slope(few, many), 2),
        "cpu_us_chunk_paced": round(_slope(few_paced, many_paced), 2),
    }


def _streams(subject: Subject, between_ms: int, seconds: float) -> tuple[Cost, Cost]:
    """Load with streams of few and of many pieces."""
    few, many = (
        cost(subject, f"mock-0-{between_ms}-{n}", connections=16, seconds=seconds, stream=1)
        for n in (FEW, MANY)
    )
    return few, many


def _slope(few: Cost, many: Cost) -> float:
    """Processor microseconds of one more piece in a stream."""
    return (many.each_us - few.each_us) / (MANY - FEW)


def interleaved(
    subjects: Sequence[Subject],
    model: str,
    rounds: int,
    before: Callable[[], None],
    **options: float,
) -> dict[str, Report]:
    """The same load on each subject by turns, so that a slow minute strikes all alike.

    Args:
        before: called before each round.
        options: as of ``load``.
    """
    found = {subject.name: Report() for subject in subjects}
    for turn in range(rounds):
        before()
        order = subjects if turn % 2 == 0 else subjects[::-1]
        for subject in order:
            report = load(subject, model, **options)
            total = found[subject.name]
            total.requests += report.requests
            total.first_ms += report.first_ms
            total.last_ms += report.last_ms
    return found


def added(nothing: Report, subject: Report) -> dict[str, float]:
    """What the subject adds to each latency, as difference (ms) and as ratio."""
    found = {}
    for name in ("first", "last"):
        for percent in (50, 99):
            bare = percentile(getattr(nothing, f"{name}_ms"), percent)
            through = percentile(getattr(subject, f"{name}_ms"), percent)
            found[f"{name}_p{percent}_ms"] = round(through, 3)
            found[f"added_{name}_p{percent}_ms"] = round(through - bare, 3)
            found[f"ratio_{name}_p{percent}"] = round(through / bare, 4)
    return found


def durable_commits(folder: Path, count: int, pause: float = 0.0) -> list[float]:
    """Milliseconds of single durable SQLite commits of a 1 kB row, as the house writes them.

    Args:
        folder: on the disk to measure.
        count: how many.
        pause: seconds of sleep before each: a disk and a core that slept answer later.
    """
    conn = sqlite3.connect(folder / "commit.db", isolation_level=None)
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, body BLOB)")
    taken = []
    for _ in range(count):
        time.sleep(pause)
        begun = time.perf_counter()
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("INSERT INTO row (body) VALUES (?)", (b"\0" * 1000,))
        conn.execute("COMMIT")
        taken.append((time.perf_counter() - begun) * 1000)
    conn.close()
    return taken


def commit_figures(taken: Sequence[float]) -> dict[str, float]:
    """Percentiles of durable commits, in milliseconds."""
    return {"p50_ms": round(median(taken), 3), "p99_ms": round(percentile(taken, 99), 3)}
