"""One instance of the service at a time under one name, and when its last run began."""

import hashlib
import hmac
from typing import NamedTuple

from sqlalchemy import select

from hegui.config import ConfigError
from hegui.store import Store, lease, tables
from hegui.world import World

#: An instance that lives renews its lease at a third of this.
LEASE_MS = 15_000
RENEW_SECONDS = LEASE_MS / 3000


class Instance(NamedTuple):
    """An instance's name in one database.

    Attributes:
        store: the database.
        name: ``instance`` of the settings.
        holder: the same for every run from one data folder, so that a run after a crash need not
            wait for the lease to end; the folder's own lock keeps two runs of it apart.
        world: clock.
    """

    store: Store
    name: str
    holder: str
    world: World

    def renew(self) -> None:
        """Take or renew the lease.

        Raises:
            ConfigError: ``instance_in_use`` while another data folder's service has the name.
        """
        with self.store.begin() as conn:
            now = self.world.now()
            mine = lease.take(conn, f"gateway:{self.name}", self.holder, LEASE_MS, now)
        if not mine:
            raise ConfigError(
                "instance_in_use",
                zh=f"另一个服务正以实例名 {self.name} 使用同一数据库；请给每个实例各取一名。",
                en=f"Another service uses this database under the instance name {self.name}; "
                "give each instance a name of its own.",
            )

    def last_run(self) -> int:
        """When the last run began whose start is on record, in milliseconds; 0 for none."""
        t = tables.lease
        with self.store.read() as conn:
            began = conn.scalar(select(t.c.renewed).where(t.c.name == f"run:{self.name}"))
        return began or 0

    def begin(self, at: int) -> None:
        """Put on record that this run began; what earlier runs left open is closed."""
        with self.store.begin() as conn:
            lease.release(conn, f"run:{self.name}", self.holder)
            lease.take(conn, f"run:{self.name}", self.holder, 0, at)

    def end(self) -> None:
        """Give the name back."""
        with self.store.begin() as conn:
            lease.release(conn, f"gateway:{self.name}", self.holder)


def instance_of(store: Store, name: str, secret: bytes, world: World) -> Instance:
    """The instance of that name, held by the data folder that has this secret."""
    holder = hmac.digest(secret, b"hegui instance v1", hashlib.sha256).hex()
    return Instance(store, name, holder, world)
