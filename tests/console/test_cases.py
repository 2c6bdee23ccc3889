"""The pages of cases: the list, one case, and a decision written, seen and sent."""

import re
from html import unescape

import httpx2
import pytest
from sqlalchemy import event
from tests.cases.bench import DAY, STATEMENT
from tests.console.casework import FORM, TYPED, Casework
from tests.console.desk import Desk

from hegui.cases import by_number, decide, one, withdraw
from hegui.console.routes.cases import PAGE
from hegui.outbox import poll
from hegui.store import tables


@pytest.fixture
def work(desk: Desk) -> Casework:
    return Casework(desk)


def text(answer: httpx2.Response, status: int = 200) -> str:
    """What stands on a page, without its tags, spaces as one."""
    assert answer.status_code == status, answer.text
    plain = re.sub(r"<[^>]+>", " ", main(answer.text))
    return " ".join(unescape(plain).split())


def main(page: str) -> str:
    """The page without its frame."""
    return page.partition("<main")[2].partition("</main>")[0]


def numbers(page: str) -> list[str]:
    """The cases of a list, in its order."""
    return re.findall(r'<a class="mono" href="/casework/([^"]+)"', page)


# The list


def test_what_is_due_first_stands_on_top_and_each_tab_shows_its_own(
    desk: Desk, work: Casework
) -> None:
    early = work.file()
    work.world.tick(3 * DAY)
    late, gone = work.file(), work.file()
    withdraw(work.store, work.world, gone.number, gone.secret)
    work.world.tick(1)
    mine = work.taken()
    client = desk.client("reviewer")
    assert numbers(client.get("/casework").text) == [early.number, late.number, mine.number]
    assert numbers(client.get("/casework?state=mine").text) == [mine.number]
    assert numbers(client.get("/casework?state=decided").text) == [gone.number]
    assert numbers(client.get("/casework?with=nobody").text) == [early.number, late.number]
    assert numbers(desk.client("owner").get("/casework?state=mine").text) == []


def test_the_list_says_how_cases_stand(desk: Desk, work: Casework) -> None:
    client = desk.client("reviewer")
    assert "No case is open" in text(client.get("/casework"))
    work.file()
    assert "1 open, all within the time for an answer." in text(client.get("/casework"))
    work.world.tick(20 * DAY)
    work.file()
    page = text(desk.client("reviewer").get("/casework?state=nonsense&kind=nonsense"))
    assert "due soon in 1 d" in page
    work.world.tick(10 * DAY)
    page = text(desk.client("reviewer").get("/casework"))
    assert "2 open, 1 of them past the date for an answer" in page
    assert "overdue by" in page


def test_a_long_list_comes_in_pages_that_miss_and_repeat_nothing(
    desk: Desk, work: Casework
) -> None:
    filed = [work.file().number for _ in range(PAGE + 7)]
    client = desk.client("auditor")
    first = client.get("/casework").text
    older = re.search(r'href="([^"]+)" rel="next"', first)
    assert older is not None
    second = client.get(unescape(older[1])).text
    assert 'rel="next"' not in second
    assert len(numbers(first)) == PAGE
    assert sorted([*numbers(first), *numbers(second)]) == sorted(filed)
    assert numbers(client.get("/casework?after=1-x").text) == numbers(first)


def test_closed_cases_come_in_pages_the_newest_first(desk: Desk, work: Casework) -> None:
    filed = []
    for _ in range(PAGE + 1):
        work.world.tick(1)
        filed.append(work.file())
    for case in filed:
        withdraw(work.store, work.world, case.number, case.secret)
    client = desk.client("owner")
    first = client.get("/casework?state=decided").text
    older = re.search(r'href="([^"]+)" rel="next"', first)
    assert older is not None
    assert numbers(client.get(unescape(older[1])).text) == [filed[0].number]
    assert numbers(first)[0] == filed[-1].number


def test_a_number_leads_to_its_case_and_an_unknown_one_is_told(desk: Desk, work: Casework) -> None:
    filed = work.file()
    client = desk.client("reviewer")
    answer = client.get("/casework", params={"number": f" {filed.number.lower()} "})
    assert answer.headers["location"] == f"/casework/{filed.number}"
    assert "There is no case A-1" in text(client.get("/casework?number=A-1"))


