"""Reading the agreement and saying yes to it."""

import httpx2
import pytest
from sqlalchemy import select
from tests.conftest import Databases
from tests.portal.conftest import fresh_house
from tests.portal.site import Site
from tests.world import FakeWorld

from hegui.ledger.entry import decode
from hegui.ledger.kinds import AgreementAccepted
from hegui.people import LINK_MS, Person, agreements, links, persons
from hegui.portal.visitor import in_force
from hegui.store import tables


def person(site: Site, name: str, application: str = "") -> Person:
    house = site.house
    found, _ = persons.find_or_register(
        house.store,
        house.person_keys,
        house.world,
        application or house.chat_application_id,
        name,
    )
    return found


def link(site: Site, of: Person, ms: int = LINK_MS) -> str:
    expires = site.house.world.now() + ms
    return "/agreement?token=" + links.sign_link(site.house.link_secret, of.id, expires)


def test_everybody_may_read_it(client: httpx2.Client) -> None:
    page = client.get("/agreement")
    assert page.status_code == 200
    assert "谁提供这项服务" in page.text
    assert "登录后才能同意" in page.text
    assert '<form method="post" action="/agreement"' not in page.text


def test_accepting_is_recorded_once_with_evidence(site: Site) -> None:
    with site.reader(agreed=False) as reader:
        assert "同意第 1 版" in reader.get("/agreement").text
        answer = reader.post("/agreement", data={"version": "1"})
        again = reader.post("/agreement", data={"version": "1"})
    assert "2026-01-05 12:00 北京时间" in answer.text
    assert again.status_code == 200
    assert person(site, "青竹").accepted == 1
    with site.house.store.read() as conn:
        rows = conn.execute(select(tables.acceptance.c.via)).all()
        bodies = conn.execute(
            select(tables.entry.c.body).where(tables.entry.c.kind == "agreement.accepted")
        ).all()
    assert [row.via for row in rows] == ["page"]
    entry = decode(bodies[0].body)
    assert isinstance(entry, AgreementAccepted)
    assert entry.evidenced
    assert len(bodies) == 1


def test_the_way_from_the_chat_leads_back_to_it(site: Site) -> None:
    with site.reader(agreed=False) as reader:
        page = reader.get("/agreement?next=/chat").text
        assert 'name="next" value="/chat"' in page
        assert 'aria-current="step"' in page
        answer = reader.post("/agreement", data={"version": "1", "next": "/chat"})
        assert answer.headers["location"] == "/chat"


def test_it_leads_nowhere_else(site: Site) -> None:
    with site.reader(agreed=False) as reader:
        page = reader.get("/agreement?next=https://evil.example").text
        assert "evil" not in page.split("<main")[1]
        form = {"version": "1", "next": "https://evil.example"}
        assert reader.post("/agreement", data=form).status_code == 200


def test_who_is_not_signed_in_can_not_accept(client: httpx2.Client) -> None:
    answer = client.post("/agreement", data={"version": "1"})
    assert answer.headers["location"] == "/sign-in?next=/agreement"


def test_a_new_version_asks_again_and_an_old_yes_does_not_count(
    site: Site, reader: httpx2.Client
) -> None:
    agreements.publish(site.house.store, site.house.world, "新版\n\n正文", "New\n\nbody")
    assert reader.get("/chat").headers["location"] == "/agreement?next=/chat"
    answer = reader.post("/agreement", data={"version": "1"})
    assert "同意第 2 版" in answer.text
    assert person(site, "青竹").accepted == 1


@pytest.mark.parametrize("version", ["", "0", "x", "1e0", "99999999999999999999"])
def test_a_version_that_is_not_in_force_only_shows_the_one_that_is(
    site: Site, version: str
) -> None:
    with site.reader(agreed=False) as reader:
        assert reader.post("/agreement", data={"version": version}).status_code == 200
    assert person(site, "青竹").accepted is None


def test_a_signed_link_lets_one_person_accept_without_a_sign_in(
    site: Site, client: httpx2.Client
) -> None:
    them = person(site, "app-user-7")
    path = link(site, them)
    page = client.get(path).text
    assert "同意第 1 版" in page
    token = path.partition("=")[2]
    answer = client.post("/agreement", data={"version": "1", "token": token})
    assert "请回到刚才的应用" in answer.text
    assert persons.get(site.house.store, them.id).accepted == 1
    assert "您已同意这一版" in client.get(path).text


def test_a_link_is_for_its_person_even_when_another_is_signed_in(site: Site) -> None:
    them = person(site, "app-user-8")
    with site.reader(agreed=False) as reader:
        token = link(site, them).partition("=")[2]
        reader.post("/agreement", data={"version": "1", "token": token})
    assert persons.get(site.house.store, them.id).accepted == 1
    assert person(site, "青竹").accepted is None


@pytest.mark.parametrize("token", ["x", "A" * 75, "é", "%"])
def test_a_broken_link_says_how_to_get_another(client: httpx2.Client, token: str) -> None:
    for answer in (
        client.get("/agreement", params={"token": token}),
        client.post("/agreement", data={"version": "1", "token": token}),
    ):
        assert answer.status_code == 410
        assert "再发一个新的" in answer.text


def test_a_link_works_for_ten_minutes(site: Site, client: httpx2.Client) -> None:
    path = link(site, person(site, "app-user-9"))
    site.house.world.tick(LINK_MS - 1)
    assert client.get(path).status_code == 200
    site.house.world.tick(1)
    assert client.get(path).status_code == 410


def test_a_link_of_an_erased_person_is_dead(site: Site, client: httpx2.Client) -> None:
    path = link(site, person(site, "gone"))
    with site.house.store.begin() as conn:
        conn.execute(tables.person.delete())
    assert client.get(path).status_code == 410


def test_the_text_is_shown_as_text(site: Site, client: httpx2.Client) -> None:
    text = "标题\n\n<script>alert(1)</script>"
    agreements.publish(site.house.store, site.house.world, text, "x\n\ny")
    page = client.get("/agreement").text
    assert "&lt;script&gt;alert(1)" in page


def test_before_the_first_agreement_pages_say_so(databases: Databases, world: FakeWorld) -> None:
    house = fresh_house(databases, world, publish=False)
    assert in_force(house) is None
    site = Site(house)
    try:
        with site.reader(agreed=False) as reader:
            page = reader.get("/agreement")
            assert page.status_code == 503
            assert "还没有发布服务协议" in page.text
            assert "还没有发布服务协议" in reader.get("/").text
            assert reader.get("/chat").headers["location"] == "/agreement?next=/chat"
    finally:
        site.close()
