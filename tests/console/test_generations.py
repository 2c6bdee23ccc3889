"""The list of generations, the page of one, and a sealed text opened with a reason."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update
from tests.console.desk import Desk
from tests.console.story import WEEK_MS, Story, main_of, text_of
from tests.vault.acts import count, entries

from hegui.console.reading import generations
from hegui.ledger import kinds
from hegui.store import tables
from hegui.vault import erase_person, expire

NOTE = "The appeal says the stop was wrong."


@pytest.fixture
def story(desk: Desk) -> Story:
    return Story(desk)


def listed(page: str) -> list[str]:
    """The generations of a list, in its order."""
    return re.findall(r'<td class="first"><a href="/generations/([^"]+)"', page)


# The list


def test_an_empty_list_says_how_to_begin(desk: Desk) -> None:
    said = text_of(desk.client("auditor").get("/generations"))
    assert "No generations yet" in said
    assert "Try one in the chat" in said


def test_the_newest_comes_first_and_no_person_and_no_text_shows(desk: Desk, story: Story) -> None:
    first = story.delivered()
    desk.world.tick(60_000)
    second, _ = story.stopped("output", "own words")
    desk.world.tick(60_000)
    third = story.admitted()
    answer = desk.client("auditor").get("/generations")
    assert listed(answer.text) == [third, second, first]
    said = text_of(answer)
    assert "stopped own words model wrote corner shop m" in said
    assert "under way" in said
    assert "delivered whole corner shop m 240 ms 19" in said
    for never in ("fern", "Where", story.person):
        assert never not in answer.text


def test_fifty_to_a_page_and_the_next_begins_where_this_ends(desk: Desk, story: Story) -> None:
    acts = []
    for _ in range(generations.PAGE + 2):
        acts.append(story.admitted())
        desk.world.tick(1_000)
    client = desk.client("owner")
    page = client.get("/generations").text
    assert listed(page) == acts[:1:-1]
    older = re.search(r'href="(/generations\?before=\w+)" rel="next"', page)
    assert older is not None
    rest = client.get(older[1]).text
    assert listed(rest) == acts[1::-1]
    assert 'rel="next"' not in rest
    assert "Back to the newest" in rest


def test_filters_stand_in_the_address_and_narrow(desk: Desk, story: Story) -> None:
    whole = story.delivered(model="small")
    stop, _ = story.stopped("input", "fraud")
    other, _ = story.stopped("output", "own words, 100% & more")
    broken = story.failed()
    left = story.abandoned()
    under_way = story.admitted()
    client = desk.client("officer")

    def found(query: str) -> set[str]:
        return set(listed(client.get(f"/generations?{query}").text))

    assert found("outcome=delivered") == {whole}
    assert found("outcome=stopped") == {stop, other}
    assert found("outcome=failed") == {broken}
    assert found("outcome=abandoned") == {left}
    assert found("outcome=running") == {under_way}
    assert found("category=fraud") == {stop}
    assert found("category=own+words%2C+100%25+%26+more") == {other}
    assert found("model=small") == {whole}
    assert found(f"application={story.application}&outcome=stopped") == {stop, other}
    assert found(f"application={'0' * 32}") == set()
    everything = {whole, stop, other, broken, left, under_way}
    assert found("outcome=never-heard-of&day=2026-13-77&application=x&before=x") == everything


def test_what_was_chosen_stays_chosen(desk: Desk, story: Story) -> None:
    page = main_of(
        desk.client("officer").get("/generations?outcome=stopped&model=gone&day=2026-01-05")
    )
    assert '<option value="stopped" selected>' in page
    assert '<option value="gone" selected>' in page
    assert 'value="2026-01-05"' in page
    assert "Clear the filter" in page


def test_a_day_is_beijing_s(desk: Desk, story: Story) -> None:
    midnight = int(datetime(2026, 1, 5, 16, tzinfo=UTC).timestamp() * 1_000)
    desk.world.at = midnight - 1
    before = story.admitted()
    desk.world.at = midnight
    after = story.admitted()
    client = desk.client("officer")
    assert listed(client.get("/generations?day=2026-01-05").text) == [before]
    assert listed(client.get("/generations?day=2026-01-06").text) == [after]
    assert listed(client.get("/generations?day=2026-01-07").text) == []


def test_a_rare_thing_is_looked_for_in_turns(
    desk: Desk, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "LOOK_BACK", 4)
    rare = story.failed()
    for _ in range(7):
        desk.world.tick(1_000)
        story.admitted()
    client = desk.client("owner")
    page = client.get("/generations?outcome=failed").text
    assert listed(page) == []
    assert "Looked back over 4 generations" in page
    further = re.search(r'href="(/generations\?outcome=failed&amp;before=\w+)"', page)
    assert further is not None
    page = client.get(further[1].replace("&amp;", "&")).text
    assert listed(page) == [rare]
    assert "Looked back" not in page


@pytest.mark.parametrize("spelt", ["{}", " {} ", "upper"])
def test_an_id_of_a_generation_or_a_decision_leads_to_its_page(
    desk: Desk, story: Story, spelt: str
) -> None:
    act, decision = story.stopped()
    client = desk.client("auditor")
    for wanted in (act, decision):
        typed = wanted.upper() if spelt == "upper" else spelt.format(wanted)
        answer = client.get("/generations", params={"id": typed})
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/generations/{act}"


@pytest.mark.parametrize("wanted", ["0" * 32, "fern-of-the-corner", "%", "x" * 500])
def test_what_is_no_id_finds_nothing_and_is_told(desk: Desk, story: Story, wanted: str) -> None:
    story.delivered()
    answer = desk.client("auditor").get("/generations", params={"id": wanted})
    assert "There is no generation or decision of that id" in text_of(answer)


# One generation


def test_the_way_of_a_whole_answer(desk: Desk, story: Story) -> None:
    act = story.delivered()
    desk.house.sequence()
    answer = desk.client("auditor").get(f"/generations/{act}")
    said = text_of(answer)
    assert "Admit application corner shop, streamed agreement 1 accepted" in said
    assert "Screen the input no word that stops word packs fefefefefefe" in said
    assert "Model upstream u first byte after 240 ms" in said
    assert "Screen the answer no word that stops 19 characters sent" in said
    assert "Mark seven fields left with the first byte in the text: at its start" in said
    assert re.search(r"Record ledger #\d+ #\d+ 960 ms in all", said)
    assert "Nothing was stopped." in said
    assert "its digest is the one on record" in said
    assert f"ProduceID {act}" in said
    assert answer.text.count('class="station met"') == 6
    assert len(re.findall(r'href="/evidence/proof/\d+"', answer.text)) == 2
    for never in ("fern", "Where", "here &amp; there", story.person):
        assert never not in answer.text


def test_a_stop_of_what_a_person_wrote_ends_the_way(desk: Desk, story: Story) -> None:
    act, decision = story.stopped("input", "own <words>")
    answer = desk.client("auditor").get(f"/generations/{act}")
    said = text_of(answer)
    assert "Screen the input stopped: own <words> after 30 ms" in said
    assert "the model was not asked" in said
    assert "nothing was sent, so nothing was marked" in said
    assert "A word of the pack ours, version 7 (author: A. Author)" in said
    assert decision in said
    assert "nobody appealed" in said
    assert "2 wait for their place" in said
    assert "<words>" not in answer.text
    assert [*re.findall(r'class="station (\w+)"', answer.text)] == [
        "met",
        "due",
        "na",
        "na",
        "na",
        "stale",
    ]


def test_a_stop_of_what_the_model_wrote_after_some_of_it_left(desk: Desk, story: Story) -> None:
    act, _ = story.stopped("output", "hatred", sent_ms=70)
    desk.house.sequence()
    answer = desk.client("auditor").get(f"/generations/{act}")
    said = text_of(answer)
    assert "Screen the answer stopped: hatred after 30 ms 19 characters sent" in said
    assert "seven fields left with the first byte" in said
    assert "no digest of the label is on record" in said
    assert [*re.findall(r'class="station (\w+)"', answer.text)] == [
        "met",
        "met",
        "met",
        "due",
        "met",
        "met",
    ]


def test_a_failure_and_one_under_way_show_as_what_they_are(desk: Desk, story: Story) -> None:
    broken, under_way = story.failed(), story.admitted()
    client = desk.client("auditor")
    assert "failed: upstream_failed" in text_of(client.get(f"/generations/{broken}"))
    page = client.get(f"/generations/{under_way}")
    assert "under way" in text_of(page)
    assert "waiting" in text_of(page)
    assert 'class="station stale"' in page.text


def test_a_label_of_another_provider_s_code_is_told(desk: Desk, story: Story) -> None:
    act = story.delivered(label="ab" * 32)
    said = text_of(desk.client("auditor").get(f"/generations/{act}"))
    assert "its digest is not the one on record" in said
    assert "ab" * 32 in said


def test_findings_show_where_and_not_what(desk: Desk, story: Story) -> None:
    act = story.delivered()
    for number in range(60):
        story.finding(act, f"{number}/message/content")
        desk.world.tick(1)
    said = text_of(desk.client("auditor").get(f"/generations/{act}"))
    assert "abuse and harassment model wrote 0/message/content ours 7" in said
    assert "The first 50 are listed." in said
    assert "59/message/content" not in said


def test_a_damaged_entry_is_told(desk: Desk, story: Story) -> None:
    act = story.delivered()
    desk.house.sequence()
    with desk.store.begin() as conn:
        mine = tables.entry.c.act == act
        conn.execute(update(tables.entry).where(mine).values(body=b"{}"))
    said = text_of(desk.client("auditor").get(f"/generations/{act}"))
    assert said.count("damaged") == 2


@pytest.mark.parametrize("unknown", ["0" * 32, "x", "0" * 31 + "G"])
def test_an_unknown_generation_is_not_found(desk: Desk, unknown: str) -> None:
    assert desk.client("owner").get(f"/generations/{unknown}").status_code == 404


# Sealed text


def opening(desk: Desk, act: str, role: str = "reviewer", **form: str) -> "tuple[int, str]":
    asked = {"reason": "appeal", "note": NOTE, **form}
    answer = desk.client(role).post(f"/generations/{act}/text", data=asked)
    return answer.status_code, answer.text


def test_a_text_opens_with_a_reason_once_it_is_on_record(desk: Desk, story: Story) -> None:
    act = story.delivered()
    answer = desk.client("reviewer").post(
        f"/generations/{act}/text", data={"reason": "appeal", "note": f" {NOTE} ", "case": ""}
    )
    said = text_of(answer)
    assert answer.headers["cache-control"] == "no-store"
    assert "System prompt messages[0] Be brief." in said
    assert "Person messages[1] <b>Where</b> is it? [image_url]" in said
    assert "Answer 0/message/content It is here & there." in said
    assert "<b>Where" not in answer.text
    assert "Recorded: to decide an appeal." in said
    with desk.store.read() as conn:
        row = conn.execute(select(tables.opening)).one()
    assert (row.generation_id, row.staff_id) == (act, desk.staff["reviewer"].id)
    assert (row.role, row.reason, row.note, row.case_id) == ("reviewer", "appeal", NOTE, None)
    (entry,) = [one for one in entries(desk.store) if isinstance(one, kinds.TextOpened)]
    assert (entry.act, entry.generation, entry.staff) == (row.id, act, row.staff_id)
    page = desk.client("auditor").get(f"/generations/{act}")
    assert f"the reviewer (Reviewer) · to decide an appeal {NOTE}" in text_of(page)
    assert "Where" not in page.text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"reason": ""}, "Choose why the text must be opened"),
        ({"reason": "curious"}, "Choose why the text must be opened"),
        ({"note": "  short   "}, "at least 10 characters"),
        ({"note": "long " * 101}, "Keep the reason to 500 characters"),
        ({"case": "A-2026-9999"}, "There is no case A-2026-9999"),
    ],
)
def test_without_a_reason_nothing_opens_and_nothing_typed_is_lost(
    desk: Desk, story: Story, form: dict[str, str], said: str
) -> None:
    act = story.delivered()
    status, page = opening(desk, act, **form)
    assert status == 422
    assert said in page
    assert "Where" not in page
    for field in ("note", "case"):
        assert form.get(field, "").strip() in page
    assert count(desk.store, tables.opening) == 0
    assert not [one for one in entries(desk.store) if isinstance(one, kinds.TextOpened)]


def test_a_case_must_be_about_this_generation(desk: Desk, story: Story) -> None:
    mine, decision = story.stopped()
    other, _ = story.stopped()
    story.acts.insert(
        tables.case_file,
        id="c" * 32,
        number="A-2026-0001",
        secret=b"s",
        kind="appeal",
        subject=decision,
        state="received",
        received=desk.world.now(),
        changed=desk.world.now(),
    )
    status, page = opening(desk, other, case="A-2026-0001")
    assert status == 422
    assert "Case A-2026-0001 is about something else" in page
    status, _ = opening(desk, mine, case="a-2026-0001")
    assert status == 200
    with desk.store.read() as conn:
        assert conn.scalar(select(tables.opening.c.case_id)) == "c" * 32
    said = text_of(desk.client("auditor").get(f"/generations/{mine}"))
    assert "Appeal A-2026-0001" in said
    assert "to decide an appeal · A-2026-0001" in said


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_a_role_that_may_not_opens_nothing(desk: Desk, story: Story, role: str) -> None:
    act = story.delivered()
    page = desk.client(role).get(f"/generations/{act}")
    assert "Your role can't open text. Who can: Owner" in text_of(page)
    assert '<form method="post" action="/generations' not in page.text
    status, refused = opening(desk, act, role)
    assert status == 403
    assert "Where" not in refused
    assert count(desk.store, tables.opening) == 0


def test_a_text_that_is_no_longer_kept_is_not_opened(desk: Desk, story: Story) -> None:
    act = story.delivered()
    client = desk.client("reviewer")
    desk.world.tick(3_600_000)
    assert "bytes, kept until 2026-01-12 12:00 Beijing" in text_of(
        client.get(f"/generations/{act}")
    )
    desk.world.tick(WEEK_MS)
    late = desk.client("reviewer")
    assert "its time has ended" in text_of(late.get(f"/generations/{act}"))
    expire(desk.store, desk.world.now(), desk.world)
    assert "No longer kept: its time has ended." in text_of(late.get(f"/generations/{act}"))
    status, page = opening(desk, act)
    assert status == 422
    assert "There is nothing to open" in page
    assert count(desk.store, tables.opening) == 0


def test_an_erased_person_s_text_is_told_as_erased(desk: Desk, story: Story) -> None:
    act = story.delivered()
    erase_person(desk.store, desk.house.person_keys, story.person, desk.world)
    said = text_of(desk.client("owner").get(f"/generations/{act}"))
    assert "everything of the person was erased" in said


def test_a_text_that_does_not_open_is_told_and_stays_on_record(desk: Desk, story: Story) -> None:
    act = story.delivered()
    with desk.store.begin() as conn:
        conn.execute(update(tables.sealed).values(data=b"\0" * 64))
    status, page = opening(desk, act)
    assert status == 200
    assert "A sealed text does not open" in page
    assert count(desk.store, tables.opening) == 1


def test_a_form_of_a_stranger_is_refused(desk: Desk, story: Story) -> None:
    act = story.delivered()
    answer = desk.client("reviewer").post(
        f"/generations/{act}/text",
        data={"reason": "appeal", "note": NOTE},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403
    with desk.store.read() as conn:
        assert conn.scalar(select(func.count()).select_from(tables.opening)) == 0


def test_both_languages_say_everything(desk: Desk, story: Story) -> None:
    act, _ = story.stopped("output", "hatred", sent_ms=70)
    for lang in ("zh", "en"):
        client = desk.client("reviewer", lang=lang)
        for address in ("/generations", f"/generations/{act}"):
            assert client.get(address).status_code == 200
