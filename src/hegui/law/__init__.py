"""Instruments as data: parameters with their clauses, and clocks in working days.

A library: it does no I/O but reading its own packs and the calendar, on first use.
"""

from hegui.law.book import Book, Coming, LeftOut, Owed, first_day, in_force, last_day, problems
from hegui.law.calendar import Calendar, DayKind
from hegui.law.clock import (
    Due,
    Pause,
    Step,
    dated,
    day_of,
    due,
    end_of,
    numbered,
    subtract,
)
from hegui.law.condition import Condition
from hegui.law.errors import LawError
from hegui.law.pack import Instrument, Pack
from hegui.law.parameter import Grade, Modality, Parameter
from hegui.law.provision import Control, Duty, Provision
from hegui.law.shipped import pack, packs, parameter, shipped_book
from hegui.law.span import Span, Unit
from hegui.law.status import Status, worst
from hegui.law.words import Words
from hegui.law.years import china

__all__ = [
    "Book",
    "Calendar",
    "Coming",
    "Condition",
    "Control",
    "DayKind",
    "Due",
    "Duty",
    "Grade",
    "Instrument",
    "LawError",
    "LeftOut",
    "Modality",
    "Owed",
    "Pack",
    "Parameter",
    "Pause",
    "Provision",
    "Span",
    "Status",
    "Step",
    "Unit",
    "Words",
    "china",
    "dated",
    "day_of",
    "due",
    "end_of",
    "first_day",
    "in_force",
    "last_day",
    "numbered",
    "pack",
    "packs",
    "parameter",
    "problems",
    "shipped_book",
    "subtract",
    "worst",
]
