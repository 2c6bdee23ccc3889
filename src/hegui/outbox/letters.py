"""What a message says outside the console: what happened to which thing, when it is due, where.

No person and nothing that anybody wrote is in it: a number, a clause, a date and a link to the
console, where whoever may see more signs in.
"""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

import msgspec
from sqlalchemy import Connection, select

from hegui.law import LawError, Words
from hegui.outbox.clocks import KINDS
from hegui.outbox.outbox import Message, Needed
from hegui.store import Store, tables
from hegui.store.law_packs import book_in

#: What each topic says of a thing.
SAYS: Mapping[str, Words] = MappingProxyType(
    {
        "case.filed": Words("收到新的{what}", "New: {what}"),
        "case.released": Words("{what}已被退回，待人接手", "Given back, to be taken up: {what}"),
        "clock.before": Words("{what}快到期了", "Due soon: {what}"),
        "clock.due": Words("{what}到期了", "Due now: {what}"),
        "clock.after": Words("{what}已经逾期", "Overdue: {what}"),
        "clock.moved": Words(
            "新日历公布后，{what}的期限有变", "A new calendar moved the deadline: {what}"
        ),
    }
)
_NEWS = Words("{what}有新情况", "News: {what}")
_CASE = Words("事项 {number}", "case {number}")
_LICENCE = Words("许可 {number}", "licence {number}")
_ATTESTATION = Words("声明 {control}", "attestation {control}")
#: Those whose work a thing is; the owner sees to whatever nobody else does.
_DESK, _OFFICE = ("owner", "reviewer"), ("owner", "officer")


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What to say of one message.

    Attributes:
        id: the message's.
        topic: the message's.
        subject: the message's.
        title: what happened to what.
        due: when it is due, milliseconds since 1970, UTC; ``None`` when no deadline runs.
        path: of the console's page about it.
        roles: those whose work it is.
    """

    id: str
    topic: str
    subject: str
    title: Words
    due: int | None
    path: str
    roles: tuple[str, ...]


class _Thing(msgspec.Struct, frozen=True):
    """Something that messages are about."""

    name: Words
    path: str
    roles: tuple[str, ...]


def wanted(store: Store, message: Message, needed: Needed) -> Letter | None:
    """What to say of a message; ``None`` when it needs nobody any more."""
    with store.begin() as conn:
        return letter(conn, message) if needed(conn, message) else None


def letter(conn: Connection, message: Message) -> Letter:
    """What to say of a message, as things stand now."""
    thing = _thing(conn, message.subject)
    says = SAYS.get(message.topic, _NEWS)
    return Letter(
        id=message.id,
        topic=message.topic,
        subject=message.subject,
        title=Words(says.zh.format(what=thing.name.zh), says.en.format(what=thing.name.en)),
        due=_due(conn, message.subject),
        path=thing.path,
        roles=thing.roles,
    )


def _thing(conn: Connection, subject: str) -> _Thing:
    case, licence, attestation = tables.case_file, tables.licence, tables.attestation
    if number := conn.scalar(select(case.c.number).where(case.c.id == subject)):
        return _Thing(_named(_CASE, number=number), f"/casework/{quote(number)}", _DESK)
    if number := conn.scalar(select(licence.c.number).where(licence.c.id == subject)):
        return _Thing(_named(_LICENCE, number=number), "/law/licences", _OFFICE)
    if control := conn.scalar(select(attestation.c.control).where(attestation.c.id == subject)):
        return _Thing(
            _named(_ATTESTATION, control=control), f"/law/controls/{quote(control)}", _OFFICE
        )
    return _duty(conn, subject)


def _duty(conn: Connection, subject: str) -> _Thing:
    """A duty by its clause and title; one of a pack that went, and anything else, by its name."""
    try:
        owed = book_in(conn).duty(subject)
    except LawError:
        name = Words(subject, subject)
    else:
        short = owed.pack.instrument_of(owed.provision).short
        clause, title = owed.provision.clause, owed.provision.title
        name = Words(f"{short.zh}{clause.zh}“{title.zh}”", f"{short.en}, {clause.en}, “{title.en}”")
    return _Thing(name, f"/law/duties/{quote(subject)}", _OFFICE)


def _named(words: Words, **what: str) -> Words:
    return Words(words.zh.format(**what), words.en.format(**what))


def _due(conn: Connection, subject: str) -> int | None:
    """When the next of a thing's deadlines is due; none that stands still."""
    clock = tables.clock
    return conn.scalar(
        select(clock.c.due)
        .where(
            clock.c.about.in_(KINDS),
            clock.c.subject == subject,
            clock.c.stopped.is_(None),
            clock.c.paused.is_(None),
        )
        .order_by(clock.c.due)
        .limit(1)
    )
