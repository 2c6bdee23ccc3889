"""Applications and keys: registered, changed, made, revoked; a wrong input loses nothing."""

import re
from collections.abc import Callable

import httpx2
import pytest
from tests.console.desk import Desk

from hegui.console.reading import applications as reading
from hegui.people import CHAT, Application, PeopleError, api_keys, applications
from hegui.people.api_keys import find_key

DAY = 86_400_000
DECLARED = {"operator": "Example Ltd", "public": "everybody", "label_at": "end", "interface": ""}
Register = Callable[..., Application]


@pytest.fixture
def client(desk: Desk) -> httpx2.Client:
    return desk.client("officer")


@pytest.fixture
def register(desk: Desk) -> Register:
    def made(name: str = "shop", **declared: str) -> Application:
        return applications.register(
            desk.store,
            desk.world,
            name,
            **(DECLARED | declared),  # type: ignore[arg-type]
        )

    return made


def done(client: httpx2.Client, answer: httpx2.Response) -> str:
    """The page that a form leads to."""
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"]).text


def test_the_list_is_empty_at_first_and_says_how_to_begin(client: httpx2.Client) -> None:
    page = client.get("/applications").text
    assert "No application yet" in page
    assert 'href="/applications/new"' in page


def test_the_list_says_who_for_whom_where_and_how_many_keys(
    desk: Desk, client: httpx2.Client, register: Register
) -> None:
    shop = register(operator="<b>Us</b>", public="our town", label_at="both")
    register("bare")
    now = desk.world.now()
    for expires in (None, now + 40 * DAY, now + 5 * DAY, now):
        api_keys.create_key(desk.store, desk.world, shop, expires)
    revoked, _ = api_keys.create_key(desk.store, desk.world, shop)
    api_keys.revoke_key(desk.store, desk.world, revoked)
    page = client.get("/applications").text
    for said in ("&lt;b&gt;Us", "our town", "Start and end", "3 in force, the first until 2026-01"):
        assert said in page
    assert "none in force" in page


def test_a_long_list_comes_in_pages(
    client: httpx2.Client, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)
    for name in ("a & b", "c", "b"):
        register(name)
    page = client.get("/applications").text
    (after,) = re.findall(r'href="([^"]*)" rel="next"', page)
    names = re.compile(r'href="/applications/[0-9a-f]{32}">([^<]*)')
    assert names.findall(page) == ["a &amp; b", "b"]
    rest = client.get(after.replace("&amp;", "&")).text
    assert names.findall(rest) == ["c"]
    assert client.get("/applications?after=%00").status_code == 200


