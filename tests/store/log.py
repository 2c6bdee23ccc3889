"""A log to test with: entries, a key, a sequencer and a reader."""

from hegui.ledger import Signer, Verifier, kinds
from hegui.store import LogReader, Report, Sequencer, Store, columns, record, tables
from hegui.world import World, new_id

ORIGIN = "test.invalid/log"


def entry(world: World, application: str = "shop") -> kinds.KeyCreated:
    """An entry like no other."""
    return kinds.KeyCreated(
        act=new_id(world), at=world.now(), nonce=new_id(world), application=application
    )


class Log:
    """The log of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.signer = Signer.from_seed(ORIGIN, bytes(32))
        self.verifier = Verifier(self.signer.vkey)
        self.reader = LogReader(store)
        self.sequencer = self.another()

    def another(self) -> Sequencer:
        """A sequencer of another process."""
        return Sequencer(self.store, self.signer, ORIGIN, self.store.world)

    def record(self, count: int) -> None:
        """Commits pending entries."""
        with self.store.begin() as conn:
            for _ in range(count):
                record(conn, entry(self.store.world))

    def record_many(self, count: int) -> None:
        """Commits as many pending entries quickly; they are all alike."""
        with self.store.begin() as conn:
            conn.execute(tables.entry.insert(), [columns(entry(self.store.world))] * count)

    def grow(self, *counts: int) -> None:
        """Commits and places entries; one checkpoint for each count."""
        for count in counts:
            self.record(count)
            assert self.sequencer.run_once() == count

    def verify(self) -> Report:
        return self.reader.verify(self.verifier)

    def problems(self) -> list[tuple[str, str]]:
        """What the verification finds: codes and places."""
        report = self.verify()
        assert report.ok == (not report.problems)
        return [(problem.code, problem.place) for problem in report.problems]

    def bodies(self) -> list[bytes | None]:
        return [self.reader.body(idx) for idx in range(self.reader.size())]
