"""A file that is held back: its generation has failed, and the ledger says why it did not leave."""

import asyncio
from collections.abc import Iterator

import msgspec
import pytest
from sqlalchemy import select
from tests.conftest import Databases
from tests.gateway.test_record import admitted
from tests.world import FakeWorld

from hegui.config import TEMPLATE, Home, parse
from hegui.duties import packs
from hegui.gateway.generation import Generation
from hegui.gateway.media.marker import Held, Marked
from hegui.gateway.media.record import FileRecord
from hegui.gateway.record import Asked, Recorder
from hegui.law import day_of, pack
from hegui.ledger import entry, kinds
from hegui.service.house import House, open_house
from hegui.store import GroupWriter, changes, tables


@pytest.fixture(params=["sqlite", "postgresql"])
def house(
    request: pytest.FixtureRequest,
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
    world: FakeWorld,
) -> Iterator[House]:
    settings = parse(
        TEMPLATE.replace('url = ""', f'url = "{databases.fresh(request.param)}"', 1), "t"
    )
    opened = open_house(settings, Home(tmp_path_factory.mktemp("held") / "home"), world)
    yield opened
    opened.close()


def test_a_file_that_is_held_back_is_on_record(house: House) -> None:
    async def go() -> str:
        writer = GroupWriter(house.store)
        recorder = Recorder(house.store, writer, house.settings.retention, "main", house.world)
        files = FileRecord(house.store, writer, house.world)
        g = Generation(await admitted(house), house.world, route="images.edits", label_at="file")
        await recorder.intake(g, Asked(b"{}", "m", streamed=False, screen="s"))
        why = Held("image", "png", "unlabelled", "a,b")
        await recorder.failed(g, why.code, files.held(g.id, why))
        await asyncio.to_thread(writer.close)
        return g.id

    act = asyncio.run(go())
    t = tables.entry
    with house.store.read() as conn:
        bodies = conn.scalars(select(t.c.body).where(t.c.act == act).order_by(t.c.id)).all()
    came, failed, held = [entry.decode(bytes(body)) for body in bodies]
    assert isinstance(came, kinds.GenerationAdmitted)
    assert (came.route, came.label_at) == ("images.edits", "file")
    assert isinstance(failed, kinds.GenerationFailed)
    assert failed.code == "mark_wrong"
    assert isinstance(held, kinds.OutputHeld)
    assert (held.media, held.format, held.read, held.findings) == (
        "image",
        "png",
        "unlabelled",
        "a,b",
    )


def _kept_for(span: str) -> bytes:
    content = msgspec.to_builtins(pack("cn-labelling-2025"))
    content |= {"schema": 2, "pack": content.pop("name"), "version": "2099"}
    for one in content["parameters"]:
        del one["pack"]
        if one["id"] == "unlabelled.log":
            one["value"] = span
    return msgspec.json.encode(content)  # JSON is YAML


def test_a_pack_that_is_brought_in_says_how_long_the_log_is_kept(house: House) -> None:
    file = Marked(
        data=b"file",
        media="image",
        format="png",
        media_type="image/png",
        produce_id="p",
        label="0" * 64,
        file="1" * 64,
        explicit=False,
        read="",
    )

    async def go() -> list[int]:
        writer = GroupWriter(house.store)
        files = FileRecord(house.store, writer, house.world)
        who = await admitted(house)
        until = []
        for _ in range(2):
            rows = files.left("a" * 32, who, "unlabelled", file)
            until.append(rows[-1][1][-1])
            packs.import_pack(house.store, house.world, _kept_for("24m"), "pack.yaml")
            files.reload()
        await asyncio.to_thread(writer.close)
        return until

    before, after = [day_of(one) for one in asyncio.run(go())]
    today = day_of(house.world.now())
    assert (before - today).days < 200
    assert (after - today).days > 725
    topics = {topic for _, topic, _ in changes.since(house.store, 0)}
    assert "law" in topics, "so that every gateway reads the packs again"
