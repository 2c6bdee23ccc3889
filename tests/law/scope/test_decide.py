"""Decisions: by day, by standing of the instrument, by numbers of law; and how two differ."""

from datetime import date

import msgspec
import pytest
from tests.law.packs import made

from hegui.law import Book, shipped_book
from hegui.law.scope import Profile, Standing, changes, decide, from_json, to_json

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("named", "day", "standing", "said"),
    [
        ({}, DAY, Standing.IN_FORCE, None),
        ({}, date(2023, 12, 31), Standing.COMING, "in force from 2024-01-01, and not yet"),
        ({"ends": "2025-06-30"}, date(2025, 7, 1), Standing.ENDED, "ended on 2025-06-30"),
        ({"ends": "2025-06-30"}, date(2025, 6, 30), Standing.IN_FORCE, None),
        ({"in_force": None}, DAY, Standing.COMING, "not known when"),
        (
            {"force": "draft", "in_force": None, "duties": False},
            DAY,
            Standing.DRAFT,
            "never came into force",
        ),
    ],
)
def test_an_instrument_out_of_force_takes_its_duties_along(
    named: dict[str, object], day: date, standing: Standing, said: str | None
) -> None:
    book = Book([made("x", **named)])
    record = decide(Profile({}), book, day)
    (one,) = record.instruments
    assert one.standing is standing
    assert one.fits is True
    assert one.applies.answer is (said is None)
    assert [duty.applies for duty in record.duties] == [one.applies] * len(record.duties)
    if said is not None:
        (reason,) = one.applies.reasons
        assert said in reason.text.en
        assert (reason.fact, reason.for_) == ("day", False)


@pytest.mark.parametrize(("force", "apart"), [("binding", False), ("foreign", True)])
def test_foreign_duties_are_decided_and_not_counted(force: str, apart: bool) -> None:
    record = decide(Profile({}), Book([made("x", force=force)]), DAY)
    (duty,) = record.duties
    assert (duty.apart, duty.applies.answer) == (apart, True)
    assert record.owed(True) == int(not apart)


@pytest.mark.parametrize(
    ("answers", "answer"), [({}, None), ({"trains": True}, True), ({"trains": False}, False)]
)
def test_a_duty_asks_its_own_condition_besides(
    answers: dict[str, object], answer: bool | None
) -> None:
    book = Book([made("x", applies={"fact": "trains", "is": True})])
    record = decide(Profile(answers), book, DAY)
    assert record.duties[0].applies.answer is answer
    assert record.duties[0].ref == "x/X-1"
    assert record.owed(answer) == 1


@pytest.mark.parametrize(
    ("store", "public", "answer"),
    [(True, True, True), (False, True, False), (None, True, None), (True, False, False)],
)
def test_what_is_wider_than_its_instrument_asks_its_own_condition_alone(
    store: bool | None, public: bool, answer: bool | None
) -> None:
    facts = {"public_prc": public, "companion": False, "app_store": store}
    for day, expected in ((DAY, answer), (date(2026, 7, 14), False)):
        record = decide(Profile(facts), shipped_book(), day)
        found = {one.ref.partition("/")[2]: one.applies for one in record.duties}
        assert found["COM-25"].answer is expected
        assert found["COM-24"].answer is False
    assert found["COM-25"].reasons[0].fact == "day"  # it came into force the day after


@pytest.mark.parametrize(
    ("registered", "day", "answer", "said"),
    [
        (999_999, DAY, False, "999,999, which is below 1,000,000 (Art. 22(3))"),
        (1_000_000, DAY, True, "1,000,000, which reaches 1,000,000"),
        (1_000_000, date(2026, 7, 14), False, "No threshold is in force on 2026-07-14"),
        (None, DAY, None, "Not answered yet"),
    ],
)
def test_a_number_is_held_against_the_parameter_of_the_day(
    registered: int | None, day: date, answer: bool | None, said: str
) -> None:
    rule = "cn-companion-2026/assessment.registered"
    large = made("x", applies={"fact": "registered", "at_least": rule})
    book = Book([*shipped_book().packs, large])
    record = decide(Profile({"registered": registered}), book, day)
    (duty,) = (one for one in record.duties if one.ref == "x/X-1")
    assert duty.applies.answer is answer
    assert said in duty.applies.reasons[-1].text.en


def test_the_occasions_of_a_route_say_which_are_reached() -> None:
    answers = {"companion": True, "public_prc": True, "registered": 2_000_000, "monthly_active": 5}
    record = decide(Profile(answers), shipped_book(), DAY)
    (route,) = (one for one in record.routes if one.id == "companion-assessment")
    reached = {one.text.en: one.reached for one in route.occasions}
    assert reached["registered users reach the scale"] is True
    assert reached["users active in a month reach the scale"] is False
    assert reached["launch or a new function"] is None


def test_a_record_says_what_it_rests_on_and_reads_back() -> None:
    book = shipped_book()
    record = decide(Profile({"outputs": ["text"], "people": 7}), book, DAY)
    assert record.answers == {"outputs": ["text"], "people": 7}
    assert {one.name: one.fingerprint for one in record.packs} == {
        one.name: one.fingerprint for one in book.packs
    }
    assert from_json(to_json(record)) == record
    assert to_json(decide(Profile({"people": 7, "outputs": ["text"]}), book, DAY)) == to_json(
        record
    )
    assert {one.kind for one in record.licences} == {"licence"}
    # A field that a later version adds doesn't hinder reading.
    more = msgspec.json.encode({**msgspec.json.decode(to_json(record)), "later": 1})
    assert from_json(more) == record


def test_changes_are_told_by_kind_and_in_words() -> None:
    narrow = {"fact": "trains", "is": True}
    old = decide(Profile({"trains": False, "people": 5}), Book([made("x", applies=narrow)]), DAY)
    book = Book([made("x", applies=narrow, version="2"), made("y", in_force="2026-01-01")])
    new = decide(Profile({"trains": True, "public_prc": True, "sectors": ["news"]}), book, DAY)
    told = {(one.about, one.name): one.text.en for one in changes(old, new)}
    assert told["answer", "trains"] == "whether it trains or tunes models: no → yes"
    assert told["answer", "people"] == "persons whose data are handled: 5 → not answered yet"
    assert told["answer", "sectors"] == "its field: not answered yet → news"
    assert told["pack", "x"] == "x: 1 → 2"
    assert told["pack", "y"] == "y: the pack is new"
    assert told["instrument", "y"] == "y: new → applies"
    assert told["route", "news"].endswith("unknown → needed")
    assert told["duty", "x/X-1"] == "x, Art. 1 (doing): does not apply → applies"
    assert told["duty", "y/Y-1"] == "y, Art. 1 (doing): new → applies"
    gone = {(one.about, one.name): one.text.en for one in changes(new, old)}
    assert gone["pack", "y"] == "y: it is gone"
    assert gone["duty", "y/Y-1"] == "Art. 1 (doing): no longer in the packs"
    assert changes(new, new) == ()
