"""Makes what cases need around them, and reads back what they leave."""

from typing import Any, TypeVar

from msgspec.structs import replace
from sqlalchemy import Row, Table, select
from tests.world import FakeWorld

from hegui.cases import APPEAL, Filed, Statement, assign, file, needed
from hegui.ledger import entry, kinds
from hegui.outbox import outbox
from hegui.outbox.channels import console
from hegui.people.staff import Staff
from hegui.store import Store, tables
from hegui.vault import PersonKeys
from hegui.world import new_id

DAY = 86_400_000

E = TypeVar("E", bound=kinds.Entry)

#: A decision with every field as it should be; ``applied`` is the test world's start.
STATEMENT = Statement(
    outcome="rejected",
    ground="incompatible_content",
    reference="agreement, paragraph 4",
    category="fraud_malware",
    facts="The text asked for a bank password.",
    explanation="您的文字向别人索要银行密码，因此维持。",
    automated_detection=True,
    automated_decision="not_automated",
    scope="this one output",
    territory="CN",
    applied=1_767_585_600_000,
    ends=None,
    redress="Write to the provider.",
)


class Bench:
    def __init__(self, store: Store, keys: PersonKeys, world: FakeWorld) -> None:
        self.store = store
        self.keys = keys
        self.world = world

    def stop(
        self, author: str = "Somebody", pack: str = "scams", added_by: str | None = None
    ) -> str:
        """A stop by a rule; the id of its decision."""
        decision = new_id(self.world)
        self.insert(
            tables.decision,
            id=decision,
            generation_id=new_id(self.world),
            at=self.world.now(),
            side="output",
            place="choices[0]",
            category="fraud_malware",
            pack=pack,
            pack_version="1",
            author=author,
            automated=True,
        )
        if added_by is not None:
            self.insert(
                tables.word_pack,
                name=pack,
                version="1",
                author=author,
                digest="0" * 64,
                body=b"",
                format="toml",
                words=b"",
                added=self.world.now(),
                added_by=added_by,
            )
        return decision

    def staff(self, name: str = "Wei", role: str = "reviewer") -> Staff:
        """A member of staff."""
        new = Staff(id=new_id(self.world), name=name, role=role)
        self.insert(
            tables.staff,
            id=new.id,
            name=name,
            role=role,
            created=self.world.now(),
        )
        return new

    def person(self) -> str:
        """A registered person."""
        application, person = new_id(self.world), new_id(self.world)
        self.insert(
            tables.application,
            id=application,
            name=application,
            operator="运营者",
            public="公众",
            label_at="start",
            interface="",
            created=self.world.now(),
        )
        self.insert(
            tables.person,
            id=person,
            application_id=application,
            pseudonym="fern",
            registered=self.world.now(),
        )
        return person

    def file(
        self, statement: str = "这不是诈骗。", *, subject: str = "", person: str | None = None
    ) -> Filed:
        """An appeal against a stop, a new one unless told otherwise."""
        subject = subject or self.stop()
        return file(self.store, self.keys, self.world, APPEAL, subject, statement, person)

    def assigned(self, staff: Staff, **filed: Any) -> Filed:
        """An appeal that somebody has taken up."""
        new = self.file(**filed)
        assign(self.store, self.world, new.case_id, staff)
        return new

    def deliver(self) -> None:
        """The console is told what waits for it."""
        outbox.deliver(self.store, self.world, outbox.CONSOLE, console(needed))

    def insert(self, table: Table, **row: Any) -> None:
        with self.store.begin() as conn:
            conn.execute(table.insert().values(row))

    def rows(self, table: Table) -> list[Row[Any]]:
        """All rows, oldest first where the key is an id."""
        with self.store.read() as conn:
            return list(conn.execute(select(table).order_by(*table.primary_key)).all())

    def entries(self, kind: type[E]) -> list[E]:
        """Evidence of a kind, oldest first."""
        with self.store.read() as conn:
            bodies = conn.scalars(select(tables.entry.c.body).order_by(tables.entry.c.id)).all()
        return [found for body in bodies if isinstance(found := entry.decode(body), kind)]


def statement(**changes: Any) -> Statement:
    """The statement above with some fields changed."""
    return replace(STATEMENT, **changes)
