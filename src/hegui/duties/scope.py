"""What the service is and what follows from it: every record stays, and the latest counts."""

import hashlib
from collections.abc import Mapping

import msgspec
from sqlalchemy import select

from hegui.duties import scope_drafts
from hegui.duties.in_force import book_in
from hegui.law import Book, china, day_of, due
from hegui.law.scope import Profile, ScopeRecord, decide, from_json, to_json
from hegui.ledger.kinds import ProfileRecorded
from hegui.store import Store, tables
from hegui.store import record as write
from hegui.world import World, new_id

#: How old a record may grow before the questions are asked again.
REVIEW = "own/scope.review"
#: Records that a list shows, the newest first.
MOST = 100

_profile = tables.profile


class Recorded(msgspec.Struct, frozen=True):
    """A record in a list.

    Attributes:
        id: the record's id.
        at: when it was recorded, milliseconds since 1970, UTC.
        staff: the id of who recorded it; none: the command line.
    """

    id: str
    at: int
    staff: str | None


class Review(msgspec.Struct, frozen=True):
    """When a record's questions are asked again, and whether they are now.

    Attributes:
        due: when they are due by age, milliseconds since 1970, UTC.
        overdue: whether that is past.
        packs: packs that are otherwise than when it was recorded.
    """

    due: int
    overdue: bool
    packs: tuple[str, ...]

    @property
    def needed(self) -> bool:
        """Whether the questions should be asked again now."""
        return self.overdue or bool(self.packs)


def record(
    store: Store, world: World, answers: Mapping[str, object], staff: str | None = None
) -> ScopeRecord:
    """Decide what applies, and keep it with its evidence in one transaction; blocking.

    The draft of who records it goes with it.

    Args:
        store: the database.
        world: clock and randomness.
        answers: by fact; what isn't there stays unknown.
        staff: the id of who recorded it; none: the command line.

    Raises:
        LawError: what is wrong with an answer, or with a pack; nothing was kept.
    """
    profile = Profile(answers)
    with store.begin() as conn:
        now = world.now()
        decided = decide(profile, book_in(conn), day_of(now))
        made = msgspec.structs.replace(decided, id=new_id(world), at=now, staff=staff)
        given, result = msgspec.json.encode(made.answers, order="sorted"), to_json(made)
        row = {"id": made.id, "at": now, "staff_id": staff, "answers": given, "result": result}
        conn.execute(_profile.insert(), row)
        if staff is not None:
            scope_drafts.clear(conn, staff)
        write(
            conn,
            ProfileRecorded(
                act=made.id,
                at=now,
                nonce=world.token(16).hex(),
                answers=hashlib.sha256(given).hexdigest(),
                result=hashlib.sha256(result).hexdigest(),
                duties=made.owed(True),
                unknown=made.owed(None),
            ),
        )
    return made


def latest(store: Store) -> ScopeRecord | None:
    """The latest record, or None before the first; blocking."""
    query = select(_profile.c.result).order_by(_profile.c.at.desc(), _profile.c.id.desc())
    with store.read() as conn:
        found = conn.scalar(query.limit(1))
    return None if found is None else from_json(found)


def one(store: Store, record_id: str) -> ScopeRecord | None:
    """A record by its id, or None; blocking."""
    with store.read() as conn:
        found = conn.scalar(select(_profile.c.result).where(_profile.c.id == record_id))
    return None if found is None else from_json(found)


def before(store: Store, than: ScopeRecord) -> ScopeRecord | None:
    """The record before another, or None before the first; blocking."""
    c = _profile.c
    earlier = (c.at < than.at) | ((c.at == than.at) & (c.id < than.id))
    query = select(c.result).where(earlier).order_by(c.at.desc(), c.id.desc()).limit(1)
    with store.read() as conn:
        found = conn.scalar(query)
    return None if found is None else from_json(found)


def history(store: Store, most: int = MOST) -> list[Recorded]:
    """The records, the newest first; blocking."""
    c = _profile.c
    query = select(c.id, c.at, c.staff_id).order_by(c.at.desc(), c.id.desc()).limit(most)
    with store.read() as conn:
        return [Recorded(*row) for row in conn.execute(query)]


def review(of: ScopeRecord, book: Book, now: int) -> Review:
    """When a record's questions are asked again: by age, or when packs change.

    Args:
        of: a record that was kept.
        book: the packs in force.
        now: milliseconds since 1970, UTC.
    """
    span = book.parameter(REVIEW, day_of(now)).span
    at = due(of.at, span, china()).at
    was = {each.name: each.fingerprint for each in of.packs}
    there = {each.name: each.fingerprint for each in book.packs}
    otherwise = sorted(name for name in was | there if was.get(name) != there.get(name))
    return Review(at, at < now, tuple(otherwise))
