"""Casework: what people file, its clocks, and decisions with reasons.

Every function here blocks; async callers go through ``asyncio.to_thread``.
"""

from hegui.cases import clocks, retention
from hegui.cases.clocks import Clock
from hegui.cases.decide import decide, wrote_rule
from hegui.cases.errors import CasesError
from hegui.cases.file import Filed, file
from hegui.cases.kinds import APPEAL, CHARACTERS, KINDS, Kind, kind
from hegui.cases.machine import CLOSED, OPEN, Event, State
from hegui.cases.notices import needed
from hegui.cases.read import Filters, about, by_number, due_next, list_cases, one, open_text
from hegui.cases.statement import Statement
from hegui.cases.texts import Texts
from hegui.cases.views import Case, CaseRow, Decided, Happened
from hegui.cases.work import assign, read_words, release, withdraw

__all__ = [
    "APPEAL",
    "CHARACTERS",
    "CLOSED",
    "KINDS",
    "OPEN",
    "Case",
    "CaseRow",
    "CasesError",
    "Clock",
    "Decided",
    "Event",
    "Filed",
    "Filters",
    "Happened",
    "Kind",
    "State",
    "Statement",
    "Texts",
    "about",
    "assign",
    "by_number",
    "clocks",
    "decide",
    "due_next",
    "file",
    "kind",
    "list_cases",
    "needed",
    "one",
    "open_text",
    "read_words",
    "release",
    "retention",
    "withdraw",
    "wrote_rule",
]
