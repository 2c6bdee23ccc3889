"""What the portal asks of the house that runs it (``hegui.service.House`` is one)."""

from typing import Protocol

import aiohttp

from hegui.config.model import Settings
from hegui.store import Store
from hegui.store.log import LogReader
from hegui.vault import PersonKeys
from hegui.world import World


class House(Protocol):
    """The parts of a running service that public pages need."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        ...

    @property
    def store(self) -> Store:
        """The house's database."""
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
    def portal_url(self) -> str:
        """How a reader reaches the portal, without a slash at its end."""
        ...

    @property
    def link_secret(self) -> bytes:
        """Signs links to the agreement page."""
        ...

    @property
    def chat_application_id(self) -> str:
        """The application that the chat page is."""
        ...

    @property
    def chat_key(self) -> str:
        """That application's API key."""
        ...

    @property
    def api_url(self) -> str:
        """The gateway's loopback address, without a slash at its end."""
        ...

    @property
    def ledger(self) -> LogReader:
        """The public record."""
        ...

    @property
    def ledger_vkey(self) -> str:
        """Its verification key, as C2SP signed-note writes it."""
        ...

    @property
    def demo(self) -> bool:
        """Whether the provider is nobody."""
        ...

    @property
    def http(self) -> aiohttp.ClientSession:
        """The client towards the gateway."""
        ...
