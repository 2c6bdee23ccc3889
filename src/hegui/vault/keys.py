"""One key per person, in a store of its own; destroying it makes all their sealed text noise.

The keys database is in no ordinary backup. A key stands there wrapped: ``nonce | ciphertext``,
AES-256-GCM under the house's master key, bound to the person's id.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from hegui.store import Store, tables
from hegui.vault.errors import VaultError
from hegui.vault.insert import insert_new
from hegui.vault.seal import NONCE
from hegui.world import World

KEY = 32

_table = tables.person_key


class PersonKeys:
    """The keys of all persons.

    Args:
        store: the database of keys, opened with ``tables.key_metadata``.
        master_key: 32 bytes, kept apart from both databases.
        world: randomness.
    """

    def __init__(self, store: Store, master_key: bytes, world: World) -> None:
        self._store = store
        self._master = AESGCM(master_key)
        self._world = world

    def get(self, person_id: str) -> bytes | None:
        """The person's key, 32 bytes; ``None`` when there is none or it was destroyed.

        Raises:
            VaultError: ``key_unreadable``, when this master key did not wrap it.
        """
        with self._store.read() as conn:
            wrapped = conn.scalar(select(_table.c.wrapped).where(_table.c.person_id == person_id))
        return None if wrapped is None else self._unwrap(person_id, wrapped)

    def create(self, person_id: str) -> bytes:
        """Make the person's key, unless it stands already.

        Two callers at once get the same key: the one that was written first.

        Returns:
            The key in force, 32 bytes.
        """
        nonce = self._world.token(NONCE)
        wrapped = nonce + self._master.encrypt(nonce, self._world.token(KEY), person_id.encode())
        with self._store.begin() as conn:
            insert_new(conn, _table, person_id=person_id, wrapped=wrapped)
            stands = conn.execute(
                select(_table.c.wrapped).where(_table.c.person_id == person_id)
            ).scalar_one()
        return self._unwrap(person_id, stands)

    def destroy(self, person_id: str) -> None:
        """Destroy the person's key for good; nothing happens when there is none.

        The row is overwritten with random bytes of the same length and committed before it is
        deleted, and the database is scrubbed after: on SQLite no page and no log frame holds the
        wrapped key then. On PostgreSQL the old row version lasts until vacuum.
        """
        row = _table.c.person_id == person_id
        with self._store.begin() as conn:
            wrapped = conn.scalar(select(_table.c.wrapped).where(row))
            if wrapped is not None:
                noise = self._world.token(len(wrapped))
                conn.execute(_table.update().where(row).values(wrapped=noise))
        with self._store.begin() as conn:
            conn.execute(_table.delete().where(row))
        self._store.scrub()

    def _unwrap(self, person_id: str, wrapped: bytes) -> bytes:
        try:
            return self._master.decrypt(wrapped[:NONCE], wrapped[NONCE:], person_id.encode())
        except (InvalidTag, ValueError) as error:
            raise VaultError(
                "key_unreadable",
                zh="个人密钥打不开：主密钥与封装时的不同。请放回原来的主密钥文件，再重新启动。",
                en="A person's key does not open: the master key is not the one that wrapped it. "
                "Put the former master key file back and start again.",
            ) from error
