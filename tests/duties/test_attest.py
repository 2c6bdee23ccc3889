"""Attestations: what is taken, what is refused, what it leaves behind, and when it counts."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.law.packs import text
from tests.people.evidence import entries
from tests.store.log import Log
from tests.world import FakeWorld

from hegui import checks
from hegui.cases import needed
from hegui.duties import attest, files, packs
from hegui.duties.errors import DutiesError
from hegui.duties.views import Attested
from hegui.law import LawError, Span, day_of
from hegui.ledger.kinds import AttestationSigned, AttestationWithdrawn
from hegui.outbox import outbox, poll
from hegui.outbox.channels import console
from hegui.store import Store, tables

#: In Beijing, where the world of tests begins.
TODAY = date(2026, 1, 5)
Sign = Callable[..., Attested]


@pytest.fixture
def sign(store: Store, world: FakeWorld) -> Sign:
    """Signs for ``acme/second``, unless told otherwise."""
    data = text("acme", checks=("words.size",), renew="1m", more={2: "two"})
    packs.import_pack(store, world, data, "acme.yaml")

    def signed(**named: Any) -> Attested:
        given: dict[str, Any] = {
            "control": "acme/second",
            "statement": "we looked at it",
            "true_on": TODAY,
            "expires": TODAY + timedelta(days=90),
            "file": None,
            "staff": None,
            "signer": "Li Wei",
        }
        return attest.sign(store, world, **given | named)

    return signed


def _latest(store: Store) -> dict[str, str]:
    with store.read() as conn:
        found = attest.latest(conn, packs.book_in(conn))
    return {ref: one.id for ref, one in found.items()}


def _running(store: Store) -> list[str]:
    clock = tables.clock
    with store.read() as conn:
        return list(
            conn.scalars(
                select(clock.c.subject).where(
                    clock.c.about == attest.ABOUT, clock.c.stopped.is_(None)
                )
            )
        )


def test_it_is_kept_with_its_evidence(store: Store, world: FakeWorld, sign: Sign) -> None:
    assert day_of(world.now()) == TODAY
    made = sign(file=files.File("minutes.pdf", "application/pdf", b"minutes"), signer=" Li Wei ")
    assert (made.signer, made.true_on, made.expires) == ("Li Wei", 20260105, 20260405)
    assert made.current
    assert made.file == hashlib.sha256(b"minutes").hexdigest()
    assert files.get(store, made.file) is not None
    (entry,) = entries(store, AttestationSigned)
    assert (entry.act, entry.control, entry.at) == (made.id, "acme/second", world.now())
    assert (entry.true_on, entry.expires, entry.file) == (20260105, 20260405, made.file)
    assert entry.statement == hashlib.sha256(b"we looked at it").hexdigest()
    assert entry.provision == packs.book(store).digest_of("acme/second")
    assert _latest(store) == {"acme/second": made.id}


#: What is given otherwise, and what is said of it, of which field.
BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"control": "acme/first"}, "attestation_not_taken", ""),  # evidence shows it
    ({"statement": "short"}, "attestation_statement", "statement"),
    ({"statement": " " * 20}, "attestation_statement", "statement"),
    ({"statement": "x" * 2001}, "attestation_statement", "statement"),
    ({"statement": "we looked \0 at it"}, "attestation_statement", "statement"),
    ({"statement": "已核对，联系 138 0013 8000"}, "attestation_person", "statement"),
    ({"statement": "checked for 11010519491231002X"}, "attestation_person", "statement"),
    ({"statement": "ask li.wei@example.com about it"}, "attestation_person", "statement"),
    ({"statement": "we looked \ud800 at it"}, "attestation_statement", "statement"),
    ({"signer": "Li\nWei"}, "attestation_signer", "signer"),
    ({"signer": " "}, "attestation_signer", "signer"),
    ({"signer": "x" * 101}, "attestation_signer", "signer"),
    ({"true_on": date(2026, 1, 6)}, "attestation_true_on", "true_on"),
    ({"expires": TODAY}, "attestation_expires", "expires"),
    (
        {"true_on": date(2025, 6, 1), "expires": date(2026, 1, 4)},
        "attestation_expires",
        "expires",
    ),
    ({"expires": date(2027, 1, 6)}, "attestation_long", "expires"),
    ({"expires": date(9999, 12, 31)}, "attestation_long", "expires"),
    ({"file": files.File("empty", "", b"")}, "file_size", "file"),
]


def test_what_does_not_hold_is_refused_and_leaves_nothing(store: Store, sign: Sign) -> None:
    for given, code, field in BAD:
        with pytest.raises(DutiesError) as caught:
            sign(**given)
        assert (caught.value.code, caught.value.field) == (code, field), given
    assert _latest(store) == {}
    assert entries(store, AttestationSigned) == []
    assert _running(store) == []


def test_an_unknown_control_is_told_so(sign: Sign) -> None:
    with pytest.raises(LawError) as caught:
        sign(control="acme/third")
    assert caught.value.code == "control_unknown"


def test_the_bounds_themselves_hold(sign: Sign) -> None:
    sign(statement="x" * 10, expires=TODAY + timedelta(days=1))
    sign(statement="x" * 2000, signer="x" * 100, expires=date(2027, 1, 5))
    sign(true_on=date(2025, 1, 6), expires=TODAY)  # it ends today
    sign(statement="model 1.5.2 (2026-01-05), looked at until 2026/01/06")  # no phone number


def test_what_evidence_shows_is_refused_with_what_shows_it(sign: Sign) -> None:
    with pytest.raises(DutiesError, match=r"takes no attestation.*\(words\.size\)"):
        sign(control="acme/first")


def test_the_renewal_of_the_control_bounds_it(store: Store, world: FakeWorld, sign: Sign) -> None:
    data = text("brief", checks=("assessment.bias",), renew="1m")
    packs.import_pack(store, world, data, "brief.yaml")
    sign(control="brief/first", expires=date(2026, 2, 5))
    with pytest.raises(DutiesError) as caught:
        sign(control="brief/first", expires=date(2026, 2, 6))
    assert caught.value.code == "attestation_long"
    assert "1m" in caught.value.en


def test_none_holds_for_longer_than_a_span_can_say(
    store: Store, world: FakeWorld, sign: Sign
) -> None:
    data = text("b", renew="9999m")
    packs.import_pack(store, world, data, "b.yaml")
    longest = TODAY + timedelta(days=9_999)
    made = sign(control="b/first", expires=longest)
    with store.read() as conn:
        (span,) = conn.scalars(select(tables.clock.c.span).where(tables.clock.c.subject == made.id))
    assert Span.parse(span).count <= 9_999
    with pytest.raises(DutiesError) as caught:
        sign(control="b/first", expires=longest + timedelta(days=1))
    assert caught.value.code == "attestation_long"


def test_the_latest_counts_and_the_earlier_ones_deadline_ends(
    store: Store, world: FakeWorld, sign: Sign
) -> None:
    first = sign()
    assert _running(store) == [first.id]
    world.tick(1000)
    second = sign()
    assert _latest(store) == {"acme/second": second.id}
    assert _running(store) == [second.id]


def test_what_was_told_of_its_end_is_done_once_it_is_renewed(
    store: Store, world: FakeWorld, sign: Sign
) -> None:
    def open_notices() -> int:
        outbox.deliver(store, world, outbox.CONSOLE, console(needed))
        still = select(func.count()).where(tables.notice.c.done.is_(None))
        with store.read() as conn:
            return conn.scalar(still) or 0

    sign()
    world.tick(80 * 86_400_000)
    for when_told in (True, False):  # before the renewal, or only after it
        world.tick(15 * 86_400_000)
        assert poll(store, world) > 0
        if when_told:
            assert open_notices() > 0
        today = day_of(world.now())
        sign(true_on=today, expires=today + timedelta(days=10))
        assert open_notices() == 0


def test_the_deadline_is_the_last_day_worked_before_the_end(store: Store, sign: Sign) -> None:
    made = sign(expires=date(2026, 2, 22))  # a Sunday, the eighth day of the Spring Festival
    clock = tables.clock
    with store.read() as conn:
        (end,) = conn.scalars(select(clock.c.due).where(clock.c.subject == made.id))
    assert day_of(end) == date(2026, 2, 14)  # a Saturday worked for it


def test_it_is_taken_back_with_a_reason(store: Store, world: FakeWorld, sign: Sign) -> None:
    first = sign()
    world.tick(1000)
    second = sign()
    world.tick(1000)
    assert attest.withdraw(store, world, second.id, reason=" it was not so ") == "acme/second"
    assert _latest(store) == {"acme/second": first.id}
    assert _running(store) == [first.id]  # it counts again, and so does its deadline
    (entry,) = entries(store, AttestationWithdrawn)
    assert (entry.act, entry.control, entry.staff) == (second.id, "acme/second", "")
    assert entry.reason == hashlib.sha256(b"it was not so").hexdigest()


def test_a_withdrawal_without_a_reason_is_refused(
    store: Store, world: FakeWorld, sign: Sign
) -> None:
    made = sign()
    for reason in ("", " x ", "x" * 2001, "not\0so"):
        with pytest.raises(DutiesError) as caught:
            attest.withdraw(store, world, made.id, reason=reason)
        assert (caught.value.code, caught.value.field) == ("attestation_reason", "reason")
    assert _latest(store) == {"acme/second": made.id}


def test_what_is_not_there_is_not_taken_back(store: Store, world: FakeWorld, sign: Sign) -> None:
    twice = sign().id
    attest.withdraw(store, world, twice, reason="not so")
    for which in ("gone", "0" * 32, "", twice):
        with pytest.raises(DutiesError) as caught:
            attest.withdraw(store, world, which, reason="not so")
        assert caught.value.code == "attestation_unknown"


def test_one_that_counts_goes_before_a_later_one_that_does_not(
    store: Store, world: FakeWorld, sign: Sign
) -> None:
    first = sign(control="acme/only-2")
    data = text("acme", version="2", checks=("words.size",), renew="1m", more={2: "two, better"})
    packs.import_pack(store, world, data, "acme.yaml")
    world.tick(1000)
    second = sign(control="acme/only-2")
    assert _latest(store) == {"acme/only-2": second.id}
    packs.withdraw_pack(store, world, "acme")
    data = text("acme", checks=("words.size",), renew="1m", more={2: "two"})
    packs.import_pack(store, world, data, "acme.yaml")
    assert _latest(store) == {"acme/only-2": first.id}


def test_signed_by_several_at_once_one_deadline_runs(store: Store, sign: Sign) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [one.result() for one in [pool.submit(sign) for _ in range(8)]]
    assert len({one.id for one in made}) == 8
    assert len(_running(store)) == 1


def test_the_ledger_and_the_register_agree_however_many_are_taken_back(
    store: Store, world: FakeWorld, sign: Sign
) -> None:
    log, made = Log(store), []
    for _ in range(6):
        made.append(sign())
        world.tick(1000)
    for one in made[1:]:
        attest.withdraw(store, world, one.id, reason="not so")
    log.sequencer.run_once()
    checks.fold_all(store)
    book = packs.book(store)
    counts = checks.read(store, world.now(), book).attested["acme/second"]
    assert _latest(store) == {"acme/second": counts.entry.act} == {"acme/second": made[0].id}
