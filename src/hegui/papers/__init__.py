"""Papers that people keep: one builder of documents, sheets and PDFs.

A :class:`Paper` becomes a PDF or a Word file, a :class:`Workbook` a spreadsheet or JSON; each the
same bytes for the same paper. The libraries come in on first use.
"""

from hegui.papers.as_json import records
from hegui.papers.cells import printable, shown
from hegui.papers.errors import PapersError
from hegui.papers.model import (
    Block,
    Cell,
    Column,
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
    Term,
    Text,
    Tone,
    Verbatim,
    Workbook,
)
from hegui.papers.sheets import xlsx
from hegui.papers.typeset import pdf
from hegui.papers.word import docx

__all__ = [
    "Block",
    "Cell",
    "Column",
    "Contents",
    "Fact",
    "Facts",
    "Heading",
    "NewPage",
    "Note",
    "Paper",
    "PapersError",
    "State",
    "Status",
    "Table",
    "Term",
    "Text",
    "Tone",
    "Verbatim",
    "Workbook",
    "docx",
    "pdf",
    "printable",
    "records",
    "shown",
    "xlsx",
]
