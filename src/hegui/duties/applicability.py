"""Which duties apply today, by the latest answers and the packs in force."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import msgspec

from hegui.checks import CHECKS
from hegui.duties.attest import wants
from hegui.law import Book, Control, Duty, LawError, Provision
from hegui.law.pack import Instrument
from hegui.law.scope.answer import Applies
from hegui.law.scope.decide import decide
from hegui.law.scope.facts import Answer, fact
from hegui.law.scope.profile import Profile, check


class Means(msgspec.Struct, frozen=True):
    """A control of a duty.

    Attributes:
        ref: ``PACK/CONTROL``.
        control: the pack's own.
        wants: whether it takes an attestation.
        alone: whether that attestation is judged beside the checks, since none of them reads it.
    """

    ref: str
    control: Control
    wants: bool
    alone: bool


class Line(msgspec.Struct, frozen=True):
    """A duty, and whether it applies.

    Attributes:
        ref: ``PACK/DUTY``.
        provision: where it stands.
        instrument: of which instrument.
        duty: the pack's own.
        means: its controls.
        applies: whether it does, with reasons.
    """

    ref: str
    provision: Provision
    instrument: Instrument
    duty: Duty
    means: tuple[Means, ...]
    applies: Applies


class Scope(msgspec.Struct, frozen=True):
    """What applies.

    Attributes:
        lines: every duty of every pack.
        packs: whether the first instrument of each pack applies, by the pack's name.
    """

    lines: tuple[Line, ...]
    packs: Mapping[str, Applies]


@lru_cache(maxsize=4)
def scope(book: Book, answers: bytes | None, day: date) -> Scope:
    """What applies to the service on a day; kept, since it only changes with its arguments.

    It is decided anew and not read from the record: a pack that came into force since the
    questionnaire was answered has its say, and so has a day that came.

    Args:
        book: the packs in force.
        answers: the answers of the latest record, JSON; none: nothing was answered yet.
        day: in Beijing.
    """
    found = decide(Profile(_answers(answers)), book, day)
    fits = {one.ref: one.applies for one in found.duties}
    instruments = {(one.pack, one.id): one.applies for one in found.instruments}
    return Scope(
        tuple(
            Line(
                ref=ref,
                provision=owed.provision,
                instrument=owed.pack.instrument_of(owed.provision),
                duty=owed.duty,
                means=tuple(_means(owed.pack.name, one) for one in owed.duty.controls),
                applies=fits[ref],
            )
            for ref, owed in book.owed()
        ),
        {pack.name: instruments[pack.name, pack.instrument.id] for pack in book.packs},
    )


def _means(pack: str, control: Control) -> Means:
    wanted = wants(control)
    alone = wanted and not any(CHECKS[name].attested for name in control.checks)
    return Means(f"{pack}/{control.id}", control, wanted, alone)


def _answers(answers: bytes | None) -> dict[str, Answer]:
    """The answers that still are some: what an update of the house asks otherwise is asked anew."""
    kept: dict[str, Answer] = {}
    for name, value in (msgspec.json.decode(answers) if answers else {}).items():
        try:
            found = check(fact(name), value)
        except LawError:
            continue  # no such fact or option any more, so it is not answered
        if found is not None:
            kept[name] = found
    return kept
