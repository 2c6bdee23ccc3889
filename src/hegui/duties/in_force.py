"""The packs in force, without those that name a check that is gone: no duty could be judged."""

from sqlalchemy import Connection

from hegui.checks import CHECKS
from hegui.law import Book
from hegui.store import Store, law_packs


def book(store: Store) -> Book:
    """Every pack in force, by name; blocking. It is read anew only when a pack changes."""
    return law_packs.book(store, CHECKS.keys())


def book_in(conn: Connection) -> Book:
    """The same, as a transaction sees it."""
    return law_packs.book_in(conn, CHECKS.keys())
