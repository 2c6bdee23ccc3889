"""A word pack brought to look at before it comes into force: what would change, in numbers.

Each member of staff has at most one; it waits in the database, so that neither a reload nor a
restart loses it. Nothing is compared with it.
"""

from typing import NamedTuple

import msgspec
from sqlalchemy import delete, select

from hegui.people.word_packs import Format, check_new, format_of, read
from hegui.screen import Pack, Word
from hegui.screen.pack import fold_word
from hegui.store import Store, tables
from hegui.store.upsert import upsert
from hegui.world import World

_TABLE = tables.word_draft


class Draft(NamedTuple):
    """A pack that waits; ``body`` is its file, ``at`` in milliseconds since 1970, UTC."""

    file: str
    form: Format
    body: bytes
    at: int
    pack: Pack


class Change(msgspec.Struct, frozen=True):
    """How a pack differs from another: numbers of words by their normal form.

    Attributes:
        category: these words' category; in the total ``""``.
        added: in the new one alone.
        removed: in the old one alone.
        changed: in both, under another category or action; counted under the new category.
        same: in both alike.
    """

    category: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    same: int = 0


def keep(store: Store, world: World, staff_id: str, file: str, data: bytes) -> Pack:
    """Keep a file as a member of staff's draft, in place of the one before.

    Raises:
        ScreenError: what is wrong with the file; the draft before stays.
        PeopleError: ``pack_name``, ``pack_head_long`` or ``pack_known``; likewise.
    """
    form = format_of(file)
    pack = read(data, form)
    row = {"staff_id": staff_id, "file": file, "format": form, "body": data, "at": world.now()}
    with store.begin() as conn:
        check_new(conn, pack)
        conn.execute(upsert(conn, _TABLE), row)
    return pack


def waiting(store: Store, staff_id: str) -> tuple[str, int] | None:
    """The file name of a member of staff's draft, and since when it waits; or None."""
    c = _TABLE.c
    with store.read() as conn:
        row = conn.execute(select(c.file, c.at).where(c.staff_id == staff_id)).first()
    return None if row is None else (row.file, row.at)


def draft(store: Store, staff_id: str) -> Draft | None:
    """The pack that waits for a member of staff, or None."""
    with store.read() as conn:
        row = conn.execute(select(_TABLE).where(_TABLE.c.staff_id == staff_id)).first()
    if row is None:
        return None
    return Draft(row.file, row.format, row.body, row.at, read(row.body, row.format))


def drop(store: Store, staff_id: str) -> None:
    """Forget a member of staff's draft, if there is one."""
    with store.begin() as conn:
        conn.execute(delete(_TABLE).where(_TABLE.c.staff_id == staff_id))


def changes(old: Pack | None, new: Pack) -> tuple[Change, list[Change]]:
    """What putting ``new`` in force in place of ``old`` changes: in all, and by category."""
    before = {} if old is None else {fold_word(word.word): word for word in old.words}
    counts: dict[str, dict[str, int]] = {}

    def one(category: str, what: str) -> None:
        of = counts.setdefault(category, {})
        of[what] = of.get(what, 0) + 1

    for word in new.words:
        stood = before.pop(fold_word(word.word), None)
        one(word.category, _what(stood, word))
    for word in before.values():
        one(word.category, "removed")
    by = [Change(category, **of) for category, of in sorted(counts.items())]
    total = Change(
        "",
        sum(each.added for each in by),
        sum(each.removed for each in by),
        sum(each.changed for each in by),
        sum(each.same for each in by),
    )
    return total, by


def _what(old: Word | None, new: Word) -> str:
    if old is None:
        return "added"
    alike = (old.category, old.action) == (new.category, new.action)
    return "same" if alike else "changed"
