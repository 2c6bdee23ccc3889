"""What is due, of every kind, soonest first."""

from datetime import timedelta

from tests.duties.desk import Desk
from tests.law.packs import text

from hegui.checks import CHECKS
from hegui.duties import attest, packs
from hegui.duties.due import due
from hegui.duties.standing import standing
from hegui.duties.views import DueView
from hegui.law import Span, day_of
from hegui.outbox import clocks
from hegui.store import tables

DAY = 86_400_000


def everything(desk: Desk) -> list[DueView]:
    return due(desk.store, standing(desk.store, desk.world.now()))


def _case(desk: Desk) -> str:
    """A case whose answer is due in 15 working days."""
    case, now = "c" * 32, desk.world.now()
    row = {
        "id": case,
        "number": "A-2026-0001",
        "secret": bytes(32),
        "kind": "appeal",
        "subject": "d" * 32,
        "state": "received",
        "received": now,
        "changed": now,
    }
    with desk.store.begin() as conn:
        conn.execute(tables.case_file.insert().values(row))
        rule = "cn-app-method-2019/complaint.answer"
        clocks.start(
            conn,
            desk.world,
            "case",
            case,
            name="answer",
            rule=rule,
            span=Span.parse("15wd"),
            started=now,
        )
    return case


def _licence(desk: Desk, number: str, expires: int | None, replaced: int | None = None) -> None:
    row = {
        "id": number * 32,
        "kind": "icp",
        "number": number,
        "scope": "all",
        "holder": "us",
        "expires": expires,
        "replaced": replaced,
        "at": 0,
    }
    with desk.store.begin() as conn:
        conn.execute(tables.licence.insert().values(row))


def test_nothing_is_due_in_an_empty_house(desk: Desk) -> None:
    assert everything(desk) == []


def test_everything_is_told_soonest_first(desk: Desk) -> None:
    packs.import_pack(desk.store, desk.world, text("acme", checks=("labels.text",)), "acme.yaml")
    case = _case(desk)
    _licence(desk, "1", 20260110)
    _licence(desk, "2", None)
    _licence(desk, "3", 20260107, replaced=1)
    desk.sign("acme/second", days=60)
    found = [one for one in everything(desk) if one.about != "duty"]
    assert [(one.about, one.subject, f"{day_of(one.at)}") for one in found] == [
        ("licence", "1", "2026-01-10"),
        ("case", "A-2026-0001", "2026-01-26"),
        ("attestation", "acme/second", "2026-03-06"),
    ]
    assert "A-2026-0001" in found[1].title.en
    assert found[1].rule == "cn-app-method-2019/complaint.answer"
    assert found[2].title.zh == "重新签署证明：second"
    with desk.store.begin() as conn:
        clocks.stop(conn, desk.world, "case", case, desk.world.now())
    assert "case" not in {one.about for one in everything(desk)}


def test_what_is_withdrawn_or_gone_is_not_due(desk: Desk) -> None:
    packs.import_pack(desk.store, desk.world, text("acme"), "acme.yaml")
    made = desk.sign("acme/second")
    packs.withdraw_pack(desk.store, desk.world, "acme")
    (one,) = everything(desk)
    assert (one.subject, one.title.en) == ("acme/second", "acme/second: renew")
    attest.withdraw(desk.store, desk.world, made.id, reason="the rule is gone")
    assert everything(desk) == []


def test_what_a_check_sees_coming_is_told_once(desk: Desk) -> None:
    desk.declare()
    desk.settle()
    found = [one for one in everything(desk) if one.about == "duty"]
    assert found
    titles = [one.title for one in found]
    assert len(titles) == len(set(titles))
    duties = desk.duties()
    for one in found:
        coming = [
            check
            for control in duties[one.subject].controls
            for check in control.checks
            if check.title == one.title
        ]
        assert [check.result.due for check in coming] == [one.at] * len(coming)
        assert all(not CHECKS[check.id].attested for check in coming)
        assert one.at < desk.world.now() + timedelta(days=400) // timedelta(milliseconds=1)


def test_what_stands_still_comes_last_with_its_reason(desk: Desk) -> None:
    case = _case(desk)
    _licence(desk, "1", 20290110)
    with desk.store.begin() as conn:
        clocks.pause(conn, desk.world, "case", case, reason="The papers are with the court.")
    first, last = everything(desk)
    assert (first.about, first.paused) == ("licence", None)
    assert (last.paused, last.reason) == (desk.world.now(), "The papers are with the court.")
