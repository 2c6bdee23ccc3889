"""Cases as they are read."""

import msgspec

from hegui.cases.clocks import Clock
from hegui.cases.machine import Event, State
from hegui.cases.texts import Texts


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a case.

    Attributes:
        event: what happened.
        state: how the case stood afterwards.
        at: milliseconds since 1970, UTC.
        by: the name of the member of staff; empty for the filer, and always in the filer's view.
    """

    event: Event
    state: State
    at: int
    by: str


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision but for its sealed words; fields as in :class:`hegui.cases.Statement`.

    Attributes:
        by: the name of the member of staff; empty in the filer's view.
    """

    at: int
    by: str
    outcome: str
    ground: str
    reference: str
    category: str
    automated_detection: bool
    automated_decision: str
    scope: str
    territory: str
    applied: int
    ends: int | None
    redress: str


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case as a list shows it. Times are milliseconds since 1970, UTC.

    Attributes:
        id: 32 hex digits; also the act in the ledger.
        number: what its filer quotes.
        kind: the name of its kind.
        subject: the id of the act it is about.
        state: how it stands.
        received: when it was filed.
        changed: when its state last changed.
        assigned: the id of the member of staff who has it, or had it when it was closed.
        assignee: their name; empty for none.
        outcome: what was decided; ``None`` before.
        clock: that of the answer.
    """

    id: str
    number: str
    kind: str
    subject: str
    state: State
    received: int
    changed: int
    assigned: str | None
    assignee: str
    outcome: str | None
    clock: Clock


class Case(CaseRow, frozen=True, kw_only=True):
    """A case whole.

    Attributes:
        events: what happened, in order.
        decision: ``None`` before.
        texts: its words, opened for its filer; all ``None`` for staff, who open them apart.
    """

    events: tuple[Happened, ...]
    decision: Decided | None
    texts: Texts = Texts()
