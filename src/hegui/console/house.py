"""What the console asks of the house that runs it (``hegui.service.House`` is one)."""

from typing import Protocol

from hegui.config.model import Settings
from hegui.ledger import Verifier
from hegui.store import Store
from hegui.store.log import LogReader
from hegui.vault import PersonKeys
from hegui.world import World


class House(Protocol):
    """The parts of a running service that staff's pages need."""

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
    def ledger(self) -> LogReader:
        """The record."""
        ...

    @property
    def ledger_vkey(self) -> str:
        """Its verification key, as C2SP signed-note writes it."""
        ...

    @property
    def verifier(self) -> Verifier:
        """Opens the ledger's own checkpoints."""
        ...

    @property
    def demo(self) -> bool:
        """Whether the provider is nobody."""
        ...

    @property
    def api_url(self) -> str:
        """The gateway's loopback address, without a slash at its end."""
        ...

    @property
    def portal_url(self) -> str:
        """How a reader reaches the portal, without a slash at its end."""
        ...

    @property
    def console_url(self) -> str:
        """How staff reach the console, without a slash at its end."""
        ...
