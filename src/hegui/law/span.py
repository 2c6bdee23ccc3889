"""Spans of time as rules state them: ``24h``, ``10d``, ``15wd``, ``3m``."""

import re
from enum import StrEnum
from typing import Self

import msgspec

from hegui.law.errors import LawError
from hegui.law.words import Words

_FORM = re.compile(r"([1-9][0-9]{0,3})(h|d|wd|m)")


class Unit(StrEnum):
    """What a span counts."""

    HOUR = "h"
    DAY = "d"
    WORKING_DAY = "wd"
    MONTH = "m"


_SAID = {
    Unit.HOUR: ("小时", "hour"),
    Unit.DAY: ("日", "day"),
    Unit.WORKING_DAY: ("个工作日", "working day"),
    Unit.MONTH: ("个月", "month"),
}


class Span(msgspec.Struct, frozen=True):
    """A count of one unit.

    Attributes:
        count: 1 to 9999.
        unit: hours, days, working days or months.
    """

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads ``24h``, ``10d``, ``15wd`` or ``3m``.

        Raises:
            LawError: ``span_malformed``.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            meant = "".join(text.lower().split())
            example = meant if _FORM.fullmatch(meant) else "15wd"
            raise LawError(
                "span_malformed",
                zh=f"“{text}”不是期限。请写 1 至 9999 的整数加单位：h 小时、d 日、wd 工作日、m 月，"
                f"例如 {example}。",
                en=f"{text!r} is no span. Write a whole number from 1 to 9999 and a unit, "
                f"h (hours), d (days), wd (working days) or m (months), such as {example}.",
            )
        return cls(int(match[1]), Unit(match[2]))

    @property
    def said(self) -> Words:
        """In words: ``15wd`` as ``15 个工作日`` and ``15 working days``."""
        zh, en = _SAID[self.unit]
        return Words(f"{self.count} {zh}", f"{self.count} {en}{'s' if self.count > 1 else ''}")

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"
