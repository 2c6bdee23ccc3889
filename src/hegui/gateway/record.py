"""The record of one generation: intake before the first byte, outcome before the last.

Every row is an insert, so that one group commit carries many generations; only a stop also
changes rows (its text is kept until the appeal time ends).
"""

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from hegui.config.model import Retention
from hegui.gateway.admission import Admitted
from hegui.gateway.rows import Found, Row, Rows
from hegui.gateway.stream import Taken
from hegui.ledger import kinds
from hegui.store import GroupWriter, Store, Written, tables
from hegui.vault import SEAL_EVERY_MS, commit, encode_line
from hegui.world import World, new_id

if TYPE_CHECKING:
    from hegui.gateway.errors import GatewayError
    from hegui.gateway.soon import Soon

_DAY_MS = 86_400_000
#: Of a text that left: its choice and path, and what it says.
_PLACE = itemgetter(0, 1)
_TEXT = itemgetter(2)


class Generation:
    """One generation while it runs.

    Args:
        admitted: whose it is.
        world: clock and randomness.
        route: what is asked for, as in evidence.
        label_at: where the reader sees the label; empty: where the application declared.

    Attributes:
        id: the act's random id, also the label's ProduceID.
        admitted, route, label_at: as given.
        started: when, in milliseconds since 1970.
        first: when its first byte left, or none.
        upstream: the upstream that answers, once known.
        prompt_bytes: size of the request body.
        chars: characters that left.
        taken: texts that left and are not yet sealed.
        findings: what was found and stopped nothing.
        intake: its intake while that is being written; awaiting it tells whether it was.
        closed: its outcome is written, or being written.
        cut: why it is being ended before its end, if it is.
        unsealed: a text that left could not be sealed; it is tried again.
    """

    def __init__(
        self,
        admitted: Admitted,
        world: World,
        *,
        route: str = "chat.completions",
        label_at: str = "",
    ) -> None:
        self.id = new_id(world)
        self.admitted = admitted
        self.route = route
        self.label_at = label_at or admitted.application.label_at
        self.started = world.now()
        self.first: int | None = None
        self.upstream = ""
        self.prompt_bytes = 0
        self.chars = 0
        self.taken: list[Taken] = []
        self.findings: list[Found] = []
        self.intake: Soon | None = None
        self.closed = False
        self.cut: GatewayError | None = None
        self.unsealed = False
        self.salt = world.token(32)
        self.mac = hmac.new(self.salt, digestmod=hashlib.sha256)
        self.segments = 0
        #: Seals on their way to the disk, oldest first, with the time each began.
        self.seals: list[tuple[int, Written]] = []


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

    def intake(
        self, g: Generation, body: bytes, *, model: str, streamed: bool, screen: str
    ) -> Written:
        """Record that the request was let in; resolves once that is durable."""
        rows = self._intake(g, body, self._passed_ms, model=model, streamed=streamed, screen=screen)
        return self._writer.submit(rows)

    async def refused(
        self,
        g: Generation,
        body: bytes,
        decision: str,
        found: Found,
        *,
        model: str,
        streamed: bool,
        screen: str,
    ) -> None:
        """Record a stop of what a person wrote: intake and outcome in one."""
        rows = self._intake(
            g, body, self._stopped_ms, model=model, streamed=streamed, screen=screen
        )
        rows += self._stop(g, decision, found)
        await self._close(g, rows, "stopped", "content_filter")

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

    async def delivered(
        self, g: Generation, finish: str, label: str, more: Sequence[Row] = ()
    ) -> None:
        """Record that the answer is whole; returns once that is durable.

        Args:
            g: the generation.
            finish: its finish reason, as the record names it.
            label: SHA-256 of the label's bytes, hex.
            more: what else must be on record with it.
        """
        rows = self._segment(g, self._passed_ms)
        entry = kinds.GenerationDelivered(
            **self._common(g),
            upstream=g.upstream,
            finish=finish,
            label=label,
            answer=g.mac.hexdigest(),
            chars=g.chars,
        )
        await self._close(g, [*rows, self._rows.entry(entry), *more], "delivered", finish)

    async def failed(self, g: Generation, code: str, more: Sequence[Row] = ()) -> None:
        """Record that the model or the way to it failed; see :meth:`delivered` for ``more``."""
        rows = self._segment(g, self._passed_ms)
        entry = kinds.GenerationFailed(
            **self._common(g), code=code, answer=g.mac.hexdigest(), chars=g.chars
        )
        await self._close(g, [*rows, self._rows.entry(entry), *more], "failed", code)

    async def abandoned(self, g: Generation) -> None:
        """Record that the reader left."""
        rows = self._segment(g, self._passed_ms)
        entry = kinds.GenerationAbandoned(
            **self._common(g), answer=g.mac.hexdigest(), chars=g.chars
        )
        await self._close(g, [*rows, self._rows.entry(entry)], "abandoned", "reader_left")

    async def stopped(self, g: Generation, decision: str, found: Found) -> None:
        """Record a stop of what the model wrote, and keep its text for the appeal.

        It is carried through even if the reader leaves meanwhile.
        """
        g.closed = True
        rows = self._segment(g, self._stopped_ms) + self._stop(g, decision, found)
        task = asyncio.create_task(self._stopped(g, rows))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def _stopped(self, g: Generation, rows: list[Row]) -> None:
        await self._close(g, rows, "stopped", "content_filter")
        await asyncio.to_thread(self._keep, g.id, self._world.now() + self._stopped_ms)

    def _intake(
        self,
        g: Generation,
        body: bytes,
        keep_ms: int,
        *,
        model: str,
        streamed: bool,
        screen: str,
    ) -> list[Row]:
        g.prompt_bytes = len(body)
        admitted = g.admitted
        application = admitted.application.id
        salt = self._world.token(32)
        entry = kinds.GenerationAdmitted(
            **self._common(g),
            application=application,
            model=model,
            route=g.route,
            streamed=streamed,
            agreement=admitted.person.accepted or 0,
            screen=screen,
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
                model=model,
                streamed=streamed,
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
        texts = _joined(g.taken)
        g.taken = []
        g.chars += sum([len(text) for _, text in texts])
        lines = b"".join([encode_line(where, text) for where, text in texts])
        g.mac.update(lines)
        plain = g.salt + lines if g.segments == 0 else lines
        row = self._seal(g, "answer", g.segments, plain, keep_ms)
        g.segments += 1
        return [row]

    def _seal(self, g: Generation, part: str, seq: int, plain: bytes, keep_ms: int) -> Row:
        data = g.admitted.sealer.seal(
            plain,
            generation_id=g.id,
            part=part,
            seq=seq,
            nonce12=self._world.token(12),
        )
        return self._rows.sealed(g.id, part, seq, data, g.started + keep_ms)

    def _stop(self, g: Generation, decision: str, found: Found) -> list[Row]:
        side, _, finding = found
        entry = kinds.GenerationStopped(
            **self._common(g),
            decision=decision,
            side=side,
            category=finding.category,
            pack=finding.pack,
            pack_version=finding.pack_version,
            answer=g.mac.hexdigest(),
            chars=g.chars,
        )
        row = self._rows.decision(g.id, decision, self._world.now(), found)
        return [row, self._rows.entry(entry)]

    async def _close(self, g: Generation, rows: list[Row], kind: str, code: str) -> None:
        g.closed = True
        now = self._world.now()
        make = self._rows
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
        await self._write(g, rows)

    def _write(self, g: Generation, rows: list[Row]) -> Written:
        """Write rows that must be written; what fails is owed.

        A reader who leaves meanwhile does not undo it: cancelling the wait leaves the job alone.
        """

        def failed() -> None:
            g.unsealed = True
            self._owed.append((g, rows))

        return self._writer.submit(rows, must=True, failed=failed)

    def _common(self, g: Generation) -> dict[str, Any]:
        world = self._world
        return {"act": g.id, "at": world.now(), "nonce": world.token(16).hex()}

    def _keep(self, generation_id: str, until: int) -> None:
        with self._store.begin() as conn:
            conn.execute(
                update(tables.sealed)
                .where(tables.sealed.c.generation_id == generation_id)
                .values(expires=until)
            )


def _joined(taken: Sequence[Taken]) -> list[tuple[str, str]]:
    """Texts and where they stand; pieces of one text that follow each other are joined."""
    return [
        ("/".join(map(str, (index, *path))), "".join(map(_TEXT, pieces)))
        for (index, path), pieces in groupby(taken, key=_PLACE)
    ]
