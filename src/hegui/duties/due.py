"""What is due, of every kind: cases, attestations, licences, and what checks see coming."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from hegui.checks import CHECKS, Check
from hegui.checks.moment import last_moment
from hegui.duties import attest, licences
from hegui.duties.in_force import book_in
from hegui.duties.views import DueView, DutyView, Standing
from hegui.law import Book, Words
from hegui.store import Store, tables

_clock, _pause, _case = tables.clock, tables.clock_pause, tables.case_file
_licence, _attestation = tables.licence, tables.attestation
#: Checks over things that have a line of their own: cases, licences, attestations.
_TOLD = frozenset({"appeals.running", "licences.in_date", "attestations.in_date"})


def due(store: Store, stands: Standing) -> list[DueView]:
    """Everything that somebody has to do, due or overdue, soonest first; blocking.

    What stands still comes last: it is due by no day until it runs on.

    Args:
        store: the database.
        stands: how the duties stand.
    """
    with store.read() as conn:
        found = [*_clocks(conn), *_licences(conn)]
    found += _checks(stands.duties)
    return sorted(found, key=lambda one: (one.paused is not None, one.at, one.about, one.subject))


def _clocks(conn: Connection) -> Iterator[DueView]:
    """Deadlines not done with: of cases and licences by number, of attestations by control."""
    book = book_in(conn)
    query = (
        select(
            _clock,
            _case.c.number,
            _attestation.c.control,
            _licence.c.number.label("licence"),
            _pause.c.reason,
        )
        .outerjoin(
            _pause, (_pause.c.clock_id == _clock.c.id) & (_pause.c.started == _clock.c.paused)
        )
        .outerjoin(_case, (_clock.c.about == "case") & (_case.c.id == _clock.c.subject))
        .outerjoin(
            _attestation,
            (_clock.c.about == attest.ABOUT) & (_attestation.c.id == _clock.c.subject),
        )
        .outerjoin(
            _licence, (_clock.c.about == licences.ABOUT) & (_licence.c.id == _clock.c.subject)
        )
        .where(_clock.c.stopped.is_(None))
        .order_by(_clock.c.due)
    )
    for row in conn.execute(query):
        subject = row.number or row.control or row.licence or row.subject
        yield DueView(
            at=row.due,
            about=row.about,
            subject=subject,
            title=_title(book, row.about, row.name, subject),
            rule=row.rule,
            provisional=row.provisional,
            paused=row.paused,
            reason=row.reason or "",
        )


def _title(book: Book, about: str, name: str, subject: str) -> Words:
    if about == "case":
        return Words(zh=f"答复 {subject}", en=f"answer {subject}")
    if about == licences.ABOUT:
        return _renew(subject)
    if about == attest.ABOUT and book.digest_of(subject) is not None:
        text = book.control(subject).control.text
        return Words(zh=f"重新签署证明：{text.zh}", en=f"Attest again: {text.en}")
    return Words(zh=f"{subject}：{name}", en=f"{subject}: {name}")


def _licences(conn: Connection) -> Iterator[DueView]:
    """The last day of each licence that no deadline runs for."""
    runs = select(_clock.c.subject).where(
        _clock.c.about == licences.ABOUT, _clock.c.stopped.is_(None)
    )
    c = _licence.c
    there = (c.replaced.is_(None), c.expires.is_not(None), c.id.not_in(runs))
    for row in conn.execute(select(_licence).where(*there).order_by(c.expires)):
        yield DueView(
            at=last_moment(row.expires),
            about=licences.ABOUT,
            subject=row.number,
            title=_renew(row.number),
            rule=licences.RULE,
        )


def _renew(number: str) -> Words:
    return Words(zh=f"续办许可：{number}", en=f"Renew the licence {number}")


def _checks(duties: tuple[DutyView, ...]) -> Iterator[DueView]:
    """What checks see coming, each check once, by the first duty that it shows.

    Evidence that ages by a span of the house's own is renewed by the house's own jobs: nobody has
    to do anything.
    """
    told = {*_TOLD}
    told |= {name for name, check in CHECKS.items() if check.attested or _by_itself(check)}
    for duty in duties:
        for control in duty.controls:
            for check in control.checks:
                result = check.result
                if result.due is None or check.id in told:
                    continue
                told.add(check.id)
                yield DueView(
                    at=result.due,
                    about="duty",
                    subject=duty.ref,
                    title=check.title,
                    rule=result.rules[0] if result.rules else f"setting:{check.id}",
                )


def _by_itself(check: Check) -> bool:
    """Whether the house renews a check's evidence itself."""
    return check.ttl is not None and "/" not in check.ttl