def test_an_application_is_registered(desk: Desk, client: httpx2.Client) -> None:
    assert 'action="/applications/new"' in client.get("/applications/new").text
    answer = client.post("/applications/new", data={"name": " shop ", **DECLARED})
    page = done(client, answer)
    assert "Registered, and written in the ledger." in page
    (made,) = applications.list_applications(desk.store)
    assert (made.name, made.operator, made.label_at) == ("shop", "Example Ltd", "end")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "1 to 64 printable"),
        ("name", "a\x00b", "1 to 64 printable"),
        ("name", "n" * 65, "1 to 64 printable"),
        ("operator", "  ", "Say who runs it"),
        ("public", "\x07", "Say for whom"),
        ("label_at", "nowhere", "one of the places"),
        ("label_at", "interface", "how the interface shows the label"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_saves_nothing(
    desk: Desk, client: httpx2.Client, field: str, value: str, told: str
) -> None:
    given = {"name": "shop", **DECLARED, "operator": "Ex & Co", field: value}
    answer = client.post("/applications/new", data=given)
    assert answer.status_code == 400
    assert told in answer.text
    assert "Nothing was saved" in answer.text
    for kept in {"name": "shop", "operator": "Ex &amp; Co", "public": "everybody"}.items():
        if kept[0] != field:
            assert f'value="{kept[1]}"' in answer.text
    assert applications.list_applications(desk.store) == []


def test_a_name_in_use_is_told_and_leads_there(
    desk: Desk, client: httpx2.Client, register: Register
) -> None:
    shop = register()
    answer = client.post("/applications/new", data={"name": "shop", **DECLARED, "public": "all"})
    assert answer.status_code == 400
    assert f'href="/applications/{shop.id}"' in answer.text
    assert applications.list_applications(desk.store) == [shop]


def test_a_declaration_is_changed_and_its_name_is_not(
    desk: Desk, client: httpx2.Client, register: Register
) -> None:
    shop = register()
    path = f"/applications/{shop.id}/change"
    form = client.get(path).text
    assert 'value="Example Ltd"' in form
    assert 'name="name"' not in form
    changed = {**DECLARED, "label_at": "interface", "interface": "above each answer"}
    page = done(client, client.post(path, data={**changed, "name": "other"}))
    assert "Shown by the interface" in page
    assert "above each answer" in page
    (now,) = applications.list_applications(desk.store)
    assert (now.id, now.name, now.interface) == (shop.id, "shop", "above each answer")


def test_what_the_interface_says_goes_when_it_no_longer_shows_the_label(
    desk: Desk, client: httpx2.Client, register: Register
) -> None:
    shop = register(label_at="interface", interface="above")
    data = {**DECLARED, "interface": "above"}
    done(client, client.post(f"/applications/{shop.id}/change", data=data))
    assert applications.list_applications(desk.store)[0].interface == ""


def test_a_key_is_shown_once_and_works(
    desk: Desk, client: httpx2.Client, register: Register
) -> None:
    shop = register()
    assert 'value="2027-01-05"' in client.get(f"/applications/{shop.id}/key").text
    answer = client.post(f"/applications/{shop.id}/key", data={"last": "2026-01-07"})
    assert answer.headers["cache-control"] == "no-store"
    (secret,) = set(re.findall(r"hg-[\w-]{43}", answer.text))
    end = 1_767_801_600_000  # 2026-01-08 00:00 in Beijing
    key = find_key(desk.store, secret, end - 1)
    assert (key.application_id, key.expires) == (shop.id, end)
    with pytest.raises(PeopleError, match="key_expired"):
        find_key(desk.store, secret, end)
    page = client.get(f"/applications/{shop.id}").text
    assert secret not in page
    assert key.hint in page
    assert "2026-01-07" in page


def test_a_key_without_an_end(desk: Desk, client: httpx2.Client, register: Register) -> None:
    shop = register()
    assert client.post(f"/applications/{shop.id}/key", data={"last": ""}).status_code == 200
    (key,) = api_keys.list_keys(desk.store)
    assert key.expires is None
    assert "no end" in client.get(f"/applications/{shop.id}").text


@pytest.mark.parametrize(
    "last", ["2026-01-04", "2026-02-30", "tomorrow", "2126-01-01", "9999-12-31"]
)
def test_a_wrong_day_makes_no_key_and_says_what_is_allowed(
    desk: Desk, client: httpx2.Client, register: Register, last: str
) -> None:
    shop = register()
    answer = client.post(f"/applications/{shop.id}/key", data={"last": last})
    assert answer.status_code == 400
    assert "from 2026-01-05 to 2125-12-12" in answer.text
    assert f'value="{last}"' in answer.text
    assert api_keys.list_keys(desk.store) == []


def test_a_key_is_revoked_after_a_question(
    desk: Desk, client: httpx2.Client, register: Register
) -> None:
    shop = register()
    key_id, secret = api_keys.create_key(desk.store, desk.world, shop)
    path = f"/applications/{shop.id}/keys/{key_id}/revoke"
    assert "can&#39;t be taken back" in client.get(path).text
    find_key(desk.store, secret, desk.world.now())
    page = done(client, client.post(path))
    assert "The key is revoked" in page
    assert path not in page
    with pytest.raises(PeopleError, match="key_revoked"):
        find_key(desk.store, secret, desk.world.now())
    done(client, client.post(path))


def test_the_chats_own_key_is_not_revoked_unawares(
    desk: Desk, client: httpx2.Client, register: Register
) -> None:
    chat = register(CHAT)
    key_id, _ = api_keys.create_key(desk.store, desk.world, chat)
    page = client.get(f"/applications/{chat.id}/keys/{key_id}/revoke").text
    assert "chat page stops working" in page


@pytest.mark.parametrize(
    "path",
    ["{other}", "%00", "x", "{shop}/keys/{other}/revoke", "{shop}/keys/%00/revoke", "{other}/key"],
)
def test_what_is_not_there(
    desk: Desk, client: httpx2.Client, register: Register, path: str
) -> None:
    shop = register()
    path = path.format(shop=shop.id, other="0" * 32)
    assert client.get(f"/applications/{path}").status_code == 404


def test_a_key_of_another_application_is_not_revoked_here(
    desk: Desk, client: httpx2.Client, register: Register
) -> None:
    shop, other = register(), register("other")
    key_id, _ = api_keys.create_key(desk.store, desk.world, other)
    answer = client.post(f"/applications/{shop.id}/keys/{key_id}/revoke")
    assert answer.status_code == 404
    assert api_keys.list_keys(desk.store)[0].revoked is None


def test_many_keys_are_cut_with_those_in_force_first(
    desk: Desk, client: httpx2.Client, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_KEYS", 3)
    shop = register()
    first, _ = api_keys.create_key(desk.store, desk.world, shop)
    for _ in range(4):
        desk.world.tick(1000)
        key_id, _ = api_keys.create_key(desk.store, desk.world, shop)
        api_keys.revoke_key(desk.store, desk.world, key_id)
    assert reading.keys(desk.store, shop.id)[0].id == first
    assert "Only 3 are listed" in client.get(f"/applications/{shop.id}").text


def test_an_auditor_reads_and_is_offered_nothing_to_do(desk: Desk, register: Register) -> None:
    shop = register()
    api_keys.create_key(desk.store, desk.world, shop)
    page = desk.client("auditor").get(f"/applications/{shop.id}").text
    assert "in force" in page
    for act in ("/change", "/key", "/revoke"):
        assert f'{act}"' not in page


def test_pages_speak_chinese(desk: Desk, register: Register) -> None:
    shop = register()
    client = desk.client("owner", lang="zh")
    for path, said in (
        ("", "面向的公众"),
        (f"/{shop.id}", "变更登记"),
        (f"/{shop.id}/key", "最后有效日"),
        ("/new", "运营这个应用的组织"),
    ):
        assert said in client.get(f"/applications{path}").text
