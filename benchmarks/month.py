"""A month of records, written straight into the tables: for measuring pages, never for showing.

What a demonstration lives through takes minutes; a page's cost at 100,000 generations only needs
rows of the right number, size and order. Texts are sealed bytes that no key opens.
"""

import hashlib
import itertools
import random
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from hegui.duties import files, licences, scope
from hegui.ledger import Signer, kinds
from hegui.people import api_keys, applications, word_packs
from hegui.store import Sequencer, Store, columns, tables, tally
from hegui.world import World, first_id

DAYS = 30
DAY_MS = 86_400_000
_CATEGORIES = ("fraud", "violence", "hatred", "abuse", "malware", "own words of this provider")
_MODELS = ("hegui-demo", "hegui-demo-large")
_OUTCOMES = ("delivered", "stopped", "failed", "abandoned", "interrupted")
_SHARES = (920, 50, 10, 15, 5)
#: A month of ten has a little of everything, too.
_FIRST = (*_OUTCOMES, "stopped")
#: The first stops and then one in five are appealed; all appeals but the first are answered
#: after four days.
_APPEALED, _ANSWERED_MS = 5, 4 * DAY_MS
_ANSWER_MS = 21 * DAY_MS
_COMMITMENT = "0" * 64
_PACK = """[pack]
name = "pack-{number}"
author = "Nobody"
version = "1"

[[word]]
word = "a word of pack {number}"
category = "fraud"
action = "stop"
"""
#: Rows to a statement.
_BATCH = 2_000


