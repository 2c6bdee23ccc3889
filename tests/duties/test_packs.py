"""Packs brought in while the house runs: what may come in, what it changes, what an update says."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy import update
from tests.law.packs import made, text
from tests.people.evidence import entries
from tests.world import FakeWorld

from hegui.duties import attest, packs
from hegui.duties.errors import DutiesError
from hegui.duties.standing import standing
from hegui.duties.views import Attested
from hegui.law import LawError, Pack, china, day_of, shipped_book
from hegui.law.compare import Kind
from hegui.ledger.kinds import LawLoaded, LawWithdrawn
from hegui.outbox.stages import stages
from hegui.store import Store, law_packs, tables

SHIPPED = "cn-app-method-2019"


def _import(store: Store, world: FakeWorld, data: bytes) -> packs.PackChange:
    return packs.import_pack(store, world, data, "acme.yaml")


def _sign(store: Store, world: FakeWorld, control: str) -> Attested:
    today = day_of(world.now())
    return attest.sign(
        store,
        world,
        control=control,
        statement="we looked at it",
        true_on=today,
        expires=today + timedelta(days=90),
        file=None,
        staff=None,
        signer="Li Wei",
    )


def _seen(store: Store, pack: Pack, version: str, content: bytes) -> None:
    """As if the house had last looked while it shipped another version."""
    row = {"version": version, "fingerprint": "0" * 64, "content": content}
    with store.begin() as conn:
        conn.execute(
            update(tables.law_seen).where(tables.law_seen.c.name == pack.name).values(**row)
        )


def test_without_any_brought_in_the_book_is_the_shipped_one(store: Store) -> None:
    assert packs.book(store) is shipped_book()


def test_a_new_pack_joins_the_shipped_ones(store: Store, world: FakeWorld) -> None:
    change = _import(store, world, text("acme"))
    assert (change.was, change.version, change.origin) == ("", "1", "imported")
    assert (change.provisions, change.owed, change.parameters) == (1, 1, 1)
    book = packs.book(store)
    assert book is packs.book(store)  # read once
    assert book.pack("acme").provisions == made("acme").provisions
    assert len(book.packs) == len(shipped_book().packs) + 1
    assert packs.origin(book.pack("acme")) == "imported"
    assert packs.origin(book.pack(SHIPPED)) == "shipped"
    (entry,) = entries(store, LawLoaded)
    assert (entry.pack, entry.version, entry.origin) == ("acme", "1", "imported")
    assert entry.fingerprint == book.pack("acme").fingerprint == change.fingerprint


def test_the_same_again_changes_nothing(store: Store, world: FakeWorld) -> None:
    _import(store, world, text("acme"))
    again = _import(store, world, b"# laid out otherwise\n" + text("acme"))
    assert not again.new
    assert "nothing changes" in packs.lines(again)[0]
    assert len(entries(store, LawLoaded)) == 1


def test_a_preview_changes_nothing(store: Store) -> None:
    assert packs.preview(store, text("acme"), "acme.yaml").new
    assert packs.book(store) is shipped_book()
    assert entries(store, LawLoaded) == []


def test_a_preview_names_what_is_added_changed_and_removed(store: Store, world: FakeWorld) -> None:
    _import(store, world, text("acme", more={2: "two", 3: "three"}))
    data = text("acme", version="2", limit="5d", more={3: "three, better", 4: "four"})
    change = packs.preview(store, data, "acme.yaml")
    told = {(one.topic, one.change) for one in change.differences}
    assert told == {
        ("ACME-2", Kind.REMOVED),
        ("ACME-3", Kind.CHANGED),
        ("ACME-4", Kind.ADDED),
        ("limit", Kind.CHANGED),
    }
    assert {(one.ref, one.change) for one in change.duties} == {
        ("acme/ACME-2", Kind.REMOVED),
        ("acme/ACME-3", Kind.CHANGED),
        ("acme/ACME-4", Kind.ADDED),
    }
    said = "\n".join(packs.lines(change))
    for part in ("1 → 2", "3d → 5d", "+ acme/ACME-4", "- acme/ACME-2", "text", "four"):
        assert part in said


def test_only_attestations_of_unchanged_provisions_still_count(
    store: Store, world: FakeWorld
) -> None:
    _import(store, world, text("acme", more={2: "two", 3: "three"}))
    kept, lost = (_sign(store, world, f"acme/only-{number}") for number in (2, 3))
    data = text("acme", version="2", more={2: "two", 3: "three, better"})
    change = packs.preview(store, data, "acme.yaml")
    assert [(one.id, one.control, one.signer) for one in change.lost] == [
        (lost.id, "acme/only-3", "Li Wei")
    ]
    assert "acme/only-3 (Li Wei)" in "\n".join(packs.lines(change))
    _import(store, world, data)
    with store.read() as conn:
        there = attest.latest(conn, packs.book_in(conn))
    assert {ref: (one.id, one.current) for ref, one in there.items()} == {
        "acme/only-2": (kept.id, True),
        "acme/only-3": (lost.id, False),
    }


def test_a_newer_version_takes_a_shipped_packs_place_and_gives_it_back(
    store: Store, world: FakeWorld
) -> None:
    ours = shipped_book().pack(SHIPPED)
    data = _shipped_as(ours, version="2019.99")
    assert _import(store, world, data).was == ours.version
    assert packs.book(store).pack(SHIPPED).version == "2019.99"
    assert packs.origin(packs.book(store).pack(SHIPPED)) == "imported"
    world.tick(1000)
    assert packs.withdraw_pack(store, world, SHIPPED) == "2019.99"
    assert packs.book(store) is shipped_book()
    (gone,) = entries(store, LawWithdrawn)
    assert (gone.pack, gone.version) == (SHIPPED, "2019.99")
    assert [one.origin for one in entries(store, LawLoaded)] == ["imported", "shipped"]


def _shipped_as(pack: Pack, version: str, drop: str = "") -> bytes:
    """A shipped pack's content as a file of another version, perhaps without a number."""
    content = msgspec.to_builtins(pack)
    content["pack"] = content.pop("name")
    content["schema"], content["version"] = 2, version
    content["parameters"] = [
        {name: value for name, value in one.items() if name != "pack"}
        for one in content["parameters"]
        if one["id"] != drop
    ]
    return msgspec.json.encode(content)  # JSON is YAML


