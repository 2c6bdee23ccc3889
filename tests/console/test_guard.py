"""Who reaches which route: the whole matrix, made from the routes themselves."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import event
from tests.conftest import Databases
from tests.console.desk import Desk
from tests.console.matrix import asked, routes
from tests.console.rows import fill
from tests.portal.conftest import fresh_house as portal_house
from tests.world import FakeWorld

from hegui.console.actions import MATRIX, Action, Role
from hegui.console.guard import Guarded
from hegui.portal.app import build as build_portal

#: What anybody may ask: to come in, and for the files of the pages.
OPEN = {"/sign-in", "/enter/{token}", "/static/{digest}/{name:path}"}
#: Paths that portal and console both have: each app's own door, and the files of its pages.
SHARED = {"/", "/sign-in", "/sign-out", "/static/{digest}/{name:path}"}


@pytest.fixture(scope="module")
def rows(still: Desk) -> dict[str, str]:
    """A row for every page that shows one."""
    return fill(still)


def test_every_route_needs_exactly_one_action_or_is_a_door(still: Desk) -> None:
    for route in routes(still.app):
        if route.path in OPEN:
            assert route.needs is None
        else:
            assert isinstance(route.needs, Action), route.path


def test_every_action_guards_a_route(still: Desk) -> None:
    assert {route.needs for route in routes(still.app)} - {None} == set(Action)


def test_nobody_signed_in_is_led_to_the_sign_in_and_back(still: Desk, rows: dict[str, str]) -> None:
    client = still.client()
    for ask in asked(still.app, rows):
        answer = client.request(ask.method, ask.path)
        assert answer.status_code == 303, ask
        to = urlsplit(answer.headers["location"])
        assert to.path == "/sign-in"
        assert parse_qs(to.query)["next"] == [ask.path if ask.method == "GET" else "/"]


@pytest.mark.parametrize("role", Role)
def test_a_role_is_refused_what_the_matrix_does_not_give(
    still: Desk, rows: dict[str, str], role: Role
) -> None:
    client = still.client(role)
    for ask in asked(still.app, rows):
        if ask.route.needs in MATRIX[role]:
            continue
        answer = client.request(ask.method, ask.path)
        assert answer.status_code == 403, ask
        assert "Your role can&#39;t do this" in answer.text


@pytest.mark.parametrize("role", Role)
def test_a_role_reads_what_the_matrix_gives(still: Desk, rows: dict[str, str], role: Role) -> None:
    client = still.client(role)
    for ask in asked(still.app, rows):
        if ask.method != "GET" or ask.route.needs not in MATRIX[role]:
            continue
        answer = client.get(ask.path)
        if answer.status_code == 303:  # some pages lead on to another of the console
            answer = client.get(answer.headers["location"])
        assert answer.status_code == 200, ask


def test_a_form_that_a_role_may_send_passes_the_guard(desk: Desk) -> None:
    """What it does is its own tests' matter; here it is neither refused nor led to a sign-in."""
    rows = fill(desk)
    client = desk.client("owner")
    last = {"/sign-out"}
    for ask in sorted(asked(desk.app, rows), key=lambda ask: ask.path in last):
        if ask.method == "POST":
            answer = client.post(ask.path)
            assert answer.status_code != 403, ask
            assert not answer.headers.get("location", "").startswith("/sign-in?next"), ask


def test_the_refusal_names_the_action_and_who_may(still: Desk) -> None:
    said = still.client("auditor").get("/staff/new").text
    assert "“Manage staff”" in said
    assert "“Auditor”" in said
    assert "Roles that may: Owner." in said
    said = still.client("auditor", lang="zh").get("/staff/new").text
    assert "可以做这件事的角色：所有者" in said


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "%00", "a" * 9000])
def test_a_made_up_session_is_nobodys(still: Desk, token: str) -> None:
    answer = still.client().get("/", headers={"cookie": f"hegui-staff={token}"})
    assert answer.status_code in (303, 400, 431)


def test_a_portal_session_is_no_session_here(still: Desk) -> None:
    client = still.client()
    client.cookies.set("hegui", still.token("owner"))
    assert client.get("/").status_code == 303


def test_a_role_taken_away_counts_at_once(desk: Desk) -> None:
    client = desk.client("officer")
    assert client.get("/staff").status_code == 200
    desk.book.set_role(desk.staff["officer"].id, "reviewer")
    assert client.get("/staff").status_code == 403
    desk.book.disable(desk.staff["officer"].id)
    assert client.get("/").status_code == 303


def test_the_portal_has_no_route_of_the_console(
    still: Desk, databases: Databases, world: FakeWorld
) -> None:
    portal = build_portal(portal_house(databases, world))
    theirs = {getattr(route, "path", "") for route in portal.router.routes}
    ours = {route.path for route in routes(still.app)}
    assert theirs & ours <= SHARED
    for route in portal.router.routes:
        assert not isinstance(route, Guarded)
        endpoint = getattr(route, "endpoint", None)
        assert not getattr(endpoint, "__module__", "").startswith("hegui.console")


def test_the_guard_costs_one_question_to_the_database(still: Desk) -> None:
    questions: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            questions.append(statement)

    client = still.client("owner")
    event.listen(still.store.engine, "before_cursor_execute", note)
    try:
        assert client.get("/staff").status_code == 200
    finally:
        event.remove(still.store.engine, "before_cursor_execute", note)
    assert len(questions) == 2
