"""Coming in by passphrase or by a one-time link, and leaving."""

import re
from urllib.parse import quote

import pytest
from tests.console.desk import Desk

from hegui.config import Listen
from hegui.console.door import COOKIE
from hegui.people.staff import STAFF_SESSION_MS

PASS = "correct horse battery"


@pytest.fixture
def reviewer(desk: Desk) -> str:
    """The name of a reviewer who has a passphrase."""
    desk.book.set_passphrase(desk.staff["reviewer"].id, PASS)
    return desk.staff["reviewer"].name


def test_a_member_signs_in_by_name_and_passphrase_and_out(desk: Desk, reviewer: str) -> None:
    client = desk.client()
    fields = {"name": reviewer, "passphrase": PASS, "next": "/casework?state=received"}
    answer = client.post("/sign-in", data=fields)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/casework?state=received"
    cookie = answer.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=lax", "path=/", f"max-age={STAFF_SESSION_MS // 1000}"):
        assert part in cookie
    assert client.get("/me").status_code == 200
    assert client.get("/sign-in").headers["location"] == "/"
    answer = client.post("/sign-out")
    assert answer.headers["location"] == "/sign-in?out=1"
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert client.get("/me").status_code == 303
    assert "You are signed out" in client.get("/sign-in?out=1").text


def test_over_https_the_cookie_is_bound_to_the_host(desk: Desk, reviewer: str) -> None:
    assert desk.house.settings.listen == Listen()
    answer = desk.client().post(
        "/sign-in",
        data={"name": reviewer, "passphrase": PASS},
        headers={"sec-fetch-site": "same-origin"},
    )
    assert answer.headers["set-cookie"].startswith(f"{COOKIE}=")
    assert "secure" not in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"name": "the reviewer", "passphrase": "wrong horse"}, 400, "is not right"),
        ({"name": "nobody", "passphrase": PASS}, 400, "is not right"),
        ({"name": "", "passphrase": PASS}, 400, "Type your name."),
        ({"name": "the reviewer", "passphrase": ""}, 400, "Type your passphrase."),
        ({}, 400, "Type your name."),
    ],
)
def test_what_is_wrong_is_said_and_the_name_kept(
    desk: Desk, reviewer: str, fields: dict[str, str], status: int, said: str
) -> None:
    answer = desk.client().post("/sign-in", data=fields | {"next": "/staff"})
    assert answer.status_code == status
    assert said in answer.text
    assert f'value="{fields.get("name", "")}"' in answer.text
    assert 'name="next" value="/staff"' in answer.text
    assert PASS not in answer.text
    assert "set-cookie" not in answer.headers


def test_many_wrong_attempts_are_told_to_wait(desk: Desk, reviewer: str) -> None:
    client = desk.client()
    fields = {"name": reviewer, "passphrase": "wrong horse"}
    statuses = [client.post("/sign-in", data=fields).status_code for _ in range(6)]
    assert statuses == [400] * 5 + [429]


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a\r\nset-cookie: x=1",
        "/\t/evil.example",
        "evil",
        "",
    ],
)
def test_a_sign_in_leads_to_no_other_site(desk: Desk, reviewer: str, onward: str) -> None:
    fields = {"name": reviewer, "passphrase": PASS, "next": onward}
    answer = desk.client().post("/sign-in", data=fields)
    assert answer.headers["location"] == "/"
    answer = desk.client("reviewer").get(f"/sign-in?next={quote(onward)}")
    assert answer.headers["location"] == "/"


def test_another_site_can_not_sign_anybody_in_or_out(desk: Desk, reviewer: str) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    fields = {"name": reviewer, "passphrase": PASS}
    assert desk.client().post("/sign-in", data=fields, headers=foreign).status_code == 403
    link = desk.book.link(desk.staff["auditor"].id)
    assert desk.client().post(f"/enter/{link}", headers=foreign).status_code == 403
    assert desk.book.linked(link) is not None
    client = desk.client("owner")
    assert client.post("/sign-out", headers=foreign).status_code == 403
    assert client.get("/me").status_code == 200


