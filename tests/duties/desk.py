"""A house whose duties are watched: evidence is written, placed, folded, and statuses kept."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, func, select
from tests.store.acts import COMMITMENT
from tests.store.log import Log
from tests.world import FakeWorld

from hegui import checks
from hegui.duties import attest, changes, packs, scope
from hegui.duties.standing import standing
from hegui.duties.views import Attested, DutyChange, DutyView
from hegui.law import Book, Status, day_of
from hegui.ledger import kinds
from hegui.store import Store, record, tables
from hegui.worker import head
from hegui.world import new_id

#: A public chat service around a filed model, as the questionnaire has it.
ANSWERS: dict[str, object] = {
    "public_prc": True,
    "provider_place": "prc",
    "foreign_invested": False,
    "eu_users": False,
    "operator_kind": "ordinary",
    "outputs": ["text"],
    "interface": ["web"],
    "companion": False,
    "sectors": [],
    "platform": False,
    "model_route": "filed_api",
    "users_register": True,
    "minors": "excluded",
    "personal_data": True,
}


class Desk:
    """What the gateway, the worker and a person do, and what the duties make of it."""

    def __init__(self, store: Store, world: FakeWorld) -> None:
        self.store, self.world = store, world
        self._log = Log(store)

    @property
    def book(self) -> Book:
        return packs.book(self.store)

    def declare(self) -> None:
        """The questionnaire is answered."""
        scope.record(self.store, self.world, ANSWERS)

    def write(self, kind: type[kinds.Entry], **fields: object) -> str:
        """An entry of an act of its own."""
        act = new_id(self.world)
        nonce = self.world.token(16).hex()
        self._record(kind(act=act, at=self.world.now(), nonce=nonce, **fields))
        return act

    def generate(self, *, agreement: int = 1, label: str = COMMITMENT) -> str:
        """A whole answer."""
        act, at = new_id(self.world), self.world.now()
        admitted = kinds.GenerationAdmitted(
            act=act,
            at=at,
            nonce=new_id(self.world),
            application="a" * 32,
            model="m",
            route="chat.completions",
            streamed=True,
            agreement=agreement,
            screen="s",
            label_at="start",
            prompt=COMMITMENT,
        )
        delivered = kinds.GenerationDelivered(
            act=act,
            at=at,
            nonce=new_id(self.world),
            upstream="u",
            finish="stop",
            label=label,
            answer=COMMITMENT,
            chars=9,
        )
        for entry in (admitted, delivered):
            self._record(entry)
        return act

    def sign(self, control: str, days: int = 90) -> Attested:
        """A person attests a control from today on."""
        today = day_of(self.world.now())
        return attest.sign(
            self.store,
            self.world,
            control=control,
            statement="we looked at it",
            true_on=today,
            expires=today + timedelta(days=days),
            file=None,
            staff=None,
            signer="Li Wei",
        )

    def lose_checkpoints(self) -> None:
        """Every checkpoint but the newest is gone."""
        checkpoint = tables.checkpoint
        newest = select(func.max(checkpoint.c.size)).scalar_subquery()
        with self.store.begin() as conn:
            conn.execute(delete(checkpoint).where(checkpoint.c.size < newest))

    def settle(self) -> int:
        """The jobs come round: entries get their place, are read, and changes are recorded."""
        self._log.sequencer.run_once()
        head.check(self.store, self._log.verifier, self.world)
        self._log.sequencer.run_once()
        checks.fold_all(self.store)
        return changes.refresh(self.store, self.world)

    def broken(self, break_: Callable[[], object]) -> dict[str, DutyChange]:
        """What breaking something changes, by duty."""
        self.settle()
        now = self.world.tick(1000)
        break_()
        self.settle()
        return {one.duty: one for one in changes.since(self.store, now)}

    def duties(self) -> dict[str, DutyView]:
        """How every duty stands now."""
        return {one.ref: one for one in standing(self.store, self.world.now()).duties}

    def resting_on(self, check: str, before: dict[str, DutyView]) -> set[str]:
        """Duties that apply and rest on a check, but for those that stood no better before."""
        bad = (Status.OVERDUE, Status.NOT_MET)
        return {
            ref
            for ref, one in before.items()
            if one.applies.answer and one.status not in bad
            if any(check in control.control.checks for control in one.controls)
        }

    def _record(self, entry: kinds.Entry) -> None:
        with self.store.begin() as conn:
            record(conn, entry)
