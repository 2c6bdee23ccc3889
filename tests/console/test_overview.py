"""The overview tells what the ledger counts, and what waits for a person."""

from datetime import date

import pytest
from sqlalchemy import select
from tests.cases.bench import statement
from tests.console.casework import Casework
from tests.console.desk import Desk
from tests.console.story import Story, main_of, text_of

from hegui.cases import decide
from hegui.duties import licences
from hegui.outbox import poll
from hegui.outbox.clocks import pause
from hegui.store import tables, tally

DAY = 86_400_000


@pytest.fixture
def story(desk: Desk) -> Story:
    return Story(desk)


def shown(desk: Desk, role: str = "auditor", lang: str = "en") -> str:
    """The overview's words, once the ledger and the tally are through."""
    desk.house.sequence()
    tally.fold_all(desk.store)
    return text_of(desk.client(role, lang=lang).get("/"))


def test_an_empty_house_says_what_will_appear(desk: Desk) -> None:
    said = text_of(desk.client("auditor").get("/"))
    assert "Nobody has answered what the service is" in said
    assert "No duty has changed its status since yesterday." in said
    assert "Nothing was stopped in the last 30 days." in said
    assert "No checkpoint yet" in said
    assert "never verified" in said
    assert "The ledger holds nothing to count yet." in said
    assert "No appeal was decided in the last 30 days; open: 0." in said


def test_today_and_thirty_days_are_counted_by_the_act_s_own_day(desk: Desk, story: Story) -> None:
    story.delivered()  # before these thirty days
    desk.world.tick(2 * DAY)
    story.stopped("output", "fraud")
    desk.world.tick(29 * DAY)
    for _ in range(3):
        story.delivered()
    story.stopped("input", "fraud")
    story.stopped("input", "own words")
    story.abandoned()
    said = shown(desk)
    assert "Generations today 6 Requests let in; 7 in the last 30 days." in said
    assert "Stops today 2 3 in the last 30 days, 43% of generations." in said
    assert "half of all answers within 240 ms, 95 in 100 within 240 ms" in said
    assert "fraud 2 1 1 0 0 0%" in said
    assert "own words 1 1 0 0 0 0%" in said
    assert "2026-02-05 6 3 2 1 0 240 ms 240 ms" in said


def test_what_is_not_counted_yet_is_told(desk: Desk, story: Story) -> None:
    story.delivered()
    desk.house.sequence()
    tally.fold_all(desk.store)
    story.delivered()
    desk.house.sequence()
    said = text_of(desk.client("auditor").get("/"))
    size = desk.house.ledger.size()
    assert f"Counted through entry {size - 3} of the ledger (2026-01-05 12:00 Beijing)." in said
    assert "2 more entries are to be counted" in said
    assert f"Height {size} entries" in said


def test_appeals_are_told_with_both_sides_and_how_sure(desk: Desk) -> None:
    work = Casework(desk)
    for outcome in ("upheld", "rejected", "rejected"):
        filed = work.opened()
        decide(
            desk.store,
            desk.house.person_keys,
            desk.world,
            filed.case_id,
            desk.staff["reviewer"],
            statement(outcome=outcome),
        )
    work.file()
    said = shown(desk)
    assert "Appeals upheld 1 of 3" in said
    assert "open: 1." in said
    assert "33% upheld; from so many cases, the true share is likely 6.1% to 79%." in said


def test_what_is_due_next_stands_on_top_with_its_clock(desk: Desk) -> None:
    work = Casework(desk)
    first = work.file()
    desk.world.tick(DAY)
    second = work.file()
    page = desk.client("reviewer").get("/")
    said = text_of(page)
    assert f"Open case {first.number}" in said
    assert "2 cases wait for a person" in said
    assert said.index(f"Appeal {first.number}") < said.index(f"Appeal {second.number}")
    assert main_of(page).count('<svg class="clock small') == 2


