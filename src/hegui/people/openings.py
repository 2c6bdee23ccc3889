"""Opening a sealed text: the reason goes on record, where the person sees it, before the text."""

import hashlib

from sqlalchemy import Connection, or_, select

from hegui.ledger.kinds import TextOpened
from hegui.people.errors import PeopleError
from hegui.store import Store, record, tables
from hegui.world import World, new_id

#: Why a text may be opened.
REASONS = ("appeal", "complaint", "incident", "person_asked")
#: A reason in words says something from ten characters on.
LEAST_NOTE, MOST_NOTE = 10, 500


def record_opening(
    store: Store,
    world: World,
    generation_id: str,
    *,
    staff_id: str,
    role: str,
    reason: str,
    note: str,
    case_number: str = "",
) -> str:
    """Put on record that somebody opens a text; only then may it be shown.

    The row that the person sees and the entry ``text.opened`` are one transaction.

    Args:
        store: the database.
        world: clock and randomness.
        generation_id: whose text.
        staff_id: who opens it.
        role: in which role.
        reason: one of ``REASONS``.
        note: why, in words, 10 to 500 characters; it must not quote the text.
        case_number: the case that needs it, if there is one.

    Returns:
        The opening's id.

    Raises:
        PeopleError: ``opening_reason``, ``opening_note_short``, ``opening_note_long``,
            ``opening_case_unknown``, ``opening_case_other`` (the case is about something else),
            ``opening_nothing`` (nothing sealed is kept). Nothing is recorded then.
    """
    note, case_number = _plain(note), _plain(case_number)
    _check(reason, note)
    opening, at = new_id(world), world.now()
    with store.begin() as conn:
        case_id = _case(conn, generation_id, case_number) if case_number else None
        sealed = tables.sealed.c.generation_id
        if conn.execute(select(sealed).where(sealed == generation_id).limit(1)).first() is None:
            raise PeopleError(
                "opening_nothing",
                zh="这次生成的封存文字已不再保存（到期或本人已删除），没有可打开的内容，也没有留下记录。",
                en="The sealed text of this generation is no longer kept (its time ended, or the "
                "person was erased). There is nothing to open, and nothing was recorded.",
            )
        conn.execute(
            tables.opening.insert(),
            {
                "id": opening,
                "generation_id": generation_id,
                "staff_id": staff_id,
                "role": role,
                "at": at,
                "reason": reason,
                "case_id": case_id,
                "note": note,
            },
        )
        record(
            conn,
            TextOpened(
                act=opening,
                at=at,
                nonce=world.token(16).hex(),
                generation=generation_id,
                staff=staff_id,
                role=role,
                reason=reason,
                note=hashlib.sha256(note.encode()).hexdigest(),
            ),
        )
    return opening


def _plain(typed: str) -> str:
    """What somebody typed, without the one character that PostgreSQL takes in no text."""
    return typed.replace("\0", "").strip()


def _check(reason: str, note: str) -> None:
    if reason not in REASONS:
        raise PeopleError(
            "opening_reason",
            zh="请选择打开文字的理由。文字没有打开，也没有留下记录。",
            en="Choose why the text must be opened. It was not opened, and nothing was recorded.",
        )
    if len(note) < LEAST_NOTE:
        raise PeopleError(
            "opening_note_short",
            zh=f"请用至少 {LEAST_NOTE} 个字说明理由，本人会看到它。文字没有打开。",
            en=f"Say why in at least {LEAST_NOTE} characters; the person will see it. The text was "
            "not opened.",
        )
    if len(note) > MOST_NOTE:
        raise PeopleError(
            "opening_note_long",
            zh=f"理由请不超过 {MOST_NOTE} 个字，也不要引用原文。文字没有打开。",
            en=f"Keep the reason to {MOST_NOTE} characters, without quoting the text. The text was "
            "not opened.",
        )


def _case(conn: Connection, generation_id: str, number: str) -> str:
    """The id of the case of that number, which must be about this generation."""
    case, decision = tables.case_file, tables.decision
    row = conn.execute(
        select(case.c.id, case.c.subject, decision.c.generation_id)
        .outerjoin(decision, decision.c.id == case.c.subject)
        .where(or_(case.c.number == number, case.c.number == number.upper()))
    ).first()
    if row is None:
        raise PeopleError(
            "opening_case_unknown",
            zh=f"没有编号为 {number} 的案件。请核对编号，或留空。文字没有打开。",
            en=f"There is no case {number}. Check the number or leave it out. The text was not "
            "opened.",
        )
    if generation_id not in (row.subject, row.generation_id):
        raise PeopleError(
            "opening_case_other",
            zh=f"案件 {number} 与这次生成无关，不能作为打开这段文字的理由。文字没有打开。",
            en=f"Case {number} is about something else, so it is no reason to open this text. The "
            "text was not opened.",
        )
    return str(row.id)
