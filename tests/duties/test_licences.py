"""The register of licences: entered, replaced, withdrawn; nothing is overwritten."""

from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy import func, select
from tests.world import FakeWorld

from hegui.cases import needed
from hegui.duties import licences
from hegui.duties.due import due
from hegui.duties.errors import DutiesError
from hegui.duties.files import MOST_BYTES, File
from hegui.duties.licences import Given
from hegui.duties.standing import standing
from hegui.law import day_of
from hegui.law.scope import routes
from hegui.outbox import outbox, poll
from hegui.outbox.channels import console
from hegui.store import Store, tables

ICP = Given(
    kind="telecom",
    number=" ICP-1 ",
    scope="a chat\nfor all",
    holder="Example Ltd",
    issued=date(2025, 3, 1),
    expires=date(2027, 3, 1),
)
DAY = timedelta(days=1)
PAPER = File("paper.pdf", "application/pdf", b"paper")


def entries(store: Store) -> list[tuple[object, ...]]:
    with store.read() as conn:
        rows = conn.scalars(select(tables.entry.c.body).order_by(tables.entry.c.id))
        told = [msgspec.json.decode(body) for body in rows]
    return [(one["act"], one["licence"], one["expires"], one["withdrawn"]) for one in told]


def test_a_licence_is_entered_with_its_evidence(store: Store, world: FakeWorld) -> None:
    made = licences.add(store, world, ICP, file=PAPER)
    assert (made.number, made.expires, made.last_day) == ("ICP-1", 20270301, date(2027, 3, 1))
    assert made.file is not None
    assert licences.one(store, made.id) == made
    assert licences.listed(store) == [made]
    assert entries(store) == [(made.id, "telecom", 20270301, False)]


def test_what_never_runs_out_stands_last(store: Store, world: FakeWorld) -> None:
    for number, day in (("a", None), ("b", date(2030, 1, 1)), ("c", date(2026, 2, 1))):
        given = msgspec.structs.replace(ICP, number=number, expires=day)
        licences.add(store, world, given)
    assert [one.number for one in licences.listed(store)] == ["c", "b", "a"]


def test_a_replacement_leaves_the_old_row_as_it_was(store: Store, world: FakeWorld) -> None:
    old = licences.add(store, world, ICP, file=PAPER)
    at = world.tick(1000)
    given = msgspec.structs.replace(ICP, number="ICP-2", expires=None)
    new = licences.replace(store, world, old.id, given)
    assert (new.number, new.file, new.expires) == ("ICP-2", old.file, None)
    (gone,) = licences.listed(store, gone=True)
    assert gone == msgspec.structs.replace(old, replaced=at, replaced_by=new.id)
    assert licences.listed(store) == [new]
    assert entries(store)[1:] == [
        (new.id, "telecom", 0, False),
        (old.id, "telecom", 20270301, True),
    ]


def test_a_withdrawn_licence_stays_on_record(store: Store, world: FakeWorld) -> None:
    old = licences.add(store, world, ICP)
    gone = licences.withdraw(store, world, old.id)
    assert (gone.replaced, gone.replaced_by) == (world.now(), None)
    assert licences.listed(store) == []
    assert entries(store)[-1] == (old.id, "telecom", 20270301, True)


@pytest.mark.parametrize("wanted", ["", "x", "0" * 32])
def test_what_is_not_in_the_register_can_not_be_changed(
    store: Store, world: FakeWorld, wanted: str
) -> None:
    assert licences.one(store, wanted) is None
    with pytest.raises(DutiesError, match="licence_unknown"):
        licences.withdraw(store, world, wanted)


def test_what_is_gone_can_not_go_again(store: Store, world: FakeWorld) -> None:
    old = licences.add(store, world, ICP)
    licences.withdraw(store, world, old.id)
    with pytest.raises(DutiesError, match="licence_gone"):
        licences.replace(store, world, old.id, ICP)
    assert licences.listed(store) == []
    assert len(entries(store)) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "king"),
        ("number", ""),
        ("number", "n" * 201),
        ("holder", "a\x00b"),
        ("number", "京A\n1"),
        ("scope", "s" * 2001),
        ("expires", date(2025, 2, 28)),
        ("expires", date(2300, 1, 1)),
        ("issued", date(1949, 10, 1)),
    ],
)
def test_a_field_that_can_not_be_is_named_and_nothing_is_kept(
    store: Store, world: FakeWorld, field: str, value: object
) -> None:
    with pytest.raises(DutiesError) as told:
        licences.add(store, world, msgspec.structs.replace(ICP, **{field: value}), file=PAPER)
    assert (told.value.code, told.value.field) == ("licence_malformed", field)
    assert licences.listed(store) == []


