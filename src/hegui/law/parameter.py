"""Numbers of law: each with its clause, how binding it is, since when, and how sure we are."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from hegui.law.errors import LawError
from hegui.law.span import Span
from hegui.law.words import Words

_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?(%?)")


class Modality(StrEnum):
    """How binding a provision is, and for whom it works."""

    MUST = "must"
    MUST_NOT = "must_not"
    SHOULD = "should"
    RIGHT = "right"
    POWER = "power"  # of an authority
    DEFINITION = "definition"


class Grade(StrEnum):
    """What the number rests on."""

    READ = "P"  # the legal text was read
    QUOTED = "Q"  # a note that quotes the official text word for word
    SECONDARY = "X"  # a secondary source
    UNCONFIRMED = "U"  # never a fixed rule, always a setting


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One number of law, as it is valid in one stretch of time.

    Attributes:
        id: within its pack, e.g. ``complaint.answer``.
        pack: the pack it stands in.
        instrument: the id of the instrument that states it.
        clause: where in the instrument.
        text: what it is the number of.
        modality: ``must`` or ``should``.
        value: the number with its unit: a span (``15wd``), a share (``96%``), a count (``4000``),
            or words where it is none of these (``22:00-06:00``).
        valid_from: the first day.
        valid_to: the last day; ``None`` while it has none.
        grade: what it rests on.
        source: where it was read, in words.
    """

    id: str
    pack: str
    instrument: str
    clause: Words
    text: Words
    modality: Modality
    value: str
    valid_from: date
    valid_to: date | None
    grade: Grade
    source: Words

    @property
    def rule(self) -> str:
        """Its full name: ``PACK/ID``."""
        return f"{self.pack}/{self.id}"

    @property
    def span(self) -> Span:
        """The value as a span of time.

        Raises:
            LawError: ``span_malformed``, when it is another kind of number.
        """
        return Span.parse(self.value)

    @property
    def number(self) -> Decimal:
        """The value as a number: ``96%`` is 0.96, ``4000`` is 4000.

        Raises:
            LawError: ``number_malformed``, when it is another kind of value.
        """
        match = _NUMBER.fullmatch(self.value)
        if match is None:
            raise LawError(
                "number_malformed",
                zh=f"参数 {self.rule} 的值“{self.value}”不是数字。请写整数、小数或百分数。",
                en=f"The value {self.value!r} of {self.rule} is no number. "
                "Write a whole number, a decimal or a percentage in the pack.",
            )
        number = Decimal(match[1] + (match[2] or ""))
        return number / 100 if match[3] else number

    def valid(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
