"""What a case can be about, and who is too close to it to decide."""

import msgspec
from sqlalchemy import Connection, and_, select

from hegui.store import tables
from hegui.world import is_id


class Subject(msgspec.Struct, frozen=True):
    """What a case needs to know of the act it is about.

    Attributes:
        category: the harm in question.
        staff: ids of the staff whose rule it was.
        authors: who is named as the rule's author, case-folded.
    """

    category: str
    staff: frozenset[str]
    authors: frozenset[str]

    def written_by(self, staff_id: str, name: str) -> bool:
        """Whether this member of staff wrote the rule."""
        return staff_id in self.staff or folded(name) in self.authors


def folded(name: str) -> str:
    """A name as it is compared."""
    return name.strip().casefold()


def stop(conn: Connection, decision_id: str) -> Subject | None:
    """A stop, by the id of its decision; ``None`` when there is none."""
    if not is_id(decision_id):
        return None
    decision, pack = tables.decision, tables.word_pack
    row = conn.execute(
        select(decision.c.category, decision.c.author, pack.c.author, pack.c.added_by)
        .outerjoin(
            pack,
            and_(pack.c.name == decision.c.pack, pack.c.version == decision.c.pack_version),
        )
        .where(decision.c.id == decision_id)
    ).one_or_none()
    if row is None:
        return None
    category, author, pack_author, added_by = row
    return Subject(
        category=category,
        staff=frozenset({added_by} - {None}),
        authors=frozenset(folded(name) for name in (author, pack_author) if name),
    )
