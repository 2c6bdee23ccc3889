"""Workbooks as JSON: a list of records for each sheet."""

import json
from datetime import UTC, date, datetime

from hegui.papers.model import Cell, State, Term, Workbook


def records(workbook: Workbook, names: tuple[str, ...]) -> bytes:
    """The workbook for programs.

    Days and moments are as in ISO 8601, moments in UTC; states and terms are their codes.

    Args:
        workbook: what it says.
        names: what each sheet is called for programs, in their order.
    """
    document = {
        "title": workbook.title,
        "lang": workbook.lang,
        "made": _value(workbook.made),
        "facts": [{"label": one.label, "value": _value(one.value)} for one in workbook.facts],
    } | {
        name: [
            {column.key: _value(cell) for column, cell in zip(sheet.columns, row, strict=True)}
            for row in sheet.rows
        ]
        for name, sheet in zip(names, workbook.sheets, strict=True)
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, State | Term):
        return cell.code
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return cell.isoformat() if isinstance(cell, date) else cell