def test_no_page_asks_more_of_the_database_for_more_rows(desk: Desk, work: Casework) -> None:
    few, gone = work.opened(), work.file()
    withdraw(work.store, work.world, gone.number, gone.secret)
    client = desk.client("reviewer")
    paths = ("/casework", "/casework?state=decided", f"/casework/{few.number}")
    asked: list[str] = []
    event.listen(
        work.store.engine, "before_cursor_execute", lambda *args: asked.append(str(args[2]))
    )

    def counted() -> list[int]:
        told = []
        for path in paths:
            asked.clear()
            text(client.get(path))
            told.append(sum(statement.startswith("SELECT") for statement in asked))
        return told

    before = counted()
    for _ in range(PAGE + 5):
        work.file()
    for _ in range(5):
        case = work.file()
        withdraw(work.store, work.world, case.number, case.secret)
    assert counted() == before
    assert max(before) <= 9


# One case


def test_a_case_says_how_it_stands_why_and_what_it_is_about(desk: Desk, work: Casework) -> None:
    filed = work.file()
    desk.house.sequence()
    client = desk.client("reviewer")
    page = text(client.get(f"/casework/{filed.number}"))
    for said in (
        "waits for somebody",
        "The answer is due by 2026-01-26 23:59 Beijing",
        "item 6: an answer within 15 working days",
        "cn-app-method-2019/complaint.answer",
        "the date is final",
        "not yet held against the text",
        "It met a word listed under fraud and malware",
        "Word pack “scams”, version 1",
        "Somebody",
        "Received; the clock starts",
        "Assign to me",
    ):
        assert said in page
    assert re.search(r"entry \d", page)
    by_id = client.get(f"/casework/{filed.case_id}")
    assert text(by_id) == page
    assert client.get("/casework/A-2026-9999").status_code == 404


def test_a_date_past_the_published_calendar_says_so(desk: Desk, work: Casework) -> None:
    work.world.tick(4 * 366 * DAY)
    filed = work.file()
    client = desk.client("auditor")
    assert "The date is provisional" in text(client.get(f"/casework/{filed.number}"))
    assert "provisional" in text(client.get("/casework"))


def test_somebody_takes_a_case_up_and_gives_it_back(desk: Desk, work: Casework) -> None:
    filed = work.file()
    client = desk.client("reviewer")
    at = f"/casework/{filed.number}"
    assert client.post(f"{at}/assign").headers["location"] == at
    page = text(client.get(at))
    assert "with you" in page
    assert "the reviewer took it up" in page
    assert "with the reviewer" in text(desk.client("owner").get(at))
    assert client.post(f"{at}/release").headers["location"] == at
    assert one(work.store, filed.case_id).assigned is None


def test_who_comes_second_is_told_and_nothing_changes(desk: Desk, work: Casework) -> None:
    filed = work.taken("owner")
    answer = desk.client("reviewer").post(f"/casework/{filed.number}/assign")
    assert "nothing changed" in text(answer, 409)
    assert one(work.store, filed.case_id).assignee == "the owner"


def test_an_officer_gives_a_case_back_and_neither_takes_nor_reads_nor_decides_one(
    desk: Desk, work: Casework
) -> None:
    filed = work.taken()
    client = desk.client("officer")
    at = f"/casework/{filed.number}"
    page = text(client.get(at))
    assert "Take it back for others" in page
    assert "Open the filer's words" not in page
    for path in ("words", "decide"):
        assert client.post(f"{at}/{path}").status_code == 403
    assert client.post(f"{at}/release").status_code == 303
    assert "Assign to me" not in text(client.get(at))


def test_an_auditor_reads_and_does_nothing(desk: Desk, work: Casework) -> None:
    filed = work.taken()
    client = desk.client("auditor")
    page = client.get(f"/casework/{filed.number}").text
    assert "<form" not in main(page)
    for path in ("assign", "release", "words", "decide"):
        assert client.post(f"/casework/{filed.number}/{path}").status_code == 403


