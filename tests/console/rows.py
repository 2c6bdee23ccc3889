"""A row of everything that the console has a page for, and the addresses of those pages."""

from tests.cases.bench import Bench
from tests.console.desk import Desk
from tests.store.acts import Acts as Entries

from hegui.people import api_keys, applications, word_packs
from hegui.store import tables

PACK = b"""\
# name: ours
# author: Someone Else
# version: 1
word,category,action,note
a long enough phrase to stop,fraud,stop,
"""


def fill(desk: Desk) -> dict[str, str]:
    """Adds the rows; a route's path that begins with a key begins with its value instead."""
    store, world = desk.store, desk.world
    entries = Entries(store)
    generation = entries.admitted()
    application = applications.register(
        store, world, "shop", operator="某店", public="顾客", label_at="start"
    )
    key, _ = api_keys.create_key(store, world, application)
    pack = word_packs.add(store, world, PACK, "csv", by=desk.staff["owner"].id)
    bench = Bench(store, desk.house.person_keys, world)
    bench.insert(
        tables.generation,
        id=generation,
        application_id=application.id,
        key_id=key,
        route="chat.completions",
        model="m",
        streamed=True,
        instance="main",
        started=world.now(),
    )
    entries._outcome(generation, "stopped", 10)
    filed = bench.assigned(desk.staff["reviewer"])
    desk.house.sequence()
    one = f"/applications/{application.id}"
    return {
        "/staff/{id}": f"/staff/{desk.staff['auditor'].id}",
        "/generations/{id}": f"/generations/{generation}",
        "/casework/{case}": f"/casework/{filed.case_id}",
        "/applications/{id}/keys/{key}": f"{one}/keys/{key}",
        "/applications/{id}": one,
        "/word-packs/{digest}": f"/word-packs/{pack.digest}",
        "/evidence/find": "/evidence/find?what=0",
        "/evidence/acts/{act}": f"/evidence/acts/{filed.case_id}",
        "/evidence/entries/{index}": "/evidence/entries/0",
        "/evidence/proof/{index}": "/evidence/proof/0",
    }
