"""What stands beside the instruments: what is due, what doesn't apply, what comes, the evidence."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from hegui.checks import CHECKS, PENDING, Shown
from hegui.duties.export.instruments import cited
from hegui.duties.export.material import Material
from hegui.duties.export.told import Told, moment
from hegui.duties.export.words import GRADE, STATUS
from hegui.duties.views import DueView
from hegui.law import Status
from hegui.papers import Block, Cell, Column, Heading, Table, Text


def due(material: Material, told: Told) -> Iterator[Block]:
    """What is due, soonest first."""
    if not material.due:
        yield Text(told("due_none"))
        return
    yield Table(
        told("due"),
        (
            Column("when", told("when"), 18),
            Column("what", told("what"), 44),
            Column("rule", told("rule"), 34),
        ),
        tuple(
            (
                _when(one, told),
                told.of(one.title),
                _rule(material, one.rule, told),
            )
            for one in material.due
        ),
    )
    if any(one.provisional for one in material.due):
        yield Text(told("provisional_what"), quiet=True)


def _when(one: DueView, told: Told) -> str:
    if one.paused is not None:
        return told("paused", when=told.when(one.paused), why=one.reason)
    return told.when(one.at) + (f"\n{told('provisional')}" if one.provisional else "")


def _rule(material: Material, rule: str, told: Told) -> str:
    """The number of law by which it is due, or the house's own setting, in words."""
    found = material.parameter(rule)
    if found is not None:
        return f"{cited(material, found, told)}\n{rule}"
    setting = rule.removeprefix("setting:")
    if setting in CHECKS:
        return told("setting.check", check=told.of(CHECKS[setting].title))
    return told(f"setting.{setting}") if setting in _SETTINGS else rule


#: Settings by which deadlines run: an attestation's own last day, and a licence's.
_SETTINGS = ("renew", "expires")


def not_applicable(material: Material, told: Told) -> Iterator[Block]:
    """What doesn't apply, and why; what excludes a whole instrument takes one row."""
    yield Heading(told("not_applicable"))
    rows = tuple(_outside(material, told))
    if not rows:
        yield Text(told("not_applicable_none"))
        return
    yield Table(
        told("not_applicable"),
        (
            Column("instrument", told("instrument"), 24),
            Column("clause", told("clause"), 18),
            Column("duty", told("duty"), 34),
            Column("why", told("why"), 36),
        ),
        rows,
    )


def _outside(material: Material, told: Told) -> Iterator[tuple[Cell, ...]]:
    keyed = groupby(
        material.standing.duties, key=lambda one: (one.ref.partition("/")[0], one.instrument.id)
    )
    for _, each in keyed:
        duties = list(each)
        out = [one for one in duties if one.applies.answer is False]
        short = told.of(duties[0].instrument.short)
        reasons = Counter(told.why(one.applies) for one in out)
        shared = _shared(reasons) if len(out) == len(duties) else None
        for one in out:
            why = told.why(one.applies)
            if why != shared:
                yield short, told.of(one.provision.clause), told.of(one.duty.text), why
        if shared is not None:
            yield short, told("whole" if len(reasons) == 1 else "rest"), None, shared


def _shared(reasons: Counter[str]) -> str | None:
    """The reason of most duties of an instrument; none where each has its own."""
    [(why, count)] = reasons.most_common(1)
    return why if count > 1 or len(reasons) == 1 else None


def coming(material: Material, told: Told) -> Iterator[Block]:
    """What is published and not in force yet."""
    yield Heading(told("coming"))
    found = [
        one for one in material.book.coming(material.day) if material.only in ("", one.pack.name)
    ]
    if not found:
        yield Text(told("coming_none"))
        return
    yield Table(
        told("coming"),
        (
            Column("day", told("first_day"), 12),
            Column("instrument", told("instrument"), 24),
            Column("clause", told("clause"), 18),
            Column("what", told("what"), 48),
        ),
        tuple(
            (
                one.day,
                told.of(one.pack.instrument_of(one.what).short),
                told.of(one.what.clause),
                told.of(one.what.text),
            )
            for one in found
        ),
    )


def evidence(material: Material, told: Told) -> Iterator[Block]:
    """The entries that each check rests on; a check without any is not told of.

    What is attested stands beside its control, with its entry.
    """
    yield Heading(told("evidence"))
    yield Text(told("evidence_what"), quiet=True)
    shown = [one for one, control in material.checks() if one.result.shown and not control]
    if not shown:
        yield Text(told("evidence_none"))
    for check in shown:
        result = check.result
        yield Heading(f"{told.of(check.title)}  {check.id}", 2)
        yield Text(told.of(CHECKS[check.id].what), quiet=True)
        yield Text(
            told("figure", figure=told.of(result.figure))
            + "\n"
            + told("looked_at", counted=result.counted, against=result.against)
        )
        yield _entries(result.shown, told)


def _entries(entries: tuple[Shown, ...], told: Told) -> Table:
    return Table(
        told("sheet.entries"),
        (
            Column("index", told("index"), 10),
            Column("kind", told("kind"), 26, exact=True),
            Column("at", told("when"), 18),
            Column("side", told("side"), 10),
            Column("act", told("act"), 36, exact=True),
        ),
        tuple(
            (
                told("entry_pending") if one.index == PENDING else one.index,
                one.kind,
                moment(one.at),
                told.side(against=one.against),
                one.act,
            )
            for one in entries
        ),
    )


def reading(told: Told) -> Iterator[Block]:
    """What statuses and grades mean."""
    yield Heading(told("reading"))
    yield Heading(told("grades"), 2)
    yield Text(told("grades_what"))
    yield Table(
        told("grades"),
        (Column("grade", told("grade"), 18), Column("means", told("means"), 60)),
        tuple((told.grade(one), told.of(GRADE[one][1])) for one in GRADE),
    )
    yield Heading(told("statuses"), 2)
    yield Table(
        told("statuses"),
        (Column("status", told("status"), 18), Column("means", told("means"), 60)),
        tuple((told.state(one), told.of(STATUS[one][1])) for one in Status),
    )
