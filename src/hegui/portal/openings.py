"""When staff opened a person's sealed text, why and in which role: told to that person alone.

The way from an opening to the person is ``generation_person``, which erasure deletes.
"""

import msgspec
from sqlalchemy import select

from hegui.store import Store, tables
from hegui.world import is_id

#: How many are told at once, newest first.
PAGE = 50


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """One opening; times in milliseconds since 1970, UTC.

    Attributes:
        id: its id, which is also its act in the ledger.
        at: when.
        role: in which role the member of staff opened it.
        reason: ``appeal``, ``complaint``, ``incident`` or ``person_asked``.
        note: the reason in the member of staff's words; no quote of the text.
        case: the number of the case it was for, or none.
        generation_at: when the person had that text generated.
    """

    id: str
    at: int
    role: str
    reason: str
    note: str
    case: str | None
    generation_at: int


class Openings(msgspec.Struct, frozen=True):
    """A page of them.

    Attributes:
        openings: at most :data:`PAGE`, newest first.
        next: what ``before`` asks for the page after this one; none on the last.
    """

    openings: tuple[Opening, ...]
    next: str | None


def of_person(store: Store, person_id: str, before: str | None = None) -> Openings:
    """The openings of a person's texts; blocking.

    Args:
        store: the house's database.
        person_id: whose texts.
        before: tell only of those before the opening of this id (ids begin with their time);
            what is no id tells of all.
    """
    opening, owner = tables.opening, tables.generation_person
    generation, case = tables.generation, tables.case_file
    query = (
        select(
            opening.c.id,
            opening.c.at,
            opening.c.role,
            opening.c.reason,
            opening.c.note,
            case.c.number.label("case"),
            generation.c.started.label("generation_at"),
        )
        .join(owner, owner.c.generation_id == opening.c.generation_id)
        .join(generation, generation.c.id == opening.c.generation_id)
        .outerjoin(case, case.c.id == opening.c.case_id)
        .where(owner.c.person_id == person_id)
        .order_by(opening.c.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None and is_id(before):
        query = query.where(opening.c.id < before)
    with store.read() as conn:
        found = [Opening(**row._mapping) for row in conn.execute(query)]  # noqa: SLF001  SQLAlchemy's public name
    shown = tuple(found[:PAGE])
    return Openings(shown, shown[-1].id if len(found) > PAGE else None)
