"""Numbers of law: each with its clause, how binding it is, since when, and how sure we are."""

from datetime import date
from enum import StrEnum

import msgspec

from hegui.law.span import Span


class Modality(StrEnum):
    """How binding a provision is."""

    MUST = "must"
    SHOULD = "should"


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
        modality: ``must`` or ``should``.
        value: the number with its unit, e.g. ``15wd``.
        valid_from: the first day.
        valid_to: the last day; ``None`` while it has none.
        grade: what it rests on.
        source: where it was read, in words.
    """

    id: str
    pack: str
    instrument: str
    clause: str
    modality: Modality
    value: str
    valid_from: date
    valid_to: date | None
    grade: Grade
    source: str

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

    def valid(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
