"""Entries of every kind that is counted, written as a gateway and a console would."""

from typing import Any

from hegui.ledger import kinds
from hegui.store import Store, record, tables
from hegui.world import new_id

COMMITMENT = "0" * 64


class Acts:
    """Writes acts into a store; they are pending until a sequencer places them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.world = store.world

    def admitted(self) -> str:
        act = new_id(self.world)
        self._record(
            kinds.GenerationAdmitted(
                **self._common(act),
                application="a" * 32,
                model="m",
                route="chat.completions",
                streamed=True,
                agreement=1,
                screen="s",
                label_at="start",
                prompt=COMMITMENT,
            )
        )
        return act

    def delivered(self, first_ms: int | None = 300) -> None:
        act = self.admitted()
        self._outcome(act, "delivered", first_ms)
        self._record(
            kinds.GenerationDelivered(
                **self._common(act),
                upstream="u",
                finish="stop",
                label=COMMITMENT,
                answer=COMMITMENT,
                chars=9,
            )
        )

    def marked(self, media: str = "image", read: str = "") -> None:
        self._record(
            kinds.OutputMarked(
                **self._common(new_id(self.world)),
                media=media,
                format="png",
                produce_id="p",
                file=COMMITMENT,
                size=9,
                label=COMMITMENT,
                explicit=True,
                read=read,
            )
        )

    def held(self, read: str = "unlabelled") -> None:
        self._record(
            kinds.OutputHeld(
                **self._common(new_id(self.world)),
                media="image",
                format="png",
                read=read,
                findings="",
            )
        )

    def unlabelled(self, media: str = "image") -> None:
        self._record(
            kinds.OutputUnlabelled(
                **self._common(new_id(self.world)),
                application="a" * 32,
                agreement=1,
                media=media,
                file=COMMITMENT,
                until=0,
                rule="r",
            )
        )

    def stopped(self, side: str = "input", category: str = "fraud", pack: str = "ours") -> str:
        act, decision = self.admitted(), new_id(self.world)
        self._outcome(act, "stopped", 10)
        self._record(
            kinds.GenerationStopped(
                **self._common(act),
                decision=decision,
                side=side,
                category=category,
                pack=pack,
                pack_version="1",
                answer=COMMITMENT,
                chars=0,
            )
        )
        return decision

    def failed(self) -> None:
        entry = kinds.GenerationFailed(
            **self._common(self.admitted()), code="upstream_failed", answer=COMMITMENT, chars=0
        )
        self._record(entry)

    def abandoned(self) -> None:
        entry = kinds.GenerationAbandoned(
            **self._common(self.admitted()), answer=COMMITMENT, chars=0
        )
        self._record(entry)

    def interrupted(self) -> None:
        entry = kinds.GenerationInterrupted(
            **self._common(self.admitted()),
            answer=COMMITMENT,
            chars=0,
            segments=1,
            unrecoverable_ms=1000,
        )
        self._record(entry)

    def filed(self, subject: str) -> str:
        case = new_id(self.world)
        self._record(
            kinds.CaseFiled(
                **self._common(case),
                case="appeal",
                number="A-2026-0001",
                subject=subject,
                statement=COMMITMENT,
                due=self.world.now() + 1,
                rule="setting:test",
            )
        )
        return case

    def decided(
        self, case: str, outcome: str, *, category: str = "fraud", in_time: bool = True
    ) -> None:
        self._record(
            kinds.CaseDecided(
                **self._common(case),
                case="appeal",
                outcome=outcome,
                staff="5" * 32,
                subject="d" * 32,
                category=category,
                reasons=COMMITMENT,
                in_time=in_time,
            )
        )

    def text_opened(self, reason: str = "appeal") -> None:
        self._record(
            kinds.TextOpened(
                **self._common(new_id(self.world)),
                generation="9" * 32,
                staff="5" * 32,
                role="reviewer",
                reason=reason,
                note=COMMITMENT,
            )
        )

    def _common(self, act: str) -> dict[str, Any]:
        return {"act": act, "at": self.world.now(), "nonce": new_id(self.world)}

    def _record(self, entry: kinds.Entry) -> None:
        with self.store.begin() as conn:
            record(conn, entry)

    def _outcome(self, act: str, kind: str, first_ms: int | None) -> None:
        with self.store.begin() as conn:
            conn.execute(
                tables.outcome.insert(),
                {
                    "generation_id": act,
                    "kind": kind,
                    "code": "stop",
                    "upstream": "u",
                    "ended": self.world.now(),
                    "first_ms": first_ms,
                    "prompt_bytes": 1,
                    "answer_chars": 1,
                },
            )