def test_a_deadline_that_stands_still_says_since_when_and_why(desk: Desk) -> None:
    work = Casework(desk)
    still, running = work.file(), work.file()
    given = licences.Given(
        kind="telecom", number="T-1", scope="chat", holder="us", expires=date(2026, 6, 1)
    )
    licence = licences.add(desk.store, desk.world, given)
    with desk.store.begin() as conn:
        for about, subject in (("case", still.case_id), ("licence", licence.id)):
            pause(conn, desk.world, about, subject, reason=f"{about}: the court has the papers")
    said = text_of(desk.client("owner").get("/"))
    for about in ("case", "licence"):
        since = "paused since 2026-01-05 12:00 Beijing"
        assert f"{since}: {about}: the court has the papers" in said
    assert said.index(running.number) < said.index(still.number)
    assert f"Open case {running.number}" in said
    assert "paused since 2026-01-05 12:00 Beijing" in text_of(
        desk.client("reviewer").get(f"/casework/{still.number}")
    )


def test_a_deadline_that_comes_near_and_one_that_passed(desk: Desk) -> None:
    work = Casework(desk)
    filed = work.file()
    desk.world.at = filed.due - DAY
    assert "1 waiting; the next is due soon" in text_of(desk.client("owner").get("/"))
    desk.world.at = filed.due + 1
    poll(desk.store, desk.world)
    said = text_of(desk.client("owner").get("/"))
    assert "1 overdue" in said


def test_notices_say_what_happened_and_lead_to_the_case(desk: Desk) -> None:
    with desk.store.read() as conn:
        assert conn.execute(select(tables.notice)).all() == []
    work = Casework(desk)
    filed = work.file()
    topics = (
        "case.filed",
        "case.released",
        "clock.before",
        "clock.due",
        "clock.after",
        "clock.moved",
    )
    with desk.store.begin() as conn:
        case_id = conn.scalar(select(tables.case_file.c.id))
        for number, topic in enumerate(topics * 2):
            row = {"id": f"{number:032}", "topic": topic, "subject": case_id, "at": number}
            conn.execute(tables.notice.insert().values(row))
    for lang in ("zh", "en"):
        answer = desk.client("reviewer", lang=lang).get("/")
        assert f'href="/casework/{filed.number}"' in answer.text
    said = text_of(answer)
    assert "a new calendar moved the deadline" in said
    assert "12 open in all" in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"ok": True, "ended": 2}, "● verified"),
        ({"ok": False, "ended": 2}, "▲ failed"),
        ({"ok": None, "ended": None}, "◌ running (3 of 9)"),
        ({"ok": None, "ended": 2}, "◌ cut before its end (3 of 9)"),
    ],
)
def test_the_last_verification(desk: Desk, row: dict[str, object], said: str) -> None:
    now = desk.world.now()
    if row["ended"]:
        row = {**row, "ended": now}
    values = {"started": now - 1, "size": 9, "done": 3, "problems": "{}", **row}
    with desk.store.begin() as conn:
        conn.execute(tables.verification.insert().values(id="0" * 31 + "1", **values))
        old = {**values, "ok": True, "ended": 1, "started": 0}
        conn.execute(tables.verification.insert().values(id="0" * 32, **old))
    page = text_of(desk.client("auditor").get("/"))
    assert f"Last verification {said}" in page
    assert ("The ledger's last verification failed" in page) == (row["ok"] is False)


def test_an_old_verification_is_stale(desk: Desk) -> None:
    now = desk.world.now()
    values = {"started": now, "ended": now, "size": 9, "done": 9, "problems": "{}", "ok": True}
    with desk.store.begin() as conn:
        conn.execute(tables.verification.insert().values(id="0" * 32, **values))
    desk.world.tick(7 * DAY + 1)
    assert "verified more than 7 days ago" in text_of(desk.client("auditor").get("/"))


def test_pictures_have_a_name_and_a_table_behind_them(desk: Desk, story: Story) -> None:
    story.delivered()
    desk.house.sequence()
    tally.fold_all(desk.store)
    page = main_of(desk.client("auditor").get("/"))
    assert 'aria-label="Generations on each of 30 days, 1 on the fullest"' in page
    assert page.count("<title>") == 60
    assert page.count('<th scope="row"><a href="/generations?day=') == 30
    assert "style=" not in page


def test_categories_past_the_list_are_counted(desk: Desk, story: Story) -> None:
    for number in range(33):
        story.stopped("input", f"own {number:02}")
    assert "3 more categories are not listed." in shown(desk)
