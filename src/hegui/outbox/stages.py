"""The moments of a deadline at which somebody must be told."""

from hegui.law import Book, Calendar, due, shipped_book, subtract

#: How long ahead the first comes and how long behind the last, by the provider's own settings.
RULES = _BEFORE, _AFTER = "own/clock.before", "own/clock.after"


def stages(book: Book, at: int, calendar: Calendar) -> tuple[tuple[str, int], ...]:
    """The stages of a deadline with their times, milliseconds since 1970, UTC.

    Args:
        book: the packs in force, of which ``own`` has the lengths.
        at: when it is due.
        calendar: of working days.
    """
    after = due(at, book.parameter(_AFTER).span, calendar).at
    return ("before", _before(book, at, calendar)), ("due", at), ("after", after)


def soon(at: int, calendar: Calendar) -> int:
    """From when on a page shows a deadline as due soon, by the shipped setting."""
    return _before(shipped_book(), at, calendar)


def _before(book: Book, at: int, calendar: Calendar) -> int:
    return subtract(at, book.parameter(_BEFORE).span, calendar).at
