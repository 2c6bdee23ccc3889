"""``make bench``: nothing between, Hegui and LiteLLM's proxy before the same mock model.

    python -m benchmarks.run [--seconds 5] [--rounds 6]

One run measures all rows, so that they share the machine's mood. The subject has core 0, the
mock model and the load client core 1. Whole answers, and latencies over one connection, are taken
by turns. Writes ``benchmarks/results/gateway.json``; ends with 1 when a mark is missed at this
machine's speed.
"""

import argparse
import contextlib
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from benchmarks import litellm_proxy, measure, proc, result
from benchmarks.house import House, free_ports, mock_model
from benchmarks.measure import Subject
from benchmarks.table import (
    Mark,
    marks,
    print_marks,
    print_ratios,
    print_table,
    ratios,
    slowness,
)

NOTHING = "nothing between"
FLOOR = "uvicorn and aiohttp, passing only"
HEGUI = "Hegui, 10,000 words, evidence on"
HEGUI_MANY = "Hegui, 100,000 words, evidence on"
#: Streams of the delayed model: 30 ms to the first piece, 10 ms between the 32 pieces.
DELAYED = "mock-30-10-32"
#: A load average beyond this, before the run, is another's work on the same cores.
QUIET = 0.5


class Plan(msgspec.Struct, frozen=True):
    """How long to measure: seconds of each load, rounds of turns."""

    seconds: float
    rounds: int


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each load")
    parser.add_argument("--rounds", type=int, default=6, help="of turns for latencies")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hegui-bench-") as folder:
        figures, held = bench(Path(folder), Plan(options.seconds, options.rounds))
    command = ["python", "-m", "benchmarks.run", *sys.argv[1:]]
    path = result.write("gateway", command, figures)
    print(f"\nWritten to {path.relative_to(proc.ROOT)}.")
    sys.exit(0 if all(mark.met_here for mark in held) else 1)


def bench(folder: Path, plan: Plan) -> tuple[dict[str, Any], list[Mark]]:
    """Measures every row, prints the table, and returns the figures and the marks."""
    rows: dict[str, dict[str, Any]] = {}
    others = round(os.getloadavg()[0], 2)
    if others > QUIET:
        print(f"The machine is busy (load {others}): figures will be too high.", file=sys.stderr)
    with contextlib.ExitStack() as stack:
        mock = stack.enter_context(mock_model(core=proc.DRIVER_CORE, precise=True))
        house = _house(stack, folder / "house", mock, 10_000)
        subjects = [
            Subject(name=NOTHING, base=mock),
            Subject(name=HEGUI, base=house.base, headers=house.headers, pid=house.pid),
        ]
        floor = stack.enter_context(_pass_through(mock))
        subjects.append(floor)
        other, why_not = _litellm(stack, folder / "litellm", mock)
        subjects += [other] if other else []
        for subject in subjects:
            rows[subject.name] = _alone(subject, plan.seconds)
        _whole(subjects, rows, plan)
        commits = _latencies(folder, subjects, rows, plan.rounds)
    if why_not:
        rows["LiteLLM"] = {"missing": why_not}
    with contextlib.ExitStack() as stack:
        mock = stack.enter_context(mock_model(core=proc.DRIVER_CORE))
        house = _house(stack, folder / "house-many", mock, 100_000)
        many = Subject(name=HEGUI_MANY, base=house.base, headers=house.headers, pid=house.pid)
        rows[HEGUI_MANY] = _alone(many, plan.seconds / 2)
        _whole([many], rows, Plan(plan.seconds / 2, 1))
    held = marks(rows[HEGUI], rows[HEGUI_MANY], commits, rows[FLOOR])
    against = ratios(rows[HEGUI], rows[FLOOR])
    print_table(rows, NOTHING)
    print_marks(held, commits, slowness(rows[FLOOR]))
    print_ratios(against, FLOOR)
    figures = {
        "load_before": others,
        "delayed_model": DELAYED,
        "durable_commit": commits,
        "rows": rows,
        "ratios_to_floor": against,
        "times_slower_than_set_for": slowness(rows[FLOOR]),
        "marks": [
            msgspec.to_builtins(mark) | {"met": mark.met, "met_here": mark.met_here}
            for mark in held
        ],
    }
    return figures, held