#: A file, and what is said of it.
BAD: list[tuple[Callable[[], bytes], str, str]] = [
    (lambda: text("acme", words="otherwise"), "pack_known", "1"),
    (lambda: _shipped_as(shipped_book().pack(SHIPPED), "2019.0"), "pack_older", "2019.0"),
    (
        lambda: _shipped_as(shipped_book().pack(SHIPPED), "2099", drop="complaint.answer"),
        "pack_leads_nowhere",
        "complaint.answer",
    ),
    (
        lambda: _shipped_as(shipped_book().pack("own"), "2099", drop="clock.after"),
        "pack_leads_nowhere",
        "clock.after",
    ),
    (
        lambda: _shipped_as(shipped_book().pack("own"), "2099").replace(b'"3wd"', b'"3%"'),
        "pack_leads_nowhere",
        "own/clock.before is '3%', and has to be a span",
    ),
    (lambda: text("b", checks=("no.such",)), "pack_leads_nowhere", "no.such"),
    (lambda: text("b", related="acme/ACME-9"), "pack_leads_nowhere", "ACME-9"),
    (
        lambda: text("b", applies={"fact": "weather", "is": True}),
        "pack_leads_nowhere",
        "weather",
    ),
    (lambda: text("b", version="1" * 65), "pack_version_long", "65"),
]


def test_what_may_not_come_in_is_refused_and_changes_nothing(
    store: Store, world: FakeWorld
) -> None:
    _import(store, world, text("acme"))
    before = packs.book(store)
    for data, code, said in BAD:
        with pytest.raises(DutiesError) as caught:
            _import(store, world, data())
        assert caught.value.code == code
        assert said in caught.value.en
    assert packs.book(store) is before
    assert len(entries(store, LawLoaded)) == 1


def test_an_error_names_the_line_and_the_field(store: Store, world: FakeWorld) -> None:
    data = text("acme").replace(b"modality: must", b"modality: perhaps", 1)
    with pytest.raises(LawError) as caught:
        _import(store, world, data)
    assert caught.value.code == "pack_malformed"
    assert "acme.yaml" in caught.value.en
    assert "modality" in caught.value.en
    assert "line " in caught.value.en


def test_a_pack_that_others_rest_on_stays_whole(store: Store, world: FakeWorld) -> None:
    _import(store, world, text("acme", more={2: "two"}))
    _import(store, world, text("b", related="acme/ACME-2"))
    with pytest.raises(DutiesError) as caught:
        _import(store, world, text("acme", version="2"))
    assert caught.value.code == "pack_leads_nowhere"
    assert "b/B-1" in caught.value.en
    assert "规则包 acme 没有条目“ACME-2”" in caught.value.zh


