"""A command may write while the service runs: two processes on one database."""

import asyncio
import subprocess
import sys

import pytest
from tests.conftest import BACKENDS, Databases
from tests.store.log import Log, entry
from tests.world import FakeWorld

from hegui.store import GroupWriter, Store, columns, tables

COMMAND = """
import sys
from hegui.ledger import kinds
from hegui.store import Store, changed, record
from hegui.world import RealWorld, new_id

world = RealWorld()
store = Store.open(sys.argv[1], world=world)
print("open", flush=True)
for number in range(int(sys.argv[2])):
    with store.begin() as conn:
        said = kinds.KeyRevoked(
            act=new_id(world), at=world.now(), nonce=new_id(world), application=str(number)
        )
        record(conn, said)
        changed(conn, "key", str(number), world.now())
store.close()
"""


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_command_writes_beside_the_service(
    databases: Databases, backend: str, world: FakeWorld
) -> None:
    url = databases.fresh(backend)
    store = Store.open(url, world=world)
    log = Log(store)
    commands = [
        subprocess.Popen(
            [sys.executable, "-c", COMMAND, url, "40"], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for command in commands:
        assert command.stdout is not None
        assert command.stdout.readline() == "open\n"

    async def serve() -> int:
        writer = GroupWriter(store)
        insert = writer.insert(tables.entry, "kind", "act", "at", "body")
        jobs = 0
        while any(command.poll() is None for command in commands) or jobs < 40:
            row = tuple(columns(entry(world)).values())
            await asyncio.gather(*[writer.submit([(insert, row)]) for _ in range(4)])
            jobs += 4
            await asyncio.to_thread(log.sequencer.run_once)
        await asyncio.to_thread(writer.close)
        return jobs

    jobs = asyncio.run(serve())
    assert [command.wait() for command in commands] == [0, 0]
    for command in commands:
        assert command.stdout is not None
        command.stdout.close()
    log.sequencer.run_once()
    assert log.reader.size() == jobs + 80
    assert log.problems() == []
    store.close()


def test_the_last_process_folds_the_log_in(databases: Databases, world: FakeWorld) -> None:
    """A command that ends while the service runs must not take the log away from it."""
    url = databases.fresh("sqlite")
    store = Store.open(url, world=world)
    log = Log(store)
    log.record(1)
    subprocess.run([sys.executable, "-c", COMMAND, url, "3"], check=True, capture_output=True)
    log.record(1)
    assert log.sequencer.run_once() == 5
    store.close()
    again = Store.open(url, world=world)
    assert Log(again).problems() == []
    again.close()
