"""Attestations: a person states that a control works, until when, and with which file.

An attestation counts while it is in date and while the provision reads as it did when it was
signed; of several, one that counts goes before one that doesn't, and then the latest.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import Connection, Row, select, update

from hegui.checks import CHECKS
from hegui.duties import files
from hegui.duties.alone import alone
from hegui.duties.errors import DutiesError
from hegui.duties.in_force import book_in
from hegui.duties.views import Attested
from hegui.law import Book, Control, Span, Unit, china, dated, day_of, due, end_of, numbered
from hegui.law.pack import digest
from hegui.ledger.kinds import AttestationSigned, AttestationWithdrawn
from hegui.outbox import clocks
from hegui.people.pseudonym import identifies
from hegui.store import Store, record, tables
from hegui.world import World, is_id, new_id

#: How long a statement, a withdrawal's reason and a signer's name may be, in characters.
STATEMENT, REASON = (10, 2000), (2, 2000)
_SIGNER = (1, 100)

#: What the clocks of attestations are about.
ABOUT = "attestation"

_DAYS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}([-./])[01]?[0-9]\1[0-3]?[0-9](?![0-9])")
_DAY = timedelta(days=1)
#: The longest span of days that can be written; a pack may say so many months that it is past it.
_MOST = timedelta(days=9_999)
_table = tables.attestation


def wants(control: Control) -> bool:
    """Whether a control takes an attestation: nothing else shows it, or the pack asks for one."""
    return (
        control.attested
        or not control.checks
        or any(CHECKS[name].attested for name in control.checks)
    )


def longest(control: Control, true_on: date) -> date:
    """The last day that an attestation of a control may hold."""
    end = day_of(due(end_of(true_on), Span.parse(control.renew), china()).at)
    return min(end, true_on + _MOST)


def sign(
    store: Store,
    world: World,
    *,
    control: str,
    statement: str,
    true_on: date,
    expires: date,
    file: files.File | None,
    staff: str | None,
    signer: str,
) -> Attested:
    """Attest a control; blocking.

    Args:
        store: the database.
        world: clock and randomness.
        control: ``PACK/CONTROL``.
        statement: what is so, in 10 to 2,000 characters.
        true_on: the day on which it was so.
        expires: the last day it holds; at most the control's ``renew`` after that.
        file: what shows it; none: the statement alone.
        staff: the id of the member of staff who signs; none: nobody who is one.
        signer: how they are called.

    Raises:
        LawError: ``control_unknown``.
        DutiesError: ``attestation_not_taken``, ``attestation_statement``, ``attestation_signer``,
            ``attestation_person``, ``attestation_true_on``, ``attestation_expires``,
            ``attestation_long``, ``file_size``, ``file_name``.
    """
    now = world.now()
    statement, signer = statement.strip(), signer.strip()
    with store.begin() as conn:
        _alone(conn, world, control)
        book = book_in(conn)
        owed = book.control(control)
        _check(control, owed.control, statement, signer)
        _check_days(owed.control, day_of(now), true_on, expires)
        kept = file and files.put(conn, file.data, file.name, file.media_type, at=now)
        entry = AttestationSigned(
            act=new_id(world),
            at=now,
            nonce=world.token(16).hex(),
            control=control,
            provision=digest(owed.provision),
            true_on=numbered(true_on),
            expires=numbered(expires),
            file=kept or "",
            statement=_sha256(statement),
            staff=staff or "",
        )
        record(conn, entry)
        row = {
            "id": entry.act,
            "control": control,
            "provision": entry.provision,
            "statement": statement,
            "true_on": entry.true_on,
            "expires": entry.expires,
            "at": now,
            "file": kept,
            "staff_id": staff,
            "signer": signer,
        }
        conn.execute(_table.insert().values(row))
        made = conn.execute(select(_table).where(_table.c.id == entry.act)).one()
        _start(conn, world, made)
        return _view(made, book)


def withdraw(
    store: Store, world: World, attestation: str, *, reason: str, staff: str | None = None
) -> str:
    """Take an attestation back; it stays on record and no longer counts; blocking.

    Args:
        store: the database.
        world: clock and randomness.
        attestation: its id.
        reason: why, in 2 to 2,000 characters.
        staff: the id of the member of staff who does; none for a command.

    Returns:
        The control that it was of, as ``PACK/CONTROL``.

    Raises:
        DutiesError: ``attestation_unknown``, ``attestation_reason``, ``attestation_person``.
    """
    reason = reason.strip()
    if not _fits(reason, REASON):
        raise DutiesError(
            "attestation_reason",
            zh=f"撤回须写明理由，{REASON[0]} 至 {REASON[1]} 个可显示的字。请填写后重试。",
            en=f"Say why it is withdrawn, in {REASON[0]} to {REASON[1]} printable characters, "
            "and try again.",
            field="reason",
        )
    _check_nobody(reason, "reason")
    now = world.now()
    there = (_table.c.id == attestation) & _table.c.withdrawn.is_(None)
    taken = update(_table).where(there).values(withdrawn=now, reason=reason)
    with store.begin() as conn:
        control = conn.scalar(taken.returning(_table.c.control)) if is_id(attestation) else None
        if control is None:
            raise DutiesError(
                "attestation_unknown",
                zh="没有这份证明，或已被撤回。请从义务页面或 hegui law status --json 重新选择。",
                en="There is no such attestation, or it is withdrawn already. Choose again from "
                "the duty's page or from hegui law status --json.",
            )
        _alone(conn, world, control)
        entry = AttestationWithdrawn(
            act=attestation,
            at=now,
            nonce=world.token(16).hex(),
            control=control,
            reason=_sha256(reason),
            staff=staff or "",
        )
        record(conn, entry)
        clocks.stop(conn, world, ABOUT, attestation, now)
        again = latest(conn, book_in(conn)).get(control)
        if again is not None and again.current and again.expires >= numbered(day_of(now)):
            _start(conn, world, conn.execute(select(_table).where(_table.c.id == again.id)).one())
    return str(control)


def latest(conn: Connection, book: Book) -> Mapping[str, Attested]:
    """The attestation of each control that was attested and not withdrawn, by ``PACK/CONTROL``."""
    found: dict[str, Attested] = {}
    query = select(_table).where(_table.c.withdrawn.is_(None)).order_by(_table.c.at, _table.c.id)
    for row in conn.execute(query):
        one, before = _view(row, book), found.get(row.control)
        if before is None or one.current or not before.current:
            found[row.control] = one
    return found


def _alone(conn: Connection, world: World, control: str) -> None:
    """Of those who sign for one control at once each sees what the one before did."""
    alone(conn, f"attest:{_sha256(control)}", world)


def _start(conn: Connection, world: World, signed: Row[tuple[object, ...]]) -> None:
    """Have staff told before an attestation ends; others of the same control are done with.

    The deadline is the last day worked before the end, since on a day off nobody signs.
    """
    same = (_table.c.control == signed.control) & _table.c.withdrawn.is_(None)
    for one in conn.scalars(select(_table.c.id).where(same)):
        clocks.stop(conn, world, ABOUT, one, world.now())
    true_on, last = dated(signed.true_on), dated(signed.expires)
    while not china().works(last) and last > true_on + _DAY:
        last -= _DAY
    clocks.start(
        conn,
        world,
        ABOUT,
        signed.id,
        name="renew",
        rule="setting:renew",
        span=Span((last - true_on).days, Unit.DAY),
        started=end_of(true_on),
    )


def _view(row: Row[tuple[object, ...]], book: Book) -> Attested:
    return Attested(
        id=row.id,
        signer=row.signer,
        true_on=row.true_on,
        expires=row.expires,
        at=row.at,
        statement=row.statement,
        file=row.file,
        current=row.provision == book.digest_of(row.control),
    )


def _check(ref: str, control: Control, statement: str, signer: str) -> None:
    if not wants(control):
        checks = [CHECKS[name] for name in control.checks]
        zh = "、".join(f"{one.title.zh}（{one.id}）" for one in checks)
        en = ", ".join(f"{one.title.en} ({one.id})" for one in checks)
        raise DutiesError(
            "attestation_not_taken",
            zh=f"控制措施 {ref} 不接受签署证明：系统自己从留痕检查它，即{zh}。"
            "请用 hegui law status 看检查的结果。",
            en=f"The control {ref} takes no attestation: the house sees from evidence whether it "
            f"works ({en}). See with hegui law status what that found.",
        )
    if not _fits(statement, STATEMENT):
        raise DutiesError(
            "attestation_statement",
            zh=f"说明有 {len(statement)} 个字，须为 {STATEMENT[0]} 至 {STATEMENT[1]} 个"
            "可显示的字。请改写后重新签署。",
            en=f"The statement has {len(statement)} characters; write {STATEMENT[0]} to "
            f"{STATEMENT[1]} printable ones and sign again.",
            field="statement",
        )
    _check_nobody(statement, "statement")
    if not _fits(signer, _SIGNER) or not signer.isprintable():
        raise DutiesError(
            "attestation_signer",
            zh=f"签署人名称须为 {_SIGNER[0]} 至 {_SIGNER[1]} 个可显示的字。请填写后重新签署。",
            en=f"The signer's name has {_SIGNER[0]} to {_SIGNER[1]} printable characters. Give it "
            "and sign again.",
            field="signer",
        )


def _check_nobody(text: str, field: str) -> None:
    """No phone, e-mail or identity number: an attestation is of a control, not of a person.

    Days are no part of a number, as they would be after that of a version.
    """
    if identifies(_DAYS.sub("、", text)):
        raise DutiesError(
            "attestation_person",
            zh="文字里有形似电话号码、电子邮箱或身份证号的内容，没有保存。证明说的是措施，"
            "请去掉与个人有关的内容后重试。",
            en="Something in the words has the shape of a phone number, an e-mail address or an "
            "identity number; nothing was kept. An attestation is of a control: leave the person "
            "out and try again.",
            field=field,
        )


def _fits(text: str, bounds: tuple[int, int]) -> bool:
    """Whether a text is within its bounds and every character of its lines can be kept."""
    shown = text.translate(dict.fromkeys(map(ord, "\r\n\t")))
    return bounds[0] <= len(text) <= bounds[1] and shown.isprintable()


def _check_days(control: Control, today: date, true_on: date, expires: date) -> None:
    """True by today, good from today, and for no longer than the control is to be renewed."""
    if true_on > today:
        raise DutiesError(
            "attestation_true_on",
            zh=f"属实日期 {true_on} 晚于今天 {today}。只能证明已经属实的事，请改正日期。",
            en=f"The day on which it was so, {true_on}, is after today, {today}. Attest only "
            "what is so already; correct the day.",
            field="true_on",
        )
    if expires <= true_on or expires < today:
        raise DutiesError(
            "attestation_expires",
            zh=f"到期日 {expires} 须晚于属实日期 {true_on}，且不早于今天 {today}。请改正日期。",
            en=f"The last day, {expires}, must come after the day on which it was so, "
            f"{true_on}, and not before today, {today}. Correct it.",
            field="expires",
        )
    last = longest(control, true_on)
    if expires > last:
        raise DutiesError(
            "attestation_long",
            zh=f"到期日 {expires} 太远：这项控制措施须每 {control.renew} 重新证明，最晚 {last}。"
            "请改正日期。",
            en=f"The last day, {expires}, is too far: this control is attested anew every "
            f"{control.renew}, so by {last} at the latest. Correct it.",
            field="expires",
        )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
