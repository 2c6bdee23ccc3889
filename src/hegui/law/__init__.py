"""Instruments as data: parameters with their clauses, and clocks in working days.

A library: it does no I/O but reading its own packs and the calendar, on first use.
"""

from hegui.law.calendar import Calendar, DayKind, china
from hegui.law.clock import Due, Step, day_of, due, end_of, subtract
from hegui.law.errors import LawError
from hegui.law.pack import Instrument, Pack
from hegui.law.parameter import Grade, Modality, Parameter
from hegui.law.shipped import packs, parameter
from hegui.law.span import Span, Unit

__all__ = [
    "Calendar",
    "DayKind",
    "Due",
    "Grade",
    "Instrument",
    "LawError",
    "Modality",
    "Pack",
    "Parameter",
    "Span",
    "Step",
    "Unit",
    "china",
    "day_of",
    "due",
    "end_of",
    "packs",
    "parameter",
    "subtract",
]
