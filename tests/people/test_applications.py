"""Registering applications: idempotent, evidenced when something changes, checked."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tests.people.evidence import changes, entries
from tests.world import FakeWorld

from hegui.ledger.kinds import ApplicationRegistered
from hegui.people import Application, PeopleError, applications
from hegui.store import Store

DECLARED: dict[str, Any] = {"operator": "某店", "public": "顾客", "label_at": "start"}


def test_it_is_kept_as_declared(store: Store, world: FakeWorld) -> None:
    made = applications.register(store, world, "shop", **DECLARED)
    assert made == Application(
        id=made.id, name="shop", **DECLARED, interface="", created=world.now()
    )
    assert len(made.id) == 32
    assert applications.list_applications(store) == [made]
    assert len(entries(store, ApplicationRegistered)) == 1
    assert changes(store, "application") == [made.id]


def test_declaring_the_same_again_changes_nothing(store: Store, world: FakeWorld) -> None:
    first = applications.register(store, world, "shop", **DECLARED)
    world.tick(1)
    assert applications.register(store, world, "shop", **DECLARED) == first
    assert len(entries(store, ApplicationRegistered)) == 1


def test_declaring_something_else_keeps_the_id_and_is_evidenced(
    store: Store, world: FakeWorld
) -> None:
    first = applications.register(store, world, "shop", **DECLARED)
    second = applications.register(
        store, world, "shop", **{**DECLARED, "label_at": "interface"}, interface="角标"
    )
    assert (second.id, second.label_at, second.interface) == (first.id, "interface", "角标")
    assert applications.list_applications(store) == [second]
    one, other = entries(store, ApplicationRegistered)
    assert one.declaration != other.declaration


def test_two_that_register_at_once_get_one(store: Store, world: FakeWorld) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(
            pool.map(lambda _: applications.register(store, world, "shop", **DECLARED), range(8))
        )
    assert len({each.id for each in made}) == 1
    assert len(entries(store, ApplicationRegistered)) == 1


def test_they_are_listed_by_name(store: Store, world: FakeWorld) -> None:
    for name in ("b", "a", "c"):
        applications.register(store, world, name, **DECLARED)
    assert [each.name for each in applications.list_applications(store)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        pytest.param("name", "", id="no-name"),
        pytest.param("name", "x" * 65, id="name-too-long"),
        pytest.param("name", " shop", id="name-with-a-space-before"),
        pytest.param("name", "sh\nop", id="name-of-two-lines"),
        pytest.param("operator", "  ", id="nobody-runs-it"),
        pytest.param("operator", "a\0", id="a-nul"),
        pytest.param("public", "", id="for-nobody"),
        pytest.param("label_at", "middle", id="label-at-another-place"),
        pytest.param("label_at", "interface", id="interface-not-declared"),
    ],
)
def test_a_bad_declaration_names_its_field(
    store: Store, world: FakeWorld, field: str, text: str
) -> None:
    declared = {"name": "shop", **DECLARED, field: text}
    with pytest.raises(PeopleError) as caught:
        applications.register(store, world, **declared)
    assert caught.value.code == "application_malformed"
    assert ("interface" if text == "interface" else field) in caught.value.en
    assert applications.list_applications(store) == []
