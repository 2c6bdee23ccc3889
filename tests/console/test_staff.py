"""The staff pages: who works here, and the forms that change it."""

import re

import pytest
from tests.console.desk import Desk
from tests.people.evidence import entries

from hegui.console.actions import MATRIX, Action, Role
from hegui.ledger.kinds import StaffAdded, StaffChanged


def test_the_list_shows_everybody_and_the_matrix(desk: Desk) -> None:
    page = desk.client("auditor").get("/staff").text
    for member in desk.staff.values():
        assert f'href="/staff/{member.id}"' in page
    allowed = page.count('<span class="hidden">may</span>')
    assert allowed == sum(len(actions) for actions in MATRIX.values())
    assert page.count('<span class="hidden">may not</span>') == len(Action) * len(Role) - allowed
    assert 'href="/staff/new"' not in page
    assert 'href="/staff/new"' in desk.client("owner").get("/staff").text


def test_a_member_is_added_and_the_link_shown_once(desk: Desk) -> None:
    owner = desk.client("owner")
    assert owner.get("/staff/new").status_code == 200
    answer = owner.post("/staff/new", data={"name": "Mei", "role": "reviewer"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found = re.search(r"https://desk\.example/enter/([\w-]{43})", answer.text)
    assert found is not None
    whom = desk.book.linked(found[1])
    assert whom is not None
    assert (whom.name, whom.role) == ("Mei", "reviewer")
    for path in ("/staff", f"/staff/{whom.id}"):
        assert found[1] not in owner.get(path).text
    assert entries(desk.store, StaffAdded)[-1].act == whom.id


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "the owner", "role": "owner"}, "has this name already"),
        ({"name": " ", "role": "owner"}, "1 to 64 printable characters"),
        ({"name": "n" * 65, "role": "owner"}, "1 to 64 printable characters"),
        ({"name": "Mei", "role": "king"}, "There is no such role"),
        ({"name": "Mei"}, "There is no such role"),
        ({"role": "owner"}, "1 to 64 printable characters"),
    ],
)
def test_what_can_not_be_added_is_said_and_nothing_is_lost(
    desk: Desk, fields: dict[str, str], said: str
) -> None:
    answer = desk.client("owner").post("/staff/new", data=fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert f'value="{fields.get("name", "")}"' in answer.text
    assert len(desk.book.list()) == 4


def test_a_name_is_shown_as_text_and_never_as_markup(desk: Desk) -> None:
    name = '<b onclick="x">&amp;'
    answer = desk.client("owner").post("/staff/new", data={"name": name, "role": "auditor"})
    assert "<b onclick" not in answer.text
    assert "<b onclick" not in desk.client("owner").get("/staff").text


def test_a_role_is_changed(desk: Desk) -> None:
    owner, member = desk.client("owner"), desk.staff["reviewer"]
    answer = owner.post(f"/staff/{member.id}/role", data={"role": "officer"})
    assert answer.headers["location"] == f"/staff/{member.id}?done=role"
    page = owner.get(answer.headers["location"]).text
    assert "The role is changed." in page
    assert entries(desk.store, StaffChanged)[-1].role == "officer"


def test_a_member_is_disabled_and_enabled_again(desk: Desk) -> None:
    owner, reviewer, member = desk.client("owner"), desk.client("reviewer"), desk.staff["reviewer"]
    answer = owner.post(f"/staff/{member.id}/disable")
    assert answer.headers["location"] == f"/staff/{member.id}?done=disable"
    assert reviewer.get("/").status_code == 303
    page = owner.get(f"/staff/{member.id}").text
    assert "Enable again" in page
    assert f"/staff/{member.id}/link" not in page
    assert owner.post(f"/staff/{member.id}/link").status_code == 409
    owner.post(f"/staff/{member.id}/role", data={"role": "reviewer"})
    assert desk.client("reviewer").get("/").status_code == 200


def test_a_new_link_replaces_the_old_one(desk: Desk) -> None:
    member = desk.staff["auditor"]
    old = desk.book.link(member.id)
    page = desk.client("owner").post(f"/staff/{member.id}/link").text
    found = re.search(r"/enter/([\w-]{43})", page)
    assert found is not None
    assert desk.book.linked(found[1]) == member
    assert desk.book.linked(old) is None


def test_the_last_owner_stays_and_is_told_why(desk: Desk) -> None:
    owner, member = desk.client("owner"), desk.staff["owner"]
    for answer in (
        owner.post(f"/staff/{member.id}/disable"),
        owner.post(f"/staff/{member.id}/role", data={"role": "auditor"}),
    ):
        assert answer.status_code == 409
        assert "This is the last owner" in answer.text
    assert owner.get("/staff").status_code == 200
    assert entries(desk.store, StaffChanged) == []


@pytest.mark.parametrize("member", ["0" * 32, "none", "%00", "é"])
@pytest.mark.parametrize("act", ["", "/role", "/disable", "/link"])
def test_a_member_who_is_not_there_is_not_found(desk: Desk, member: str, act: str) -> None:
    owner, path = desk.client("owner"), f"/staff/{member}{act}"
    answer = owner.post(path, data={"role": "owner"}) if act else owner.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert 'class="rail"' in answer.text


def test_an_auditor_sees_a_member_and_no_form(desk: Desk) -> None:
    page = desk.client("auditor").get(f"/staff/{desk.staff['owner'].id}").text
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