def test_a_file_that_can_not_be_kept_keeps_the_licence_out(store: Store, world: FakeWorld) -> None:
    with pytest.raises(DutiesError, match="file_size"):
        licences.add(store, world, ICP, file=File("a", "text/plain", bytes(MOST_BYTES + 1)))
    assert licences.listed(store) == []
    assert entries(store) == []


def test_a_licence_is_of_a_filing_a_licence_or_something_else() -> None:
    ends = {one.id: one.kind for one in routes()}
    assert {ends.get(kind) for kind in licences.kinds()} == {"filing", "licence", None}
    assert licences.kinds()[-1] == "other"
    assert not {"filed-model", "security-assessment"} & set(licences.kinds())
    assert licences.title("telecom").en == "ICP filing or value-added telecom licence"
    assert licences.title("filed-model").en  # that an earlier version let in
    assert licences.title("other").en == "something else"


def test_what_is_still_to_be_issued_is_not_entered(store: Store, world: FakeWorld) -> None:
    today = day_of(world.now())
    assert licences.add(store, world, msgspec.structs.replace(ICP, issued=today)).issued
    with pytest.raises(DutiesError) as told:
        licences.add(store, world, msgspec.structs.replace(ICP, issued=today + DAY))
    assert (told.value.code, told.value.field) == ("licence_malformed", "issued")
    assert f"{today}" in told.value.en


def test_a_licence_is_replaced_by_one_of_its_kind(store: Store, world: FakeWorld) -> None:
    old = licences.add(store, world, ICP)
    with pytest.raises(DutiesError) as told:
        licences.replace(store, world, old.id, msgspec.structs.replace(ICP, kind="news"))
    assert (told.value.code, told.value.field) == ("licence_other_kind", "kind")
    assert licences.listed(store) == [old]


@pytest.mark.parametrize(("text", "day"), [("", None), ("2028-02-29", date(2028, 2, 29))])
def test_a_day_is_read(text: str, day: date | None) -> None:
    assert licences.day("issued", text) == day


@pytest.mark.parametrize("text", ["2027-02-29", "tomorrow", "1.2.2027"])
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(DutiesError, match="licence_malformed"):
        licences.day("issued", text)


def running(store: Store) -> list[tuple[str, str, str, str, date]]:
    c = tables.clock.c
    query = select(c.about, c.subject, c.name, c.rule, c.due).where(c.stopped.is_(None))
    with store.read() as conn:
        return [(*row[:4], day_of(row.due)) for row in conn.execute(query)]


def test_its_end_has_a_deadline_until_it_is_replaced_or_withdrawn(
    store: Store, world: FakeWorld
) -> None:
    def ends(day: date | None) -> Given:
        return msgspec.structs.replace(ICP, expires=day)

    old = licences.add(store, world, ends(date(2026, 2, 22)))  # a Sunday, in the Spring Festival
    assert running(store) == [("licence", old.id, "renew", "setting:expires", date(2026, 2, 14))]
    new = licences.replace(store, world, old.id, ends(date(2027, 3, 1)))
    assert [(one[1], one[4]) for one in running(store)] == [(new.id, date(2027, 3, 1))]
    licences.withdraw(store, world, new.id)
    licences.add(store, world, ends(None))
    assert running(store) == []


@pytest.mark.parametrize("last", [date(2025, 6, 1), date(2026, 1, 5), date(2199, 12, 31)])
def test_any_last_day_has_one(store: Store, world: FakeWorld, last: date) -> None:
    given = msgspec.structs.replace(ICP, issued=None, expires=last)
    licences.add(store, world, given)
    (one,) = running(store)
    assert abs((one[4] - last).days) <= 3


def test_staff_are_told_before_it_runs_out_and_it_is_due_once(
    store: Store, world: FakeWorld
) -> None:
    licences.add(store, world, msgspec.structs.replace(ICP, expires=date(2026, 3, 2)))
    (one,) = [
        one for one in due(store, standing(store, world.now())) if one.about == licences.ABOUT
    ]
    assert (one.subject, day_of(one.at), one.rule) == (
        "ICP-1",
        date(2026, 3, 2),
        "setting:expires",
    )
    assert one.title.en == "Renew the licence ICP-1"
    assert poll(store, world) == 0
    world.tick(55 * 86_400_000)
    assert day_of(world.now()) < date(2026, 3, 2)
    assert poll(store, world) == 1
    outbox.deliver(store, world, outbox.CONSOLE, console(needed))
    with store.read() as conn:
        assert conn.scalar(select(func.count()).select_from(tables.notice)) == 1
