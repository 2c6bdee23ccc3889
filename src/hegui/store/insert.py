"""Multi-row INSERT statements for the raw driver, written once from the SQLAlchemy tables."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import chain, count
from typing import Any

from sqlalchemy import Dialect, Table, make_url

#: Values of the columns that an :class:`Insert` names, in its order.
Row = tuple[Any, ...]
#: SQL for the driver, and its parameters in order.
Statement = tuple[str, tuple[Any, ...]]
#: Rows of one statement. A table has so many statements at most, and the database keeps them all
#: prepared; no number of rows up to the largest takes more than three.
SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)


class Insert:
    """How rows of one table are written; made by ``GroupWriter.insert``.

    Args:
        table: the table.
        names: the columns that a row gives, in the table's order; those left out are null, or
            numbered by the database.
        sqlite: whether the database is SQLite (else PostgreSQL).

    Raises:
        TypeError: a column is missing, unknown or out of order, a mistake in the calling code.
    """

    def __init__(self, table: Table, *names: str, sqlite: bool) -> None:
        columns = [column for column in table.columns if column.autoincrement is not True]
        fitting = tuple(c.name for c in columns if c.name in names or not c.nullable)
        if names != fitting:
            raise TypeError(f"rows of {table.name} give {fitting}, not {names}")
        # What is refused is undone with its whole job. To undo a statement alone, SQLite would
        # keep a copy of every page that its rows change, in a temporary file.
        one_row = table.insert().prefix_with("OR FAIL", dialect="sqlite")
        one_row = one_row.values([dict.fromkeys(names)])
        sql = str(one_row.compile(dialect=_dialect(sqlite)))
        self._head, _, self._values = sql.partition(" VALUES ")
        self._texts: dict[int, str] = {}

    def statements(self, rows: list[Row]) -> Iterator[Statement]:
        """What writes these rows, in their order."""
        start = 0
        while start < len(rows):
            size = SIZES[bisect_right(SIZES, len(rows) - start) - 1]
            yield self._text(size), tuple(chain.from_iterable(rows[start : start + size]))
            start += size

    def _text(self, size: int) -> str:
        if size not in self._texts:
            values = ", ".join([self._values] * size)
            numbers = count(1)
            # SQLite's "?" stay; PostgreSQL's own protocol numbers its parameters.
            values = re.sub("%s", lambda _: f"${next(numbers)}", values)
            self._texts[size] = f"{self._head} VALUES {values}"
        return self._texts[size]


def _dialect(sqlite: bool) -> Dialect:
    url, style = ("sqlite://", "qmark") if sqlite else ("postgresql+psycopg://", "format")
    dialect: Callable[..., Dialect] = make_url(url).get_dialect()
    return dialect(paramstyle=style)
