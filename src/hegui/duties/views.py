"""How the duties of a service stand, as pages, papers and commands show it."""

import msgspec

from hegui.checks.result import Result
from hegui.law import Control, Duty, LeftOut, Provision, Status, Words
from hegui.law.pack import Instrument
from hegui.law.scope.answer import Applies


class Attested(msgspec.Struct, frozen=True, kw_only=True):
    """An attestation of a control, the latest that was not withdrawn.

    Attributes:
        id: its act's id.
        signer: who signed.
        true_on: the day on which it was so, such as 20261122.
        expires: the last day it holds.
        at: when it was received, milliseconds since 1970, UTC.
        statement: what was stated.
        file: SHA-256 of its evidence, hex; none: no file.
        current: whether the provision still reads as it did when it was signed.
    """

    id: str
    signer: str
    true_on: int
    expires: int
    at: int
    statement: str
    file: str | None
    current: bool


class CheckView(msgspec.Struct, frozen=True, kw_only=True):
    """A check and what it came to.

    Attributes:
        id: the check's id.
        title: what it looks at.
        result: what it came to.
        grade: the worst grade of the parameters it rests on, or empty.
    """

    id: str
    title: Words
    result: Result
    grade: str = ""


class ControlView(msgspec.Struct, frozen=True, kw_only=True):
    """A control, with what shows it.

    Attributes:
        ref: ``PACK/CONTROL``.
        control: the pack's own.
        status: of checks and attestation together.
        checks: in the pack's order.
        attested: its attestation; none: none, or none needed.
        wants: whether it takes an attestation.
    """

    ref: str
    control: Control
    status: Status
    checks: tuple[CheckView, ...] = ()
    attested: Attested | None = None
    wants: bool = False


class DutyView(msgspec.Struct, frozen=True, kw_only=True):
    """A duty and how it stands.

    Attributes:
        ref: ``PACK/DUTY``.
        provision: where it stands.
        instrument: of which instrument.
        duty: the pack's own.
        status: the worst of its controls; ``not_applicable`` where it doesn't apply.
        applies: whether it does, with reasons.
        controls: in the pack's order.
        since: since when it has this status; none: it was never recorded.
        due: when something of it is next due; none: nothing.
    """

    ref: str
    provision: Provision
    instrument: Instrument
    duty: Duty
    status: Status
    applies: Applies
    controls: tuple[ControlView, ...]
    since: int | None = None
    due: int | None = None


class PackView(msgspec.Struct, frozen=True, kw_only=True):
    """A pack in force.

    Attributes:
        name: its name.
        title: what people call it.
        version: the pack's.
        fingerprint: SHA-256 of its content, hex.
        origin: ``shipped`` or ``imported``.
        provisions, duties, parameters: how many.
        applies: whether its first instrument applies.
        texts: languages in which the official text was imported.
    """

    name: str
    title: Words
    version: str
    fingerprint: str
    origin: str
    provisions: int
    duties: int
    parameters: int
    applies: Applies
    texts: tuple[str, ...] = ()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How everything stands at one moment.

    Attributes:
        at: milliseconds since 1970, UTC.
        duties: every duty of every pack in force, in the packs' order.
        packs: the packs in force.
        left_out: packs that were brought in and that this version can't use.
        checked: entries of the ledger that the checks have read.
        rereading: whether a check of a new version still reads them again.
        size: entries in their place.
        checkpoint: the newest signed checkpoint, verbatim; none: none yet.
        profile: the id of the record of scope it rests on; none: not answered yet.
    """

    at: int
    duties: tuple[DutyView, ...]
    packs: tuple[PackView, ...]
    left_out: tuple[LeftOut, ...] = ()
    checked: int
    rereading: bool = False
    size: int
    checkpoint: str | None
    profile: str | None

    def counts(self) -> dict[Status, int]:
        """How many duties have each status."""
        found = dict.fromkeys(Status, 0)
        for one in self.duties:
            found[one.status] += 1
        return found


class DutyChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a duty's status, from the ledger; ``was`` is empty at first."""

    id: str
    duty: str
    at: int
    was: str
    status: str
    control: str
    check: str


class DueView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is due.

    Attributes:
        at: when, milliseconds since 1970, UTC.
        about: ``case``, ``duty``, ``licence`` or ``attestation``.
        subject: which one: a case's number, or ``PACK/DUTY`` or ``PACK/CONTROL``, or an id.
        title: what is due.
        rule: the parameter that says so, or ``setting:NAME``.
        provisional: whether it depends on a year that is not published.
        paused: since when it stands still, milliseconds since 1970, UTC; none: it runs. How long it
            stood moves ``at`` when it runs on.
        reason: why it stands still.
    """

    at: int
    about: str
    subject: str
    title: Words
    rule: str
    provisional: bool = False
    paused: int | None = None
    reason: str = ""
