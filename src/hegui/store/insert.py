"""Multi-row INSERT statements for the raw driver, written once from the SQLAlchemy tables."""

import re
from collections.abc import Callable, Iterator
from itertools import chain, count
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Table, make_url

#: Values of one table's columns, in the order of its :class:`Insert`.
Row = tuple[Any, ...]
#: SQL for the driver, and its parameters in order.
Statement = tuple[str, tuple[Any, ...]]
#: The most rows of one statement. Sizes are powers of two, so a table has seven statements at
#: most and the database keeps them all prepared.
LARGEST = 64


class Insert:
    """How rows of one table are written; made by ``GroupWriter.insert``."""

    def __init__(self, table: Table, *, sqlite: bool) -> None:
        columns = [column for column in table.columns if column.autoincrement is not True]
        self._names = tuple(column.name for column in columns)
        self._optional = {column.name: None for column in columns if column.nullable}
        self._pick = itemgetter(*self._names)
        one_row = table.insert().values([dict.fromkeys(self._names)])
        sql = str(one_row.compile(dialect=_dialect(sqlite)))
        self._head, _, self._values = sql.partition(" VALUES ")
        self._texts: dict[int, str] = {}

    def row(self, **columns: Any) -> Row:
        """A row in column order; columns that may be null can be left out.

        Raises:
            TypeError: a column is missing or unknown, a mistake in the calling code.
        """
        full = {**self._optional, **columns}
        try:
            row: Row = self._pick(full)
        except KeyError as error:
            raise TypeError(f"{error} is missing of {self._names}") from error
        if len(row) != len(full):
            raise TypeError(f"{sorted(full.keys() - set(self._names))} are not of {self._names}")
        return row

    def statements(self, rows: list[Row]) -> Iterator[Statement]:
        """What writes these rows, in their order."""
        start = 0
        while start < len(rows):
            size = min(LARGEST, 1 << ((len(rows) - start).bit_length() - 1))
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
