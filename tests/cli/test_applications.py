"""``hegui apps`` and ``hegui keys``."""

import pytest
from tests.cli.conftest import Hegui

from hegui.config import Home
from hegui.people import PeopleError, api_keys
from hegui.store import Store
from hegui.world import RealWorld

SHOP = ("apps", "add", "shop", "--operator", "Shop Ltd", "--public", "customers")


def found(home: Home, secret: str) -> api_keys.Key:
    store = Store.open(home.database_url, world=RealWorld())
    try:
        return api_keys.find_key(store, secret, RealWorld().now())
    finally:
        store.close()


def test_an_application_is_registered_and_listed(hegui: Hegui) -> None:
    assert hegui(*SHOP).code == 0
    assert hegui(*SHOP[:2], "quiz", "--operator", "Q", "--public", "all", "--label-at", "end").out
    listed = hegui("apps", "list", "--json").document["applications"]
    assert [(one["name"], one["operator"], one["label_at"]) for one in listed] == [
        ("quiz", "Q", "end"),
        ("shop", "Shop Ltd", "start"),
    ]
    assert hegui("apps", "list").out.splitlines()[0].split("\t")[:2] == ["name", "operator"]


def test_an_interface_that_shows_the_label_says_how(hegui: Hegui) -> None:
    ran = hegui(*SHOP, "--label-at", "interface")
    assert (ran.code, ran.err.split(":")[0]) == (2, "application_malformed")
    assert hegui(*SHOP, "--label-at", "interface", "--interface", "a badge").code == 0


def test_a_key_works_until_it_is_revoked(hegui: Hegui, home: Home) -> None:
    hegui(*SHOP)
    made = hegui("keys", "create", "shop", "--json").document
    assert made["expires"] is None
    assert found(home, made["key"]).id == made["id"]
    assert hegui("keys", "revoke", made["id"]).code == 0
    with pytest.raises(PeopleError) as caught:
        found(home, made["key"])
    assert caught.value.code == "key_revoked"
    (listed,) = hegui("keys", "list", "--json").document["keys"]
    assert listed["application"] == "shop"
    assert listed["revoked"].endswith("Z")


def test_a_key_is_shown_once(hegui: Hegui) -> None:
    hegui(*SHOP)
    secret = hegui("keys", "create", "shop").out.splitlines()[0]
    assert secret.startswith("hg-")
    assert secret not in hegui("keys", "list").out
    assert secret not in hegui("keys", "list", "--json").out


def test_a_key_may_expire(hegui: Hegui, home: Home) -> None:
    hegui(*SHOP)
    made = hegui("keys", "create", "shop", "--days", "30", "--json").document
    key = found(home, made["key"])
    assert key.expires is not None
    assert 29 * 86_400_000 < key.expires - key.created <= 30 * 86_400_000


@pytest.mark.parametrize("days", ["0", "-1", "soon", "1.5", "36501", "9" * 5000, "٣", "1_0", ""])
def test_a_wrong_lifetime_is_refused_with_what_is_allowed(hegui: Hegui, days: str) -> None:
    hegui(*SHOP)
    ran = hegui("keys", "create", "shop", f"--days={days}")
    assert (ran.code, ran.err.split(":")[0]) == (2, "days_wrong")
    assert "1 到 36500" in ran.err
    assert "1 to 36500" in ran.err
    assert hegui("keys", "list", "--json").document["keys"] == []


def test_an_unknown_application_is_named_with_those_known(hegui: Hegui) -> None:
    hegui(*SHOP)
    ran = hegui("keys", "create", "shpo")
    assert (ran.code, ran.err.split(":")[0]) == (2, "application_not_found")
    assert "shop" in ran.err


def test_an_unknown_key_cannot_be_revoked(hegui: Hegui) -> None:
    ran = hegui("keys", "revoke", "0" * 32)
    assert (ran.code, ran.err.split(":")[0]) == (2, "key_unknown")