class Month:
    """Rows of one month that ends now.

    Args:
        store: an empty house with at least one member of staff.
        world: its clock, which stands at the month's end.
        seed: another seed, another month.
    """

    def __init__(self, store: Store, world: World, seed: int = 0) -> None:
        self._store = store
        self._world = world
        self._draw = random.Random(seed)
        self._now = world.now()
        self._appeals = itertools.count()
        self._rows: dict[Table, list[dict[str, Any]]] = {}
        with store.read() as conn:
            self._staff = list(conn.scalars(select(tables.staff.c.id)))

    def fill(self, generations: int) -> None:
        """Write so many generations, and what follows of them; entries stay pending."""
        names = self._around(generations)
        people = [self._token() for _ in range(max(1, generations // 50))]
        stops = itertools.count()
        with self._store.begin() as conn:
            for number, at in enumerate(self._times(generations)):
                outcome = _FIRST[number] if number < len(_FIRST) else self._outcome()
                act = self._id(at)
                self._generation(act, at, self._draw.choice(names), self._draw.choice(people))
                self._end(act, at, outcome)
                if outcome == "stopped":
                    self._stop(act, at, next(stops))
                if number % 50 == 0:
                    self._finding(act, at)
                if sum(map(len, self._rows.values())) > _BATCH:
                    self._write(conn)
            self._write(conn)

    def _around(self, generations: int) -> list[str]:
        """What a house of that size has besides; the ids of its applications."""
        several = min(100, max(3, generations // 100))
        made = [
            applications.register(
                self._store, self._world, name, operator="o", public="p", label_at="start"
            )
            for name in ("chat", *(f"shop {number}" for number in range(1, several)))
        ]
        for one in made:
            for _ in range(min(3, several)):
                api_keys.create_key(self._store, self._world, one)
        for number in range(several // 2):
            pack = _PACK.format(number=number).encode()
            word_packs.add(self._store, self._world, pack, "toml", by=self._staff[0])
        for number in range(several):
            held = licences.Given(kind="other", number=f"{number}", scope="s", holder="h")
            licences.add(self._store, self._world, held, staff=self._staff[0])
        with self._store.begin() as conn:
            files.put(conn, b"evidence", "evidence.txt", "text/plain", at=self._now)
        for number in range(min(5, several)):
            scope.record(self._store, self._world, {"people": number}, self._staff[0])
        with self._store.begin() as conn:
            for number in range(several):
                at = self._now - (several - number) * DAY_MS // 4
                row = {"started": at, "ended": at + 9, "staff_id": self._staff[0], "size": 1}
                conn.execute(
                    insert(tables.verification),
                    {"id": self._id(at), **row, "done": 1, "ok": True, "problems": "{}"},
                )
        return [one.id for one in made]

    def place(self, signer: Signer) -> None:
        """Give the entries their places in the order of their time, and count them."""
        sequencer = Sequencer(self._store, signer, signer.name, self._world)
        sequencer.run_once()
        sequencer.close()
        tally.fold_all(self._store)

    def _times(self, count: int) -> list[int]:
        """So many moments of the month, in their order; the last ones today."""
        start = self._now - DAYS * DAY_MS
        moments = sorted(self._draw.randrange(start, self._now) for _ in range(count))
        return [*moments[:-2], self._now - 60_000, self._now - 1_000][-count:]

    def _outcome(self) -> str:
        return self._draw.choices(_OUTCOMES, _SHARES)[0]

    def _generation(self, act: str, at: int, application: str, person: str) -> None:
        model = self._draw.choice(_MODELS)
        self._add(
            tables.generation,
            id=act,
            application_id=application,
            key_id="0" * 32,
            route="chat.completions",
            model=model,
            streamed=True,
            instance="main",
            started=at,
        )
        self._add(tables.generation_person, generation_id=act, person_id=person)
        if self._now - at < 7 * DAY_MS:
            for part, size in (("prompt", 600), ("answer", 1_500)):
                data = self._draw.randbytes(size)
                row = {"generation_id": act, "part": part, "seq": 0, "data": data}
                self._add(tables.sealed, **row, expires=at + 7 * DAY_MS)
        self._entry(
            kinds.GenerationAdmitted(
                **self._common(act, at),
                application=application,
                model=model,
                route="chat.completions",
                streamed=True,
                agreement=1,
                screen=_COMMITMENT,
                label_at="start",
                prompt=_COMMITMENT,
            )
        )

    def _end(self, act: str, at: int, outcome: str) -> None:
        wait = round(self._draw.lognormvariate(6, 0.5))
        self._add(
            tables.outcome,
            generation_id=act,
            kind=outcome,
            code="stop",
            upstream="model-1",
            ended=at + 4 * wait,
            first_ms=wait if outcome == "delivered" else None,
            prompt_bytes=600,
            answer_chars=500 if outcome == "delivered" else 0,
        )
        common: dict[str, Any] = {
            **self._common(act, at + 4 * wait),
            "answer": _COMMITMENT,
            "chars": 500,
        }
        if outcome == "delivered":
            self._entry(
                kinds.GenerationDelivered(
                    **common, upstream="model-1", finish="stop", label=_COMMITMENT
                )
            )
        elif outcome == "failed":
            self._entry(kinds.GenerationFailed(**common, code="upstream_failed"))
        elif outcome == "abandoned":
            self._entry(kinds.GenerationAbandoned(**common))
        elif outcome == "interrupted":
            self._entry(kinds.GenerationInterrupted(**common, segments=1, unrecoverable_ms=1_000))

    def _stop(self, act: str, at: int, number: int) -> None:
        decision, category = self._id(at), self._draw.choice(_CATEGORIES)
        side = "input" if number % 3 else "output"
        of_rule: dict[str, Any] = {"category": category, "pack": "ours", "pack_version": "1"}
        self._add(
            tables.decision,
            id=decision,
            generation_id=act,
            at=at,
            side=side,
            place="messages[0].content",
            author="Nobody",
            automated=True,
            **of_rule,
        )
        self._entry(
            kinds.GenerationStopped(
                **self._common(act, at),
                decision=decision,
                side=side,
                answer=_COMMITMENT,
                chars=0,
                **of_rule,
            )
        )
        if number == 1 or number % _APPEALED == 0:
            self._appeal(decision, category, at + 3_600_000)
        if number % 20 == 0:
            self._opening(act, at + 7_200_000)

    def _finding(self, act: str, at: int) -> None:
        self._add(
            tables.finding,
            id=self._id(at),
            generation_id=act,
            at=at,
            side="output",
            place="0/delta/content",
            category="abuse",
            pack="ours",
            pack_version="1",
        )

    def _opening(self, act: str, at: int) -> None:
        self._add(
            tables.opening,
            id=self._id(at),
            generation_id=act,
            staff_id=self._draw.choice(self._staff),
            role="reviewer",
            at=at,
            reason="appeal",
            case_id=None,
            note="To decide the appeal.",
        )

    def _appeal(self, decision: str, category: str, at: int) -> None:
        number = next(self._appeals)
        case, due = self._id(at), at + _ANSWER_MS
        answered = at + _ANSWERED_MS
        decided = number > 0 and answered < self._now
        state = "decided" if decided else "received"
        name = f"A-2026-{number + 1:04}"
        self._add(
            tables.case_file,
            id=case,
            number=name,
            secret=hashlib.sha256(case.encode()).digest(),
            kind="appeal",
            subject=decision,
            state=state,
            received=at,
            changed=answered if decided else at,
            assigned=self._staff[0] if decided else None,
        )
        self._add(
            tables.clock,
            id=self._id(at),
            about="case",
            subject=case,
            name="answer",
            rule="cn-app-method-2019/complaint.answer",
            span="15wd",
            started=at,
            due=due,
            provisional=False,
            calendar="fixed",
            stopped=answered if decided else None,
        )
        self._events(case, (at, "file", "received", None))
        of_case: dict[str, Any] = {"case": "appeal", "subject": decision}
        self._entry(
            kinds.CaseFiled(
                **self._common(case, at),
                **of_case,
                number=name,
                statement=_COMMITMENT,
                due=due,
                rule="cn-app-method-2019/complaint.answer",
            )
        )
        self._add(
            tables.notice,
            id=self._id(at),
            topic="case.filed",
            subject=case,
            at=at,
            done=answered if decided else None,
        )
        if decided:
            self._decided(case, category, answered, number, of_case)

    def _decided(
        self, case: str, category: str, at: int, number: int, of_case: dict[str, Any]
    ) -> None:
        outcome = "rejected" if number % 4 else "upheld"
        self._events(
            case,
            (at - 1, "assign", "assigned", self._staff[0]),
            (at, "decide", "decided", self._staff[0]),
            since=1,
        )
        self._add(
            tables.case_decision,
            case_id=case,
            at=at,
            staff_id=self._staff[0],
            outcome=outcome,
            ground="none" if outcome == "upheld" else "incompatible_content",
            reference="ours 1",
            category=category,
            automated_detection=True,
            automated_decision="fully",
            scope="this answer",
            territory="CN",
            applied=at,
            ends=None,
            redress="the courts",
        )
        self._entry(
            kinds.CaseDecided(
                **self._common(case, at),
                **of_case,
                outcome=outcome,
                staff=self._staff[0],
                category=category,
                reasons=_COMMITMENT,
                in_time=True,
            )
        )

    def _events(
        self, case: str, *happened: tuple[int, str, str, str | None], since: int = 0
    ) -> None:
        for seq, (at, event, state, staff) in enumerate(happened, since):
            row = {"case_id": case, "seq": seq, "at": at, "event": event, "state": state}
            self._add(tables.case_event, **row, staff_id=staff)

    def _common(self, act: str, at: int) -> dict[str, Any]:
        return {"act": act, "at": at, "nonce": self._token()}

    def _entry(self, entry: kinds.Entry) -> None:
        self._add(tables.entry, **columns(entry))

    def _add(self, table: Table, **row: Any) -> None:
        self._rows.setdefault(table, []).append(row)

    def _write(self, conn: Connection) -> None:
        # What refers to another row comes after it; generations refer to nothing.
        for table in sorted(self._rows, key=lambda one: one.name != "case_file"):
            conn.execute(insert(table), self._rows[table])
        self._rows = {}

    def _token(self) -> str:
        return self._draw.randbytes(16).hex()

    def _id(self, at: int) -> str:
        """An id of its time, as the house makes them."""
        return first_id(at)[:12] + "7" + self._draw.randbytes(10).hex()[:19]