# The filer's words


def test_the_words_open_only_as_an_act_that_the_filer_sees(desk: Desk, work: Casework) -> None:
    filed = work.taken(statement="这是引文。")
    client = desk.client("reviewer")
    at = f"/casework/{filed.number}"
    assert "这是引文。" not in client.get(at).text
    assert work.count("read") == 0
    assert client.post(f"{at}/words").headers["location"] == f"{at}#words"
    page = text(client.get(at))
    assert "这是引文。" in page
    assert "the reviewer opened its words" in page
    assert work.count("read") == 1
    seen = by_number(work.store, work.keys, filed.number, filed.secret)
    assert seen.events[-1].event == "read"
    assert "这是引文。" not in desk.client("owner").get(at).text


def test_the_words_stay_closed_to_who_does_not_have_the_case(desk: Desk, work: Casework) -> None:
    filed = work.file("这是引文。")
    at = f"/casework/{filed.number}/words"
    reviewer = desk.client("reviewer")
    assert "nothing changed" in text(reviewer.post(at), 409)
    work.take(filed, "owner")
    assert "Another member of staff has this case" in text(reviewer.post(at), 409)
    assert work.count("read") == 0


def test_who_gave_a_case_back_reads_its_words_no_more(desk: Desk, work: Casework) -> None:
    filed = work.opened(statement="这是引文。")
    client = desk.client("reviewer")
    at = f"/casework/{filed.number}"
    assert "这是引文。" in client.get(at).text
    client.post(f"{at}/release")
    assert "这是引文。" not in client.get(at).text
    client.post(f"{at}/assign")
    assert "这是引文。" not in client.get(at).text


def test_an_empty_statement_and_one_that_was_deleted_are_told_apart(
    desk: Desk, work: Casework
) -> None:
    empty, erased = work.opened(statement=""), work.opened(statement="x")
    work.keys.destroy(erased.case_id)
    client = desk.client("reviewer")
    assert "The filer gave no reasons." in text(client.get(f"/casework/{empty.number}"))
    assert "The words are deleted" in text(client.get(f"/casework/{erased.number}"))


# A decision


def test_the_form_holds_what_is_known_and_leaves_the_words_to_the_person(
    desk: Desk, work: Casework
) -> None:
    filed = work.taken()
    page = desk.client("reviewer").get(f"/casework/{filed.number}/decide").text

    def value(name: str) -> str:
        found = re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', page)
        assert found is not None
        return unescape(found[1])

    assert value("reference") == "word pack “scams”, version 1"
    assert value("category") == "fraud_malware"
    assert value("applied") == "2026-01-05T12:00"
    assert value("territory") == "CN"
    assert re.search(r'<textarea id="facts"[^>]*></textarea>', page)
    assert re.search(r'<textarea id="explanation"[^>]*></textarea>', page)
    assert 'name="outcome" value="upheld" required>' in page


def test_a_decision_is_written_seen_and_sent(desk: Desk, work: Casework) -> None:
    filed = work.opened()
    following = work.file()
    client = desk.client("reviewer")
    at = f"/casework/{filed.number}/decide"
    preview = client.post(at, data={**FORM, "step": "preview"})
    shown = text(preview)
    for said in ("Appeal upheld", TYPED["explanation"], TYPED["facts"], "Nothing was wrong"):
        assert said in shown
    assert one(work.store, filed.case_id).decision is None
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', preview.text))
    answer = client.post(
        at, data={name: unescape(v) for name, v in sent.items()} | {"step": "send"}
    )
    assert answer.headers["location"] == f"/casework/{following.number}?sent={filed.number}"
    page = text(client.get(answer.headers["location"]))
    assert f"{filed.number} is decided" in page
    assert "This is the next one." in page
    told = by_number(work.store, work.keys, filed.number, filed.secret)
    assert told.decision is not None
    assert (told.decision.outcome, told.decision.ground) == ("upheld", "none")
    assert (told.texts.explanation, told.texts.facts) == (TYPED["explanation"], TYPED["facts"])
    assert told.decision.applied == STATEMENT.applied
    assert told.decision.ends is None
    assert told.clock.in_time


