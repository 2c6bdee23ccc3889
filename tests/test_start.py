"""What a start puts on record: the settings' facts, and how long nobody served before it."""

import msgspec
import pytest
from tests.people.evidence import entries
from tests.store.log import Log
from tests.test_house import settings
from tests.world import FakeWorld

from hegui import checks
from hegui.config import Mail, Recipient, Settings, Upstream, Webhook
from hegui.law import Status, shipped_book
from hegui.ledger.kinds import ServiceDeclared, ServiceOutage, ServiceStarted
from hegui.service.instance import LEASE_MS, Away, Instance, instance_of
from hegui.service.start import declared, record_start
from hegui.store import Store

OURS = "001191110000000000000T10000"
NAMED = Recipient(
    operator="Example", country="CN", purpose="p", contract="c", keeps=False, trains=False
)


def ours(**service: str) -> Settings:
    """The settings of a provider who is somebody."""
    there = settings()
    provider = msgspec.structs.replace(there.provider, code=OURS, contact="desk@example.com")
    named = msgspec.structs.replace(there.service, **service)
    return msgspec.structs.replace(there, provider=provider, service=named)


def test_the_demo_is_nobody_and_says_what_it_is_for() -> None:
    facts = declared(settings())
    assert (facts["demo"], facts["contact"]) == (True, False)
    assert len(facts["disclosure"]) == 64
    assert (facts["recipients"], facts["unnamed"]) == (0, 0)
    assert (facts["passed_days"], facts["stopped_days"], facts["sampled"]) == (7, 180, 500)


def test_a_provider_who_is_somebody_can_be_reached() -> None:
    facts = declared(ours())
    assert (facts["demo"], facts["contact"]) == (False, True)


@pytest.mark.parametrize("field", ["public", "occasions", "uses"])
def test_what_is_half_said_is_not_said(field: str) -> None:
    assert declared(ours(**{field: "  "}))["disclosure"] == ""
    other = declared(ours(**{field: "another"}))["disclosure"]
    assert other not in ("", declared(ours())["disclosure"])


@pytest.mark.parametrize(
    ("recipient", "unnamed"),
    [
        (NAMED, 0),
        (Recipient(), 1),
        (msgspec.structs.replace(NAMED, country=" "), 1),
        (msgspec.structs.replace(NAMED, trains=None), 1),
    ],
)
def test_recipients_are_named_in_full(recipient: Recipient, unnamed: int) -> None:
    upstream = Upstream(name="there", base_url="https://m.example/v1", recipient=recipient)
    own = Upstream(name="here", kind="responder")
    facts = declared(msgspec.structs.replace(ours(), upstream=[upstream, own]))
    assert (facts["recipients"], facts["unnamed"]) == (1, unnamed)


def test_mail_and_webhook_are_recipients_too() -> None:
    mail = Mail(host="mail.example", recipient=NAMED)
    webhook = Webhook(url="https://hook.example")
    facts = declared(msgspec.structs.replace(ours(), mail=mail, webhook=webhook))
    assert (facts["recipients"], facts["unnamed"]) == (2, 1)


def result(store: Store, name: str) -> Status:
    log = Log(store)
    log.sequencer.run_once()
    log.sequencer.close()
    checks.fold_all(store)
    return checks.read(store, store.world.now(), shipped_book()).of(name, "").status


def test_a_start_is_on_record_with_its_facts(store: Store, world: FakeWorld) -> None:
    record_start(store, settings(), world, None)
    assert len(entries(store, ServiceStarted)) == len(entries(store, ServiceDeclared)) == 1
    assert entries(store, ServiceOutage) == []
    turned = {
        name: result(store, name)
        for name in ("labels.code", "contact.published", "disclosure.published")
    }
    assert turned == {
        "labels.code": Status.NOT_MET,
        "contact.published": Status.NOT_MET,
        "disclosure.published": Status.MET,
    }
    record_start(store, ours(), world, None)
    assert {result(store, name) for name in turned} == {Status.MET}


def run(store: Store, world: FakeWorld, name: str = "main", home: bytes = b"one") -> Instance:
    return instance_of(store, name, home, world)


def test_the_first_start_ends_no_outage(store: Store, world: FakeWorld) -> None:
    assert run(store, world).arrive() is None


def test_a_crash_is_an_outage_from_the_last_sign_of_life(store: Store, world: FakeWorld) -> None:
    run(store, world).arrive()
    seen = world.tick(5_000)
    run(store, world).renew()
    back = world.tick(90_000)
    assert run(store, world).arrive() == Away(seen, back, clean=False)


def test_a_crash_is_known_while_the_lease_still_runs(store: Store, world: FakeWorld) -> None:
    run(store, world).arrive()
    world.tick(LEASE_MS - 1)
    assert run(store, world).arrive() == Away(world.now() - LEASE_MS + 1, world.now(), clean=False)


def test_a_stop_is_a_clean_outage_from_its_end(store: Store, world: FakeWorld) -> None:
    one = run(store, world)
    one.arrive()
    world.tick(5_000)
    one.end()
    stopped = world.now()
    back = world.tick(3_600_000)
    assert run(store, world).arrive() == Away(stopped, back, clean=True)
    # Only once: what came back serves.
    world.tick(1_000)
    assert run(store, world).arrive() == Away(back, world.now(), clean=False)


def test_while_another_serves_there_is_no_outage(store: Store, world: FakeWorld) -> None:
    one, two = run(store, world), run(store, world, "second", b"two")
    one.arrive()
    assert two.arrive() is None
    one.end()
    world.tick(LEASE_MS - 1)
    two.renew()
    world.tick(LEASE_MS - 1)
    assert one.arrive() is None
    one.end()
    two.end()
    ended = world.now()
    world.tick(60_000)
    assert run(store, world, "third", b"three").arrive() == Away(ended, world.now(), clean=True)


def test_an_outage_counts_against_availability(store: Store, world: FakeWorld) -> None:
    record_start(store, settings(), world, None)
    world.tick(86_400_000)
    assert result(store, "service.available") is Status.MET
    record_start(store, settings(), world, Away(world.now() - 36_000_000, world.now(), clean=False))
    assert result(store, "service.available") is Status.NOT_MET
    (outage,) = entries(store, ServiceOutage)
    assert (outage.until - outage.since, outage.clean) == (36_000_000, False)
