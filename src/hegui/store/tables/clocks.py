"""Deadlines of anything, and what must be told."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from hegui.store.tables.base import metadata

#: A deadline. What it is about is a case, a duty, a licence, an attestation, a filing.
clock = Table(
    "clock",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("about", String(16), nullable=False),  # case | duty | licence | attestation
    Column("subject", String(128), nullable=False),  # which one: an act's id, or PACK/DUTY
    Column("name", String(16), nullable=False),  # what is due, e.g. answer
    Column("rule", String(128), nullable=False),  # the law's parameter, or setting:NAME
    Column("span", String(16), nullable=False),  # e.g. 15wd
    Column("started", BigInteger, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("provisional", Boolean, nullable=False),  # past the last published year of the calendar
    Column("calendar", String(64), nullable=False),  # its version
    Column("paused", BigInteger),  # since when it stands still
    Column("stopped", BigInteger),  # when what was due was done
)
Index("clock_subject", clock.c.about, clock.c.subject)
Index(
    "clock_running",
    clock.c.due,
    sqlite_where=clock.c.stopped.is_(None),
    postgresql_where=clock.c.stopped.is_(None),
)

#: When a clock stood still, and why.
clock_pause = Table(
    "clock_pause",
    metadata,
    Column("clock_id", ForeignKey("clock.id"), primary_key=True),
    Column("started", BigInteger, primary_key=True, autoincrement=False),
    Column("ended", BigInteger),
    Column("reason", Text, nullable=False),
    Column("staff_id", ForeignKey("staff.id")),  # null: the house
)

#: Moments of a clock that must be told of, once.
clock_stage = Table(
    "clock_stage",
    metadata,
    Column("clock_id", ForeignKey("clock.id"), primary_key=True),
    Column("stage", String(16), primary_key=True),  # before | due | after
    Column("at", BigInteger, nullable=False),
    Column("fired", BigInteger),
)
Index(
    "clock_stage_at",
    clock_stage.c.at,
    sqlite_where=clock_stage.c.fired.is_(None),
    postgresql_where=clock_stage.c.fired.is_(None),
)

#: What must be told, and was or was not yet; written with the act itself.
outbox = Table(
    "outbox",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),  # console | mail | webhook
    Column("topic", String(32), nullable=False),  # e.g. clock.due
    Column("subject", String(128), nullable=False),  # e.g. the case's id
    Column("created", BigInteger, nullable=False),
    Column("next", BigInteger, nullable=False),  # not tried before
    Column("tries", Integer, nullable=False),
    Column("failed", String(64)),  # the code of the last failure
    Column("sent", BigInteger),
)
Index(
    "outbox_waiting",
    outbox.c.next,
    sqlite_where=outbox.c.sent.is_(None),
    postgresql_where=outbox.c.sent.is_(None),
)

#: What the console shows to the staff of a role.
notice = Table(
    "notice",
    metadata,
    Column("id", String(32), primary_key=True),  # the outbox row's, so that it comes once
    Column("topic", String(32), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("done", BigInteger),  # when it no longer needs anybody
)
Index(
    "notice_open",
    notice.c.at,
    sqlite_where=notice.c.done.is_(None),
    postgresql_where=notice.c.done.is_(None),
)
