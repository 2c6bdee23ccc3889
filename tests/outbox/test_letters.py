"""What is said outside the console: what, which number, due when, where; of no person."""

import pytest
from tests.outbox.rows import DUTY, started
from tests.world import FakeWorld

from hegui.law import shipped_book
from hegui.outbox import Message, clocks
from hegui.outbox.letters import SAYS, Letter, letter, wanted
from hegui.store import Store, tables
from hegui.world import new_id


def told(store: Store, topic: str, subject: str) -> Letter:
    with store.begin() as conn:
        return letter(conn, Message(id="0" * 32, topic=topic, subject=subject))


def case(store: Store, world: FakeWorld) -> str:
    row = {
        "id": new_id(world),
        "number": "A-2026-0007",
        "secret": bytes(32),
        "kind": "appeal",
        "subject": new_id(world),
        "state": "received",
        "received": world.now(),
        "changed": world.now(),
    }
    with store.begin() as conn:
        conn.execute(tables.case_file.insert(), row)
    return str(row["id"])


def test_a_case_by_its_number_with_its_deadline(store: Store, world: FakeWorld) -> None:
    case_id = case(store, world)
    clock = started(store, world, about="case", subject=case_id)
    said = told(store, "clock.before", case_id)
    assert said.title.zh == "事项 A-2026-0007快到期了"
    assert said.title.en == "Due soon: case A-2026-0007"
    assert said.due == clock.due
    assert said.path == "/casework/A-2026-0007"
    assert said.roles == ("owner", "reviewer")


def test_a_duty_by_its_clause_and_title(store: Store, world: FakeWorld) -> None:
    reference, owed = next(iter(shipped_book().owed()))
    said = told(store, "clock.after", reference)
    for lang in ("zh", "en"):
        assert owed.provision.clause.of(lang) in said.title.of(lang)
        assert owed.provision.title.of(lang) in said.title.of(lang)
    assert said.path == f"/law/duties/{reference}"
    assert said.roles == ("owner", "officer")
    assert said.due is None


def test_a_duty_of_an_imported_pack_by_its_name(store: Store) -> None:
    said = told(store, "clock.due", "our-own-pack/X-1")
    assert said.title.zh == "our-own-pack/X-1到期了"
    assert said.path == "/law/duties/our-own-pack/X-1"


def test_licences_and_attestations(store: Store, world: FakeWorld) -> None:
    licence, attestation, now = new_id(world), new_id(world), world.now()
    with store.begin() as conn:
        row = {"id": licence, "kind": "icp", "number": "京ICP备1号", "scope": "s", "holder": "h"}
        conn.execute(tables.licence.insert(), {**row, "at": now})
        row = {"id": attestation, "control": "own/11-attestations", "provision": "0" * 64}
        more = {"statement": "secret", "true_on": 20260101, "expires": 20270101, "signer": "Lan"}
        conn.execute(tables.attestation.insert(), {**row, **more, "at": now})
    assert told(store, "clock.due", licence).title.en == "Due now: licence 京ICP备1号"
    said = told(store, "clock.due", attestation)
    assert said.title.zh == "声明 own/11-attestations到期了"
    assert said.path == "/law/controls/own/11-attestations"
    assert "secret" not in str(said)
    assert "Lan" not in str(said)


def test_every_topic_has_its_own_words_and_a_new_one_some(store: Store, world: FakeWorld) -> None:
    case_id = case(store, world)
    titles = {told(store, topic, case_id).title for topic in (*SAYS, "some.news")}
    assert len(titles) == len(SAYS) + 1
    assert all("A-2026-0007" in one.zh and "A-2026-0007" in one.en for one in titles)


def test_a_deadline_that_stands_still_or_is_over_is_not_told(
    store: Store, world: FakeWorld
) -> None:
    soonest = started(store, world, "3d")
    started(store, world, "15wd")
    assert told(store, "clock.due", DUTY).due == soonest.due
    with store.begin() as conn:
        clocks.pause(conn, world, "duty", DUTY, reason="waits")
    assert told(store, "clock.due", DUTY).due is None
    with store.begin() as conn:
        clocks.stop(conn, world, "duty", DUTY, world.now())
    assert told(store, "clock.due", DUTY).due is None


@pytest.mark.parametrize("needed", [True, False])
def test_what_needs_nobody_is_not_written(store: Store, needed: bool) -> None:
    message = Message(id="0" * 32, topic="clock.due", subject=DUTY)
    assert (wanted(store, message, lambda _conn, _message: needed) is None) is not needed
