"""The instruments that apply: each article's duties, with what shows them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from hegui.checks import CHECKS, PENDING, Shown
from hegui.duties.export.material import Material
from hegui.duties.export.told import Told, day
from hegui.duties.views import Attested, CheckView, ControlView, DutyView
from hegui.law import Parameter, Status
from hegui.law.pack import Instrument
from hegui.papers import Block, Cell, Column, Heading, NewPage, Table, Text
from hegui.papers import Status as Stands

#: The pack that the house is built around goes first; the others keep their order.
_FIRST = "cn-genai-measures-2023"
#: Entries told with a duty; all of them stand in the annex.
_FEW = 3


def groups(material: Material) -> list[tuple[Instrument, list[DutyView]]]:
    """The instruments that some duty of applies, or may apply, each with its duties that do."""
    there = [one for one in material.standing.duties if one.applies.answer is not False]
    there.sort(key=lambda one: not one.ref.startswith(f"{_FIRST}/"))
    keyed = groupby(there, key=lambda one: (one.ref.partition("/")[0], one.instrument.id))
    return [(found[0].instrument, found) for _, each in keyed for found in [list(each)]]


def tally(material: Material, told: Told) -> Table:
    """How many duties of each instrument have each status; nothing where none has."""
    statuses = [one for one in Status if one is not Status.NOT_APPLICABLE]
    return Table(
        told("by_instrument"),
        (
            Column("instrument", told("instrument"), 30),
            *(Column(one.value, told.state(one).word, 12) for one in statuses),
        ),
        tuple(
            (
                told.of(instrument.short),
                *(sum(duty.status is one for duty in duties) or None for one in statuses),
            )
            for instrument, duties in groups(material)
        ),
    )


def sections(material: Material, told: Told) -> Iterator[Block]:
    """A section for each instrument."""
    for instrument, duties in groups(material):
        yield NewPage()
        yield Heading(told.of(instrument.title))
        yield Text(about(instrument, told), quiet=True)
        for provision, mine in groupby(duties, key=lambda one: one.provision):
            yield Heading(f"{told.of(provision.clause)}  {told.of(provision.title)}", 2)
            for duty in mine:
                yield from _duty(material, duty, told)


def about(instrument: Instrument, told: Told) -> str:
    """What kind of instrument it is, since when, and its number."""
    since = told("in_force", day=instrument.in_force) if instrument.in_force else told("draft")
    said = told("about_instrument", force=told(f"force.{instrument.force}"), since=since)
    return f"{instrument.number} · {said}" if instrument.number else said


def _duty(material: Material, duty: DutyView, told: Told) -> Iterator[Block]:
    times = []
    if duty.since is not None:
        times.append(told("since", when=told.when(duty.since)))
    if duty.due is not None:
        times.append(told("next", when=told.when(duty.due)))
    yield Stands(told.state(duty.status), " · ".join([duty.duty.id, *times]))
    binding, grade = told.modality(duty.provision.modality), told.grade(duty.provision.grade)
    yield Text(told.of(duty.duty.text))
    lines = [f"{binding} · {grade}"]
    if duty.duty.trigger:
        lines.append(told("trigger", what=told.of(duty.duty.trigger)))
    if duty.duty.cadence:
        lines.append(told("cadence", what=told.of(duty.duty.cadence)))
    if duty.applies.reasons:
        key = "because" if duty.applies.answer else "unknown"
        lines.append(told(key, why=told.why(duty.applies)))
    if entries := _entries(duty):
        lines.append(told("evidence_line", entries=_few(entries, told)))
    yield Text("\n".join(lines), quiet=True)
    yield Table(
        told("shown"),
        (
            Column("control", told("done"), 26),
            Column("shown", told("shown"), 36),
            Column("status", told("status"), 14),
            Column("asked", told("asked"), 26),
        ),
        tuple(row for control in duty.controls for row in _control(material, control, told)),
    )


def _few(entries: list[Shown], told: Told) -> str:
    """The first entries in a line, and where the others stand."""
    between = "；" if told.lang == "zh" else "; "
    said = between.join(entry(one, told) for one in entries[:_FEW])
    return said + (told("more") if len(entries) > _FEW else "")


def _control(material: Material, control: ControlView, told: Told) -> Iterator[tuple[Cell, ...]]:
    """A row for each check, and one for the attestation where no check reads it."""
    what: str = told.of(control.control.text)
    renew = told("renew", span=told.value(control.control.renew))
    for check in control.checks:
        found = f"{told.of(check.title)}\n{told.of(check.result.figure)}"
        wanted = asked(material, check, told)
        if CHECKS[check.id].attested:
            if control.attested is not None:
                found += f"\n{attestation(control.attested, told)}"
            wanted = "\n".join(line for line in (wanted, renew) if line)
        yield what, found, told.state(check.result.status), wanted
        what = ""
    if control.wants and not any(CHECKS[check.id].attested for check in control.checks):
        own = all(check.result.status is not control.status for check in control.checks)
        yield (
            what,
            f"{told('attestation')}\n{attestation(control.attested, told)}",
            told.state(control.status) if own else None,
            renew,
        )


def asked(material: Material, check: CheckView, told: Told) -> str | None:
    """What a result is held against, with the clauses it comes from; none where nothing is."""
    lines = [told.of(check.result.threshold)] if check.result.threshold else []
    numbers = (material.parameter(rule) for rule in check.result.rules)
    lines += [cited(material, one, told) for one in numbers if one is not None]
    return "\n".join(lines) or None


def cited(material: Material, one: Parameter, told: Told) -> str:
    """A number of law with its clause, how binding it is, and its grade."""
    instrument, clause = material.clause(one)
    return told(
        "cited",
        instrument=told.of(instrument),
        clause=told.of(clause),
        value=told.value(one.value),
        modality=told.modality(one.modality),
        grade=told.grade(one.grade),
    )


def attestation(one: Attested | None, told: Told) -> str:
    """Who attested what was so, until when, and with which file."""
    if one is None:
        return told("attestation_none")
    said = told("attested", who=one.signer, day=day(one.true_on), until=day(one.expires))
    if one.file:
        said += told("attested_file", digest=one.file)
    return said if one.current else said + told("attested_old")


def entry(one: Shown, told: Told) -> str:
    """An entry of the ledger, in a few words."""
    index = told("entry_pending") if one.index == PENDING else one.index
    said = told("entry", index=index, kind=one.kind, when=told.when(one.at))
    return said + told("entry_against") if one.against else said


def _entries(duty: DutyView) -> list[Shown]:
    """The entries behind a duty, those against first and then the latest; each once."""
    found: Iterable[Shown] = dict.fromkeys(
        shown
        for control in duty.controls
        for check in control.checks
        for shown in check.result.shown
    )
    return sorted(found, key=lambda one: (not one.against, -one.at))
