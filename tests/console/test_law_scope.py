"""The questionnaire and its record: one group a page, nothing lost, every record kept."""

import re
from typing import Any

import httpx2
import pytest
from tests.console.desk import Desk
from tests.console.story import main_of, text_of
from tests.serving import Served

from hegui.console.app import build
from hegui.duties import licences, scope
from hegui.law.scope import groups

ANSWER = "/law/scope/answer"
PUBLIC = {"public_prc": "yes", "provider_place": "prc", "foreign_invested": "no", "opinion": "no"}
CHAT = {"public_prc": True, "model_route": "filed_api", "companion": False, "opinion": True}


@pytest.fixture
def client(desk: Desk) -> httpx2.Client:
    return desk.client("officer")


@pytest.fixture
def reader(still: Desk) -> httpx2.Client:
    """An officer of a house where nothing is kept."""
    return still.client("officer")


def send(client: httpx2.Client, group: str, to: str = "next", **fields: str) -> str:
    """Sends a group's page; where it leads."""
    answer = client.post(f"{ANSWER}/{group}", data={**fields, "to": to})
    assert answer.status_code == 303, answer.text
    where: str = answer.headers["location"]
    return where.removeprefix(f"{ANSWER}/")


def checked(page: str, name: str) -> list[str]:
    """The values of a field's chosen buttons."""
    return re.findall(rf'name="{re.escape(name)}" value="([^"]*)" checked', page)


def test_before_the_first_record_the_page_says_how_to_begin(reader: httpx2.Client) -> None:
    page = text_of(reader.get("/law/scope"))
    assert "Not answered yet" in page
    assert "Begin" in page


def test_the_groups_come_one_by_one_and_the_last_leads_to_the_end(client: httpx2.Client) -> None:
    names = [group.id for group in groups()]
    where = send(client, names[0], **PUBLIC)
    visited = [where]
    while where != "end":
        assert client.get(f"{ANSWER}/{where}").status_code == 200
        where = send(client, where)
        visited.append(where)
    assert visited == [*names[1:], "end"]


def test_back_works_and_shows_what_was_answered(client: httpx2.Client) -> None:
    assert send(client, "reach", **PUBLIC) == "content"
    page = main_of(client.get(f"{ANSWER}/content"))
    assert f'href="{ANSWER}/reach"' in page
    assert "Part 2 of 8" in page
    back = main_of(client.get(f"{ANSWER}/reach"))
    assert checked(back, "public_prc") == ["yes"]
    assert checked(back, "provider_place") == ["prc"]
    assert checked(back, "eu_users") == [""]


def test_several_none_and_unknown_are_three_things(desk: Desk, client: httpx2.Client) -> None:
    send(client, "content", **{"outputs.text": "on", "outputs.image": "on"})
    send(client, "field", **{"sectors.none": "on"})
    assert checked(main_of(client.get(f"{ANSWER}/content")), "outputs.image") == ["on"]
    assert checked(main_of(client.get(f"{ANSWER}/field")), "sectors.none") == ["on"]
    client.post(f"{ANSWER}/end")
    record = scope.latest(desk.store)
    assert record is not None
    assert record.answers == {"outputs": ["text", "image"], "sectors": []}
    assert {"public_prc", "interface"} <= set(record.missing)


@pytest.mark.parametrize(
    ("group", "fields", "told"),
    [
        ("people", {"registered": "about 5"}, "whole number"),
        ("people", {"registered": "99999999999"}, "whole number"),
        ("people", {"registered": "9" * 5000}, "whole number"),
        ("people", {"minors": "maybe"}, "no option"),
        ("field", {"sectors.none": "on", "sectors.news": "on"}, "a list"),
        ("reach", {"public_prc": "perhaps"}, "true or false"),
        ("deployment", {"place": "a\x00b"}, "printable"),
        ("deployment", {"place": "x" * 2001}, "printable"),
    ],
)
def test_what_can_not_be_used_is_told_and_nothing_is_lost(
    reader: httpx2.Client, group: str, fields: dict[str, str], told: str
) -> None:
    kept = {"storage": "two & three"} if group == "deployment" else {"users_register": "yes"}
    answer = reader.post(f"{ANSWER}/{group}", data={**kept, **fields})
    assert answer.status_code == 400
    assert told in answer.text
    if group == "deployment":
        assert "two &amp; three" in answer.text
    if group == "people":
        assert checked(answer.text, "users_register") == ["yes"]
        assert fields.get("registered", "") in answer.text
    if group == "field":
        assert checked(answer.text, "sectors.news") == ["on"]
    assert 'aria-invalid="true"' in answer.text or "choices asked wrong" in answer.text


def test_questions_that_answers_make_moot_are_not_asked(client: httpx2.Client) -> None:
    assert "registered" in client.get(f"{ANSWER}/people").text
    send(client, "data", personal_data="no", sensitive_data="yes", people="40")
    end = text_of(client.get(f"{ANSWER}/end"))
    assert "personal data are handled" in end
    send(client, "model", model_route="own", base_model_filing="B-1")
    assert client.get(f"{ANSWER}/model").status_code == 200
    client.post(f"{ANSWER}/end")
    record = main_of(client.get("/law/scope"))
    assert "B-1" not in record


