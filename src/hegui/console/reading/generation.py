"""One generation: its way through the house, its evidence, and the state of its sealed text."""

from typing import Any

import msgspec
from sqlalchemy import Connection, and_, func, select

from hegui.ledger import LedgerError, kinds
from hegui.ledger.entry import decode
from hegui.store import Store, tables
from hegui.world import is_id

#: Findings and openings that are listed; of more, the page says that there are.
MOST_LISTED = 50


class Main(msgspec.Struct, frozen=True):
    """The rows of a generation that there is one of; None where there is none.

    Attributes:
        linked: whether the row from act to person stands; erasure deletes it.
        size: entries under the last checkpoint.
        case_number, case_state: of the appeal against the decision that was not withdrawn.
    """

    id: str
    application_id: str
    application: str
    key_id: str
    route: str
    model: str
    streamed: bool
    instance: str
    started: int
    linked: bool
    size: int
    outcome: str | None
    code: str | None
    upstream: str | None
    ended: int | None
    first_ms: int | None
    prompt_bytes: int | None
    answer_chars: int | None
    decision: str | None
    decided_at: int | None
    side: str | None
    place: str | None
    category: str | None
    pack: str | None
    pack_version: str | None
    author: str | None
    automated: bool | None
    case_number: str | None
    case_state: str | None


class Finding(msgspec.Struct, frozen=True):
    """A listed word that stopped nothing."""

    side: str
    place: str
    category: str
    pack: str
    pack_version: str


class Evidence(msgspec.Struct, frozen=True):
    """An entry of the ledger.

    Attributes:
        idx: its place; None while pending.
        kind: its dotted name.
        at: its time.
        entry: the entry read; None when its bytes are damaged.
    """

    idx: int | None
    kind: str
    at: int
    entry: kinds.AnyEntry | None


class Sealed(msgspec.Struct, frozen=True):
    """What the vault holds of one part: how many segments, their size, kept until when."""

    part: str
    segments: int
    size: int
    expires: int


class Opening(msgspec.Struct, frozen=True):
    """Somebody opened the text before."""

    at: int
    staff: str
    role: str
    reason: str
    note: str
    case_number: str | None


class Generation(msgspec.Struct, frozen=True):
    """Everything that its page shows."""

    main: Main
    findings: list[Finding]
    more_findings: bool
    evidence: list[Evidence]
    sealed: list[Sealed]
    openings: list[Opening]
    more_openings: bool

    @property
    def sent(self) -> bool:
        """Whether any byte of an answer left."""
        return self.main.first_ms is not None or bool(self.main.answer_chars)

    @property
    def admitted(self) -> kinds.GenerationAdmitted | None:
        """The evidence of the intake."""
        entries = (one.entry for one in self.evidence)
        return next((one for one in entries if isinstance(one, kinds.GenerationAdmitted)), None)

    @property
    def delivered(self) -> kinds.GenerationDelivered | None:
        """The evidence of a whole answer."""
        entries = (one.entry for one in self.evidence)
        return next((one for one in entries if isinstance(one, kinds.GenerationDelivered)), None)


def read(store: Store, generation_id: str) -> Generation | None:
    """A generation, in five statements; None when there is none of that id. Blocking."""
    if not is_id(generation_id):
        return None
    with store.read() as conn:
        main = _main(conn, generation_id)
        if main is None:
            return None
        findings = _findings(conn, generation_id)
        openings = _openings(conn, generation_id)
        return Generation(
            main=main,
            findings=findings[:MOST_LISTED],
            more_findings=len(findings) > MOST_LISTED,
            evidence=_evidence(conn, generation_id),
            sealed=_sealed(conn, generation_id),
            openings=openings[:MOST_LISTED],
            more_openings=len(openings) > MOST_LISTED,
        )


def _main(conn: Connection, generation_id: str) -> Main | None:
    act, outcome, decision = tables.generation, tables.outcome, tables.decision
    application, case, link = tables.application, tables.case_file, tables.generation_person
    head = tables.checkpoint
    linked = select(link.c.generation_id).where(link.c.generation_id == act.c.id).exists()
    size = select(func.coalesce(func.max(head.c.size), 0)).scalar_subquery()
    of_outcome = ("kind", "code", "upstream", "ended", "first_ms", "prompt_bytes", "answer_chars")
    of_decision = (
        "id at side place category pack pack_version author automated".split()  # noqa: SIM905
    )
    about = and_(
        case.c.kind == "appeal", case.c.subject == decision.c.id, case.c.state != "withdrawn"
    )
    columns: list[Any] = [act.c.id, act.c.application_id, application.c.name, act.c.key_id]
    columns += [act.c[name] for name in ("route", "model", "streamed", "instance", "started")]
    columns += [linked, size]
    columns += [outcome.c[name] for name in of_outcome]
    columns += [decision.c[name] for name in of_decision]
    columns += [case.c.number, case.c.state]
    row = conn.execute(
        select(*columns)
        .join(application, application.c.id == act.c.application_id)
        .outerjoin(outcome, outcome.c.generation_id == act.c.id)
        .outerjoin(decision, decision.c.generation_id == act.c.id)
        .outerjoin(case, about)
        .where(act.c.id == generation_id)
        .limit(1)
    ).first()
    return None if row is None else Main(*row)


def _findings(conn: Connection, generation_id: str) -> list[Finding]:
    table = tables.finding
    rows = conn.execute(
        select(*(table.c[name] for name in Finding.__struct_fields__))
        .where(table.c.generation_id == generation_id)
        .order_by(table.c.id)
        .limit(MOST_LISTED + 1)
    )
    return [Finding(*row) for row in rows]


def _evidence(conn: Connection, generation_id: str) -> list[Evidence]:
    table = tables.entry
    rows = conn.execute(
        select(table.c.idx, table.c.kind, table.c.at, table.c.body)
        .where(table.c.act == generation_id)
        .order_by(table.c.id)
        .limit(MOST_LISTED)
    )
    return [Evidence(idx, kind, at, _read(body)) for idx, kind, at, body in rows]


def _read(body: bytes) -> kinds.AnyEntry | None:
    try:
        return decode(body)
    except LedgerError:  # the page shows it as damaged; verification says what is wrong
        return None


def _sealed(conn: Connection, generation_id: str) -> list[Sealed]:
    table = tables.sealed
    rows = conn.execute(
        select(
            table.c.part,
            func.count(),
            func.sum(func.length(table.c.data)),
            func.min(table.c.expires),
        )
        .where(table.c.generation_id == generation_id)
        .group_by(table.c.part)
        .order_by(table.c.part.desc())
    )
    return [Sealed(part, count, int(size), expires) for part, count, size, expires in rows]


def _openings(conn: Connection, generation_id: str) -> list[Opening]:
    table, staff, case = tables.opening, tables.staff, tables.case_file
    columns = (table.c.at, staff.c.name, table.c.role, table.c.reason, table.c.note)
    rows = conn.execute(
        select(*columns, case.c.number)
        .join(staff, staff.c.id == table.c.staff_id)
        .outerjoin(case, case.c.id == table.c.case_id)
        .where(table.c.generation_id == generation_id)
        .order_by(table.c.at.desc(), table.c.id.desc())
        .limit(MOST_LISTED + 1)
    )
    return [Opening(*row) for row in rows]
