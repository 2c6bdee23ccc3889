"""The same as sheets: duties, checks, entries, numbers, changes, packs, and those left out."""

from collections.abc import Iterator

from hegui.checks import PENDING
from hegui.duties.export.instruments import asked
from hegui.duties.export.material import Material
from hegui.duties.export.report import facts, left_out, packs
from hegui.duties.export.told import Told, day, moment, perhaps
from hegui.duties.views import ControlView, DutyView
from hegui.law import Status
from hegui.papers import Cell, Column, Fact, Table, Term, Workbook, records

#: What each sheet is called for programs, in their order.
NAMES = ("duties", "checks", "entries", "numbers", "changes", "packs", "left_out")


def workbook(material: Material, lang: str) -> Workbook:
    """Every duty, check, entry, number and change in rows.

    Args:
        material: what is told.
        lang: ``zh`` or ``en``.
    """
    told = Told(lang)
    note = material.standing.checkpoint or told("checkpoint_none")
    return Workbook(
        title=f"{material.subject.service} {told('title')}",
        author=material.subject.provider,
        lang=lang,
        made=moment(material.standing.at),
        cover=told("sheet.cover"),
        facts=(
            *facts(material, told),
            Fact(told("checkpoint"), note.rstrip("\n"), exact=True),
            Fact(told("verify"), told("verify_how")),
            Fact(told("reading"), told("disclaimer", day=material.day)),
        ),
        sheets=(
            _duties(material, told),
            _checks(material, told),
            _entries(material, told),
            _numbers(material, told),
            _changes(material, told),
            packs(material, told),
            left_out(material, told),
        ),
    )


def data(material: Material, lang: str) -> bytes:
    """The same as JSON, for programs."""
    return records(workbook(material, lang), NAMES)


def _duties(material: Material, told: Told) -> Table:
    return Table(
        told("sheet.duties"),
        (
            Column("duty", told("duty_id"), 30),
            Column("instrument", told("instrument"), 18),
            Column("clause", told("clause"), 18),
            Column("subject", told("subject"), 24),
            Column("text", told("duty"), 56),
            Column("status", told("status"), 16),
            Column("since", told("since_when"), 17),
            Column("due", told("due_when"), 17),
            Column("binding", told("binding"), 10),
            Column("grade", told("grade"), 14),
            Column("applies", told("applies"), 10),
            Column("reasons", told("reasons"), 56),
        ),
        tuple(
            (
                one.ref,
                told.of(one.instrument.short),
                told.of(one.provision.clause),
                told.of(one.provision.title),
                told.of(one.duty.text),
                told.state(one.status),
                perhaps(one.since),
                perhaps(one.due),
                Term(one.provision.modality, told.modality(one.provision.modality)),
                Term(one.provision.grade, told.grade(one.provision.grade)),
                told.answer(one.applies),
                told.why(one.applies) or None,
            )
            for one in material.standing.duties
        ),
    )


def _checks(material: Material, told: Told) -> Table:
    return Table(
        told("sheet.checks"),
        (
            Column("duty", told("duty_id"), 30),
            Column("control", told("control_id"), 30),
            Column("text", told("control"), 40),
            Column("check", told("check_id"), 22),
            Column("title", told("check"), 26),
            Column("status", told("status"), 16),
            Column("found", told("found"), 48),
            Column("asked", told("asked"), 40),
            Column("rules", told("rule"), 30),
            Column("counted", told("counted"), 10),
            Column("against", told("against_n"), 10),
            Column("seen", told("seen"), 17),
            Column("due", told("due_when"), 17),
            Column("signer", told("signer"), 14),
            Column("true_on", told("true_on"), 12),
            Column("expires", told("expires"), 12),
            Column("file", told("file"), 36, exact=True),
        ),
        tuple(
            row
            for duty in material.standing.duties
            for control in duty.controls
            for row in _control(material, duty, control, told)
        ),
    )


def _control(
    material: Material, duty: DutyView, control: ControlView, told: Told
) -> Iterator[tuple[Cell, ...]]:
    """A row for each check, and one for the attestation where a control takes one."""
    head = (duty.ref, control.ref, told.of(control.control.text))
    for check in control.checks:
        result = check.result
        yield (
            *head,
            check.id,
            told.of(check.title),
            told.state(result.status),
            told.of(result.figure),
            asked(material, check, told),
            " ".join(result.rules) or None,
            result.counted,
            result.against,
            perhaps(result.seen),
            perhaps(result.due),
            *(None,) * 4,
        )
    if control.wants:
        one = control.attested
        own = all(check.result.status is not control.status for check in control.checks)
        yield (
            *head,
            "attestation",
            told("attestation"),
            told.state(control.status) if own else None,
            one.statement if one else told("attestation_none"),
            told("renew", span=told.value(control.control.renew)),
            *(None,) * 3,
            perhaps(one.at) if one else None,
            None,
            *((one.signer, day(one.true_on), day(one.expires), one.file) if one else (None,) * 4),
        )


def _entries(material: Material, told: Told) -> Table:
    return Table(
        told("sheet.entries"),
        (
            Column("check", told("check_id"), 24),
            Column("title", told("check"), 30),
            Column("control", told("control_id"), 30),
            Column("index", told("index"), 12),
            Column("kind", told("kind"), 26),
            Column("at", told("at"), 17),
            Column("side", told("side"), 10),
            Column("act", told("act"), 36, exact=True),
            Column("leaf", told("leaf"), 66, exact=True),
        ),
        tuple(
            (
                check.id,
                told.of(check.title),
                control or None,
                told("entry_pending") if one.index == PENDING else one.index,
                one.kind,
                moment(one.at),
                told.side(against=one.against),
                one.act,
                material.leaves.get(one.index),
            )
            for check, control in material.checks()
            for one in check.result.shown
        ),
    )


def _numbers(material: Material, told: Told) -> Table:
    return Table(
        told("sheet.numbers"),
        (
            Column("parameter", told("parameter"), 36),
            Column("instrument", told("instrument"), 18),
            Column("clause", told("clause"), 18),
            Column("text", told("number_of"), 48),
            Column("value", told("value"), 12),
            Column("binding", told("binding"), 10),
            Column("grade", told("grade"), 14),
            Column("valid_from", told("valid_from"), 12),
            Column("valid_to", told("valid_to"), 12),
            Column("source", told("source"), 48),
        ),
        tuple(
            (
                one.rule,
                told.of(pack.instrument_of(one).short),
                told.of(one.clause),
                told.of(one.text),
                one.value,
                Term(one.modality, told.modality(one.modality)),
                Term(one.grade, told.grade(one.grade)),
                one.valid_from,
                one.valid_to,
                told.of(one.source),
            )
            for pack in material.packs
            for one in pack.parameters
        ),
    )


def _changes(material: Material, told: Told) -> Table:
    return Table(
        told("sheet.changes"),
        (
            Column("at", told("at"), 17),
            Column("duty", told("duty_id"), 30),
            Column("was", told("was"), 16),
            Column("status", told("became"), 16),
            Column("control", told("control_id"), 30),
            Column("check", told("check_id"), 22),
        ),
        tuple(
            (
                moment(one.at),
                one.duty,
                told.state(Status(one.was)),
                told.state(Status(one.status)),
                one.control or None,
                one.check or None,
            )
            for one in material.changes
        ),
    )
