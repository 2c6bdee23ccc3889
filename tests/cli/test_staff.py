"""``hegui staff``: members added, linked, changed and disabled from the shell."""

import pytest
from tests.cli.conftest import Hegui

from hegui.cli import staff as commands
from hegui.cli.opened import home_of, opened
from hegui.config import Home, load
from hegui.people.staff import ROLES, StaffBook


def test_a_member_is_added_with_a_link_that_signs_in(hegui: Hegui) -> None:
    added = hegui("staff", "add", "Mei", "--role", "reviewer", "--json").document
    assert (added["name"], added["role"]) == ("Mei", "reviewer")
    address, _, token = added["sign_in"].rpartition("/")
    assert address == "http://127.0.0.1:8402/enter"
    with opened(load(None, {}), home_of()) as store:
        book = StaffBook(store, store.world)
        who = book.who(book.sign_in_by_link(token))
        assert who is not None
        assert who.id == added["id"]


def test_the_link_follows_the_settings(home: Home, hegui: Hegui) -> None:
    from pathlib import Path

    hegui("init")
    text = Path("hegui.toml").read_text(encoding="utf-8")
    Path("hegui.toml").write_text(
        text.replace('console_url = ""', 'console_url = "https://desk.example/"'), encoding="utf-8"
    )
    hegui("staff", "add", "Mei", "--role", "reviewer")
    said = hegui("staff", "link", "Mei").out
    assert "\nhttps://desk.example/enter/" in said


def test_a_new_link_replaces_the_earlier_one(hegui: Hegui) -> None:
    first = hegui("staff", "add", "Mei", "--role", "reviewer", "--json").document["sign_in"]
    second = hegui("staff", "link", "Mei", "--json").document["sign_in"]
    with opened(load(None, {}), home_of()) as store:
        book = StaffBook(store, store.world)
        assert book.linked(first.rpartition("/")[2]) is None
        assert book.linked(second.rpartition("/")[2]) is not None


def test_the_list_tells_role_state_and_no_secret(hegui: Hegui) -> None:
    url = hegui("staff", "add", "Mei", "--role", "owner", "--json").document["sign_in"]
    hegui("staff", "add", "Bo", "--role", "auditor")
    hegui("staff", "disable", "Bo")
    listed = hegui("staff", "list", "--json")
    mei, bo = listed.document["staff"]
    assert (mei["role"], mei["passphrase"], mei["disabled"]) == ("owner", False, None)
    assert bo["disabled"] is not None
    assert url.rpartition("/")[2] not in listed.out
    assert hegui("staff", "list").out.splitlines()[0].startswith("name\trole")


def test_a_role_is_changed_and_a_disabled_member_comes_back_with_one(hegui: Hegui) -> None:
    hegui("staff", "add", "Mei", "--role", "reviewer")
    assert hegui("staff", "disable", "Mei").code == 0
    assert hegui("staff", "link", "Mei").code == 2
    assert hegui("staff", "role", "Mei", "officer", "--json").document["role"] == "officer"
    assert hegui("staff", "link", "Mei").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "Mei", "--role", "owner"), "staff_name_taken"),
        (("add", "  ", "--role", "owner"), "staff_name_malformed"),
        (("add", "Bo", "--role", "king"), "command_wrong"),
        (("add", "Bo"), "command_wrong"),
        (("link", "nobody"), "staff_unknown"),
        (("role", "nobody", "owner"), "staff_unknown"),
        (("role", "Mei", "auditor"), "last_owner"),
        (("disable", "nobody"), "staff_unknown"),
        (("disable", "Mei"), "last_owner"),
    ],
)
def test_what_can_not_be_done_is_said(hegui: Hegui, words: tuple[str, ...], code: str) -> None:
    hegui("staff", "add", "Mei", "--role", "owner")
    ran = hegui("staff", *words)
    assert ran.code == 2
    assert ran.err.startswith(f"{code}: ")


def test_the_command_knows_every_role() -> None:
    assert commands._ROLES == ROLES
