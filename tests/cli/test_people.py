"""``hegui people``: state without words, and erasure for good."""

import io

import pytest
from tests.cli.conftest import Hegui

from hegui.cli.opened import home_of, opened, person_keys
from hegui.config import Home, load
from hegui.people import agreements, applications, persons

PSEUDONYM = "reader-17"


@pytest.fixture
def person_id(home: Home, hegui: Hegui) -> str:
    """A person of the chat's who accepted the agreement."""
    hegui("agreement", "publish")
    settings = load(None, {})
    with opened(settings, home_of()) as store, person_keys(settings, home_of()) as keys:
        chat = applications.register(
            store, store.world, "chat", operator="me", public="all", label_at="start"
        )
        person, _ = persons.find_or_register(store, keys, store.world, chat.id, PSEUDONYM)
        agreements.accept(store, store.world, person.id, 1, via="application", evidence=None)
        return person.id


def test_a_persons_state_is_shown(hegui: Hegui, person_id: str) -> None:
    assert hegui("people", "show", PSEUDONYM, "--json").document == {
        "id": person_id,
        "application": "chat",
        "pseudonym": PSEUDONYM,
        "agreement": {"current": 1, "accepted": 1, "evidenced": False},
        "suspended": None,
    }
    assert "said by the application" in hegui("people", "show", PSEUDONYM).out


def test_erasure_leaves_neither_person_nor_key(hegui: Hegui, person_id: str) -> None:
    assert hegui("people", "erase", PSEUDONYM, "--json").document == {
        "id": person_id,
        "erased": True,
    }
    ran = hegui("people", "show", PSEUDONYM)
    assert (ran.code, ran.err.split(":")[0]) == (2, "person_not_found")
    with person_keys(load(None, {}), home_of()) as keys:
        assert keys.get(person_id) is None


class Terminal(io.StringIO):
    """Standard input at which somebody sits."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize("typed", ["reader-18\n", "\n", ""])
def test_at_a_terminal_another_word_erases_nothing(
    hegui: Hegui, person_id: str, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    ran = hegui("people", "erase", PSEUDONYM, "--json")
    assert (ran.code, ran.document["error"]["code"]) == (2, "erase_not_confirmed")
    assert hegui("people", "show", PSEUDONYM).code == 0


@pytest.mark.parametrize(("typed", "more"), [(f"{PSEUDONYM}\n", ()), ("", ("--yes",))])
def test_at_a_terminal_the_pseudonym_or_yes_confirms(
    hegui: Hegui,
    person_id: str,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    more: tuple[str, ...],
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    ran = hegui("people", "erase", PSEUDONYM, "--json", *more)
    assert ran.document["erased"] is True
    assert ("Type the pseudonym" in ran.err) is not bool(more)


@pytest.mark.parametrize("command", ["show", "erase"])
def test_an_unknown_person_or_application_is_told(
    hegui: Hegui, person_id: str, command: str
) -> None:
    ran = hegui("people", command, "nobody")
    assert (ran.code, ran.err.split(":")[0]) == (2, "person_not_found")
    assert "应用 chat " in ran.err
    assert "application chat " in ran.err
    ran = hegui("people", command, PSEUDONYM, "--application", "none")
    assert (ran.code, ran.err.split(":")[0]) == (2, "application_not_found")
