"""The gateway put together from an open house."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import msgspec

from hegui.config import Settings
from hegui.gateway.admission import Admission
from hegui.gateway.api import Api
from hegui.gateway.blocks import Blocks
from hegui.gateway.chat import Chat
from hegui.gateway.http.bridge import App
from hegui.gateway.media.door import Door
from hegui.gateway.media.maker import Maker
from hegui.gateway.media.marker import Marker
from hegui.gateway.media.record import FileRecord
from hegui.gateway.media.signer import signer
from hegui.gateway.media.videos import Videos
from hegui.gateway.metrics import Metrics
from hegui.gateway.record import Recorder
from hegui.gateway.upstream.build import build_pool
from hegui.gateway.upstream.pool import Pool
from hegui.gateway.way import Way
from hegui.gateway.words import LiveScreen
from hegui.people import agreements
from hegui.people.links import LINK_MS, sign_link
from hegui.screen import Screen
from hegui.store import GroupWriter, Store
from hegui.store.writer import MOST_WAITING
from hegui.vault import PersonKeys
from hegui.world import World


class House(Protocol):
    """What the gateway needs of the house."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        ...

    @property
    def store(self) -> Store:
        """The database."""
        ...

    @property
    def person_keys(self) -> PersonKeys:
        """Keys under which people's text is sealed."""
        ...

    @property
    def world(self) -> World:
        """Clock and randomness."""
        ...

    @property
    def link_secret(self) -> bytes:
        """Signs links to the agreement page."""
        ...

    @property
    def portal_url(self) -> str:
        """How a reader reaches the portal."""
        ...


class Gateway:
    """The data plane of one process.

    Args:
        house: what it serves.
        machine: the app behind ``/api``.
        failing: the house's own jobs that fail now; it is not ready while one does.
        pool: the models, where they are not just those of the settings.

    Attributes:
        api: answers the requests of the API address.
    """

    def __init__(
        self,
        house: House,
        machine: App,
        failing: Callable[[], list[str]],
        pool: Pool | None = None,
    ) -> None:
        settings, world = house.settings, house.world
        self._store = house.store
        self._writer = GroupWriter(house.store)
        self._live = LiveScreen(house.store, settings)
        self._pool = pool or build_pool(settings.upstream, world)
        self._agreement = agreements.current(house.store).version
        self._admission = Admission(
            house.store,
            house.person_keys,
            world,
            agreement=lambda: self._agreement,
            agreement_link=_links(house),
        )
        #: Topics that changed and are not yet taken in.
        self._due: set[str] = set()
        self._failing = failing
        metrics = Metrics()
        blocks = Blocks(world)
        self._files = FileRecord(house.store, self._writer, blocks)
        self._way = Way(
            admission=self._admission,
            recorder=Recorder(
                house.store, self._writer, settings.retention, settings.instance, blocks
            ),
            live=self._live,
            limits=settings.limits,
            decision_url=lambda decision: f"{house.portal_url}/decisions/{decision}",
            metrics=metrics,
            world=blocks,
        )
        self._marker = Marker(
            settings.provider.code, settings.labels, signer(settings.labels.key_file), blocks
        )
        self.api = Api(
            door=self._door(house),
            chat=Chat(
                way=self._way,
                pool=self._pool,
                producer=settings.provider.code,
                label_text=settings.labels.text,
            ),
            way=self._way,
            models=self._models,
            machine=machine,
            limits=settings.limits,
            metrics=metrics,
            ready=self._missing,
        )

    def _door(self, house: House) -> Door:
        settings = house.settings
        maker = Maker(
            way=self._way,
            pool=self._pool,
            marker=self._marker,
            files=self._files,
            producer=settings.provider.code,
            unlabelled=settings.labels.unlabelled,
            most=settings.limits.media_bytes,
        )
        videos = Videos(
            store=house.store,
            way=self._way,
            maker=maker,
            pool=self._pool,
            marker=self._marker,
            files=self._files,
            producer=settings.provider.code,
            unlabelled=settings.labels.unlabelled,
            most=settings.limits.media_bytes,
        )
        return Door(maker, videos)

    async def tick(self) -> None:
        """Seal what left in the last moment; twice a second or oftener."""
        self._way.tick()

    async def refresh(self) -> None:
        """Take in what others changed in the database: keys, persons, words, law."""
        self._due |= await self._admission.refresh()
        if "agreement" in self._due:
            self._agreement = (await asyncio.to_thread(agreements.current, self._store)).version
            self._due.discard("agreement")
        if "words" in self._due:
            await asyncio.to_thread(self._live.reload)
            self._due.discard("words")
        if "law" in self._due:
            await asyncio.to_thread(self._files.reload)
            self._due.discard("law")

    def stop(self) -> None:
        """End the generations still in progress."""
        self._way.end()

    @property
    def screen(self) -> Screen:
        """The screen that serves now."""
        return self._live.current

    @property
    def active(self) -> int:
        """How many generations are in progress."""
        return len(self._way.active)

    async def aclose(self) -> None:
        """Close the models, and write what still waits."""
        await self._pool.aclose()
        await self._marker.aclose()
        await asyncio.to_thread(self._writer.close)

    async def _models(self, authorization: bytes) -> bytes:
        await self._admission.key(authorization)
        data = [
            {
                "id": model,
                "object": "model",
                "created": 0,
                "owned_by": self._pool.model_owner(model),
            }
            for model in self._pool.models
        ]
        return msgspec.json.encode({"object": "list", "data": data})

    def _missing(self) -> list[str]:
        busy = ["store_busy"] if self._writer.waiting > MOST_WAITING // 2 else []
        return busy + [f"{job}_failing" for job in self._failing()]


def _links(house: House) -> Callable[[str], str]:
    def link(person_id: str) -> str:
        expires = house.world.now() + LINK_MS
        token = sign_link(house.link_secret, person_id, expires)
        return f"{house.portal_url}/agreement?token={token}"

    return link
