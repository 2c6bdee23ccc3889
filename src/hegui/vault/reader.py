"""Opens what is sealed of one generation. Used to close a generation that a crash cut."""

from typing import NamedTuple

from sqlalchemy import Connection, select

from hegui.store import Store, tables
from hegui.vault.errors import VaultError
from hegui.vault.keys import PersonKeys
from hegui.vault.seal import SALT, open_


class Texts(NamedTuple):
    """What the vault holds of a generation, opened and without the salts.

    Attributes:
        prompt: the request's body, ``None`` when it is no longer there.
        answer: the answer's segments in order, see :mod:`hegui.vault.lines`.
    """

    prompt: bytes | None
    answer: list[bytes]


class Part(NamedTuple):
    """One part of a generation, opened.

    Attributes:
        salt: the 32 bytes that its commitment was made with.
        segments: the text's bytes, one for each sealed segment, in order.
    """

    salt: bytes
    segments: list[bytes]


def read_texts(store: Store, keys: PersonKeys, generation_id: str) -> Texts:
    """Open everything that is sealed of one generation.

    Returns:
        Nothing (``None`` and no segments) once the texts are due or the person is erased.

    Raises:
        VaultError: ``sealed_broken`` or ``sealed_incomplete`` when the rows are not as sealed,
            ``key_unreadable`` when the master key is another.
    """
    with store.read() as conn:
        key = key_of(conn, keys, generation_id)
        if key is None:
            return Texts(None, [])
        prompt = open_part(conn, key, generation_id, "prompt")
        answer = open_part(conn, key, generation_id, "answer")
    return Texts(
        prompt=None if prompt is None else b"".join(prompt.segments),
        answer=[] if answer is None else answer.segments,
    )


def key_of(conn: Connection, keys: PersonKeys, generation_id: str) -> bytes | None:
    """The key of the person a generation belongs to; ``None`` when link or key is gone."""
    link = tables.generation_person
    person_id = conn.scalar(select(link.c.person_id).where(link.c.generation_id == generation_id))
    return None if person_id is None else keys.get(person_id)


def open_part(conn: Connection, key: bytes, generation_id: str, part: str) -> Part | None:
    """Open the segments of ``prompt`` or ``answer``; ``None`` when there is none.

    Raises:
        VaultError: ``sealed_incomplete`` when a segment before the last is missing or the first
            is too short for its salt; ``sealed_broken`` when one does not open.
    """
    sealed = tables.sealed
    rows = conn.execute(
        select(sealed.c.seq, sealed.c.data)
        .where(sealed.c.generation_id == generation_id, sealed.c.part == part)
        .order_by(sealed.c.seq)
    ).all()
    if not rows:
        return None
    opened = [
        open_(key, data, generation_id=generation_id, part=part, seq=seq) for seq, data in rows
    ]
    if [seq for seq, _ in rows] != list(range(len(rows))) or len(opened[0]) < SALT:
        raise VaultError(
            "sealed_incomplete",
            zh="封存的内容缺了一段，读到的不是全文。请从备份恢复数据库。",
            en="A segment of a sealed text is missing, so what is left is not the whole. "
            "Restore the database from a backup.",
        )
    return Part(opened[0][:SALT], [opened[0][SALT:], *opened[1:]])
