"""Marks on XLSX: a cell in the first row, seen on the screen, and the header, seen in print.

No row or column moves, so that formulas, tables and programs that read the file are not disturbed:
the cell stands in the first row, one column off what the sheet holds, or in A1 of an empty row.
"""

import re
from typing import BinaryIO

from hegui.marks.explicit.lines import any_mark
from hegui.marks.explicit.package import Package, Spot, attribute, spots, unmarked
from hegui.marks.explicit.wish import DOCUMENT_TEXT, Wish
from hegui.marks.markup import escape
from hegui.marks.source import Source

_KINDS = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
#: What may stand after the header in a sheet (ISO/IEC 29500-1, 18.3.1.99), in order.
_AFTER = (
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SPANS = re.compile(rb"""\sspans=("[^"]*"|'[^']*')""")
_LAST_COLUMN = 16_384


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Puts the mark into the first worksheet, or into each.

    Args:
        source: the workbook.
        format: ``xlsx``.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when the sheets have a mark already; then nothing is written.

    Raises:
        MarksError: ``mark_signed``, ``mark_empty``, ``file_protected``, ``file_malformed``.
    """
    package = Package(source, format)
    plain = unmarked(package, worksheets(package), wish, seen)
    if not plain:
        return False
    for name in plain:
        _Sheet(package, name, wish.words(DOCUMENT_TEXT)).mark()
    package.write(out)
    return True


def worksheets(package: Package) -> list[str]:
    """The parts of the visible worksheets, in order."""
    space = _KINDS[package.strict]
    relations = package.relations(package.main)
    listed = spots(package.part(package.main), {f"{space} sheet"}, package.format)
    found = [
        relations.get(attribute(each.attributes, "id"), ("", ""))
        for each in listed
        if each.attributes.get("state", "visible") == "visible"
    ]
    return [target for kind, target in found if kind.endswith("/worksheet")]


def first(package: Package) -> list[str]:
    """The first visible worksheet's part, if there is one."""
    return worksheets(package)[:1]


def seen(package: Package, name: str, wish: Wish) -> bool:
    """Whether a cell of the first row, or the header or the footer, is a mark."""
    sheet = _Sheet(package, name, "")
    return any_mark([*sheet.headers(), *sheet.first_row()], wish)


class _Sheet:
    """One worksheet."""

    def __init__(self, package: Package, name: str, text: str) -> None:
        self._package = package
        self._name = name
        self._text = text
        self._space = _KINDS[package.strict]
        own = ("worksheet", "dimension", "sheetData", "row", "c", "mergeCell", "headerFooter")
        parts = ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")
        names = {f"{self._space} {each}" for each in (*own, *parts, *_AFTER)}
        texts = {f"{self._space} {each}" for each in ("t", "v", *parts)}
        self._found = spots(package.part(name), names, package.format, texts)

    def _named(self, *names: str) -> list[Spot]:
        wanted = {f"{self._space} {name}" for name in names}
        return [each for each in self._found if each.name in wanted]

    def headers(self) -> list[str]:
        """What the headers and footers say, each section a line."""
        names = ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")
        return [line for each in self._named(*names) for line in re.split(r"&[LCR]|\n", each.text)]

    def first_row(self) -> list[str]:
        """What the first row's cells say."""
        rows = [row for row in self._named("row") if row.attributes.get("r", "1") == "1"][:1]
        found = []
        for cell in self._named("c"):
            if not rows or not rows[0].start < cell.start < rows[0].stop:
                continue
            shared = cell.attributes.get("t") == "s"
            found.append(self._shared(cell.text) if shared else cell.text)
        return found

    def _shared(self, place: str) -> str:
        relations = self._package.relations(self._package.main).values()
        name = next((target for kind, target in relations if kind.endswith("/sharedStrings")), "")
        if not name or not place.strip().isdecimal():
            return ""
        names, texts = {f"{self._space} si"}, {f"{self._space} t"}
        strings = spots(self._package.part(name), names, self._package.format, texts)
        return strings[int(place)].text if int(place) < len(strings) else ""

    def mark(self) -> None:
        """Adds the cell and the header."""
        edits = [self._header(), *self._cell()]
        self._package.edit(self._name, edits)

    def _cell(self) -> list[tuple[int, int, bytes]]:
        column = self._column()
        data = self._named("sheetData")
        if column > _LAST_COLUMN or not data:
            return []
        place = f"{letters(column)}1"
        words = escape(self._text)
        cell = f'<c xmlns="{self._space}" r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'
        rows = self._named("row")
        first = next((row for row in rows if row.attributes.get("r") == "1"), None)
        edits = [
            first.last(cell)
            if first
            else data[0].first(f'<row xmlns="{self._space}" r="1">{cell}</row>')
        ]
        if first and first.end != first.stop:
            # What the row says it spans would no longer be so; nothing needs to be said.
            head = self._package.part(self._name)[first.start : first.inner]
            edits.append((first.start, first.inner, _SPANS.sub(b"", head)))
        for told in self._named("dimension"):
            corners = [*_CELL.findall(told.attributes.get("ref", "")), (letters(column), "1")]
            right = max(number(each) for each, _ in corners)
            bottom = max(int(row) for _, row in corners)
            left = min(number(each) for each, _ in corners)
            ref = f"{letters(left)}1:{letters(right)}{bottom}"
            edits.append((told.start, told.stop, f'<{told.tag} ref="{ref}"/>'.encode()))
        return edits

    def _column(self) -> int:
        """The first column if the first row is empty; else one off what the sheet holds."""
        held = [_CELL.match(each.attributes.get("r", "")) for each in self._named("c")]
        merged = [
            _CELL.findall(each.attributes.get("ref", "")) for each in self._named("mergeCell")
        ]
        places = [(m[1], m[2]) for m in held if m] + [one for each in merged for one in each]
        if not any(row == "1" for _, row in places):
            return 1
        return max(number(column) for column, _ in places) + 2

    def _header(self) -> tuple[int, int, bytes]:
        words = escape(self._text.replace("&", "&&"))
        own = self._named("headerFooter")
        if not own:
            after = [e for e in self._named(*_AFTER) if e.parent == f"{self._space} worksheet"]
            made = f'<headerFooter xmlns="{self._space}"><oddHeader>&amp;R{words}</oddHeader>'
            made += "</headerFooter>"
            root = self._named("worksheet")[0]
            return after[0].before(made) if after else root.last(made)
        header = next(iter(self._named("oddHeader")), None)
        if header is None:
            return own[0].first(f'<oddHeader xmlns="{self._space}">&amp;R{words}</oddHeader>')
        # A section of a header goes on to the next mark of one; the right one is the last.
        return header.last(("\n" if "&R" in header.text else "&amp;R") + words)


def letters(column: int) -> str:
    """A column's name: 1 is ``A``, 27 ``AA``."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number(name: str) -> int:
    """A column's number."""
    value = 0
    for letter in name:
        value = value * 26 + ord(letter) - 64
    return value