def test_recording_keeps_the_answers_and_writes_evidence(desk: Desk, client: httpx2.Client) -> None:
    send(client, "reach", to="end", **PUBLIC)
    answer = client.post(f"{ANSWER}/end")
    assert answer.status_code == 303
    record = scope.latest(desk.store)
    assert record is not None
    assert record.staff == desk.staff["officer"].id
    assert answer.headers["location"] == f"/law/scope/{record.id}?done=recorded"
    page = text_of(client.get(answer.headers["location"]))
    assert "Recorded, and written in the ledger." in page
    assert "The service is offered to the public in the mainland." in page
    # The draft is gone: what is asked now begins with the record.
    assert checked(main_of(client.get(f"{ANSWER}/reach")), "opinion") == ["no"]


def test_a_draft_is_its_own_members_and_can_be_given_up(desk: Desk, client: httpx2.Client) -> None:
    send(client, "reach", **PUBLIC)
    assert "You have a draft that isn't recorded" in text_of(client.get("/law/scope"))
    owner = desk.client("owner")
    assert checked(main_of(owner.get(f"{ANSWER}/reach")), "public_prc") == [""]
    assert client.post("/law/scope/drop").headers["location"] == "/law/scope"
    assert checked(main_of(client.get(f"{ANSWER}/reach")), "public_prc") == [""]


def test_a_draft_outlives_the_process_and_says_what_was_recorded_since(desk: Desk) -> None:
    send(desk.client("officer"), "reach", **PUBLIC)
    desk.world.tick(3 * 86_400_000)
    scope.record(desk.store, desk.world, CHAT)
    another = Served(build(desk.house))  # a second console over the same house
    client = another.client()
    client.cookies.update({"hegui-staff": desk.token("officer"), "hegui-lang": "en"})
    page = main_of(client.get(f"{ANSWER}/reach"))
    client.close()
    another.close()
    assert checked(page, "provider_place") == ["prc"]
    assert "Since your draft, somebody recorded new answers" in page


def test_the_result_shows_ways_instruments_and_reasons(desk: Desk, client: httpx2.Client) -> None:
    scope.record(desk.store, desk.world, CHAT)
    licences.add(
        desk.store,
        desk.world,
        licences.Given(kind="registration", number="R-7", scope="chat", holder="Example Ltd"),
    )
    page = text_of(client.get("/law/scope"))
    for said in (
        "1 in the register R-7",
        "needed, and not in the register yet",
        "where the model comes from: a filed model, called unchanged.",
        "Algorithm Provisions, Art. 24",
        "cn-algorithm-2022/filing.new",
        "For comparison: drafts and foreign law",
        "is a draft and never came into force",
        "by command",
    ):
        assert said.lower() in page.lower(), said
    assert 'href="/law/licences/new?kind=algorithm-filing"' in client.get("/law/scope").text


def test_an_earlier_record_stays_and_what_changed_is_told(
    desk: Desk, client: httpx2.Client
) -> None:
    first = scope.record(desk.store, desk.world, {**CHAT, "opinion": False})
    desk.world.tick(3_600_000)
    scope.record(desk.store, desk.world, CHAT)
    page = text_of(client.get("/law/scope"))
    assert (
        "whether it has public-opinion attributes or the capacity for social mobilisation: no → yes"
        in page
    )
    assert "Algorithm filing: not needed → needed" in page
    earlier = text_of(client.get(f"/law/scope/{first.id}"))
    assert "This is an earlier record" in earlier
    assert "Changes since the previous record" not in earlier


def test_an_old_record_is_asked_for_again(desk: Desk, client: httpx2.Client) -> None:
    scope.record(desk.store, desk.world, CHAT)
    assert "It is time to answer again" not in client.get("/law/scope").text
    desk.world.tick(400 * 86_400_000)
    assert "It is time to answer again" in desk.client("officer").get("/law/scope").text


@pytest.mark.parametrize("path", ["/law/scope/0", f"/law/scope/{'0' * 32}", f"{ANSWER}/nowhere"])
def test_what_is_not_there_is_a_page_that_says_so(reader: httpx2.Client, path: str) -> None:
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "auditor"])
def test_who_may_only_read_sees_no_button(desk: Desk, role: str) -> None:
    client = desk.client(role)
    scope.record(desk.store, desk.world, CHAT)
    page = main_of(client.get("/law/scope"))
    assert f'href="{ANSWER}' not in page
    assert client.get(f"{ANSWER}/reach").status_code == 403


def test_both_languages_say_it_all(desk: Desk) -> None:
    scope.record(desk.store, desk.world, CHAT)
    for path in ("/law/scope", f"{ANSWER}/field", f"{ANSWER}/end"):
        zh: Any = desk.client("officer", lang="zh").get(path)
        assert zh.status_code == 200
        assert not re.search(r">\s*law_scope\.", zh.text)
    assert (
        "服务具有舆论属性或者社会动员能力。"
        in desk.client("officer", lang="zh").get("/law/scope").text
    )
