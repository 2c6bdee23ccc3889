"""From a service's answers to what applies to it: a pure function of answers, packs and day."""

from collections.abc import Iterator
from datetime import date

import msgspec

from hegui.law.book import Book, first_day, last_day
from hegui.law.condition import Condition
from hegui.law.pack import Instrument, Pack
from hegui.law.provision import Force, Provision
from hegui.law.scope.answer import Applies, Reason
from hegui.law.scope.applies import applies, valid
from hegui.law.scope.profile import Profile
from hegui.law.scope.reckon import every
from hegui.law.scope.record import (
    DutyScope,
    InstrumentScope,
    Occasion,
    PackSeen,
    RouteScope,
    Rule,
    ScopeRecord,
    Standing,
)
from hegui.law.scope.routes import Route, routes
from hegui.law.words import Words

#: Instruments that bind nobody here: compared with, and never mixed in.
_APART = frozenset({Force.DRAFT, Force.FOREIGN})
#: The name under which a reason states a day and no fact.
DAY = "day"


def decide(profile: Profile, book: Book, on: date) -> ScopeRecord:
    """What applies to a service.

    Args:
        profile: what was answered; what wasn't leaves an answer unknown.
        book: the packs.
        on: the day asked about.

    Raises:
        LawError: ``condition_unfit``, ``parameter_unknown``: a pack is at fault.
    """
    asked = _Asked(profile, book, on)
    instruments = {
        (pack.name, one.id): asked.instrument(pack, one)
        for pack in book.packs
        for one in pack.instruments
    }
    answers = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in profile.answers.items()
    }
    return ScopeRecord(
        on=on,
        answers=answers,
        missing=profile.missing,
        packs=tuple(PackSeen(one.name, one.version, one.fingerprint) for one in book.packs),
        instruments=tuple(instruments.values()),
        duties=tuple(asked.duties(instruments)),
        routes=tuple(asked.route(one) for one in routes()),
    )


class _Asked:
    """A service, the packs, and the day asked about."""

    def __init__(self, profile: Profile, book: Book, on: date) -> None:
        self._profile = profile
        self._book = book
        self._on = on

    def instrument(self, pack: Pack, one: Instrument) -> InstrumentScope:
        """Whether an instrument applies; one that isn't in force does not."""
        fits = self._applies(one.applies)
        standing, reason = _standing(one, self._on)
        return InstrumentScope(
            pack=pack.name,
            id=one.id,
            short=one.short,
            force=one.force,
            standing=standing,
            in_force=one.in_force,
            applies=fits if reason is None else _not(reason),
            fits=fits.answer,
            apart=one.force in _APART,
        )

    def duties(self, instruments: dict[tuple[str, str], InstrumentScope]) -> Iterator[DutyScope]:
        """Every duty, in the packs' order."""
        for pack in self._book.packs:
            for provision in pack.provisions:
                if not provision.duties:
                    continue
                instrument = instruments[pack.name, pack.instrument_of(provision).id]
                found = self._provision(pack, provision, instrument)
                for duty in provision.duties:
                    yield DutyScope(
                        ref=f"{pack.name}/{duty.id}",
                        provision=f"{pack.name}/{provision.id}",
                        instrument=instrument.id,
                        clause=provision.clause,
                        title=provision.title,
                        applies=found,
                        apart=instrument.apart,
                    )

    def route(self, one: Route) -> RouteScope:
        """Whether a route is needed."""
        return RouteScope(
            id=one.id,
            kind=one.kind.value,
            title=one.title,
            rule=one.rule,
            applies=self._applies(one.when),
            clause=one.clause,
            grade=one.grade,
            note=one.note,
            prepare=one.prepare,
            clocks=tuple(self._rules(one)),
            occasions=tuple(
                Occasion(each.text, None if each.when is None else self._applies(each.when).answer)
                for each in one.occasions
            ),
        )

    def _applies(self, condition: Condition | None) -> Applies:
        return applies(condition, self._profile, self._book, self._on)

    def _provision(self, pack: Pack, one: Provision, instrument: InstrumentScope) -> Applies:
        """Whether a provision applies; its instrument takes it along, and so does its own day.

        One that is wider than its instrument rests on the instrument's being in force alone.
        """
        wider = one.wider and instrument.standing is Standing.IN_FORCE
        if instrument.applies.answer is False and not wider:
            return instrument.applies
        first, last = first_day(pack, one), last_day(pack, one)
        clause = one.clause
        if first is not None and self._on < first:
            return _not(
                Words(
                    f"{clause.zh}自 {first} 起施行，尚未生效。",
                    f"{clause.en} is in force from {first}, and not yet.",
                )
            )
        if last is not None and last < self._on:
            return _not(Words(f"{clause.zh}已于 {last} 失效。", f"{clause.en} ended on {last}."))
        fits = self._applies(one.applies)
        return fits if wider else every([instrument.applies, fits])

    def _rules(self, one: Route) -> Iterator[Rule]:
        """The numbers of a route that are in force; a pack brought in may have dropped one."""
        for name in one.clocks:
            found = valid(self._book, name, self._on)
            if found is not None:
                yield Rule(name, found.text, found.value, found.grade)


def _standing(one: Instrument, on: date) -> tuple[Standing, Words | None]:
    """Whether an instrument is in force, and if not, why."""
    short = one.short
    if one.force is Force.DRAFT:
        return Standing.DRAFT, Words(
            f"{short.zh}是草案，从未施行。", f"{short.en} is a draft and never came into force."
        )
    if one.in_force is None:
        return Standing.COMING, Words(
            f"{short.zh}的施行日期未知。", f"It is not known when {short.en} comes into force."
        )
    if on < one.in_force:
        return Standing.COMING, Words(
            f"{short.zh}自 {one.in_force} 起施行，尚未生效。",
            f"{short.en} is in force from {one.in_force}, and not yet.",
        )
    if one.ends is not None and one.ends < on:
        return Standing.ENDED, Words(
            f"{short.zh}已于 {one.ends} 失效。", f"{short.en} ended on {one.ends}."
        )
    return Standing.IN_FORCE, None


def _not(reason: Words) -> Applies:
    return Applies(False, (Reason(DAY, reason, False),))


def to_json(record: ScopeRecord) -> bytes:
    """A record as it is stored: JSON with sorted keys."""
    return msgspec.json.encode(record, order="sorted")


def from_json(data: bytes) -> ScopeRecord:
    """A stored record; one of an earlier version reads too."""
    return msgspec.json.decode(data, type=ScopeRecord)
