"""Word packs as CSV: lines ``# name: …``, ``# author: …``, ``# version: …``, then a header row.

The header names the columns word, category, action and, if wanted, note; quoting after RFC 4180.
"""

import csv
import io
from collections.abc import Iterator, Mapping

from hegui.screen.errors import Place, refuse
from hegui.screen.pack import Row


def read(text: str) -> tuple[Mapping[str, object], Iterator[Row]]:
    """The head and the entries of a pack, not yet checked; the entries as they are asked for.

    Raises:
        ScreenError: when it is not of this shape; the iterator too.
    """
    stream = io.StringIO(text, newline="")
    head: dict[str, object] = {}
    body, above = 0, 0
    for line in stream:
        if not line.startswith("#"):
            break
        field, colon, value = line[1:].partition(":")
        if not colon:
            raise refuse("pack_syntax", Place("line", above + 1), reason="# name: value expected")
        head[field.strip()] = value.strip()
        body, above = stream.tell(), above + 1
    stream.seek(body)
    return head, _rows(stream, above)


def _rows(stream: io.StringIO, above: int) -> Iterator[Row]:
    reader = csv.reader(stream, strict=True, skipinitialspace=True)
    columns: list[str] | None = None
    while True:
        # The first line of the row that comes next; a quoted field may span several.
        place = Place("line", above + reader.line_num + 1)
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise refuse("pack_syntax", place, reason=str(error)) from error
        if row is None:
            return
        if not row:
            continue
        if columns is None:
            columns = [name.strip() for name in row]
            if len(set(columns)) != len(columns):
                raise refuse("pack_syntax", place, reason="a column is named twice")
            continue
        if len(row) > len(columns):
            raise refuse("pack_syntax", place, reason=f"more than {len(columns)} columns")
        fields = dict(zip(columns, row, strict=False))
        if "action" in fields:
            fields["action"] = fields["action"].strip()
        yield Row(place, fields)
