"""What the status of every duty costs over a ledger of ten million entries.

Run with ``python -m benchmarks.law_status``. It builds the ledger on disk (``--folder``, which is
kept and gone on with; else a temporary folder), folds it into what the checks remember, and then
asks for the status of every duty again and again. Entries are written straight into the table and
not signed: the checks read entries alone. Writes ``results/law-status.json``: how fast the fold
reads, and milliseconds (median and 95th percentile) of reading the checks and of the whole status.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks import result
from benchmarks.stats import percentile
from hegui import checks
from hegui.duties import packs
from hegui.duties.standing import standing
from hegui.ledger import kinds
from hegui.ledger.entry import encode
from hegui.store import Store, tables
from hegui.world import RealWorld

ENTRIES = 10_000_000
MOST_MS = 200.0
#: Over how many days the entries are spread.
_DAYS = 365
_DAY_MS = 86_400_000
_BATCH = 50_000
_TIMES = 20
_DIGEST = "ab" * 32
#: What happens besides generations, once in so many of them.
_RARE = 500


def main(arguments: list[str] | None = None) -> int:
    """Measures; returns 1 when the status takes longer than its mark."""
    parser = argparse.ArgumentParser(description="What the status of every duty costs.")
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--folder", type=Path, help="a folder that is kept and gone on with")
    options = parser.parse_args(arguments)
    if options.folder is not None:
        options.folder.mkdir(parents=True, exist_ok=True)
        figures = measure(options.folder, options.entries)
    else:
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(Path(folder), options.entries)
    command = ["python", "-m", "benchmarks.law_status", "--entries", str(options.entries)]
    path = result.write("law-status", command, figures)
    print(
        f"{figures['entries']:,} entries, folded {figures['fold_entries_s']:,}/s; "
        f"checks {figures['checks_p95_ms']} ms, status {figures['status_p95_ms']} ms (p95); "
        f"{'holds' if figures['holds'] else 'FAILS'}, {path.name}"
    )
    return 0 if figures["holds"] else 1


def measure(folder: Path, entries: int) -> dict[str, Any]:
    """The figures of a ledger of so many entries in a folder."""
    world = RealWorld()
    store = Store.open(f"sqlite:///{folder}/law-status.db", world=world)
    try:
        fill(store, entries, world.now())
        took, read = _fold(store)
        book = packs.book(store)
        now = world.now()
        # The first reads the packs, which a service does at its start.
        stands = standing(store, now)
        checked = _times(lambda: checks.read(store, now, book))
        judged = _times(lambda: standing(store, now))
        states = _states(store)
    finally:
        store.close()
    p95 = percentile(judged, 95)
    return {
        "entries": stands.size,
        "checked": stands.checked,
        "duties": len(stands.duties),
        "checks": len(checks.CHECKS),
        "fold_seconds": round(took, 1),
        "fold_entries_s": round(read / took),
        "memory_bytes": states,
        "checks_p50_ms": round(percentile(checked, 50), 1),
        "checks_p95_ms": round(percentile(checked, 95), 1),
        "status_p50_ms": round(percentile(judged, 50), 1),
        "status_p95_ms": round(p95, 1),
        "most_ms": MOST_MS,
        "holds": p95 < MOST_MS and stands.checked == stands.size >= entries,
    }


def fill(store: Store, entries: int, now: int) -> None:
    """Write entries until the ledger has so many; what is there already stays."""
    with store.read() as conn:
        last = conn.scalar(select(func.max(tables.entry.c.idx)))
    there = 0 if last is None else last + 1
    step = _DAYS * _DAY_MS / max(1, entries)
    began, first = time.monotonic(), there
    raw = store.raw()
    try:
        for pragma in ("synchronous=OFF", "journal_mode=WAL", "cache_size=-200000"):
            raw.execute(f"PRAGMA {pragma}").fetchall()
        while there < entries:
            upto = min(entries, there + _BATCH)
            draw = random.Random(there)
            raw.execute("BEGIN")
            raw.executemany(
                "INSERT INTO entry (idx, kind, act, at, body) VALUES (?, ?, ?, ?, ?)",
                _rows(draw, there, upto, now - round((entries - there) * step), step),
            )
            raw.execute("COMMIT")
            there = upto
            if there % (20 * _BATCH) == 0:
                rate = (there - first) / (time.monotonic() - began)
                print(f"{there:,} entries, {rate:,.0f}/s", file=sys.stderr, flush=True)
    finally:
        raw.close()


def _rows(
    draw: random.Random, first: int, upto: int, at: int, step: float
) -> Iterator[tuple[int, str, str, int, bytes]]:
    """Rows of entries in their places, as a busy house leaves them."""
    index, since = first, at
    while True:
        for entry in _acts(draw, since + round((index - first) * step)):
            kind = str(entry.__struct_config__.tag)
            yield index, kind, entry.act, entry.at, encode(entry)
            index += 1
            if index == upto:
                return


def _acts(draw: random.Random, at: int) -> Iterator[kinds.Entry]:
    """One generation with its end, and now and then something else."""
    act = draw.randbytes(16).hex()
    if draw.randrange(_RARE) == 0:
        yield from _rare(draw, act, at)
        return
    yield kinds.GenerationAdmitted(
        **_common(draw, act, at),
        application=_DIGEST[:32],
        model="hegui-demo",
        route="chat.completions",
        streamed=True,
        agreement=1,
        screen=_DIGEST,
        label_at="start",
        prompt=_DIGEST,
    )
    common = {**_common(draw, act, at + 4_000), "answer": _DIGEST, "chars": 500}
    luck = draw.random()
    if luck < 0.95:
        yield kinds.GenerationDelivered(**common, upstream="demo", finish="stop", label=_DIGEST)
    elif luck < 0.99:
        yield kinds.GenerationStopped(
            **common,
            decision=draw.randbytes(16).hex(),
            side="output",
            category="fraud_malware",
            pack="ours",
            pack_version="1",
        )
    else:
        yield kinds.GenerationFailed(**common, code="upstream_failed")


def _rare(draw: random.Random, act: str, at: int) -> Iterator[kinds.Entry]:
    """What happens seldom: the agreement, acceptances, openings, appeals, daily looks."""
    common = _common(draw, act, at)
    staff = _DIGEST[:32]
    yield kinds.AgreementPublished(**common, version=1, digest=_DIGEST)
    yield kinds.AgreementAccepted(**common, version=1, via="page", evidenced=True)
    yield kinds.StaffAdded(**{**common, "act": staff}, role="reviewer")
    yield kinds.TextOpened(
        **common, generation=act, staff=staff, role="reviewer", reason="appeal", note=_DIGEST
    )
    of_case: dict[str, Any] = {"case": "appeal", "subject": act}
    yield kinds.CaseFiled(
        **common, **of_case, number="A-1", statement=_DIGEST, due=at + 20 * _DAY_MS, rule="r"
    )
    if draw.random() < 0.9:
        yield kinds.CaseDecided(
            **common,
            **of_case,
            outcome="rejected",
            staff=staff,
            category="fraud_malware",
            reasons=_DIGEST,
            in_time=True,
        )
    yield kinds.OutputMarked(
        **common,
        media="image",
        format="png",
        produce_id=act,
        file=_DIGEST,
        size=9,
        label=_DIGEST,
        explicit=True,
        read="conforming",
    )
    yield kinds.RetentionChecked(**common, day=20_261_122, held=9, late=0)
    yield kinds.LedgerChecked(**common, size=9, checkpoint=9, root=_DIGEST, problem="")
    yield kinds.TextOpened(
        **common, generation=act, staff=staff, role="reviewer", reason="complaint", note=_DIGEST
    )


def _common(draw: random.Random, act: str, at: int) -> dict[str, Any]:
    return {"act": act, "at": at, "nonce": draw.randbytes(16).hex()}


def _fold(store: Store) -> tuple[float, int]:
    """Fold the ledger from its beginning; how many seconds, and how many entries."""
    with store.begin() as conn:
        conn.execute(tables.check_state.delete())
    began, read = time.monotonic(), 0
    while done := checks.fold(store):
        read += done
        if read % (50 * 20_000) == 0:
            rate = read / (time.monotonic() - began)
            print(f"{read:,} folded, {rate:,.0f}/s", file=sys.stderr, flush=True)
    return time.monotonic() - began, read


def _times(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each run."""
    waits = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        work()
        waits.append((time.perf_counter() - began) * 1_000)
    return waits


def _states(store: Store) -> int:
    """Bytes of all that the checks remember."""
    with store.read() as conn:
        return conn.scalar(select(func.sum(func.length(tables.check_state.c.state)))) or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
