"""Generations as the gateway leaves them: rows, sealed texts and evidence, placed in the ledger."""

import hashlib
import re
from html import unescape
from typing import Any

import httpx2
from tests.console.desk import Desk
from tests.vault.acts import Acts

from hegui.ledger import kinds
from hegui.marks import Label
from hegui.store import record, tables
from hegui.vault import encode_line
from hegui.world import new_id

WEEK_MS = 7 * 86_400_000
PROMPT = (
    b'{"model":"m","messages":[{"role":"system","content":"Be brief."},'
    b'{"role":"user","content":[{"type":"text","text":"<b>Where</b> is it?"},'
    b'{"type":"image_url","image_url":{"url":"data:x"}}]}]}'
)
ANSWER = (("0/message/content", "It is\n"), ("0/message/content", "here & there."))
_COMMITMENT = "0" * 64


def main_of(answer: httpx2.Response, status: int = 200) -> str:
    """The page without its frame."""
    assert answer.status_code == status, answer.text
    return answer.text.partition("<main")[2].partition("</main>")[0]


def text_of(answer: httpx2.Response, status: int = 200) -> str:
    """What stands on a page, without its tags, spaces as one."""
    plain = re.sub(r"<[^>]+>", " ", main_of(answer, status))
    return " ".join(unescape(plain).split())


class Story:
    """Writes what happened before a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.acts = Acts(desk.store, desk.house.person_keys, desk.world)
        self.application = self.acts.application("corner shop")
        self.person = self.acts.person(self.application, "fern-of-the-corner")

    def admitted(self, **row: Any) -> str:
        """A generation let in, its prompt sealed, still under way."""
        world, store = self.desk.world, self.desk.store
        act = new_id(world)
        self.acts.insert(
            tables.generation,
            id=act,
            application_id=self.application,
            key_id=new_id(world),
            route="chat.completions",
            model=row.get("model", "m"),
            streamed=True,
            instance="main",
            started=world.now(),
        )
        self.acts.insert(tables.generation_person, generation_id=act, person_id=self.person)
        self._seal(act, "prompt", PROMPT)
        entry = kinds.GenerationAdmitted(
            **self._common(act),
            application=self.application,
            model="m",
            route="chat.completions",
            streamed=True,
            agreement=1,
            screen="fe" * 32,
            label_at="start",
            prompt=_COMMITMENT,
        )
        with store.begin() as conn:
            record(conn, entry)
        return act

    def delivered(self, **row: Any) -> str:
        """A whole answer of 19 characters, its first byte after 240 ms."""
        act = self.admitted(**row)
        self._seal(act, "answer", *(encode_line(*line) for line in ANSWER))
        label = Label.first(self.desk.house.settings.provider.code, act).to_json()
        self._end(
            act,
            "delivered",
            240,
            kinds.GenerationDelivered(
                **self._common(act),
                upstream="u",
                finish="stop",
                label=row.get("label", hashlib.sha256(label).hexdigest()),
                answer=_COMMITMENT,
                chars=19,
            ),
        )
        return act

    def stopped(
        self, side: str = "input", category: str = "fraud", sent_ms: int | None = None, **row: Any
    ) -> tuple[str, str]:
        """A stop after 30 ms; the generation's id and the decision's."""
        act, decision = self.admitted(**row), new_id(self.desk.world)
        rule = {"category": category, "pack": "ours", "pack_version": "7"}
        self.acts.insert(
            tables.decision,
            id=decision,
            generation_id=act,
            at=self.desk.world.now() + 30,
            side=side,
            place="messages[1].content",
            author="A. Author",
            automated=True,
            **rule,
        )
        entry = kinds.GenerationStopped(
            **self._common(act),
            decision=decision,
            side=side,
            answer=_COMMITMENT,
            chars=0,
            category=category,
            pack="ours",
            pack_version="7",
        )
        self._end(act, "stopped", sent_ms, entry)
        return act, decision

    def failed(self) -> str:
        act = self.admitted()
        entry = kinds.GenerationFailed(
            **self._common(act), code="upstream_failed", answer=_COMMITMENT, chars=0
        )
        self._end(act, "failed", None, entry)
        return act

    def abandoned(self) -> str:
        act = self.admitted()
        entry = kinds.GenerationAbandoned(**self._common(act), answer=_COMMITMENT, chars=3)
        self._end(act, "abandoned", 90, entry)
        return act

    def finding(self, act: str, place: str = "0/message/content") -> None:
        self.acts.insert(
            tables.finding,
            id=new_id(self.desk.world),
            generation_id=act,
            at=self.desk.world.now(),
            side="output",
            place=place,
            category="abuse",
            pack="ours",
            pack_version="7",
        )

    def _end(self, act: str, outcome: str, first_ms: int | None, entry: kinds.Entry) -> None:
        self.acts.insert(
            tables.outcome,
            generation_id=act,
            kind=outcome,
            code="upstream_failed" if outcome == "failed" else "stop",
            upstream="u",
            ended=self.desk.world.now() + 960,
            first_ms=first_ms,
            prompt_bytes=len(PROMPT),
            answer_chars=19 if first_ms is not None else 0,
        )
        with self.desk.store.begin() as conn:
            record(conn, entry)

    def _seal(self, act: str, part: str, *segments: bytes) -> None:
        expires = self.desk.world.now() + WEEK_MS
        self.acts.seal(self.person, act, part, *segments, expires=expires)

    def _common(self, act: str) -> dict[str, Any]:
        world = self.desk.world
        return {"act": act, "at": world.now(), "nonce": new_id(world)}
