"""What was decided of a service: instruments, duties and routes, each with its reasons."""

from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from hegui.law.parameter import Grade
from hegui.law.provision import Force
from hegui.law.scope.answer import Applies
from hegui.law.words import Words


class Standing(StrEnum):
    """Whether an instrument is in force on the day asked about."""

    IN_FORCE = "in_force"
    COMING = "coming"
    ENDED = "ended"
    DRAFT = "draft"


class InstrumentScope(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an instrument applies.

    Attributes:
        pack: the pack it stands in.
        id: its id.
        short: what people call it.
        force: what kind it is.
        standing: whether it is in force.
        in_force: its first day; none of a draft.
        applies: whether it applies on the day; one not in force does not.
        fits: whether its own condition holds, in force or not.
        apart: whether it is shown apart: foreign, or a draft.
    """

    pack: str
    id: str
    short: Words
    force: Force
    standing: Standing
    in_force: date | None
    applies: Applies
    fits: bool | None
    apart: bool


class DutyScope(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a duty applies.

    Attributes:
        ref: ``PACK/DUTY``.
        provision: ``PACK/PROVISION`` where it stands.
        instrument: the id of its instrument.
        clause: where that is, as people write it.
        title: what the provision is about.
        applies: whether it applies.
        apart: whether its instrument is shown apart.
    """

    ref: str
    provision: str
    instrument: str
    clause: Words
    title: Words
    applies: Applies
    apart: bool


class Rule(msgspec.Struct, frozen=True):
    """A number of law that a route runs by.

    Attributes:
        name: the parameter's full name.
        text: what it is the number of.
        value: with its unit, on the day.
        grade: how sure we are of it.
    """

    name: str
    text: Words
    value: str
    grade: Grade


class Occasion(msgspec.Struct, frozen=True):
    """What sets a route off again.

    Attributes:
        text: what it is.
        reached: whether it is so now; ``None`` where it is an event, or not known.
    """

    text: Words
    reached: bool | None


class RouteScope(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the service has to go a way: a filing, an assessment, a licence.

    Attributes:
        id: its id.
        kind: ``filing``, ``assessment``, ``licence`` or ``check``.
        title: what it is called.
        rule: when it is needed, in our words.
        applies: whether it is needed.
        clause: where that stands.
        grade: what our words rest on.
        note: what else to know; none: nothing.
        prepare: what has to be made ready.
        clocks: the numbers it runs by.
        occasions: what sets it off, and off again.
    """

    id: str
    kind: str
    title: Words
    rule: Words
    applies: Applies
    clause: Words
    grade: Grade
    note: Words | None = None
    prepare: tuple[Words, ...] = ()
    clocks: tuple[Rule, ...] = ()
    occasions: tuple[Occasion, ...] = ()


class PackSeen(msgspec.Struct, frozen=True):
    """A pack that was in force when it was decided."""

    name: str
    version: str
    fingerprint: str


class ScopeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What applies to a service, as of a day.

    Attributes:
        id: of the record; empty of one that wasn't recorded.
        at: when it was recorded, milliseconds since 1970, UTC; 0 of one that wasn't.
        staff: the id of who recorded it; none: the command line, or nobody yet.
        on: the day it was decided for.
        answers: what was answered, by fact.
        missing: facts that were asked for and not answered.
        packs: the packs it rests on.
        instruments: every instrument of every pack.
        duties: every duty.
        routes: every route.
    """

    id: str = ""
    at: int = 0
    staff: str | None = None
    on: date
    answers: dict[str, Any]
    missing: tuple[str, ...]
    packs: tuple[PackSeen, ...]
    instruments: tuple[InstrumentScope, ...]
    duties: tuple[DutyScope, ...]
    routes: tuple[RouteScope, ...]

    @property
    def licences(self) -> tuple[RouteScope, ...]:
        """The routes that end in a licence."""
        return tuple(one for one in self.routes if one.kind == "licence")

    def owed(self, answer: bool | None) -> int:
        """How many duties of instruments not shown apart have an answer."""
        return sum(one.applies.answer is answer and not one.apart for one in self.duties)
