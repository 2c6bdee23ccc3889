"""The packs in force together: the shipped ones, and those that a provider brought as files.

A pack that was brought in and that a later version of the house can't read, or that names what is
gone, is left out, so that it stops nothing else: the book says so, and so does the log.
"""

import logging
import re
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, select

from hegui.law import Book, LawError, LeftOut, Pack, packs, shipped_book
from hegui.law.book import unusable
from hegui.law.pack import read
from hegui.law.scope.applies import misfits_of
from hegui.store import tables
from hegui.store.engine import Store

SHIPPED, IMPORTED = "shipped", "imported"
#: The provider's own rules, which are settings: one that isn't stated has the value shipped here.
_SETTINGS = "own"
#: Books are kept by what they are made of; each takes a few megabytes.
_MOST_BOOKS = 8

_log = logging.getLogger("hegui.law")
_pack = tables.law_pack
_IMPORTED = (
    select(_pack.c.id, _pack.c.name, _pack.c.version, _pack.c.fingerprint)
    .where(_pack.c.withdrawn.is_(None))
    .order_by(_pack.c.name)
)
_books: dict[tuple[object, ...], Book] = {}
#: Fingerprints of packs left out that the log has told of.
_told: set[str] = set()


def book(store: Store, checks: Collection[str] | None = None) -> Book:
    """Every pack in force, by name; blocking. It is read anew only when a pack changes.

    Args:
        store: the database.
        checks: ids of the checks there are; none: packs that name others are in force too.
    """
    with store.read() as conn:
        return book_in(conn, checks)


def book_in(conn: Connection, checks: Collection[str] | None = None) -> Book:
    """The same, as a transaction sees it."""
    rows = conn.execute(_IMPORTED).all()
    key = (checks is not None, *(row.fingerprint for row in rows))
    found = _books.get(key)
    if found is None:
        read_ones: list[Pack] = []
        left_out: list[LeftOut] = []
        for row in rows:
            try:
                read_ones.append(_stored(conn, row.id))
            except LawError as error:
                left_out.append(LeftOut(row.name, row.version, error.code))
        found = _joined(read_ones, left_out, checks)
        if len(_books) >= _MOST_BOOKS:
            _books.clear()
        _books[key] = found
        prints = {row.name: row.fingerprint for row in rows}
        for one in found.left_out:
            _tell(one, prints[one.name])
    return found


def shipped(name: str) -> Pack | None:
    """The pack of a name that came with the house, in force or not."""
    return next((one for one in packs() if one.name == name), None)


def origin(pack: Pack) -> str:
    """Whether a pack in force came with the house or was brought in."""
    own = shipped(pack.name)
    return SHIPPED if own and own.fingerprint == pack.fingerprint else IMPORTED


def newer(one: Pack, other: Pack) -> bool:
    """Whether a version comes after another, by its numbers: 2025.10 after 2025.9."""
    a, b = ([int(part) for part in re.findall("[0-9]+", each.version)] for each in (one, other))
    return a > b


def _stored(conn: Connection, row_id: str) -> Pack:
    row = conn.execute(select(_pack.c.file, _pack.c.name).where(_pack.c.id == row_id)).one()
    return read(row.file, file=f"{row.name} (imported)", name=row.name)


def _joined(imported: list[Pack], left_out: list[LeftOut], checks: Collection[str] | None) -> Book:
    """The packs in force, without those that can't be used and those that rest on such."""
    while imported or left_out:
        found = {one.name: one for one in packs()}
        for one in imported:
            own = found.get(one.name)
            if own is None or newer(one, own):
                found[one.name] = one
        book = Book((found[name] for name in sorted(found)), left_out, shipped(_SETTINGS))
        wrong = set(_wrong(book, checks))
        out = [one for one in imported if one.name in wrong]
        if wrong and not out:  # shipped packs miss what stood in one that was replaced
            out = [one for one in imported if shipped(one.name)]
        if not out:
            return book
        imported = [one for one in imported if one not in out]
        left_out = [
            *left_out,
            *(LeftOut(one.name, one.version, "pack_leads_nowhere") for one in out),
        ]
    return shipped_book()


def _wrong(book: Book, checks: Collection[str] | None) -> Iterator[str]:
    for pack in book.packs:
        if misfits_of(pack) or any(True for _ in unusable(book, pack, checks)):
            yield pack.name


def _tell(one: LeftOut, fingerprint: str) -> None:
    if fingerprint not in _told:
        _told.add(fingerprint)
        _log.warning(
            "law pack %s %s is left out (%s); see hegui law withdraw %s",
            *(one.name, one.version, one.code, one.name),
        )
