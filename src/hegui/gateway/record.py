"""The record of one generation: intake before the first byte, outcome before the last.

Every row is an insert, so that one group commit carries many generations; only a stop also
changes rows (its text is kept until the appeal time ends).
"""

import asyncio
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import msgspec
from sqlalchemy import update

from hegui.config.model import Retention
from hegui.gateway.generation import Generation
from hegui.gateway.rows import Found, Row, Rows
from hegui.ledger import kinds
from hegui.store import GroupWriter, Store, Written, tables
from hegui.vault import SALT, SEAL_EVERY_MS, commit, encode_line
from hegui.world import World, new_id

_DAY_MS = 86_400_000
_NONCE = 16
#: Of a text that left: its choice and path, and what it says.
_PLACE = itemgetter(0, 1)
_TEXT = itemgetter(2)


class Asked(msgspec.Struct, frozen=True):
    """What was asked for, as the record of the intake tells it.

    Attributes:
        body: what is sealed and committed to.
        model: the public model name.
        streamed: whether the answer streams.
        screen: the fingerprint of the word packs it is screened by.
    """

    body: bytes
    model: str
    streamed: bool
    screen: str


class Recorder:
    """Writes the record of generations.

    Args:
        store: the database.
        writer: its group writer.
        retention: how long sealed texts are kept.
        instance: this gateway's name.
        world: clock and randomness.
    """

    def __init__(
        self, store: Store, writer: GroupWriter, retention: Retention, instance: str, world: World
    ) -> None:
        self._store = store
        self._writer = writer
        self._passed_ms = retention.passed_days * _DAY_MS
        self._stopped_ms = retention.stopped_days * _DAY_MS
        self._instance = instance
        self._world = world
        self._rows = Rows(writer)
        #: What could not be written and must be: tried again with every ``retry``.
        self._owed: list[tuple[Generation, list[Row]]] = []
        self._running: set[asyncio.Task[None]] = set()

    def intake(self, g: Generation, asked: Asked) -> Written:
        """Record that the request was let in; resolves once that is durable."""
        return self._writer.submit(self._intake(g, asked, self._passed_ms))

    def refused(self, g: Generation, asked: Asked, decision: str, found: Found) -> Written:
        """Record a stop of what a person wrote: intake and outcome in one."""
        rows = self._intake(g, asked, self._stopped_ms)
        return self._stop(g, rows, decision, found)

    def seal(self, g: Generation) -> bool:
        """Seal what left since the last time, without waiting for the disk.

        Returns:
            False when what left earlier could not be sealed, or not within a second: nothing
            more may leave then.
        """
        now = self._world.now()
        g.seals = [(since, seal) for since, seal in g.seals if not seal.done()]
        if g.taken:
            g.seals.append((now, self._write(g, self._segment(g, self._passed_ms))))
        late = g.seals and now - g.seals[0][0] > SEAL_EVERY_MS
        return not (late or g.unsealed)

    def retry(self) -> None:
        """Try again to write what could not be written."""
        owed, self._owed = self._owed, []
        for g, rows in owed:
            self._write(g, rows)

    def delivered(
        self, g: Generation, finish: str, label: str, more: Sequence[Row] = ()
    ) -> Written:
        """Record that the answer is whole; resolves once that is durable.

        Args:
            g: the generation.
            finish: its finish reason, as the record names it.
            label: SHA-256 of the label's bytes, hex.
            more: what else must be on record with it.
        """
        rows = self._segment(g, self._passed_ms)
        now = self._world.now()
        entry = kinds.GenerationDelivered(
            act=g.id,
            at=now,
            nonce=self._nonce(),
            upstream=g.upstream,
            finish=finish,
            label=label,
            answer=g.answer.hex(),
            chars=g.chars,
        )
        rows += (self._rows.entry(entry), *more)
        return self._close(g, rows, "delivered", finish, now)

    def failed(self, g: Generation, code: str, more: Sequence[Row] = ()) -> Written:
        """Record that the model or the way to it failed; see :meth:`delivered` for ``more``."""
        rows = self._segment(g, self._passed_ms)
        now = self._world.now()
        entry = kinds.GenerationFailed(
            act=g.id, at=now, nonce=self._nonce(), code=code, answer=g.answer.hex(), chars=g.chars
        )
        rows += (self._rows.entry(entry), *more)
        return self._close(g, rows, "failed", code, now)

    def abandoned(self, g: Generation) -> Written:
        """Record that the reader left; resolves once that is durable."""
        rows = self._segment(g, self._passed_ms)
        now = self._world.now()
        entry = kinds.GenerationAbandoned(
            act=g.id, at=now, nonce=self._nonce(), answer=g.answer.hex(), chars=g.chars
        )
        rows.append(self._rows.entry(entry))
        return self._close(g, rows, "abandoned", "reader_left", now)

    async def stopped(self, g: Generation, decision: str, found: Found) -> None:
        """Record a stop of what the model wrote, and keep its text for the appeal.

        It is carried through even if the reader leaves meanwhile.
        """
        rows = self._segment(g, self._stopped_ms)
        task = asyncio.create_task(self._stopped(g, self._stop(g, rows, decision, found)))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def _stopped(self, g: Generation, written: Written) -> None:
        await written
        await asyncio.to_thread(self._keep, g.id, self._world.now() + self._stopped_ms)

    def _intake(self, g: Generation, asked: Asked, keep_ms: int) -> list[Row]:
        body = asked.body
        g.prompt_bytes = len(body)
        admitted = g.admitted
        application = admitted.application.id
        salt = self._world.token(SALT)
        entry = kinds.GenerationAdmitted(
            act=g.id,
            at=self._world.now(),
            nonce=self._nonce(),
            application=application,
            model=asked.model,
            route=g.route,
            streamed=asked.streamed,
            agreement=admitted.person.accepted or 0,
            screen=asked.screen,
            label_at=g.label_at,
            prompt=commit(salt, body),
        )
        rows = self._rows
        return [
            rows.generation(
                act=g.id,
                application=application,
                key=admitted.key_id,
                route=g.route,
                model=asked.model,
                streamed=asked.streamed,
                instance=self._instance,
                started=g.started,
            ),
            rows.person(g.id, admitted.person.id),
            self._seal(g, "prompt", 0, salt + body, keep_ms),
            rows.entry(entry),
        ]

    def _segment(self, g: Generation, keep_ms: int) -> list[Row]:
        """The row that seals the texts taken so far; none when there are none."""
        if not g.taken:
            return []
        lines = []
        for (index, path), pieces in groupby(g.taken, key=_PLACE):
            # Pieces of one text that follow each other are joined.
            text = "".join(map(_TEXT, pieces))
            g.chars += len(text)
            lines.append(encode_line("/".join(map(str, (index, *path))), text))
        g.taken = []
        plain = b"".join(lines)
        g.answer.update(plain)
        seq = g.segments
        g.segments = seq + 1
        return [self._seal(g, "answer", seq, plain if seq else g.salt + plain, keep_ms)]

    def _seal(self, g: Generation, part: str, seq: int, plain: bytes, keep_ms: int) -> Row:
        data = g.admitted.sealer.seal(
            plain,
            generation_id=g.id,
            part=part,
            seq=seq,
            nonce12=self._world.token(12),
        )
        return self._rows.sealed(g.id, part, seq, data, g.started + keep_ms)

    def _stop(self, g: Generation, rows: list[Row], decision: str, found: Found) -> Written:
        side, _, finding = found
        now = self._world.now()
        entry = kinds.GenerationStopped(
            act=g.id,
            at=now,
            nonce=self._nonce(),
            decision=decision,
            side=side,
            category=finding.category,
            pack=finding.pack,
            pack_version=finding.pack_version,
            answer=g.answer.hex(),
            chars=g.chars,
        )
        rows += (self._rows.decision(g.id, decision, now, found), self._rows.entry(entry))
        return self._close(g, rows, "stopped", "content_filter", now)

    def _close(self, g: Generation, rows: list[Row], kind: str, code: str, now: int) -> Written:
        g.closed = True
        make = self._rows
        if g.findings:
            rows += [make.finding(g.id, new_id(self._world), now, found) for found in g.findings]
        first_ms = None if g.first is None else g.first - g.started
        rows.append(
            make.outcome(
                act=g.id,
                kind=kind,
                code=code[:48],
                upstream=g.upstream,
                ended=now,
                first_ms=first_ms,
                prompt_bytes=g.prompt_bytes,
                answer_chars=g.chars,
            )
        )
        return self._write(g, rows)

    def _write(self, g: Generation, rows: list[Row]) -> Written:
        """Write rows that must be written; what fails is owed.

        A reader who leaves meanwhile does not undo it: cancelling the wait leaves the job alone.
        """

        def failed() -> None:
            g.unsealed = True
            self._owed.append((g, rows))

        return self._writer.submit(rows, must=True, failed=failed)

    def _nonce(self) -> str:
        return self._world.token(_NONCE).hex()

    def _keep(self, generation_id: str, until: int) -> None:
        with self._store.begin() as conn:
            conn.execute(
                update(tables.sealed)
                .where(tables.sealed.c.generation_id == generation_id)
                .values(expires=until)
            )
