"""The report on every duty, as a paper: what it rests on, each instrument, and what is beside."""

from collections.abc import Iterator

from hegui.duties.export import annexes, instruments
from hegui.duties.export.material import Material
from hegui.duties.export.told import Told, moment
from hegui.duties.export.words import STATUS
from hegui.law import Status
from hegui.papers import (
    Block,
    Column,
    Contents,
    Fact,
    Heading,
    NewPage,
    Note,
    Paper,
    Table,
    Term,
    Text,
    Verbatim,
)


def report(material: Material, lang: str) -> Paper:
    """How every duty stands, with what shows it.

    Args:
        material: what is told.
        lang: ``zh`` or ``en``.
    """
    told, subject = Told(lang), material.subject
    title = told("title")
    return Paper(
        title=title,
        subtitle=told("subtitle", service=subject.service, provider=subject.provider),
        author=subject.provider,
        lang=lang,
        made=moment(material.standing.at),
        head=(subject.service, f"{title} {told.when(material.standing.at)}"),
        facts=facts(material, told),
        body=tuple(_body(material, told)),
    )


def facts(material: Material, told: Told) -> tuple[Fact, ...]:
    """Whom it is about, when, and what it rests on."""
    subject, stands = material.subject, material.standing
    found = [
        Fact(told("service"), subject.service),
        Fact(told("provider"), subject.provider),
        Fact(told("code"), subject.code, exact=True),
        Fact(told("made"), moment(stands.at)),
        Fact(
            told("scope"),
            stands.profile or told("scope_none"),
            exact=stands.profile is not None,
        ),
        Fact(told("entries"), told("entries_of", checked=stands.checked, size=stands.size)),
    ]
    if material.only:
        found.append(Fact(told("only"), material.only))
    return tuple(found)


def _body(material: Material, told: Told) -> Iterator[Block]:
    yield from _basis(material, told)
    yield NewPage()
    yield Contents(told("contents"))
    yield NewPage()
    yield from _summary(material, told)
    yield from instruments.sections(material, told)
    yield NewPage()
    yield from annexes.not_applicable(material, told)
    yield from annexes.coming(material, told)
    yield NewPage()
    yield from annexes.evidence(material, told)
    yield NewPage()
    yield Heading(told("packs"))
    yield packs(material, told)
    yield Heading(told("left_out"))
    out = left_out(material, told)
    yield out if out.rows else Text(told("left_out_none"))
    yield from annexes.reading(told)


def _basis(material: Material, told: Told) -> Iterator[Block]:
    """What the report is, the ledger's checkpoint, and how to verify it; on the cover."""
    yield Note(told("disclaimer", day=material.day))
    yield Heading(told("checkpoint"), 2)
    if material.standing.checkpoint is None:
        yield Text(told("checkpoint_none"))
    else:
        yield Text(told("checkpoint_what"))
        yield Verbatim(material.standing.checkpoint.rstrip("\n"))
    yield Heading(told("verify"), 2)
    yield Text(told("verify_how"))


def packs(material: Material, told: Told) -> Table:
    """Which packs are in force, with their fingerprints."""
    return Table(
        told("packs"),
        (
            Column("title", told("pack"), 26),
            Column("name", told("pack_id"), 26),
            Column("version", told("version"), 12),
            Column("origin", told("origin"), 14),
            Column("fingerprint", told("fingerprint"), 40, exact=True),
        ),
        tuple(
            (
                told.of(one.title),
                one.name,
                one.version,
                Term(one.origin, told(f"origin.{one.origin}")),
                one.fingerprint,
            )
            for one in material.standing.packs
        ),
    )


def left_out(material: Material, told: Told) -> Table:
    """Which packs say nothing of this service, or can't be used, and why."""
    stands = material.standing
    outside = [
        (told.of(one.title), one.name, one.version, told.why(one.applies))
        for one in stands.packs
        if one.applies.answer is False
    ]
    unusable = [
        (one.name, one.name, one.version, told(f"left_out.{one.code}"))
        for one in stands.left_out
        if material.only in ("", one.name)
    ]
    return Table(
        told("left_out"),
        (
            Column("title", told("pack"), 26),
            Column("name", told("pack_id"), 26),
            Column("version", told("version"), 12),
            Column("why", told("why"), 64),
        ),
        (*outside, *unusable),
    )


def _summary(material: Material, told: Told) -> Iterator[Block]:
    """How many duties have each status, in all and by instrument; what is due."""
    stands = material.standing
    yield Heading(told("summary"))
    if stands.profile is None:
        yield Note(told("unanswered"))
    counts = stands.counts()
    yield Table(
        told("status"),
        (
            Column("status", told("status"), 18),
            Column("count", told("count"), 10),
            Column("means", told("means"), 60),
        ),
        tuple(
            (told.state(status), counts[status], told.of(STATUS[status][1])) for status in Status
        ),
    )
    yield Heading(told("by_instrument"), 2)
    yield instruments.tally(material, told)
    yield Heading(told("due"), 2)
    yield from annexes.due(material, told)