def test_a_link_is_used_by_its_button_and_not_by_a_look(desk: Desk) -> None:
    path = f"/enter/{desk.book.link(desk.staff['auditor'].id)}"
    for _ in range(2):  # a mail program's preview, then the person
        shown = desk.client().get(path)
        assert shown.status_code == 200
        assert "Sign in as “the auditor”" in shown.text
        assert "set-cookie" not in shown.headers
    buttons = re.findall(r"<button[^>]*>", shown.text.partition("<main")[2].partition("</main>")[0])
    assert len(buttons) == 1
    assert "autofocus" in buttons[0]
    client = desk.client()
    answer = client.post(path)
    # Without a passphrase yet, the first page is where one is chosen.
    assert answer.headers["location"] == "/me"
    assert "the auditor" in client.get("/me").text
    for again in (desk.client().post(path), desk.client().get(path)):
        assert again.status_code == 410
        assert "This link works no more" in again.text


def test_who_has_a_passphrase_goes_on_to_the_first_page(desk: Desk, reviewer: str) -> None:
    path = f"/enter/{desk.book.link(desk.staff['reviewer'].id)}"
    assert desk.client().post(path).headers["location"] == "/"


@pytest.mark.parametrize("token", ["x", "%00", "0" * 43, "é"])
def test_a_made_up_link_lets_nobody_in(desk: Desk, token: str) -> None:
    assert desk.client().get(f"/enter/{token}").status_code in (404, 410)
    answer = desk.client().post(f"/enter/{token}")
    assert answer.status_code in (404, 410)
    assert "set-cookie" not in answer.headers


def test_a_session_ends_after_twelve_hours(desk: Desk) -> None:
    client = desk.client("owner")
    desk.world.tick(STAFF_SESSION_MS)
    answer = client.get("/staff")
    assert answer.headers["location"] == "/sign-in?next=/staff"


def test_a_first_passphrase_is_chosen(desk: Desk) -> None:
    client = desk.client("auditor")
    assert 'name="current"' not in client.get("/me").text
    answer = client.post("/me/passphrase", data={"new": "short"})
    assert answer.status_code == 400
    assert "8 to 1024 characters" in answer.text
    assert "Type a new passphrase" in client.post("/me/passphrase", data={"new": ""}).text
    answer = client.post("/me/passphrase", data={"new": PASS})
    assert answer.headers["location"] == "/me?done=saved"
    assert "The passphrase is saved" in client.get("/me?done=saved").text
    fields = {"name": "the auditor", "passphrase": PASS}
    assert desk.client().post("/sign-in", data=fields).status_code == 303


def test_a_passphrase_is_changed_with_the_current_one(desk: Desk, reviewer: str) -> None:
    client, elsewhere = desk.client(), desk.client("reviewer")
    client.post("/sign-in", data={"name": reviewer, "passphrase": PASS})
    assert 'name="current"' in client.get("/me").text
    answer = client.post("/me/passphrase", data={"current": "wrong", "new": "another one"})
    assert answer.status_code == 400
    assert "The current passphrase is not right" in answer.text
    assert elsewhere.get("/me").status_code == 200
    answer = client.post("/me/passphrase", data={"current": PASS, "new": "another one"})
    assert answer.status_code == 303
    assert client.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 303


def test_sign_ins_elsewhere_are_ended(desk: Desk) -> None:
    client, elsewhere, other = desk.client("owner"), desk.client("owner"), desk.client("auditor")
    assert client.post("/me/sessions").headers["location"] == "/me?done=ended"
    assert client.get("/me?done=ended").status_code == 200
    assert elsewhere.get("/me").status_code == 303
    assert other.get("/me").status_code == 200


@pytest.mark.parametrize("path", ["/sign-in", "/me/passphrase"])
@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 400),
        ("application/x-www-form-urlencoded", b"name=%ff", 400),
        ("application/x-www-form-urlencoded", b"a&" * 40, 400),
        ("application/x-www-form-urlencoded", b"name=" + b"x" * 20_000, 413),
    ],
)
def test_a_form_that_is_none_is_refused(
    desk: Desk, path: str, kind: str, body: bytes, status: int
) -> None:
    answer = desk.client("owner").post(path, content=body, headers={"content-type": kind})
    assert answer.status_code == status
