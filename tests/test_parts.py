"""The parts of a service, joined: three apps, the jobs, the first owner and their link."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from msgspec.structs import replace
from tests.people.evidence import entries
from tests.service import free_port
from tests.test_house import settings
from tests.world import FakeWorld

from hegui.config import ConfigError, Home, Mail, MailTo
from hegui.ledger.kinds import ServiceStarted
from hegui.outbox import outbox
from hegui.people.staff import StaffBook
from hegui.service.greeting import greeting, run_facts
from hegui.service.house import House, open_house
from hegui.service.owner import owner_link
from hegui.service.parts import ADDRESSES, assembled
from hegui.service.servers import bind, serving


@pytest.fixture
def house(tmp_path: Path, world: FakeWorld) -> Iterator[House]:
    opened = open_house(settings(), Home(tmp_path / "home"), world)
    yield opened
    opened.close()


def test_the_first_start_makes_the_owner_and_later_ones_no_other(
    house: House, tmp_path: Path, world: FakeWorld
) -> None:
    (owner,) = StaffBook(house.store, world).list()
    assert (owner.name, owner.role, owner.has_passphrase) == ("owner", "owner", False)
    again = open_house(settings(), Home(tmp_path / "home"), world)
    assert [one.id for one in StaffBook(again.store, world).list()] == [owner.id]
    again.close()


def test_each_start_of_the_demo_has_a_new_link(house: House, world: FakeWorld) -> None:
    book = StaffBook(house.store, world)
    book.set_passphrase(book.list()[0].id, "correct horse")
    first, second = owner_link(house), owner_link(house)
    assert first.startswith(f"{house.console_url}/enter/")
    assert book.linked(first.rpartition("/")[2]) is None
    assert book.linked(second.rpartition("/")[2]) is not None


def test_an_owner_with_a_passphrase_needs_no_link(house: House, world: FakeWorld) -> None:
    provider = replace(house.settings.provider, code="001191110000000000000T10000")
    house.settings = replace(house.settings, provider=provider)
    assert not house.demo
    assert owner_link(house)
    book = StaffBook(house.store, world)
    book.set_passphrase(book.list()[0].id, "correct horse")
    assert owner_link(house) == ""
    assert "/enter/" not in greeting(house, "")


def test_the_greeting_and_run_json_name_every_address(house: House) -> None:
    link = owner_link(house)
    facts, said = run_facts(house, 7, link), greeting(house, link)
    assert facts["console"] == house.console_url == "http://127.0.0.1:8402"
    assert facts["sign_in"] == link
    for address in (house.api_url, house.portal_url, house.console_url, link):
        assert address in said


def test_three_apps_answer_and_every_job_runs(house: House) -> None:
    async def live() -> tuple[list[int], list[str]]:
        port = free_port()
        sockets = [bind("127.0.0.1", port + offset) for offset in range(ADDRESSES)]
        async with assembled(house) as parts:
            async with (
                serving(parts.api, parts.pages, sockets),
                httpx2.AsyncClient(trust_env=False) as client,
            ):
                paths = ("/healthz", "/sign-in", "/sign-in")
                answers = [
                    await client.get(f"http://127.0.0.1:{port + offset}{path}")
                    for offset, path in enumerate(paths)
                ]
            for job in parts.jobs:
                await job.work()
            return [answer.status_code for answer in answers], [job.name for job in parts.jobs]

    statuses, jobs = asyncio.run(live())
    assert statuses == [200, 200, 200]
    assert {"sequence", "seal", "refresh", "retention", "instance"} < set(jobs)
    assert {"tally", "clocks", "outbox", "checks", "duties"} < set(jobs)
    assert len(entries(house.store, ServiceStarted)) == 1


def test_each_channel_that_is_set_up_has_a_job_of_its_own(
    house: House, world: FakeWorld, caplog: pytest.LogCaptureFixture
) -> None:
    mail = Mail(host="127.0.0.1", sender="a@example.com", to=MailTo(owner=["b@example.com"]))
    house.settings = replace(house.settings, mail=mail)
    with house.store.begin() as conn:
        outbox.write(conn, world, topic="law.changed", subject="x/y", at=world.now())

    async def live() -> None:
        async with assembled(house) as parts:
            jobs = {job.name: job for job in parts.jobs}
            assert "webhook" not in jobs
            await jobs["outbox"].work()
            await jobs["mail"].work()

    asyncio.run(live())
    assert outbox.stranded(house.store, ["console"]) == {"mail": 1}
    house.settings = replace(house.settings, mail=Mail())
    caplog.clear()
    asyncio.run(_start(house))
    assert "1 messages wait for mail, which is no longer set up" in caplog.text


async def _start(house: House) -> None:
    async with assembled(house):
        pass


def test_what_is_pending_is_placed_when_the_parts_end(house: House) -> None:
    asyncio.run(_start(house))
    assert house.ledger.pending()[0] == 0
    assert house.ledger.size() > 0


def test_an_address_that_is_taken_is_named() -> None:
    port = free_port()
    bound = bind("127.0.0.1", port)
    bound.listen()
    with pytest.raises(ConfigError) as caught:
        bind("127.0.0.1", port)
    assert caught.value.code == "address_taken"
    assert str(port) in caught.value.zh
    bound.close()
