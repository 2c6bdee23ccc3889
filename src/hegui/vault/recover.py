"""Closes, at the next start, the generations that a crash cut."""

from sqlalchemy import Connection, Row, select

from hegui.ledger.kinds import GenerationInterrupted
from hegui.store import Store, tables
from hegui.store.evidence import record
from hegui.vault.errors import VaultError
from hegui.vault.keys import PersonKeys
from hegui.vault.lines import decode_lines
from hegui.vault.reader import Part, key_of, open_part
from hegui.vault.seal import commit
from hegui.world import World, first_id

#: The gateway seals streamed text at least this often, so at most this much of it can be lost.
SEAL_EVERY_MS = 1000
#: Generations to a transaction.
BATCH = 100


def close_interrupted(
    store: Store, keys: PersonKeys, instance: str, world: World, *, since: int = 0
) -> int:
    """Give every generation of an instance that has no outcome the outcome ``interrupted``.

    To be called before the instance takes requests, while it holds its lease: a generation that
    is still running would be closed too.

    Args:
        store: the house's database.
        keys: the keys of persons.
        instance: the instance's name, as in ``generation.instance``.
        world: clock and randomness.
        since: when the instance's last run began, milliseconds since 1970: what began before it
            was closed when it began.

    Returns:
        How many generations were closed.

    Raises:
        VaultError: ``key_unreadable``, before anything of that batch is closed: with another
            master key every text would look lost.
    """
    closed = 0
    while done := _close_batch(store, keys, instance, first_id(since), world):
        closed += done
    return closed


def _close_batch(store: Store, keys: PersonKeys, instance: str, since: str, world: World) -> int:
    generation, outcome = tables.generation, tables.outcome
    cut = (
        select(generation.c.id, generation.c.started)
        .where(
            generation.c.instance == instance,
            generation.c.id >= since,
            ~select(outcome.c.generation_id)
            .where(outcome.c.generation_id == generation.c.id)
            .exists(),
        )
        .limit(BATCH)
    )
    with store.begin() as conn:
        rows = conn.execute(cut).all()
        for row in rows:
            _close(conn, keys, row, world)
    return len(rows)


def _close(conn: Connection, keys: PersonKeys, row: Row[str, int], world: World) -> None:
    now = world.now()
    prompt, answer, unrecoverable_ms = None, None, SEAL_EVERY_MS
    chars = 0
    key = key_of(conn, keys, row.id)
    try:
        if key is not None:
            prompt = open_part(conn, key, row.id, "prompt")
            answer = open_part(conn, key, row.id, "answer")
            chars = 0 if answer is None else _chars(answer)
    except VaultError:
        # What does not open is lost, and the entry says so: back to the generation's start.
        answer, unrecoverable_ms = None, now - row.started
    entry = GenerationInterrupted(
        act=row.id,
        at=now,
        nonce=world.token(16).hex(),
        answer="" if answer is None else commit(answer.salt, b"".join(answer.segments)),
        chars=chars,
        segments=0 if answer is None else len(answer.segments),
        unrecoverable_ms=unrecoverable_ms,
    )
    record(conn, entry)
    conn.execute(
        tables.outcome.insert().values(
            generation_id=row.id,
            kind="interrupted",
            code="interrupted",
            upstream="",
            ended=now,
            first_ms=None,
            prompt_bytes=0 if prompt is None else sum(map(len, prompt.segments)),
            answer_chars=chars,
        )
    )


def _chars(answer: Part) -> int:
    """How many characters of text the opened segments hold."""
    return sum(len(line.text) for line in decode_lines(b"".join(answer.segments)))
