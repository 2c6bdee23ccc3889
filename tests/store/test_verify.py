import tracemalloc
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.conftest import Databases
from tests.ledger import naive
from tests.store.log import ORIGIN, Log, entry
from tests.world import FakeWorld

from hegui.ledger import Checkpoint, Signer, Verifier, merkle
from hegui.store import Store, record, tables

ZERO = bytes(32)


def run(log: Log, sql: str, **values: Any) -> None:
    with log.store.begin() as conn:
        assert conn.execute(text(sql), values).rowcount > 0


def body(log: Log, idx: int) -> bytes:
    found = log.reader.body(idx)
    assert found is not None
    return found


def set_tile(log: Log, level: int, n: int, hashes: bytes) -> None:
    values = {"level": level, "n": n, "hashes": hashes}
    run(log, "UPDATE tile SET hashes = :hashes WHERE level = :level AND n = :n", **values)


def set_leaf(log: Log, idx: int, leaf: bytes) -> None:
    n, place = divmod(idx, 256)
    tile = log.reader.tile(0, n)
    set_tile(log, 0, n, tile[: place * 32] + leaf + tile[(place + 1) * 32 :])


def forge(log: Log, idx: int) -> bytes:
    """Another body for an entry, whose row repeats what it says."""
    forged = body(log, idx).replace(b'"shop"', b'"ship"')
    run(log, "UPDATE entry SET body = :body WHERE idx = :idx", body=forged, idx=idx)
    return forged


@pytest.fixture
def long(log: Log) -> Log:
    """Entries 0 to 599 under four checkpoints: two full tiles and a partial one."""
    log.grow(10, 250, 330, 10)
    return log


def test_a_sound_log(long: Log) -> None:
    report = long.verify()
    assert report.ok
    assert (report.size, report.pending, report.problems, report.unlisted) == (600, 0, [], 0)


def test_an_empty_log_is_sound(log: Log) -> None:
    assert log.verify().ok
    log.record(3)
    report = log.verify()
    assert (report.ok, report.size, report.pending) == (True, 0, 3)


def test_progress_is_told_to_the_end(log: Log) -> None:
    log.grow(1_500)
    told: list[tuple[int, int]] = []
    log.reader.verify(log.verifier, lambda done, size: told.append((done, size)))
    assert told == [(1_024, 1_500), (1_500, 1_500)]


@pytest.mark.parametrize("idx", [0, 9, 10, 255, 256, 599])
def test_an_altered_body(long: Log, idx: int) -> None:
    forge(long, idx)
    assert long.problems() == [("entry_altered", str(idx))]


@pytest.mark.parametrize("change", [{"kind": "x"}, {"act": "x"}, {"at": 1}])
def test_a_row_that_belies_its_body(long: Log, change: dict[str, Any]) -> None:
    with long.store.begin() as conn:
        conn.execute(tables.entry.update().where(tables.entry.c.idx == 7).values(change))
    assert long.problems() == [("entry_altered", "7")]


def test_two_entries_that_changed_places(long: Log) -> None:
    run(long, "UPDATE entry SET idx = -1 WHERE idx = 3")
    run(long, "UPDATE entry SET idx = 3 WHERE idx = 300")
    run(long, "UPDATE entry SET idx = 300 WHERE idx = -1")
    assert long.problems() == [("entry_altered", "3"), ("entry_altered", "300")]


@pytest.mark.parametrize(
    ("where", "place"), [("idx = 0", "0"), ("idx BETWEEN 8 AND 12", "8-12"), ("idx = 598", "598")]
)
@pytest.mark.parametrize("how", ["DELETE FROM entry", "UPDATE entry SET idx = NULL"])
def test_a_gap(long: Log, how: str, where: str, place: str) -> None:
    run(long, f"{how} WHERE {where}")
    assert long.problems() == [("entry_missing", place)]


def test_several_gaps(long: Log) -> None:
    run(long, "DELETE FROM entry WHERE idx IN (1, 2, 4, 400)")
    assert long.problems() == [
        ("entry_missing", "1-2"),
        ("entry_missing", "4"),
        ("entry_missing", "400"),
    ]


def test_a_missing_tail(long: Log) -> None:
    run(long, "DELETE FROM entry WHERE idx >= 590")
    assert long.problems() == [("tail_missing", "590-599")]
    run(long, "DELETE FROM entry")
    assert long.problems() == [("tail_missing", "0-599")]


