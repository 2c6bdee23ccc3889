"""Writes persons and generations as the gateway leaves them, and reads entries back."""

from typing import Any

from sqlalchemy import Table, func, select
from tests.world import FakeWorld

from hegui.ledger import entry, kinds
from hegui.store import Store, tables
from hegui.vault import PersonKeys
from hegui.vault.seal import Sealer
from hegui.world import new_id


def count(store: Store, table: Table) -> int:
    with store.read() as conn:
        return conn.scalar(select(func.count()).select_from(table)) or 0


def entries(store: Store) -> list[kinds.AnyEntry]:
    """All evidence so far, oldest first."""
    with store.read() as conn:
        bodies = conn.scalars(select(tables.entry.c.body).order_by(tables.entry.c.id)).all()
    return [entry.decode(body) for body in bodies]


def changes(store: Store) -> list[tuple[str, str]]:
    with store.read() as conn:
        rows = conn.execute(select(tables.change).order_by(tables.change.c.seq)).all()
    return [(row.topic, row.key) for row in rows]


class Acts:
    def __init__(self, store: Store, keys: PersonKeys, world: FakeWorld) -> None:
        self.store = store
        self.keys = keys
        self.world = world

    def insert(self, table: Table, **row: Any) -> None:
        with self.store.begin() as conn:
            conn.execute(table.insert().values(row))

    def application(self, name: str = "app") -> str:
        application_id = new_id(self.world)
        self.insert(
            tables.application,
            id=application_id,
            name=name,
            operator="运营者",
            public="公众",
            label_at="start",
            interface="",
            created=self.world.now(),
        )
        return application_id

    def person(self, application_id: str, pseudonym: str = "fern") -> str:
        """A registered person with a key."""
        person_id = new_id(self.world)
        self.insert(
            tables.person,
            id=person_id,
            application_id=application_id,
            pseudonym=pseudonym,
            registered=self.world.now(),
        )
        self.keys.create(person_id)
        return person_id

    def generation(self, person_id: str, instance: str = "main") -> str:
        """A generation let in and linked to its person, with nothing sealed yet."""
        generation_id = new_id(self.world)
        self.insert(
            tables.generation,
            id=generation_id,
            application_id=new_id(self.world),
            key_id=new_id(self.world),
            route="chat/completions",
            model="m",
            streamed=True,
            instance=instance,
            started=self.world.now(),
        )
        self.insert(tables.generation_person, generation_id=generation_id, person_id=person_id)
        return generation_id

    def outcome(self, generation_id: str) -> None:
        self.insert(
            tables.outcome,
            generation_id=generation_id,
            kind="delivered",
            code="stop",
            upstream="u",
            ended=self.world.now(),
            first_ms=1,
            prompt_bytes=1,
            answer_chars=1,
        )

    def seal(
        self, person_id: str, generation_id: str, part: str, *segments: bytes, expires: int = 0
    ) -> bytes:
        """Seal a whole part; returns its salt."""
        salt = self.world.token(32)
        for seq, text in enumerate(segments):
            self.seal_one(
                person_id,
                generation_id,
                part,
                seq=seq,
                plaintext=text if seq else salt + text,
                expires=expires,
            )
        return salt

    def seal_one(
        self,
        person_id: str,
        generation_id: str,
        part: str,
        *,
        seq: int,
        plaintext: bytes,
        expires: int = 0,
    ) -> None:
        key = self.keys.get(person_id)
        assert key is not None
        nonce = self.world.token(12)
        data = Sealer(key).seal(
            plaintext, generation_id=generation_id, part=part, seq=seq, nonce12=nonce
        )
        self.insert(
            tables.sealed,
            generation_id=generation_id,
            part=part,
            seq=seq,
            data=data,
            expires=expires,
        )
