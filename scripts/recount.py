"""Counts the ledger again and compares with ``hegui overview --json``.

It reads the bodies of the entries that the overview says it counted, in plain SQL, and counts
them with its own code: nothing here is shared with ``hegui.store.tally``. The time to the first
byte is no evidence, so that measure alone is counted from the table ``outcome``. Run with the
same ``HEGUI_HOME`` and ``HEGUI_CONFIG`` as the service, which may run or not.

Exits 0 when every count is equal, 1 when one is not, and names those.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, TextIO

from sqlalchemy import text

from hegui.cli.opened import home_of, opened, settings_of

BEIJING = timezone(timedelta(hours=8))
#: {day: {(measure, key): how often}}
Counts = dict[int, dict[tuple[str, str], int]]

ENTRIES = "SELECT act, body FROM entry WHERE idx IS NOT NULL AND idx < :through ORDER BY idx"
WAITS = "SELECT generation_id, first_ms FROM outcome WHERE first_ms IS NOT NULL"


def main(arguments: list[str] | None = None, out: TextIO = sys.stdout) -> int:
    """Recounts and compares; returns the exit code."""
    parser = argparse.ArgumentParser(description="Counts the ledger again.")
    parser.add_argument("--config", metavar="FILE", help="the config (HEGUI_CONFIG)")
    options = parser.parse_args(arguments)
    said = overview(options.config)
    with opened(settings_of(options), home_of()) as store, store.read() as conn:
        waits = {act: int(ms) for act, ms in conn.execute(text(WAITS))}
        bodies = conn.execute(text(ENTRIES), {"through": said["through"]})
        counted, read = recount(((act, bytes(body)) for act, body in bodies), waits)
    found = list(differences(said, counted, read))
    for line in found:
        print(line, file=out)
    if not found:
        kinds = len({one for day in counted.values() for one in day})
        print(f"recount: {read} entries, {kinds} counts, all equal", file=out)
    return 1 if found else 0


def overview(config: str | None) -> dict[str, Any]:
    """What the command says."""
    command = [sys.executable, "-m", "hegui", "overview", "--json"]
    if config:
        command += ["--config", config]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def recount(entries: Iterator[tuple[str, bytes]], waits: dict[str, int]) -> tuple[Counts, int]:
    """Counts entries, given as act and body; returns the counts and how many entries there are."""
    counts: Counts = defaultdict(lambda: defaultdict(int))
    read = 0
    for act, body in entries:
        read += 1
        entry = json.loads(body)
        day = int(datetime.fromtimestamp(entry["at"] / 1000, BEIJING).strftime("%Y%m%d"))
        for one in kinds_of(entry, waits.get(act)):
            counts[day][one] += 1
    return counts, read


def kinds_of(entry: dict[str, Any], wait: int | None) -> Iterator[tuple[str, str]]:
    """What an entry counts for, as measure and key."""
    room, _, what = entry["kind"].partition(".")
    if room == "generation":
        yield "generation", what
        if what == "stopped":
            yield "stop." + entry["side"], entry["category"]
            yield "stop.pack", entry["pack"]
        if what == "delivered" and wait is not None:
            figures = str(wait)
            yield "first_ms", figures[:2] + "0" * len(figures[2:])
    elif room == "output":
        if what in ("marked", "unlabelled"):
            yield entry["kind"], entry["media"]
        if what != "unlabelled" and entry.get("read"):
            yield "output.read", entry["read"]
    elif entry["kind"] == "case.filed":
        yield "case.filed", entry["case"]
    elif entry["kind"] == "case.decided":
        yield "case.in_time" if entry["in_time"] else "case.late", entry["case"]
        yield ".".join(["decided", entry["case"], entry["outcome"]]), entry["category"]
    elif entry["kind"] == "text.opened":
        yield "text.opened", entry["reason"]


def differences(said: dict[str, Any], counted: Counts, read: int) -> Iterator[str]:
    """A line for each count that is not equal."""
    if read != said["through"]:
        yield f"entries: the overview counted {said['through']}, the ledger holds {read}"
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for counts in counted.values():
        for one, n in counts.items():
            totals[one] += n
    yield from unequal("totals", flat(said["totals"]), totals)
    days = {int(day): flat(measures) for day, measures in said["days"].items()}
    for day in sorted(days.keys() | {day for day in counted if day >= said["since"]}):
        yield from unequal(str(day), days.get(day, {}), counted.get(day, {}))


def flat(measures: dict[str, dict[str, int]]) -> dict[tuple[str, str], int]:
    """``{(measure, key): n}``."""
    return {(name, key): n for name, keys in measures.items() for key, n in keys.items()}


def unequal(
    where: str, said: dict[tuple[str, str], int], counted: dict[tuple[str, str], int]
) -> Iterator[str]:
    """A line for each count of a day, or of all, that is not equal."""
    for one in sorted(said.keys() | counted.keys()):
        if said.get(one, 0) != counted.get(one, 0):
            yield (
                f"{where}: {one[0]} {one[1]!r}: the overview says {said.get(one, 0)}, "
                f"the ledger {counted.get(one, 0)}"
            )


if __name__ == "__main__":
    sys.exit(main())