@pytest.mark.parametrize("idx", [0, 255, 256, 599])
def test_an_altered_leaf_in_a_tile(long: Log, idx: int) -> None:
    set_leaf(long, idx, ZERO[1:] + b"\x01")
    assert long.problems() == [("tile_altered", f"0/{idx // 256}")]


@pytest.mark.parametrize(("level", "n"), [(0, 0), (0, 2), (1, 0)])
@pytest.mark.parametrize("change", [b"", ZERO, "cut", "longer"])
def test_an_altered_tile(long: Log, level: int, n: int, change: bytes | str) -> None:
    tile = long.reader.tile(level, n)
    full = len(tile) == 256 * 32
    if change == "longer" and full:
        return  # what is past the full width is never read
    altered = {"cut": tile[:-1], "longer": tile + ZERO}.get(str(change), change)
    assert isinstance(altered, bytes)
    set_tile(long, level, n, altered)
    assert long.problems() == [("tile_altered", f"{level}/{n}")]


def test_a_missing_tile(long: Log) -> None:
    run(long, "DELETE FROM tile")
    assert sorted(long.problems()) == [
        ("tile_altered", place) for place in ("0/0", "0/1", "0/2", "1/0")
    ]


def test_an_altered_full_tile_above_others(databases: Databases, world: FakeWorld) -> None:
    store = Store.open(databases.fresh("sqlite"), world=world)
    log = Log(store)
    log.record_many(256 * 256 + 1)
    log.sequencer.run_once()
    assert len(log.reader.tile(1, 0)) == 256 * 32
    set_tile(log, 1, 0, ZERO + log.reader.tile(1, 0)[32:])
    assert log.problems() == [("tile_altered", "1/0")]
    store.close()


def test_a_body_and_its_leaf_altered_together(long: Log) -> None:
    """Then the signed roots tell that, and between which two of them, but not which entry."""
    set_leaf(long, 100, merkle.leaf_hash(forge(long, 100)))
    assert [code for code, _ in long.problems() if code != "tile_altered"] == [
        "checkpoint_inconsistent",
        "root_mismatch",
    ]
    assert ("checkpoint_inconsistent", "260") in long.problems()
    assert ("root_mismatch", "600") in long.problems()


def test_a_history_written_anew_without_the_key(long: Log) -> None:
    forge(long, 100)
    bodies = [merkle.leaf_hash(one) for one in long.bodies() if one]
    for (level, n), tile in naive.tiles(bodies):
        set_tile(long, level, n, tile)
    assert long.problems() == [("checkpoint_inconsistent", "260"), ("root_mismatch", "600")]


def note(log: Log, size: int, root: bytes, key: bytes = ZERO) -> str:
    return Checkpoint(ORIGIN, size, root).sign(Signer.from_seed(ORIGIN, key))


def set_note(log: Log, size: int, said: str) -> None:
    run(log, "UPDATE checkpoint SET note = :said WHERE size = :size", said=said, size=size)


@pytest.mark.parametrize("size", [10, 260, 600])
def test_a_checkpoint_with_a_foreign_signature(long: Log, size: int) -> None:
    set_note(long, size, note(long, size, ZERO, key=b"\x01" * 32))
    problems = long.problems()
    assert ("checkpoint_signature", str(size)) in problems
    # Without the last one, nothing signed is left over the last entries.
    assert problems[1:] == ([("checkpoint_missing", "590-599")] if size == 600 else [])


@pytest.mark.parametrize("said", ["", "dear diary", "— x\n", "\n\n— a b\n"])
def test_a_checkpoint_that_is_none(long: Log, said: str) -> None:
    set_note(long, 260, said)
    assert long.problems() == [("checkpoint_signature", "260")]


def test_a_checkpoint_filed_under_another_size(long: Log) -> None:
    with long.store.read() as conn:
        first = conn.execute(text("SELECT note FROM checkpoint WHERE size = 10")).scalar_one()
    set_note(long, 260, first)
    assert long.problems() == [("checkpoint_signature", "260")]


def test_a_checkpoint_of_another_history(long: Log) -> None:
    """With the key in hand: a second history is still seen beside the first."""
    set_note(long, 260, note(long, 260, ZERO))
    assert long.problems() == [("checkpoint_inconsistent", "260")]


