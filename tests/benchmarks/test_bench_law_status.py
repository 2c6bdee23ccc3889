"""The benchmark of the duties' status, at a small size: it measures what it says it does."""

from pathlib import Path

from sqlalchemy import select

from benchmarks import law_status
from hegui.ledger.entry import decode
from hegui.store import Store, tables
from hegui.world import RealWorld


def opened(folder: Path) -> Store:
    return Store.open(f"sqlite:///{folder}/law-status.db", world=RealWorld())


def test_a_small_ledger_is_built_folded_and_read(tmp_path: Path) -> None:
    figures = law_status.measure(tmp_path, 3_000)
    assert figures["entries"] == figures["checked"] == 3_000
    assert figures["duties"] > 100
    assert figures["checks"] > 40
    assert figures["fold_entries_s"] > 0
    assert 0 < figures["memory_bytes"] < 2_000_000


def test_building_goes_on_where_it_was(tmp_path: Path) -> None:
    store = opened(tmp_path)
    law_status.fill(store, 700, 10**12)
    law_status.fill(store, 1_500, 10**12)
    law_status.fill(store, 1_500, 10**12)
    with store.read() as conn:
        rows = conn.execute(select(tables.entry).order_by(tables.entry.c.idx)).all()
    store.close()
    assert [row.idx for row in rows] == list(range(1_500))
    for row in rows:
        entry = decode(row.body)
        assert (entry.act, entry.at, entry.__struct_config__.tag) == (row.act, row.at, row.kind)
