"""One instance of the service at a time under one name; when its last run began, and all ended."""

import hashlib
import hmac
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from hegui.config import ConfigError
from hegui.store import Store, lease, tables
from hegui.world import World

#: An instance that lives renews its lease at a third of this.
LEASE_MS = 15_000
RENEW_SECONDS = LEASE_MS / 3000
_GATEWAY, _ENDED = "gateway:", "ended:"


class Away(NamedTuple):
    """A time without any instance; milliseconds since 1970.

    Attributes:
        since: when one was last seen to run.
        until: when the next came.
        clean: whether the last had been stopped, rather than cut.
    """

    since: int
    until: int
    clean: bool


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

    def arrive(self) -> Away | None:
        """Take the lease for a run that begins.

        Returns:
            Since when no instance served before; none when one did, or when none ever had.

        Raises:
            ConfigError: as :meth:`renew`.
        """
        with self.store.begin() as conn:
            now = self.world.now()
            # One after another, so that of two that come at once the second sees the first.
            lease.take(conn, "arrival", "", 0, now)
            away = self._away(conn, now)
            self._take(conn, now)
            lease.release(conn, f"{_ENDED}{self.name}", self.holder)
        return away

    def renew(self) -> None:
        """Take or renew the lease.

        Raises:
            ConfigError: ``instance_in_use`` while another data folder's service has the name.
        """
        with self.store.begin() as conn:
            self._take(conn, self.world.now())

    def _take(self, conn: Connection, now: int) -> None:
        if not lease.take(conn, f"{_GATEWAY}{self.name}", self.holder, LEASE_MS, now):
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
        """Give the name back, and leave word of when."""
        with self.store.begin() as conn:
            lease.release(conn, f"{_GATEWAY}{self.name}", self.holder)
            lease.take(conn, f"{_ENDED}{self.name}", self.holder, 0, self.world.now())

    def _away(self, conn: Connection, now: int) -> Away | None:
        t = tables.lease
        signs = conn.execute(
            select(t.c.name, t.c.holder, t.c.renewed, t.c.until).where(
                or_(t.c.name.startswith(_GATEWAY), t.c.name.startswith(_ENDED))
            )
        ).all()
        mine = (f"{_GATEWAY}{self.name}", self.holder)
        for sign in signs:
            # A lease of our own that still runs is what a crash left.
            runs = sign.name.startswith(_GATEWAY) and sign.until > now
            if runs and (sign.name, sign.holder) != mine:
                return None
        last = max(signs, key=lambda sign: sign.renewed, default=None)
        if last is None or last.renewed >= now:
            return None
        return Away(last.renewed, now, last.name.startswith(_ENDED))


def instance_of(store: Store, name: str, secret: bytes, world: World) -> Instance:
    """The instance of that name, held by the data folder that has this secret."""
    holder = hmac.digest(secret, b"hegui instance v1", hashlib.sha256).hex()
    return Instance(store, name, holder, world)
