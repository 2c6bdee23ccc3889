"""Papers as Word files: real headings, heads of tables that come again, page numbers."""

import io
from collections.abc import Sequence
from typing import Any

from hegui.papers import word_styles as styles
from hegui.papers.cells import printable, shown
from hegui.papers.flow import leads
from hegui.papers.model import (
    COLOURS,
    Block,
    Cell,
    Contents,
    Fact,
    Facts,
    Heading,
    NewPage,
    Note,
    Paper,
    State,
    Status,
    Table,
    Text,
    Verbatim,
)
from hegui.papers.zipped import timeless

#: How wide the text is, in twentieths of a point: 166 mm.
_WIDTH = 9411
#: How much of it the labels of facts take.
_LABELS = 0.28
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def docx(paper: Paper) -> bytes:
    """The paper as a DOCX file; blocking, some seconds for a hundred pages."""
    from docx import Document  # noqa: PLC0415  half a second to import

    document = Document()
    styles.frame(document, paper)
    _Writer(document).write(paper)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


class _Writer:
    """Writes blocks at the end of a document.

    They are made element by element: for each paragraph and cell the library looks through all
    styles and through the whole table, which takes a minute for a hundred pages.
    """

    def __init__(self, document: Any) -> None:
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.oxml.ns import qn  # noqa: PLC0415

        self._end = document.element.body.sectPr
        self._make, self._name = OxmlElement, qn
        self._styles = {one.name: one.style_id for one in document.styles}
        self._headings = 0
        self._turn = False  # the next paragraph begins a page

    def write(self, paper: Paper) -> None:
        """The whole of it."""
        self._text(paper.title, "Title")
        if paper.subtitle:
            self._text(paper.subtitle, "Subtitle")
        self._facts(paper.facts)
        for block, stays in zip(paper.body, leads(paper.body), strict=True):
            if isinstance(block, Contents):
                self._contents(block, paper)
            else:
                self._block(block, stays=stays)

    def _block(self, block: Block, *, stays: bool) -> None:
        match block:
            case Heading(text, level):
                self._heading(text, level)
            case Text(text, quiet, strong):
                for line in text.split("\n"):
                    style = styles.QUIET if quiet else "Normal"
                    made = self._paragraph(style, joined=strong or stays)
                    self._run(made, line, bold=strong)
            case Status(state, text):
                made = self._paragraph("Normal", joined=True)
                self._run(made, shown(state), bold=True, colour=COLOURS[state.tone])
                if text:
                    self._run(made, f"  {text}", colour=styles.GREY)
            case Facts(facts):
                self._facts(facts)
            case Table():
                self._table(block)
            case Note(text, source):
                for line in text.split("\n"):
                    self._text(line, styles.APART)
                if source:
                    self._text(source, styles.QUIET)
            case Verbatim(text):
                for line in text.split("\n"):
                    self._text(line, styles.EXACT)
            case NewPage():
                self._turn = True

    def _heading(self, text: str, level: int) -> None:
        self._headings += 1
        made = self._paragraph(f"Heading {level}")
        self._add(made, "bookmarkStart", id=self._headings, name=f"part{self._headings}")
        self._run(made, text)
        self._add(made, "bookmarkEnd", id=self._headings)

    def _contents(self, it: Contents, paper: Paper) -> None:
        """The first level, each leading to its place: Word knows no page before it shows it."""
        self._text(it.text, "Subtitle")
        headings = (one for one in paper.body if isinstance(one, Heading))
        for number, one in enumerate(headings, start=1):
            if one.level == 1:
                made = self._paragraph(styles.ENTRY)
                self._run(self._add(made, "hyperlink", anchor=f"part{number}"), one.text)

    def _facts(self, facts: Sequence[Fact]) -> None:
        if not facts:
            return
        widths = [int(_WIDTH * _LABELS), int(_WIDTH * (1 - _LABELS))]
        table = self._grid(widths)
        for one in facts:
            row = self._row(table)
            self._cell(row, widths[0], one.label, styles.CELL)
            self._cell(row, widths[1], one.value, styles.CELL_EXACT if one.exact else styles.CELL)
        self._room()

    def _table(self, it: Table) -> None:
        whole = sum(one.width for one in it.columns)
        widths = [_WIDTH * one.width // whole for one in it.columns]
        table = self._grid(widths)
        head = self._row(table, again=True)
        for column, width in zip(it.columns, widths, strict=True):
            self._cell(head, width, column.head, styles.CELL_HEAD, head=True)
        for cells in it.rows:
            row = self._row(table)
            for column, width, cell in zip(it.columns, widths, cells, strict=True):
                self._cell(row, width, cell, styles.CELL_EXACT if column.exact else styles.CELL)
        self._room()

    def _grid(self, widths: Sequence[int]) -> Any:
        """An empty table with lines between its rows."""
        table = self._put("tbl")
        about = self._add(table, "tblPr")
        self._add(about, "tblW", w=_WIDTH, type="dxa")
        borders = self._add(about, "tblBorders")
        for place in ("top", "bottom", "insideH"):
            self._add(borders, place, val="single", sz=4, space=0, color="E4E0D8")
        self._add(about, "tblLayout", type="fixed")
        margins = self._add(about, "tblCellMar")
        for place, width in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70)):
            self._add(margins, place, w=width, type="dxa")
        grid = self._add(table, "tblGrid")
        for width in widths:
            self._add(grid, "gridCol", w=width)
        return table

    def _row(self, table: Any, *, again: bool = False) -> Any:
        """A row that stays on one page; ``again``: it comes on every page."""
        row = self._add(table, "tr")
        about = self._add(row, "trPr")
        self._add(about, "cantSplit")
        if again:
            self._add(about, "tblHeader")
        return row

    def _cell(self, row: Any, width: int, cell: Cell, style: str, *, head: bool = False) -> None:
        place = self._add(row, "tc")
        about = self._add(place, "tcPr")
        self._add(about, "tcW", w=width, type="dxa")
        if head:
            self._add(about, "shd", val="clear", color="auto", fill=styles.WASH)
        state = isinstance(cell, State)
        colour = COLOURS[cell.tone] if isinstance(cell, State) else ""
        for line in shown(cell).split("\n"):
            paragraph = self._add(place, "p")
            look = self._add(paragraph, "pPr")
            self._add(look, "pStyle", val=self._styles[style])
            if head:  # never the last of a page
                self._add(look, "keepNext")
            self._run(paragraph, line, bold=state, colour=colour)

    def _text(self, text: str, style: str) -> None:
        self._run(self._paragraph(style), text)

    def _room(self) -> None:
        """Some room below a table, without which two of them would become one."""
        self._text("", styles.CELL)

    def _paragraph(self, style: str, *, joined: bool = False) -> Any:
        made = self._put("p")
        about = self._add(made, "pPr")
        self._add(about, "pStyle", val=self._styles[style])
        if joined:
            self._add(about, "keepNext")
        if self._turn:
            self._add(about, "pageBreakBefore")
            self._turn = False
        return made

    def _run(self, parent: Any, text: str, *, bold: bool = False, colour: str = "") -> None:
        run = self._add(parent, "r")
        if bold or colour:
            look = self._add(run, "rPr")
            if bold:
                self._add(look, "b")
            if colour:
                self._add(look, "color", val=colour)
        made = self._add(run, "t")
        made.text = printable(text)
        made.set(_SPACE, "preserve")

    def _put(self, tag: str) -> Any:
        """A new element at the end of the document."""
        made = self._make(f"w:{tag}")
        self._end.addprevious(made)
        return made

    def _add(self, parent: Any, tag: str, **attributes: object) -> Any:
        made = self._make(f"w:{tag}")
        for name, value in attributes.items():
            made.set(self._name(f"w:{name}"), str(value))
        parent.append(made)
        return made
