"""The matrix of roles and actions, as the house decided it."""

import pytest

from hegui.console.actions import MATRIX, Action, Role, may, who_may
from hegui.console.rooms import ROOMS, rooms_of
from hegui.people.staff import ROLES

READS = {action for action in Action if action.value.endswith(".read")}


def test_the_roles_are_those_of_the_staff_book() -> None:
    assert tuple(Role) == ROLES
    assert MATRIX.keys() == set(Role)


def test_the_owner_may_do_everything() -> None:
    assert MATRIX[Role.OWNER] == set(Action)


@pytest.mark.parametrize("role", Role)
def test_everybody_may_enter_and_read_the_overview_and_the_record(role: Role) -> None:
    for action in (Action.ENTER, Action.READ_OVERVIEW, Action.READ_LEDGER, Action.VERIFY_LEDGER):
        assert may(role, action)


def test_an_auditor_reads_all_and_changes_nothing() -> None:
    assert MATRIX[Role.AUDITOR] == READS | {Action.ENTER, Action.VERIFY_LEDGER}


def test_an_officer_runs_the_house_and_neither_decides_nor_opens_text() -> None:
    refused = set(Action) - MATRIX[Role.OFFICER]
    assert refused == {Action.OPEN_TEXT, Action.DECIDE_CASES, Action.MANAGE_STAFF}


def test_a_reviewer_decides_and_manages_nothing() -> None:
    assert {Action.OPEN_TEXT, Action.DECIDE_CASES, Action.WORK_CASES} <= MATRIX[Role.REVIEWER]
    assert not [action for action in MATRIX[Role.REVIEWER] if action.value.endswith(".manage")]
    assert not may(Role.REVIEWER, Action.READ_STAFF)
    assert not may(Role.REVIEWER, Action.READ_SETTINGS)
    assert not may(Role.REVIEWER, Action.READ_APPLICATIONS)


def test_sealed_text_is_for_two_roles() -> None:
    assert who_may(Action.OPEN_TEXT) == [Role.OWNER, Role.REVIEWER]


@pytest.mark.parametrize("role", Role)
def test_the_rail_shows_the_rooms_that_a_role_may_read(role: Role) -> None:
    assert rooms_of(role) == [room for room in ROOMS if room.needs in MATRIX[role]]
    assert rooms_of(Role.OWNER) == list(ROOMS)


def test_a_page_belongs_to_one_room() -> None:
    for path in ("/", "/staff", "/staff/new", "/evidence/entry/4", "/casework"):
        assert len([room for room in ROOMS if room.holds(path)]) == 1
    for path in ("/me", "/staffing", "/sign-in"):
        assert not [room for room in ROOMS if room.holds(path)]