def test_a_pack_that_another_rests_on_is_not_withdrawn(store: Store, world: FakeWorld) -> None:
    _import(store, world, text("acme", limit="5"))
    asks = {"fact": "registered", "at_least": "acme/limit"}
    _import(store, world, text("b", applies=asks))
    with pytest.raises(DutiesError) as caught:
        packs.withdraw_pack(store, world, "acme")
    assert caught.value.code == "pack_needed"
    assert "acme/limit" in caught.value.en
    assert packs.book(store).pack("acme").version == "1"
    assert entries(store, LawWithdrawn) == []
    for name in ("b", "acme"):
        assert packs.withdraw_pack(store, world, name) == "1"


def test_a_pack_that_can_not_be_read_any_more_can_be_withdrawn(
    store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    _import(store, world, text("acme"))
    with store.begin() as conn:
        conn.execute(update(tables.law_pack).values(file=b"schema: 1"))
    monkeypatch.setattr(law_packs, "_books", {})
    (out,) = packs.book(store).left_out
    assert (out.name, out.version, out.code) == ("acme", "1", "pack_malformed")
    assert packs.withdraw_pack(store, world, "acme") == "1"
    assert packs.book(store) is shipped_book()
    assert [one.pack for one in entries(store, LawWithdrawn)] == ["acme"]


#: What a later version of the house may find in a pack that was brought in, and what it says.
GONE: list[tuple[Callable[[], bytes], str]] = [
    (lambda: b"schema: 1", "pack_malformed"),
    (lambda: text("acme", checks=("no.such",)), "pack_leads_nowhere"),
    (lambda: text("acme", applies={"fact": "weather", "is": True}), "pack_leads_nowhere"),
    (
        lambda: text("acme", applies={"fact": "registered", "at_least": "acme/gone"}),
        "pack_leads_nowhere",
    ),
]


def test_a_pack_that_can_not_be_used_any_more_stops_nothing_else(
    store: Store,
    world: FakeWorld,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _import(store, world, text("acme", limit="5"))
    asks = {"fact": "registered", "at_least": "acme/limit"}
    _import(store, world, text("b", applies=asks))
    packs.note_seen(store, world)
    for data, code in GONE:
        with store.begin() as conn:
            there = tables.law_pack.c.name == "acme"
            conn.execute(update(tables.law_pack).where(there).values(file=data()))
        monkeypatch.setattr(law_packs, "_books", {})
        monkeypatch.setattr(law_packs, "_told", set())
        caplog.clear()
        packs.note_seen(store, world)
        stands = standing(store, world.now())
        assert {(one.name, one.code) for one in stands.left_out} == {
            ("acme", code),
            ("b", "pack_leads_nowhere"),  # it rests on what was left out
        }
        assert len(stands.packs) == len(shipped_book().packs)
        monkeypatch.setattr(law_packs, "_books", {})
        packs.book(store)
        told = [line for line in caplog.messages if "hegui law withdraw acme" in line]
        assert len(told) == 1
    assert sorted(one.pack for one in entries(store, LawWithdrawn)) == ["acme", "b"]


def test_a_shipped_pack_takes_the_place_of_one_that_can_not_be_used(
    store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = shipped_book().pack(SHIPPED)
    _import(store, world, _shipped_as(ours, version="2019.99"))
    with store.begin() as conn:
        conn.execute(update(tables.law_pack).values(file=b"schema: 1"))
    monkeypatch.setattr(law_packs, "_books", {})
    assert packs.book(store).pack(SHIPPED) is ours
    assert [one.name for one in packs.book(store).left_out] == [SHIPPED]


def test_a_setting_that_a_later_version_of_the_house_asks_for_has_its_default(
    store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = shipped_book().pack("own")
    _import(store, world, _shipped_as(ours, "2099").replace(b'"3wd"', b'"5wd"'))
    earlier = _shipped_as(ours, "2099", drop="clock.after").replace(b'"3wd"', b'"5wd"')
    earlier = earlier.replace(b'"id":"own"', b'"id":"ours"').replace(
        b'"instrument":"own"', b'"instrument":"ours"'
    )
    with store.begin() as conn:  # as if the house had not asked for it when it was brought in
        conn.execute(update(tables.law_pack).values(file=earlier))
    monkeypatch.setattr(law_packs, "_books", {})
    book = packs.book(store)
    assert book.left_out == ()
    assert book.parameter("own/clock.before").value == "5wd"
    default = book.parameter("own/clock.after")
    assert default.value == shipped_book().parameter("own/clock.after").value
    assert book.pack("own").instrument_of(default).id == "ours"
    assert [name for name, _ in stages(book, world.now(), china())] == ["before", "due", "after"]
    with pytest.raises(LawError, match=r"clock\.never"):
        book.parameter("own/clock.never")
    with pytest.raises(LawError, match=r"clock\.after"):
        book.parameter("own/clock.after", date(2000, 1, 1))
    _import(store, world, text("acme"))  # what was missing before stops nothing else


def test_only_what_was_brought_in_is_withdrawn(store: Store, world: FakeWorld) -> None:
    for name in (SHIPPED, "no-such"):
        with pytest.raises(DutiesError) as caught:
            packs.withdraw_pack(store, world, name)
        assert caught.value.code == "pack_not_imported"
    assert entries(store, LawWithdrawn) == []


def test_a_withdrawn_version_comes_back_as_it_was(store: Store, world: FakeWorld) -> None:
    _import(store, world, text("acme"))
    packs.withdraw_pack(store, world, "acme")
    assert _import(store, world, text("acme")).new
    assert packs.book(store).pack("acme").version == "1"


def test_the_first_start_records_every_pack_and_tells_of_no_change(
    store: Store, world: FakeWorld
) -> None:
    assert packs.note_seen(store, world) == ()
    loaded = entries(store, LawLoaded)
    assert [one.pack for one in loaded] == [one.name for one in shipped_book().packs]
    assert packs.note_seen(store, world) == ()
    assert len(entries(store, LawLoaded)) == len(loaded)


def test_an_update_of_the_house_tells_what_it_changed(store: Store, world: FakeWorld) -> None:
    packs.note_seen(store, world)
    pack = shipped_book().pack(SHIPPED)
    (number, *others) = pack.parameters
    older = msgspec.structs.replace(
        pack, version="2019.0", parameters=(msgspec.structs.replace(number, value="30wd"), *others)
    )
    _seen(store, pack, "2019.0", msgspec.json.encode(older))
    (change,) = packs.note_seen(store, world)
    assert (change.name, change.was, change.version) == (SHIPPED, "2019.0", pack.version)
    assert [one.topic for one in change.differences] == [number.id]
    assert f"30wd → {number.value}" in "\n".join(packs.lines(change))
    assert packs.note_seen(store, world) == ()


def test_an_earlier_content_that_cannot_be_read_is_said_so(store: Store, world: FakeWorld) -> None:
    packs.note_seen(store, world)
    _seen(store, shipped_book().pack(SHIPPED), "2019.0", b'{"another": "form"}')
    (change,) = packs.note_seen(store, world)
    assert not change.compared
    assert "can't be read" in "\n".join(packs.lines(change))


def test_a_pack_that_the_house_no_longer_ships_is_told(store: Store, world: FakeWorld) -> None:
    packs.note_seen(store, world)
    gone = made("gone")
    row = {"name": "gone", "version": "1", "fingerprint": "0" * 64, "at": 0}
    with store.begin() as conn:
        conn.execute(tables.law_seen.insert().values(**row, content=msgspec.json.encode(gone)))
    (change,) = packs.note_seen(store, world)
    assert (change.name, change.was, change.version) == ("gone", "1", "")
    assert "no longer in force" in packs.lines(change)[0]
    assert [one.pack for one in entries(store, LawWithdrawn)] == ["gone"]


def test_a_newer_shipped_version_wins_over_one_brought_in(
    store: Store, world: FakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = shipped_book().pack(SHIPPED)
    _import(store, world, _shipped_as(ours, version="2019.99"))
    newer = msgspec.structs.replace(ours, version="2019.100")
    shipped = tuple(newer if one.name == SHIPPED else one for one in shipped_book().packs)
    monkeypatch.setattr(law_packs, "packs", lambda: shipped)
    monkeypatch.setattr(law_packs, "_books", {})
    assert packs.book(store).pack(SHIPPED).version == "2019.100"
    packs.note_seen(store, world)
    before = entries(store, LawLoaded)
    assert packs.withdraw_pack(store, world, SHIPPED) == "2019.99"  # which was not in force
    assert entries(store, LawWithdrawn) == []
    assert entries(store, LawLoaded) == before
