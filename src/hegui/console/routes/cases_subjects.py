"""What a case is about, as its pages show it: one panel for each kind of case.

A further kind brings a panel of its own here; nothing else in the case pages knows a kind by name.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, func, select

from hegui.store import tables
from hegui.web.categories import category
from hegui.web.language import Say


class Draft(msgspec.Struct, frozen=True):
    """What the subject says of itself in a statement of reasons, before anybody wrote a word.

    Attributes:
        reference: the provision or rule that was applied.
        category: the harm in question.
        automated_detection: whether it was found by a machine.
        scope: what it took effect on, in words.
        applied: since when, milliseconds since 1970, UTC.
    """

    reference: str
    category: str
    automated_detection: bool
    scope: str
    applied: int


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """How the pages show the subject of one kind of case.

    Attributes:
        template: shows ``subject``, what ``load`` found.
        load: finds a subject by its id, which a case can't be filed without.
        briefs: finds a few words for each of several subjects, in one statement.
        draft: what a statement of reasons can take from the subject.
    """

    template: str
    load: Callable[[Connection, str], Any]
    briefs: Callable[[Connection, Sequence[str], Say], Mapping[str, str]]
    draft: Callable[[Any, Say], Draft]


class Stop(msgspec.Struct, frozen=True):
    """An automated stop.

    Attributes:
        id: the decision's id; so the reader quotes it.
        generation_id: what was stopped.
        at: when.
        side: ``input`` or ``output``.
        place: where in the request or the answer.
        category: the harm.
        pack: the word pack, with its version and author.
        automated: whether no person took part.
        withdrawn: when the pack went out of force, or none.
        added_by: the member of staff who brought the pack in, or none.
        kept: until when the sealed text is kept, or none: it is gone.
    """

    id: str
    generation_id: str
    at: int
    side: str
    place: str
    category: str
    pack: str
    pack_version: str
    author: str
    automated: bool
    withdrawn: int | None
    added_by: str | None
    kept: int | None


def _stop(conn: Connection, decision_id: str) -> Stop:
    decision, pack = tables.decision, tables.word_pack
    staff, sealed = tables.staff, tables.sealed
    own = [decision.c[name] for name in Stop.__struct_fields__[:10]]
    kept = (
        select(func.min(sealed.c.expires))
        .where(sealed.c.generation_id == decision.c.generation_id)
        .scalar_subquery()
    )
    row = conn.execute(
        select(*own, pack.c.withdrawn, staff.c.name.label("added_by"), kept.label("kept"))
        .outerjoin(
            pack, and_(pack.c.name == decision.c.pack, pack.c.version == decision.c.pack_version)
        )
        .outerjoin(staff, staff.c.id == pack.c.added_by)
        .where(decision.c.id == decision_id)
    ).one()
    return Stop(**row._mapping)  # noqa: SLF001  the public name of a row's columns


def _stops(conn: Connection, ids: Sequence[str], say: Say) -> Mapping[str, str]:
    decision = tables.decision
    rows = conn.execute(
        select(decision.c.id, decision.c.side, decision.c.category, decision.c.pack).where(
            decision.c.id.in_(ids)
        )
    )
    return {
        row.id: say(
            f"cases.stop.brief_{row.side}", category=category(row.category, say), pack=row.pack
        )
        for row in rows
    }


def _stop_draft(stop: Stop, say: Say) -> Draft:
    return Draft(
        reference=say("cases.stop.reference", pack=stop.pack, version=stop.pack_version),
        category=stop.category,
        automated_detection=stop.automated,
        scope=say(f"cases.stop.scope_{stop.side}"),
        applied=stop.at,
    )


PANELS: Mapping[str, Panel] = {
    "appeal": Panel(template="cases_stop.html", load=_stop, briefs=_stops, draft=_stop_draft),
}
