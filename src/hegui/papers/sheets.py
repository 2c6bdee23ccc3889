"""Workbooks for Excel and its like: a sheet for each table, and one that says what they are."""

import io
from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from hegui.papers.cells import printable, shown
from hegui.papers.model import COLOURS, Cell, State, Table, Term, Workbook
from hegui.papers.zipped import timeless

#: What a cell's text may begin with to be taken for a formula; full width too, as in East Asia.
_FORMULA = tuple("=+-@＝＋－＠")
_WASH, _LINE = "F4F1EA", "E4E0D8"
_FACES = {"zh": "微软雅黑", "en": "Calibri"}
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
#: How wide the cover's two columns are, in characters.
_COVER = (28, 96)
#: How many characters go side by side on a lying A4 page and can still be read; more take an A3.
_A4 = 200
#: The height of a line and the most of a row, in points.
_LINE_HEIGHT, _TALLEST = 14.5, 409.0
#: How long a sheet's name may be.
_NAME = 31
_CORE = "docProps/core.xml"


def xlsx(workbook: Workbook) -> bytes:
    """The workbook as an XLSX file; blocking, some seconds for ten thousand rows.

    Heads stay in sight and have filters. Days and moments are such, moments without their zone,
    which the format doesn't know; text is never a formula.
    """
    from openpyxl import Workbook as Book  # noqa: PLC0415  half a second to import
    from openpyxl.xml.functions import tostring  # noqa: PLC0415

    book, styles = Book(), _Styles(workbook.lang)
    _cover(book.active, workbook, styles)
    for table in workbook.sheets:
        _sheet(book.create_sheet(printable(table.name)[:_NAME]), table, styles)
    properties = book.properties
    properties.title = printable(workbook.title)
    properties.creator = printable(workbook.author)
    properties.created = workbook.made.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    properties.modified = properties.created  # saving has set it to now
    return timeless(out.getvalue(), {_CORE: tostring(properties.to_tree())})


class _Styles:
    """What cells look like; made once, since each style is looked up by its content."""

    def __init__(self, lang: str) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

        face = _FACES[lang]
        self.plain = Font(name=face, size=10)
        self.exact = Font(name="Consolas", size=9)
        self.head = Font(name=face, size=10, bold=True)
        self.title = Font(name=face, size=16, bold=True)
        self.quiet = Font(name=face, size=10, color="6B6862")
        self.tones = {
            tone: Font(name=face, size=10, bold=True, color=colour)
            for tone, colour in COLOURS.items()
        }
        self.wash = PatternFill("solid", fgColor=_WASH)
        side = Side("thin", color=_LINE)
        self.line = Border(bottom=side)
        self.lines = Border(bottom=side, right=side)
        self.top = Alignment(horizontal="left", vertical="top", wrap_text=True)
        self.unbroken = Alignment(vertical="top")

    def font(self, cell: Cell, *, exact: bool) -> Any:
        """How a cell's text is set."""
        if isinstance(cell, State):
            return self.tones[cell.tone]
        return self.exact if exact else self.plain


def _cover(sheet: Any, workbook: Workbook, styles: _Styles) -> None:
    sheet.title = printable(workbook.cover)[:_NAME]
    sheet.sheet_view.showGridLines = False
    for letter, width in zip("AB", _COVER, strict=True):
        sheet.column_dimensions[letter].width = width
    _put(sheet, (1, 1), workbook.title, styles.title, styles)
    sheet.cell(1, 1).alignment = styles.unbroken
    for row, fact in enumerate(workbook.facts, start=3):
        _put(sheet, (row, 1), fact.label, styles.quiet, styles)
        _put(sheet, (row, 2), fact.value, styles.font(fact.value, exact=fact.exact), styles)
        sheet.row_dimensions[row].height = _height((fact.label, fact.value), _COVER)
    _printed(sheet, _COVER)


def _sheet(sheet: Any, table: Table, styles: _Styles) -> None:
    for number, column in enumerate(table.columns, start=1):
        _put(sheet, (1, number), column.head, styles.head, styles)
        sheet.cell(1, number).fill = styles.wash
        sheet.column_dimensions[_letter(number)].width = column.width
    widths = [column.width for column in table.columns]
    sheet.row_dimensions[1].height = _height([one.head for one in table.columns], widths)
    for line, row in enumerate(table.rows, start=2):
        for number, (column, cell) in enumerate(zip(table.columns, row, strict=True), start=1):
            _put(sheet, (line, number), cell, styles.font(cell, exact=column.exact), styles)
            # A text as wide as its column would run into the next.
            sheet.cell(line, number).border = styles.lines
        sheet.row_dimensions[line].height = _height(row, widths)
    sheet.freeze_panes = "B2" if len(table.columns) > 1 else "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    _printed(sheet, widths)


def _put(sheet: Any, place: tuple[int, int], value: Cell, font: Any, styles: _Styles) -> None:
    cell = sheet.cell(*place)
    if isinstance(value, State | Term):
        value = shown(value)
    if isinstance(value, str):
        text = printable(value)
        cell.value = text
        cell.data_type = "s"
        # So that it stays text when somebody edits the cell.
        cell.quotePrefix = text.startswith(_FORMULA)
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
        cell.number_format = _MOMENT
    elif value is not None:
        cell.value = value
        if not isinstance(value, int | float):
            cell.number_format = _DAY
    cell.font = font
    cell.border = styles.line
    cell.alignment = styles.top


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """How tall a row is, in points: not every program reckons it on opening a file."""
    lines = max(
        sum(max(1, ceil(_width(line) / (width - 1))) for line in shown(cell).split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )
    return min(lines * _LINE_HEIGHT + 2, _TALLEST)


def _width(text: str) -> int:
    """How many characters' places a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _printed(sheet: Any, widths: Sequence[int]) -> None:
    """On paper: as wide as the page, lying or larger where there is much to lay side by side."""
    from openpyxl.worksheet.page import PageMargins  # noqa: PLC0415

    across = sum(widths)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if across > _A4 else sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if across > sum(_COVER) else "portrait"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    letter: str = get_column_letter(number)
    return letter
