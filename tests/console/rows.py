"""A row of everything that the console has a page for, and the addresses of those pages."""

from datetime import timedelta

from tests.cases.bench import Bench
from tests.console.desk import Desk
from tests.store.acts import Acts as Entries

from hegui.duties import attest, files, licences, scope
from hegui.law import day_of
from hegui.people import api_keys, applications, word_packs
from hegui.store import tables

_MEASURES = "cn-genai-measures-2023"
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
    record = scope.record(store, world, {"public_prc": True}, desk.staff["officer"].id)
    held = licences.add(
        store, world, licences.Given(kind="telecom", number="1", scope="chat", holder="某公司")
    )
    today = day_of(world.now())
    signed = attest.sign(
        store,
        world,
        control=f"{_MEASURES}/7.1-sources",
        statement="the register of sources was read",
        true_on=today,
        expires=today + timedelta(days=30),
        file=files.File("register.csv", "text/csv", b"source"),
        staff=desk.staff["officer"].id,
        signer="the officer",
    )
    desk.house.sequence()
    one = f"/applications/{application.id}"
    return {
        "/staff/{id}": f"/staff/{desk.staff['auditor'].id}",
        "/generations/{id}": f"/generations/{generation}",
        "/casework/{case}": f"/casework/{filed.case_id}",
        "/applications/{id}/keys/{key}": f"{one}/keys/{key}",
        "/applications/{id}": one,
        "/word-packs/{digest}": f"/word-packs/{pack.digest}",
        "/law/packs/{pack}/{article}": f"/law/packs/{_MEASURES}/9",
        "/law/packs/{pack}": f"/law/packs/{_MEASURES}",
        "/law/duties/{pack}/{duty}": f"/law/duties/{_MEASURES}/GM-9.2",
        "/law/controls/{pack}/{control}": f"/law/controls/{_MEASURES}/7.1-sources",
        "/law/provisions/{pack}/{provision}": f"/law/provisions/{_MEASURES}/GM-9.2",
        "/law/attest/{pack}/{control}": f"/law/attest/{_MEASURES}/7.1-sources",
        "/law/attestations/{id}": f"/law/attestations/{signed.id}",
        "/law/compare/{a}/{b}": f"/law/compare/cn-genai-draft-2023/{_MEASURES}",
        "/law/crosswalk/{pack}": "/law/crosswalk/eu-ai-act-50",
        "/law/files/{digest}": f"/law/files/{signed.file}",
        "/law/scope/answer/{group}": "/law/scope/answer/reach",
        "/law/scope/{record}": f"/law/scope/{record.id}",
        "/law/licences/{licence}": f"/law/licences/{held.id}",
        "/evidence/find": "/evidence/find?what=0",
        "/evidence/acts/{act}": f"/evidence/acts/{filed.case_id}",
        "/evidence/entries/{index}": "/evidence/entries/0",
        "/evidence/proof/{index}": "/evidence/proof/0",
    }
