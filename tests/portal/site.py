"""A running portal: uvicorn in a thread, the stand-in gateway beside it, real stores."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import aiohttp
import httpx2
import msgspec
from aiohttp import web
from tests.portal.gateway import FakeGateway
from tests.serving import Served
from tests.world import FakeWorld

from hegui.config import Provider, Service, Settings, Upstream
from hegui.ledger import Signer
from hegui.people import Accounts, agreements, api_keys, applications
from hegui.people.agreement_text import default_text
from hegui.people.passphrases import hash_passphrase
from hegui.portal.app import build
from hegui.store import Store, tables
from hegui.store.log import LogReader
from hegui.vault import PersonKeys
from hegui.world import new_id

SETTINGS = Settings(
    provider=Provider(
        name="演示提供者 Demo provider",
        code="001191000000MA0000000N10000",
        contact="appeals@provider.example",
    ),
    service=Service(name="合规演示 Hegui demo", public="试用者 people who try it"),
    upstream=[
        Upstream(name="demo", kind="responder", models={"demo": "demo"}),
        Upstream(name="real", base_url="http://127.0.0.1:1/v1", models={"chat": "m"}),
    ],
)
PASSPHRASE = "correct horse battery"


@cache
def _hashed() -> str:
    return hash_passphrase(PASSPHRASE)


class TestHouse(msgspec.Struct, kw_only=True):
    """The house as the portal sees it."""

    __test__ = False

    settings: Settings
    store: Store
    person_keys: PersonKeys
    world: FakeWorld
    link_secret: bytes
    chat_application_id: str
    chat_key: str
    api_url: str
    portal_url: str
    ledger: LogReader
    ledger_vkey: str
    demo: bool
    http: Any = None


def open_house(url: str, keys_url: str, world: FakeWorld, *, publish: bool = True) -> TestHouse:
    """A house on fresh databases, with the agreement published unless told not to."""
    store = Store.open(url, world=world)
    keys = Store.open(keys_url, tables=tables.key_metadata, world=world)
    application = applications.register(
        store, world, "chat", operator="demo", public="public", label_at="start"
    )
    _, key = api_keys.create_key(store, world, application)
    if publish:
        agreements.publish(store, world, *default_text(SETTINGS))
    return TestHouse(
        settings=SETTINGS,
        store=store,
        person_keys=PersonKeys(keys, b"m" * 32, world),
        world=world,
        link_secret=b"l" * 32,
        chat_application_id=application.id,
        chat_key=key,
        api_url="http://127.0.0.1:1",
        portal_url="https://portal.example",
        ledger=LogReader(store),
        ledger_vkey=Signer.from_seed("hegui.example", b"s" * 32).vkey,
        demo=True,
    )


class Site(Served):
    """The portal of ``house`` at ``url``, until :meth:`close`."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        super().__init__(build(house))
        self.call(self._open_gateway())

    async def _open_gateway(self) -> None:
        self.gateway = FakeGateway(self.house.store)
        self.runner = web.AppRunner(self.gateway.app)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.house.api_url = "http://{}:{}".format(*self.runner.addresses[0][:2])
        self.house.http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def _close_gateway(self) -> None:
        await self.house.http.close()
        await self.runner.cleanup()

    def close(self) -> None:
        self.stop()
        self.call(self._close_gateway())
        self.end()
        self.house.store.close()

    @contextmanager
    def reader(self, name: str = "青竹", *, agreed: bool = True) -> Iterator[httpx2.Client]:
        """A reader who is signed in and, unless told not to, accepted the agreement.

        The account is written as a sign-up leaves it, without hashing the passphrase each time.
        """
        house = self.house
        account: dict[str, Any] = {
            "id": new_id(house.world),
            "pseudonym": name,
            "created": house.world.now(),
        }
        with house.store.begin() as conn:
            conn.execute(tables.account.insert().values(passphrase=_hashed(), **account))
        with self.client() as client:
            token = Accounts(house.store, house.world)._open_session(account["id"])
            client.cookies.set("hegui", token)
            if agreed:
                answer = client.post("/agreement", data={"version": "1", "next": "/chat"})
                assert answer.headers["location"] == "/chat"
            yield client
