"""``make prove``: the proofs that take minutes, one by one, each with a result file of its own.

    python -m benchmarks.prove crash [--kills 100]
    python -m benchmarks.prove soak [--minutes 10]
    python -m benchmarks.prove demo [--days 30]
    python -m benchmarks.prove pages
    python -m benchmarks.prove law-status [--entries 10000000]
    python -m benchmarks.prove marks-fuzz [--inputs 1000000]
    python -m benchmarks.prove marks-real
    python -m benchmarks.prove all

``all`` leaves out what is already proven for this commit. A crash proof that was stopped goes on
where it was, from ``build/prove/crash``, and so does the ledger of ``law-status``. Ends with 1 when
a proof fails.
"""

import argparse
import json
import shutil
import sys

import msgspec

from benchmarks import law_status, pages, proc, result
from benchmarks.crash import CLIENTS, PROGRESS, Kill, run_kills
from benchmarks.house import mock_model
from benchmarks.lived import live
from benchmarks.marks import fuzz as marks_fuzz
from benchmarks.soak import run_soak

_WORK = proc.ROOT / "build" / "prove"


def crash(kills: int) -> bool:
    """SIGKILLs under 50 streams."""
    # Kills of another commit prove nothing about this one.
    folder = _WORK / f"crash-{result.commit()[:12]}"
    with mock_model() as mock:
        found = run_kills(kills, folder, mock, told=_tell_kill)
    problems = [problem for kill in found for problem in kill.problems]
    figures = {
        "kills": len(found),
        "clients": CLIENTS,
        "generations_delivered_from": sum(kill.generations for kill in found),
        "characters_delivered": sum(kill.characters for kill in found),
        "whole": sum(kill.whole for kill in found),
        "interrupted": sum(kill.interrupted for kill in found),
        "characters_missing": sum(kill.missing for kill in found),
        "oldest_missing_ms": max(kill.oldest_missing_ms for kill in found),
        "start_seconds_most": max(kill.start_seconds for kill in found),
        "ledger_verified": True,  # else run_kills ends with an error
        "problems": problems,
        "holds": not problems,
    }
    _write("crash", ["--kills", str(kills)], figures)
    if problems:
        # The house stays to be looked into; the next proof begins anew.
        (folder / PROGRESS).unlink()
    else:
        shutil.rmtree(folder)
    return not problems


def soak(minutes: float) -> bool:
    """Memory stays flat under load."""
    folder = _WORK / "soak"
    shutil.rmtree(folder, ignore_errors=True)
    with mock_model(core=proc.DRIVER_CORE) as mock:
        found = run_soak(minutes, folder, mock, _tell_memory)
    holds = found.flat and found.errors == 0
    _write("soak", ["--minutes", f"{minutes:g}"], msgspec.to_builtins(found) | {"holds": holds})
    shutil.rmtree(folder)
    return holds


def demo(days: int) -> bool:
    """A month of simulated people in two minutes, whose record holds."""
    figures = live(days)
    _write("demo", ["--days", str(days)], figures)
    return bool(figures["holds"])


def console() -> bool:
    """Every page of the console within its mark, over a month of 100,000 generations."""
    return pages.main([]) == 0


def status(entries: int) -> bool:
    """The status of every duty within its mark, over a ledger of ten million entries."""
    folder = _WORK / "law-status"
    holds = law_status.main(["--entries", str(entries), "--folder", str(folder)]) == 0
    shutil.rmtree(folder)
    return holds


def fuzz(inputs: int) -> bool:
    """Mutated files against every reader and writer of labels."""
    figures = marks_fuzz.run(inputs, seed=1)
    _write("marks-fuzz", ["--inputs", str(inputs)], figures)
    return bool(figures["holds"])


def everything() -> bool:
    """Every proof that this commit has not passed yet."""
    return all(
        [
            _proven("crash") or crash(100),
            _proven("soak") or soak(10),
            _proven("demo") or demo(30),
            _proven("pages") or console(),
            _proven("law-status") or status(law_status.ENTRIES),
            _proven("marks-fuzz") or fuzz(1_000_000),
        ]
    )


def _proven(name: str) -> bool:
    path = result.FOLDER / f"{name}.json"
    if not path.exists():
        return False
    document = json.loads(path.read_text())
    same = document["commit"] == result.commit() and not document["commit"].endswith("-dirty")
    return bool(same and document["figures"]["holds"])


def _write(name: str, options: list[str], figures: dict[str, object]) -> None:
    path = result.write(name, ["python", "-m", "benchmarks.prove", name, *options], figures)
    print(f"{name}: {'holds' if figures['holds'] else 'FAILS'}, {path.relative_to(proc.ROOT)}")


def _tell_kill(number: int, kill: Kill) -> None:
    print(f"kill {number}: {json.dumps(msgspec.to_builtins(kill))}", file=sys.stderr, flush=True)


def _tell_memory(seconds: float, mb: float) -> None:
    print(f"{seconds:6.0f} s {mb:7.1f} MB", file=sys.stderr, flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.prove")
    proofs = parser.add_subparsers(dest="proof", required=True)
    proofs.add_parser("crash").add_argument("--kills", type=int, default=100)
    proofs.add_parser("soak").add_argument("--minutes", type=float, default=10.0)
    proofs.add_parser("demo").add_argument("--days", type=int, default=30)
    proofs.add_parser("pages")
    law = proofs.add_parser("law-status")
    law.add_argument("--entries", type=int, default=law_status.ENTRIES)
    proofs.add_parser("marks-fuzz").add_argument("--inputs", type=int, default=1_000_000)
    proofs.add_parser("all")
    options = parser.parse_args()
    if options.proof == "crash":
        holds = crash(options.kills)
    elif options.proof == "soak":
        holds = soak(options.minutes)
    elif options.proof == "demo":
        holds = demo(options.days)
    elif options.proof == "pages":
        holds = console()
    elif options.proof == "law-status":
        holds = status(options.entries)
    elif options.proof == "marks-fuzz":
        holds = fuzz(options.inputs)
    else:
        holds = everything()
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
