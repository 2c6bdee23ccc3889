"""Mutated files against every reader and writer: no crash, no hang, no memory, no damage.

Run by ``python -m benchmarks.prove marks-fuzz``. Each input is a sound file of one format with some
mutations. ``read`` must answer, in under a second and 256 MB; ``write`` must give a file that reads
back, or refuse. Goes on where it was stopped, from ``build/prove/marks``.
"""

import json
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import proc, result
from benchmarks.marks import samples
from hegui import marks

MOST_SECONDS = 1.0
MOST_MB = 256
_BATCH = 2_000
_WORK = proc.ROOT / "build" / "prove" / "marks"
#: Numbers that break length fields.
_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with one to four mutations: flips, cuts, doubled slices, extreme numbers."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if not made:
            break
        at = _somewhere(len(made), chance)
        kind = chance.randrange(6)
        if kind == 0:
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            made[at] = chance.randrange(256)
        elif kind == 2:
            del made[at:]
        elif kind == 3:
            end = min(len(made), at + chance.randint(1, 64))
            made[at:at] = made[at:end]
        elif kind == 4:
            del made[at : at + chance.randint(1, 64)]
        else:
            width = chance.choice((1, 2, 4, 8))
            value = chance.choice(_EXTREMES) & ((1 << (8 * width)) - 1)
            made[at : at + width] = value.to_bytes(
                width, "big" if chance.randrange(2) else "little"
            )
    return bytes(made)


def _somewhere(size: int, chance: random.Random) -> int:
    """Mostly near either end, where containers keep their tables."""
    near = min(size, 2_048)
    side = chance.randrange(4)
    if side == 0:
        return size - 1 - chance.randrange(near)
    return chance.randrange(near if side < 3 else size)


def batch(job: tuple[dict[str, bytes], int, int]) -> dict[str, Any]:
    """Runs some thousand inputs in this process; returns counts, the slowest and the faults."""
    files, seed, inputs = job
    chance = random.Random(seed)
    names = sorted(files)
    label = marks.Label.first(marks.DEMO_CODE, "fuzz")
    verdicts: Counter[str] = Counter()
    faults: list[str] = []
    slowest = 0.0
    for number in range(inputs):
        name = chance.choice(names)
        data = mutated(files[name], chance)
        began = time.perf_counter()
        try:
            verdicts[f"{marks.read(data).verdict}"] += 1
            spent = time.perf_counter() - began
            verdicts[_written(data, label)] += 1
        except Exception:  # noqa: BLE001  this is what is looked for
            faults.append(f"{name} seed {seed} number {number}: {traceback.format_exc(limit=-3)}")
            spent = 0.0
        slowest = max(slowest, spent)
        if spent > MOST_SECONDS:
            faults.append(f"{name} seed {seed} number {number}: {spent:.2f} s to read")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"counts": verdicts, "faults": faults[:20], "slowest": slowest, "mb": most}


def _written(data: bytes, label: marks.Label) -> str:
    try:
        made = marks.write(data, label)
    except marks.MarksError as error:
        if error.code == "label_not_read_back":
            raise
        return "refused"
    return "written" if made else "empty"


def run(inputs: int, seed: int) -> dict[str, Any]:
    """All inputs, in as many processes as there are processors; returns the figures."""
    progress = _WORK / f"fuzz-{result.commit()[:12]}-{seed}-{inputs}.json"
    with tempfile.TemporaryDirectory() as folder:
        files = _seeds(Path(folder))
    done: list[dict[str, Any]] = json.loads(progress.read_text()) if progress.exists() else []
    _WORK.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        jobs = list(_jobs(files, seed, inputs))[len(done) :]
        for found in pool.map(batch, jobs):
            done.append(found)
            progress.write_text(json.dumps(done))
            print(
                f"{len(done) * _BATCH:>9,} inputs, slowest {found['slowest']:.3f} s, "
                f"{found['mb']} MB, {len(found['faults'])} faults",
                file=sys.stderr,
                flush=True,
            )
    counts: Counter[str] = Counter()
    for one in done:
        counts.update(one["counts"])
    faults = [fault for one in done for fault in one["faults"]]
    most_mb = max(one["mb"] for one in done)
    return {
        "inputs": inputs,
        "files": len(files),
        "counts": dict(counts),
        "slowest_read_seconds": round(max(one["slowest"] for one in done), 3),
        "most_mb": most_mb,
        "faults": faults,
        "holds": not faults and most_mb <= MOST_MB,
    }


def _seeds(folder: Path) -> dict[str, bytes]:
    """Each format without a label and with one."""
    label = marks.Label.first(marks.DEMO_CODE, "seed")
    files: dict[str, bytes] = {}
    for ending, path in samples.all_of_them(folder).items():
        files[ending] = path.read_bytes()
        try:
            files[f"{ending} labelled"] = marks.write(files[ending], label)
        except marks.MarksError as error:
            if error.code != "format_no_carrier":
                raise
    return files


def _jobs(
    files: dict[str, bytes], seed: int, inputs: int
) -> Iterator[tuple[dict[str, bytes], int, int]]:
    for number, start in enumerate(range(0, inputs, _BATCH)):
        yield files, seed * 1_000_003 + number, min(_BATCH, inputs - start)