def test_a_last_checkpoint_of_another_history(long: Log) -> None:
    set_note(long, 600, note(long, 600, ZERO))
    assert long.problems() == [("root_mismatch", "600")]


def test_missing_checkpoints(long: Log) -> None:
    run(long, "DELETE FROM checkpoint WHERE size = 260")
    assert long.problems() == []  # nothing is lost: the next one is signed over the same
    run(long, "DELETE FROM checkpoint WHERE size = 600")
    assert ("checkpoint_missing", "590-599") in long.problems()
    run(long, "DELETE FROM checkpoint")
    assert ("checkpoint_missing", "0-599") in long.problems()


def test_another_key_vouches_for_nothing(long: Log) -> None:
    other = Verifier(Signer.from_seed(ORIGIN, b"\x01" * 32).vkey)
    codes = {problem.code for problem in long.reader.verify(other).problems}
    assert codes == {"checkpoint_signature", "checkpoint_missing"}


def test_findings_speak_both_languages(long: Log) -> None:
    forge(long, 7)
    (problem,) = long.verify().problems
    assert "7" in problem.zh
    assert "7" in problem.en
    assert "backup" in problem.en


def test_more_findings_than_are_listed_are_counted(log: Log) -> None:
    log.grow(1_200)
    run(log, "UPDATE entry SET act = 'x'")
    report = log.verify()
    assert (len(report.problems), report.unlisted) == (1_000, 200)


def test_memory_does_not_grow_with_the_log(databases: Databases, world: FakeWorld) -> None:
    store = Store.open(databases.fresh("sqlite"), world=world)
    log = Log(store)

    def peak() -> int:
        log.verify()
        tracemalloc.start()
        log.verify()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    log.grow(2_000)
    small = peak()
    log.grow(*[1_000] * 8)
    assert peak() < 1.2 * small < 10_000_000
    store.close()


def test_the_service_may_run_meanwhile(log: Log) -> None:
    log.grow(1_500)

    def grow(done: int, _size: int) -> None:
        log.grow(7) if done < 1_500 else None

    assert log.reader.verify(log.verifier, grow).ok


VALUES = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text(), st.binary(max_size=70)
)
CELLS = st.sampled_from(
    [
        (table.name, column.name)
        for table in (tables.entry, tables.tile, tables.checkpoint)
        for column in table.columns
    ]
)


@given(st.lists(st.tuples(CELLS, st.integers(0, 20), VALUES), max_size=4))
@example([(("checkpoint", "size"), 0, 0)])
@example([(("entry", "idx"), 0, None), (("entry", "at"), 0, "")])
@example([(("checkpoint", "size"), 1, "20")])
@example([(("entry", "body"), 3, "text")])
@example([(("tile", "hashes"), 0, 1.5)])
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_to_the_tables_is_a_finding(
    databases: Databases, changes: list[tuple[tuple[str, str], int, Any]]
) -> None:
    """SQLite takes any type anywhere: the verification must not stumble over one."""
    world = FakeWorld()
    store = Store.open(databases.fresh("sqlite"), world=world)
    log = Log(store)
    log.grow(3, 17)
    altered = False
    for (table, column), offset, value in changes:
        changing = (
            f"UPDATE {table} SET {column} = :value WHERE {column} IS NOT :value"  # noqa: S608
            f" AND rowid = (SELECT rowid FROM {table} LIMIT 1 OFFSET :offset)"
        )
        try:
            with store.begin() as conn:
                done = conn.execute(text(changing), {"value": value, "offset": offset}).rowcount
        except DBAPIError:
            continue
        harmless = (table, column) in {("entry", "id"), ("checkpoint", "at")}
        altered = altered or (done > 0 and not harmless)
    report = log.verify()
    assert report.ok == (not altered)
    store.close()


def test_the_verification_names_what_a_writer_forgot(log: Log, world: FakeWorld) -> None:
    """An entry in canonical form that is put in between the last checkpoint and the next."""
    log.grow(3)
    with log.store.begin() as conn:
        record(conn, entry(world))
        conn.execute(text("UPDATE entry SET idx = 3 WHERE idx IS NULL"))
    assert log.problems() == [("checkpoint_missing", "3")]
