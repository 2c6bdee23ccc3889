import pytest
from tests.store.log import Log, entry
from tests.world import FakeWorld

from hegui.ledger import Checkpoint, InclusionProof, LedgerError
from hegui.ledger.entry import encode
from hegui.store import Store, StoreError, record


def test_an_empty_log(log: Log) -> None:
    assert log.reader.size() == 0
    assert log.reader.latest_checkpoint() is None
    assert log.reader.tile(0, 0) == b""
    assert log.reader.body(0) is None
    assert log.reader.pending() == (0, None)
    assert log.reader.by_act("0" * 32) == []


def test_the_head_is_signed_over_the_size(log: Log) -> None:
    log.grow(3, 4)
    note = log.reader.latest_checkpoint()
    assert note is not None
    assert Checkpoint.open(note, log.verifier).size == log.reader.size() == 7
    assert len(log.reader.tile(0, 0)) == 7 * 32


@pytest.mark.parametrize("size", [1, 2, 300])
def test_every_entry_is_proved(log: Log, size: int) -> None:
    log.grow(size)
    for idx, body in enumerate(log.bodies()):
        proof = InclusionProof.parse(log.reader.prove(idx).to_text())
        assert body is not None
        assert proof.verify(body, log.verifier).size == size
        with pytest.raises(LedgerError):
            proof.verify(body + b" ", log.verifier)


def test_a_proof_file_carries_its_entry(log: Log) -> None:
    log.grow(3)
    body = log.reader.body(1)
    assert body is not None
    proof = InclusionProof.parse(log.reader.proof_file(1, body))
    assert (proof.index, proof.extra) == (1, body)
    assert proof.verify(proof.extra, log.verifier).size == 3


def test_what_has_no_place_has_no_proof(log: Log) -> None:
    for idx in (0, -1):
        with pytest.raises(StoreError) as caught:
            log.reader.prove(idx)
        assert caught.value.code == "entry_not_placed"
    log.grow(2)
    log.record(1)
    with pytest.raises(StoreError) as caught:
        log.reader.prove(2)
    assert caught.value.code == "entry_not_placed"


def test_the_entries_of_an_act(log: Log, store: Store, world: FakeWorld) -> None:
    first = entry(world)
    later = entry(world)
    with store.begin() as conn:
        record(conn, entry(world))
        record(conn, first)
    log.sequencer.run_once()
    assert log.reader.by_act(first.act) == [(1, encode(first))]
    with store.begin() as conn:
        record(conn, later)
    assert log.reader.by_act(later.act) == [(None, encode(later))]


def test_pending_and_its_age(log: Log, world: FakeWorld) -> None:
    log.grow(1)
    began = world.now()
    log.record(2)
    world.tick(500)
    log.record(1)
    assert log.reader.pending() == (3, began)
    report = log.verify()
    assert report.ok
    assert (report.size, report.pending, report.oldest_pending_ms) == (1, 3, 500)
    log.sequencer.run_once()
    assert log.reader.pending() == (0, None)
