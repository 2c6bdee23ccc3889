"""How every duty stands: what applies, joined with what checks found and people attested."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, select

from hegui import checks
from hegui.checks import CHECKS, Results
from hegui.checks import attested as attestation
from hegui.checks.engine import placed
from hegui.checks.moment import Moment, last_moment
from hegui.duties import attest
from hegui.duties.applicability import Line, Means, Scope, scope
from hegui.duties.in_force import book_in
from hegui.duties.views import Attested, CheckView, ControlView, DutyView, PackView, Standing
from hegui.law import Book, Grade, LawError, Status, day_of, worst
from hegui.store import Store, tables
from hegui.store.law_packs import origin

#: From the surest to the least sure.
_GRADES = tuple(Grade)
_profile, _change, _text = tables.profile.c, tables.duty_change.c, tables.law_text.c
_PROFILE = (
    select(_profile.id, _profile.answers).order_by(_profile.at.desc(), _profile.id.desc()).limit(1)
)
_SINCE = select(_change.duty, _change.status, _change.at).where(_change.latest)
_TEXTS = (
    select(_text.pack, _text.language)
    .where(_text.replaced.is_(None))
    .distinct()
    .order_by(_text.pack, _text.language.desc())
)
_CHECKPOINT = select(tables.checkpoint.c.note).order_by(tables.checkpoint.c.size.desc()).limit(1)


class _Basis(msgspec.Struct, frozen=True):
    """What the database tells, at one moment.

    Attributes:
        book: the packs in force.
        profile: the id and the answers of the latest record of scope; none: none yet.
        attested: by control.
        since: the latest recorded status of each duty, and since when.
        texts: languages of official texts, by pack.
        size: entries in their place.
        checkpoint: the newest, verbatim.
    """

    book: Book
    profile: tuple[str, bytes] | None
    attested: Mapping[str, Attested]
    since: Mapping[str, tuple[str, int]]
    texts: Mapping[str, tuple[str, ...]]
    size: int
    checkpoint: str | None


def standing(store: Store, now: int) -> Standing:
    """How every duty of every pack in force stands; blocking, some milliseconds.

    Args:
        store: the database.
        now: milliseconds since 1970, UTC.
    """
    with store.read() as conn:
        basis = _basis(conn)
    results = checks.read(store, now, basis.book)
    fits = scope(basis.book, basis.profile[1] if basis.profile else None, day_of(now))
    judge = _Judge(basis, results, now)
    return Standing(
        at=now,
        duties=tuple(judge.duty(line) for line in fits.lines),
        packs=tuple(_packs(basis, fits)),
        left_out=basis.book.left_out,
        checked=results.through,
        rereading=results.rereading,
        size=basis.size,
        checkpoint=basis.checkpoint,
        profile=basis.profile[0] if basis.profile else None,
    )


def duty(store: Store, now: int, ref: str) -> DutyView:
    """How one duty stands; blocking.

    Raises:
        LawError: ``duty_unknown``.
    """
    stands = standing(store, now)
    for one in stands.duties:
        if one.ref == ref:
            return one
    raise LawError(
        "duty_unknown",
        zh=f"没有编号为“{ref}”的义务。请用 hegui law show 规则包名 查看。",
        en=f"There is no duty {ref!r}. See hegui law show PACK.",
    )


def _basis(conn: Connection) -> _Basis:
    book = book_in(conn)
    last = conn.execute(_PROFILE).first()
    texts: dict[str, tuple[str, ...]] = {}
    for row in conn.execute(_TEXTS):
        texts[row.pack] = (*texts.get(row.pack, ()), row.language)
    return _Basis(
        book=book,
        profile=None if last is None else (last.id, last.answers),
        attested=attest.latest(conn, book),
        since={ref: (status, at) for ref, status, at in conn.execute(_SINCE).all()},
        texts=texts,
        size=placed(conn),
        checkpoint=conn.scalar(_CHECKPOINT),
    )


class _Judge:
    """Joins what is known of duties at one moment."""

    def __init__(self, basis: _Basis, results: Results, now: int) -> None:
        self._basis = basis
        self._results = results
        self._signed = results.attested
        self._moment = Moment(now, basis.book)
        self._day = self._moment.day

    def duty(self, line: Line) -> DutyView:
        """How one duty stands."""
        controls: tuple[ControlView, ...] = ()
        status = Status.NOT_APPLICABLE
        if line.applies.answer is not False:
            controls = tuple([self._control(one) for one in line.means])
            status = worst([control.status for control in controls])
        if line.applies.answer is None:  # what checks found is shown, and decides nothing yet
            status = Status.NEEDS_PERSON
        was, at = self._basis.since.get(line.ref, ("", None))
        return DutyView(
            ref=line.ref,
            provision=line.provision,
            instrument=line.instrument,
            duty=line.duty,
            status=status,
            applies=line.applies,
            controls=controls,
            since=at if was == status else None,
            due=min(self._dues(controls), default=None),
        )

    def _control(self, one: Means) -> ControlView:
        views = tuple(self._check(name, one.ref) for name in one.control.checks)
        statuses = [view.result.status for view in views]
        if one.alone:
            signed = self._signed.get(one.ref)
            said = attestation.result(one.control.text, one.ref, signed, self._moment)
            statuses.append(said.status)
        return ControlView(
            ref=one.ref,
            control=one.control,
            status=worst(statuses),
            checks=views,
            attested=self._basis.attested.get(one.ref) if one.wants else None,
            wants=one.wants,
        )

    def _check(self, name: str, control: str) -> CheckView:
        result = self._results.of(name, control)
        return CheckView(
            id=name,
            title=CHECKS[name].title,
            result=result,
            grade=_grade(self._basis.book, result.rules, self._day),
        )

    def _dues(self, controls: Iterable[ControlView]) -> Iterable[int]:
        for control in controls:
            for check in control.checks:
                if check.result.due is not None:
                    yield check.result.due
            one = control.attested
            if one is not None and one.current:
                yield last_moment(one.expires)


@lru_cache(maxsize=1024)
def _grade(book: Book, rules: tuple[str, ...], day: date) -> str:
    """The least sure grade of some parameters; empty of none."""
    grades = [book.parameter(rule, day).grade for rule in rules if "/" in rule]
    return max(grades, key=_GRADES.index).value if grades else ""


def _packs(basis: _Basis, fits: Scope) -> Iterable[PackView]:
    for pack in basis.book.packs:
        yield PackView(
            name=pack.name,
            title=pack.title,
            version=pack.version,
            fingerprint=pack.fingerprint,
            origin=origin(pack),
            provisions=len(pack.provisions),
            duties=sum(1 for _ in pack.duties()),
            parameters=len(pack.parameters),
            applies=fits.packs[pack.name],
            texts=basis.texts.get(pack.name, ()),
        )