def test_the_last_decision_leads_back_to_the_list(desk: Desk, work: Casework) -> None:
    filed = work.taken()
    client = desk.client("reviewer")
    answer = client.post(f"/casework/{filed.number}/decide", data={**FORM, "step": "send"})
    assert answer.headers["location"] == f"/casework?sent={filed.number}"
    page = text(client.get(answer.headers["location"]))
    assert f"{filed.number} is decided" in page


def test_ones_own_cases_come_before_those_nobody_has(desk: Desk, work: Casework) -> None:
    work.file()
    work.world.tick(DAY)
    first, second = work.taken(), work.taken()
    answer = desk.client("reviewer").post(
        f"/casework/{first.number}/decide", data={**FORM, "step": "send"}
    )
    assert answer.headers["location"].startswith(f"/casework/{second.number}?")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("outcome", "", "this can't be empty"),
        ("outcome", "maybe", "one of upheld, rejected"),
        ("explanation", "", "this can't be empty"),
        ("explanation", "too short", "write at least 20"),
        ("explanation", "字" * 4001, "more than 4000"),
        ("facts", "  \r\n ", "this can't be empty"),
        ("ground", "", "this can't be empty"),
        ("ground", "whim", "one of"),
        ("reference", "x" * 501, "more than 500"),
        ("territory", "China", "country codes"),
        ("applied", "yesterday", "give a date and a time"),
        ("applied", "", "this can't be empty"),
        ("ends", "2026-01-01T00:00", "comes after the start"),
        ("automated_decision", "fully", "one of"),
        ("redress", "", "this can't be empty"),
    ],
)
def test_nothing_typed_is_lost_on_an_error(still: Desk, field: str, value: str, said: str) -> None:
    work = Casework(still)
    filed = work.taken()
    kept = "<b>看了原文</b>，第一行\r\n第二行，都是引文。"
    sent = FORM | {"facts": kept, field: value, "step": "send"}
    page = still.client("reviewer").post(f"/casework/{filed.number}/decide", data=sent)
    shown = text(page, 422)
    assert said in shown
    assert "nothing was sent" in shown
    assert f'href="#{field}"' in page.text
    if field != "facts":
        assert kept.replace("\r\n", "\n") in unescape(page.text)
    if field != "explanation":
        assert TYPED["explanation"] in unescape(page.text)
    assert one(work.store, filed.case_id).decision is None


def test_back_from_the_preview_everything_still_stands_in_the_form(
    desk: Desk, work: Casework
) -> None:
    filed = work.taken()
    answer = desk.client("reviewer").post(
        f"/casework/{filed.number}/decide", data={**FORM, "step": "edit"}
    )
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert 'role="alert"' not in page
    for value in (TYPED["explanation"], TYPED["facts"], FORM["reference"], FORM["scope"]):
        assert value in page
    assert 'value="upheld" required checked' in page


def test_opening_the_words_while_writing_keeps_what_is_written(desk: Desk, work: Casework) -> None:
    filed = work.taken(statement="这是引文。")
    answer = desk.client("reviewer").post(
        f"/casework/{filed.number}/decide", data={"facts": "写到一半", "step": "words"}
    )
    page = text(answer)
    assert "这是引文。" in page
    assert "写到一半" in page
    assert work.count("read") == 1


def test_a_case_that_was_given_back_meanwhile_keeps_what_was_written(
    desk: Desk, work: Casework
) -> None:
    filed = work.taken()
    desk.client("officer").post(f"/casework/{filed.number}/release")
    client = desk.client("reviewer")
    at = f"/casework/{filed.number}/decide"
    answer = client.post(at, data={**FORM, "step": "send"})
    assert TYPED["explanation"] in text(answer, 409)
    assert client.get(at).headers["location"] == f"/casework/{filed.number}"


# Who may not decide


