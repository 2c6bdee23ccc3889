"""Signing up, in and out."""

import httpx2
import msgspec
import pytest
from tests.portal.site import PASSPHRASE, Site, TestHouse

GOOD = {"pseudonym": "青竹", "passphrase": PASSPHRASE}


def sign_up(client: httpx2.Client, **fields: str) -> httpx2.Response:
    return client.post("/sign-up", data={**GOOD, **fields})


def test_signing_up_signs_in_and_goes_on_to_the_chat(client: httpx2.Client) -> None:
    answer = sign_up(client, next="/chat")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/chat"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("hegui=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert client.get("/chat").headers["location"] == "/agreement?next=/chat"


@pytest.mark.parametrize("onward", ["https://evil.example", "//evil.example", "/ledger", ""])
def test_a_sign_in_leads_only_where_it_may(client: httpx2.Client, onward: str) -> None:
    assert sign_up(client, next=onward).headers["location"] == "/chat"


def test_a_sign_in_can_lead_to_the_agreement(client: httpx2.Client) -> None:
    assert sign_up(client, next="/agreement").headers["location"] == "/agreement"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"pseudonym": "13800138000"}, "形似电话号码"),
        ({"pseudonym": "a@b.example"}, "形似电话号码"),
        ({"pseudonym": "  "}, "请填写代号"),
        ({"passphrase": ""}, "请填写口令"),
        ({"passphrase": "short"}, "8"),
    ],
)
def test_a_form_that_can_not_be_taken_says_why(
    client: httpx2.Client, fields: dict[str, str], said: str
) -> None:
    answer = sign_up(client, **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert "set-cookie" not in answer.headers


def test_what_was_typed_is_kept_but_never_the_passphrase(client: httpx2.Client) -> None:
    page = sign_up(client, pseudonym='<b>"x"', passphrase="short 1").text
    assert "&lt;b&gt;&#34;x&#34;" in page
    assert "<b>" not in page
    assert "short 1" not in page


def test_a_pseudonym_that_is_a_phone_number_is_not_shown_again(client: httpx2.Client) -> None:
    assert "13800138000" not in sign_up(client, pseudonym="13800138000").text


def test_a_taken_pseudonym_is_told(site: Site, reader: httpx2.Client) -> None:
    with site.client() as other:
        answer = sign_up(other)
    assert answer.status_code == 400
    assert "已有人使用" in answer.text


def test_signing_in_again(site: Site, reader: httpx2.Client) -> None:
    with site.client() as other:
        assert other.post("/sign-in", data=GOOD).headers["location"] == "/chat"
        assert other.get("/chat").status_code == 200


def test_a_wrong_passphrase_and_an_unknown_name_look_the_same(
    site: Site, reader: httpx2.Client
) -> None:
    with site.client() as other:
        wrong = other.post("/sign-in", data={**GOOD, "passphrase": "not the right one"})
        nobody = other.post("/sign-in", data={**GOOD, "pseudonym": "nobody"})
    assert wrong.status_code == nobody.status_code == 400
    assert wrong.text.replace("青竹", "nobody") == nobody.text


def test_many_wrong_attempts_are_slowed(site: Site, reader: httpx2.Client) -> None:
    with site.client() as other:
        for _ in range(5):
            other.post("/sign-in", data={**GOOD, "passphrase": "not the right one"})
        answer = other.post("/sign-in", data=GOOD)
    assert answer.status_code == 429
    assert "北京时间" in answer.text


def test_signing_out_ends_the_session_everywhere(site: Site, reader: httpx2.Client) -> None:
    token = reader.cookies["hegui"]
    answer = reader.post("/sign-out")
    assert answer.headers["location"] == "/sign-in?out=1"
    assert "您已退出" in reader.get("/sign-in?out=1").text
    with site.client() as other:
        other.cookies.set("hegui", token)
        assert other.get("/chat").headers["location"] == "/sign-in?next=/chat"


def test_signing_out_twice_is_fine(client: httpx2.Client) -> None:
    assert client.post("/sign-out").status_code == 303


def test_a_made_up_cookie_is_nobody(client: httpx2.Client) -> None:
    client.cookies.set("hegui", "x" * 43)
    assert client.get("/chat").headers["location"] == "/sign-in?next=/chat"


def test_who_is_signed_in_is_sent_on(reader: httpx2.Client) -> None:
    assert reader.get("/sign-in").headers["location"] == "/chat"
    assert reader.get("/sign-up?next=/agreement").headers["location"] == "/agreement"


def test_over_https_the_cookie_is_bound_to_the_host(house: TestHouse) -> None:
    listen = msgspec.structs.replace(house.settings.listen, public_url="https://ai.example")
    house.settings = msgspec.structs.replace(house.settings, listen=listen)
    site = Site(house)
    with site.client() as client:
        cookie = sign_up(client).headers["set-cookie"]
    site.close()
    assert cookie.startswith("__Host-hegui=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_a_form_of_another_kind_or_size_is_refused(client: httpx2.Client) -> None:
    assert client.post("/sign-in", json=GOOD).status_code == 400
    assert sign_up(client, pseudonym="x" * 20_000).status_code == 413