def _house(stack: contextlib.ExitStack, home: Path, mock: str, words: int) -> House:
    house = House(home, mock, core=proc.SUBJECT_CORE)
    house.add_words(words)
    stack.callback(house.stop)
    house.start()
    house.accept()
    return house


def _litellm(
    stack: contextlib.ExitStack, folder: Path, mock: str
) -> tuple[Subject | None, str | None]:
    """LiteLLM's proxy, or why it can't be measured."""
    try:
        print("Installing LiteLLM's proxy unless it is there …", file=sys.stderr)
        litellm_proxy.install()
        proxy = litellm_proxy.LiteLLM(folder, mock, proc.SUBJECT_CORE)
    except litellm_proxy.ProxyMissingError as error:
        return None, str(error)
    stack.callback(proxy.stop)
    name = f"LiteLLM {litellm_proxy.version()} proxy, no screening"
    return Subject(name=name, base=proxy.base, headers=proxy.headers, pid=proxy.pid), None


@contextlib.contextmanager
def _pass_through(mock: str) -> Iterator[Subject]:
    port = free_ports(1)
    command = [sys.executable, "-m", "benchmarks.pass_through", "--base", mock]
    process = proc.start([*command, "--port", str(port)], core=proc.SUBJECT_CORE)
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield Subject(name=FLOOR, base=f"http://127.0.0.1:{port}/v1", pid=process.pid)
    finally:
        proc.stop(process)


def _alone(subject: Subject, seconds: float) -> dict[str, Any]:
    """The streams of one subject."""
    print(f"Measuring: {subject.name} …", file=sys.stderr)
    return _own(subject, measure.streams(subject, seconds))


def _whole(subjects: list[Subject], rows: dict[str, dict[str, Any]], plan: Plan) -> None:
    """Adds the rates and processor time of whole answers, and the memory after all the load."""
    print("Measuring: whole answers by turns …", file=sys.stderr)
    # Many short turns: a machine's mood lasts seconds.
    found = measure.whole_answers(subjects, plan.seconds / 2, 2 * plan.rounds)
    for subject in subjects:
        rows[subject.name] |= _own(subject, found[subject.name])
        if subject.pid is not None:
            rows[subject.name]["mb"] = round(proc.rss_mb(subject.pid), 1)


def _own(subject: Subject, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Without the processor time of who has no process: the driver's own cost is nobody's row."""
    kept = subject.pid is not None
    return {name: value for name, value in figures.items() if kept or "cpu" not in name}


def _latencies(
    folder: Path, subjects: list[Subject], rows: dict[str, dict[str, Any]], rounds: int
) -> dict[str, float]:
    """Adds what each subject adds to the latencies; returns the durable commit's figures."""
    print("Measuring: latencies by turns …", file=sys.stderr)
    commits: list[float] = []
    paced: list[float] = []

    def commit() -> None:
        with proc.on_core(proc.SUBJECT_CORE):
            commits.extend(measure.durable_commits(folder, 50))

    def commit_at_pace() -> None:
        # As often as the delayed streams end, and where: that is what their last byte waits for.
        with proc.on_core(proc.SUBJECT_CORE):
            paced.extend(measure.durable_commits(folder, 12, pause=0.34))

    at_once = measure.interleaved(subjects, "mock-0-0-64", rounds, commit, count=200, seconds=20.0)
    delayed = measure.interleaved(
        subjects, DELAYED, rounds, commit_at_pace, count=12, seconds=20.0, stream=1
    )
    for subject in subjects:
        rows[subject.name]["at_once"] = measure.added(at_once[NOTHING], at_once[subject.name])
        rows[subject.name]["delayed"] = measure.added(delayed[NOTHING], delayed[subject.name])
    at_pace = {f"paced_{name}": ms for name, ms in measure.commit_figures(paced).items()}
    return measure.commit_figures(commits) | at_pace


if __name__ == "__main__":
    main()