def test_who_wrote_the_rule_is_told_why_not_and_who_can(desk: Desk, work: Casework) -> None:
    filed = work.against("reviewer")
    client = desk.client("reviewer")
    at = f"/casework/{filed.number}"
    page = text(client.get(at))
    assert "Another person must decide this" in page
    assert "You wrote or added the rule in question" in page
    assert "These can decide: the owner." in page
    assert "Assign to me" not in page
    work.take(filed, "reviewer")
    assert client.get(f"{at}/decide").headers["location"] == at
    answer = client.post(f"{at}/decide", data={**FORM, "step": "send"})
    assert "You wrote or added the rule" in text(answer, 409)
    assert one(work.store, filed.case_id).decision is None


def test_a_rule_that_names_its_author_counts_as_written_by_them(desk: Desk, work: Casework) -> None:
    filed = work.file(subject=work.stop(author="THE reviewer "))
    page = text(desk.client("reviewer").get(f"/casework/{filed.number}"))
    assert "Another person must decide this" in page


def test_when_nobody_else_can_decide_the_page_says_what_to_do(desk: Desk, work: Casework) -> None:
    filed = work.against("owner")
    desk.book.disable(desk.staff["reviewer"].id)
    page = text(desk.client("owner").get(f"/casework/{filed.number}"))
    assert "ask an owner to add a reviewer" in page


# Afterwards


def test_a_decided_case_shows_its_reasons_and_seals_its_words(desk: Desk, work: Casework) -> None:
    filed = work.taken()
    decide(work.store, work.keys, work.world, filed.case_id, desk.staff["reviewer"], STATEMENT)
    at = f"/casework/{filed.number}"
    auditor = text(desk.client("auditor").get(at))
    for said in ("Appeal rejected", "closed in time", "agreement, paragraph 4", "this one output"):
        assert said in auditor
    assert STATEMENT.explanation not in auditor
    owner = desk.client("owner")
    owner.post(f"{at}/words")
    assert STATEMENT.explanation in text(owner.get(at))
    assert work.count("read") == 1


def test_a_withdrawn_case_shows_no_words_to_anybody(desk: Desk, work: Casework) -> None:
    filed = work.opened(statement="这是引文。")
    withdraw(work.store, work.world, filed.number, filed.secret)
    client = desk.client("reviewer")
    page = text(client.get(f"/casework/{filed.number}"))
    assert "withdrawn" in page
    assert "这是引文。" not in page
    assert client.post(f"/casework/{filed.number}/words").status_code == 409


def test_the_history_tells_of_the_deadline_too(desk: Desk, work: Casework) -> None:
    filed = work.file()
    work.world.tick(25 * DAY)
    poll(work.store, work.world)
    page = text(desk.client("auditor").get(f"/casework/{filed.number}"))
    assert "Reminder: the due date is near" in page
    assert "The due date came" in page
    assert "entry comes in a moment" in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_speaks_both_languages(still: Desk, lang: str) -> None:
    work = Casework(still)
    mine, wrote = work.opened(), work.against("reviewer")
    done = work.taken()
    decide(work.store, work.keys, work.world, done.case_id, still.staff["reviewer"], STATEMENT)
    client = still.client("reviewer", lang=lang)
    for path in (
        "/casework",
        "/casework?state=mine",
        "/casework?state=decided",
        *(f"/casework/{filed.number}" for filed in (mine, wrote, done)),
        f"/casework/{mine.number}/decide",
    ):
        assert "北京时间" in client.get(path).text or lang == "en"
        assert client.get(path).status_code == 200
    preview = client.post(f"/casework/{mine.number}/decide", data={**FORM, "step": "preview"})
    assert preview.status_code == 200


def test_a_subjects_text_is_linked_with_its_reason_while_it_is_kept(
    desk: Desk, work: Casework
) -> None:
    filed = work.taken()
    decision = work.rows(tables.decision)[0]
    at = f"/casework/{filed.number}"
    client = desk.client("reviewer")
    assert "No longer kept" in text(client.get(at))
    work.insert(
        tables.sealed,
        generation_id=decision.generation_id,
        part="answer",
        seq=0,
        data=b"x",
        expires=work.world.now() + DAY,
    )
    page = client.get(at).text
    link = f"/generations/{decision.generation_id}?reason=appeal&amp;case={filed.number}#text"
    assert link in page
    assert "Give a reason and open it" in page
