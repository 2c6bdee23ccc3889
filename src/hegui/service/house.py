"""Everything one service is made of, opened from its settings and its data folder."""

import hashlib
import hmac
from types import MappingProxyType

import aiohttp
import msgspec

from hegui.config import Home, Settings, addresses
from hegui.duties import scope
from hegui.ledger import Signer, Verifier
from hegui.marks import is_demo
from hegui.people import CHAT, agreements, applications, persons
from hegui.people.agreement_text import default_text
from hegui.people.api_keys import ensure_key
from hegui.people.errors import PeopleError
from hegui.people.staff import OWNER, StaffBook
from hegui.store import Store, tables
from hegui.store.log import LogReader
from hegui.vault import PersonKeys
from hegui.world import RealWorld, World

#: The demonstration's reader, for whom the printed ``curl`` works.
DEMO_PERSON = "demo-reader"
#: What the demonstration's service is, for its questionnaire. A provider answers for itself.
DEMO_SERVICE = MappingProxyType(
    {
        "public_prc": True,
        "provider_place": "prc",
        "interface": ["web", "api"],
        "outputs": ["text", "image", "audio", "video"],
        "model_route": "own",
        "operator_kind": "ordinary",
        "foreign_invested": False,
        "opinion": True,
        "minors": "excluded",
        "personal_data": True,
        "sensitive_data": False,
        "exports_data": False,
        "companion": False,
        "trains": False,
        "users_register": True,
    }
)
_DEMO = "demo"


class House(msgspec.Struct, kw_only=True, dict=True):
    """One service, opened. ``http`` is there while it runs.

    Attributes:
        settings: the settings in force.
        home: the data folder.
        store: the database.
        person_keys: keys under which people's text is sealed.
        world: clock and randomness.
        signer: signs checkpoints.
        link_secret: signs links to the agreement page.
        chat_application_id: the application that the chat page is.
        chat_key: its API key.
        demo_key: a ready key for trying the API; only with the demo provider's code.
        ledger: the public record.
    """

    settings: Settings
    home: Home
    store: Store
    key_store: Store
    person_keys: PersonKeys
    world: World
    signer: Signer
    link_secret: bytes
    chat_application_id: str
    chat_key: str
    demo_key: str
    ledger: LogReader

    @property
    def api_url(self) -> str:
        """The API's loopback address."""
        return addresses.api_url(self.settings)

    @property
    def portal_url(self) -> str:
        """How a reader reaches the portal."""
        return addresses.portal_url(self.settings)

    @property
    def console_url(self) -> str:
        """How staff reach the console."""
        return addresses.console_url(self.settings)

    @property
    def ledger_vkey(self) -> str:
        """The key that checkpoints verify with."""
        return self.signer.vkey

    @property
    def verifier(self) -> Verifier:
        """Opens our own checkpoints."""
        return Verifier(self.signer.vkey)

    @property
    def demo(self) -> bool:
        """Whether the provider is nobody."""
        return is_demo(self.settings.provider.code)

    @property
    def http(self) -> aiohttp.ClientSession:
        """The portal's client towards the gateway; opened by :meth:`open_http`."""
        session: aiohttp.ClientSession = self._http
        return session

    def open_http(self) -> None:
        """Open the portal's client, inside the event loop."""
        self._http = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), trust_env=False, auto_decompress=False
        )

    def close(self) -> None:
        """Close the databases."""
        self.store.close()
        self.key_store.close()


def open_stores(settings: Settings, home: Home, world: World) -> tuple[Store, Store, PersonKeys]:
    """The database, the store of keys, and the person keys in it.

    Raises:
        StoreError: one can't be opened.
    """
    store = Store.open(settings.data.url or home.database_url, world=world)
    keys_url = settings.data.keys_url or home.keys_url
    key_store = Store.open(keys_url, tables=tables.key_metadata, world=world)
    master = home.key_file("vault.key").read_bytes()
    return store, key_store, PersonKeys(key_store, master, world)


def open_signer(home: Home) -> Signer:
    """The ledger's signer. Its name comes from its key, so that it never changes with a port."""
    seed = home.key_file("ledger.key").read_bytes()
    name = f"hegui-{hashlib.sha256(Signer.from_seed('hegui', seed).vkey.encode()).hexdigest()[:16]}"
    return Signer.from_seed(name, seed)


def open_house(settings: Settings, home: Home, world: World | None = None) -> House:
    """Open a service; on the first start, its agreement and its own applications are made.

    Raises:
        HeguiError: what is wrong, and what to do.
    """
    world = world or RealWorld()
    store, key_store, person_keys = open_stores(settings, home, world)
    link_secret = home.key_file("links.key").read_bytes()
    signer = open_signer(home)
    version = _agreement(settings, store, world)
    _owner(store, world)
    chat, chat_key = _own(settings, store, world, link_secret, CHAT)
    demo_key = ""
    if is_demo(settings.provider.code):
        demo, demo_key = _own(settings, store, world, link_secret, _DEMO)
        person, _ = persons.find_or_register(store, person_keys, world, demo, DEMO_PERSON)
        if person.accepted != version:
            agreements.accept(
                store,
                world,
                person.id,
                version,
                via="application",
                evidence={"demonstration": "the person of the printed curl line is nobody"},
            )
        if scope.latest(store) is None:
            scope.record(store, world, DEMO_SERVICE)
    return House(
        settings=settings,
        home=home,
        store=store,
        key_store=key_store,
        person_keys=person_keys,
        world=world,
        signer=signer,
        link_secret=link_secret,
        chat_application_id=chat,
        chat_key=chat_key,
        demo_key=demo_key,
        ledger=LogReader(store),
    )


def _agreement(settings: Settings, store: Store, world: World) -> int:
    """The version in force. What the house itself wrote follows its settings, and asks again."""
    try:
        current = agreements.current(store)
    except PeopleError:
        current = None
    if current is not None and not current.written:
        return current.version
    return agreements.publish(store, world, *default_text(settings), written=True)


def _own(
    settings: Settings, store: Store, world: World, secret: bytes, name: str
) -> tuple[str, str]:
    """An application of the house's own, and its key, which is derived and so kept nowhere."""
    application = applications.register(
        store,
        world,
        name,
        operator=settings.provider.name,
        public=settings.service.public,
        label_at=settings.labels.at,
    )
    raw = hmac.digest(secret, f"hegui key of {name} v1".encode(), hashlib.sha256)
    return application.id, ensure_key(store, world, application, raw)


def _owner(store: Store, world: World) -> None:
    """The member of staff ``owner``, in a house that has no staff yet."""
    book = StaffBook(store, world)
    if book.list():
        return
    try:
        book.add(OWNER, OWNER)
    except PeopleError as error:
        # Another gateway's first start on the same database came before.
        if error.code != "staff_name_taken":
            raise
