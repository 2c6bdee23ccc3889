"""What a check came to: a status, the figure and threshold behind it, and the entries."""

import msgspec

from hegui.law import Status, Words

#: The place of an entry that is committed and not placed yet.
PENDING = -1


class Shown(msgspec.Struct, frozen=True):
    """One entry of the ledger that a result rests on.

    Attributes:
        index: its place in the ledger, from 0; ``PENDING`` while it has none.
        act: the act's id.
        kind: the evidence kind.
        at: milliseconds since 1970, UTC.
        against: whether it speaks against the duty.
    """

    index: int
    act: str
    kind: str
    at: int
    against: bool


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one check at one moment.

    Attributes:
        status: any but ``not_applicable``, which no check can tell.
        figure: what was found, as a sentence with its number.
        threshold: what it is held against; none: no figure is asked for.
        rules: full names of the parameters the threshold comes from.
        counted: how many acts were looked at.
        against: how many of them speak against the duty.
        shown: the latest entries, at most 20, those against first.
        seen: when evidence last came, milliseconds since 1970; none: never.
        due: when something is next due, milliseconds since 1970; none: nothing.
    """

    status: Status
    figure: Words
    threshold: Words | None = None
    rules: tuple[str, ...] = ()
    counted: int = 0
    against: int = 0
    shown: tuple[Shown, ...] = ()
    seen: int | None = None
    due: int | None = None
