"""A running console over real stores, with a member of staff of each role."""

from typing import Any

import httpx2
import msgspec
from tests.portal.site import SETTINGS
from tests.serving import Served
from tests.world import FakeWorld

from hegui.config import Settings
from hegui.console.actions import Role
from hegui.console.app import build
from hegui.ledger import Signer, Verifier
from hegui.people.staff import Staff, StaffBook
from hegui.store import Sequencer, Store, tables
from hegui.store.log import LogReader
from hegui.vault import PersonKeys

ORIGIN = "hegui.example"


class ConsoleHouse(msgspec.Struct, kw_only=True):
    """The house as the console sees it."""

    settings: Settings
    store: Store
    key_store: Store
    person_keys: PersonKeys
    world: FakeWorld
    signer: Signer
    ledger: LogReader
    demo: bool = True
    api_url: str = "http://127.0.0.1:1"
    portal_url: str = "https://portal.example"
    console_url: str = "https://desk.example"

    @property
    def ledger_vkey(self) -> str:
        return self.signer.vkey

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.signer.vkey)

    def sequence(self) -> None:
        """Gives every pending entry its place, as the service's worker does."""
        sequencer = Sequencer(self.store, self.signer, ORIGIN, self.world)
        sequencer.run_once()
        sequencer.close()


def open_house(url: str, keys_url: str, world: FakeWorld) -> ConsoleHouse:
    """A house on fresh databases."""
    store = Store.open(url, world=world)
    keys = Store.open(keys_url, tables=tables.key_metadata, world=world)
    return ConsoleHouse(
        settings=SETTINGS,
        store=store,
        key_store=keys,
        person_keys=PersonKeys(keys, b"m" * 32, world),
        world=world,
        signer=Signer.from_seed(ORIGIN, b"s" * 32),
        ledger=LogReader(store),
    )


class Desk:
    """The console of ``house`` at ``url``, until :meth:`close`.

    ``desk.staff["reviewer"]`` is the member of that role (named ``the reviewer``), and
    ``desk.client("reviewer")`` their browser, signed in; ``desk.client()`` is nobody's.
    """

    def __init__(self, house: ConsoleHouse) -> None:
        self.house = house
        self.store = house.store
        self.world = house.world
        self.book = StaffBook(house.store, house.world)
        self.staff: dict[str, Staff] = {
            role: self.book.add(f"the {role}", role) for role in map(str, Role)
        }
        self.app = build(house)
        self.served = Served(self.app)
        self.url = self.served.url
        self._clients: list[httpx2.Client] = []

    def token(self, role: str) -> str:
        """A fresh session of that role's member, opened by a link."""
        return self.book.sign_in_by_link(self.book.link(self.staff[role].id))

    def client(self, role: str = "", *, lang: str = "en") -> httpx2.Client:
        """A browser without JavaScript, signed in as that role's member; closed with the desk."""
        client = self.served.client()
        self._clients.append(client)
        client.cookies.set("hegui-lang", lang)
        if role:
            client.cookies.set("hegui-staff", self.token(role))
        return client

    def call(self, coroutine: Any) -> Any:
        """Runs a coroutine in the console's loop."""
        return self.served.call(coroutine)

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.served.close()
        self.house.store.close()
        self.house.key_store.close()
