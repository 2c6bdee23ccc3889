"""The machine API: agreements told by applications, signed links, and who opened a text."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from tests.portal import casework
from tests.portal.site import TestHouse

from hegui.people import LINK_MS, agreements, api_keys, applications, links, persons
from hegui.portal.api import build
from hegui.portal.openings import PAGE

AGREE = "/api/people/user-7/agreement"
OPENINGS = "/api/people/user-7/openings"


@pytest.fixture
def api(house: TestHouse) -> Iterator[TestClient]:
    with TestClient(build(house)) as opened:
        opened.headers["authorization"] = f"Bearer {house.chat_key}"
        yield opened
    house.store.close()


def code(answer: Any) -> tuple[int, str]:
    error = answer.json()["error"]
    assert error["hegui"]["zh"] in error["message"]
    assert error["hegui"]["en"] in error["message"]
    return answer.status_code, error["code"]


def test_an_empty_body_is_the_applications_word_without_evidence(
    house: TestHouse, api: TestClient
) -> None:
    answer = api.post(AGREE, json={})
    assert answer.json() == {
        "person": "user-7",
        "agreement": 1,
        "accepted_at": house.world.now(),
        "via": "application",
        "evidence": None,
        "note": "said by the application, no evidence / 应用声称，没有凭据",
    }
    found = persons.find(house.store, house.chat_application_id, "user-7")
    assert found is not None
    assert found.accepted == 1
    assert not found.evidenced


def test_no_body_at_all_says_the_same(api: TestClient) -> None:
    assert api.post(AGREE).json()["agreement"] == 1


def test_evidence_is_kept_and_shown(house: TestHouse, api: TestClient) -> None:
    evidence = {"screen": "welcome", "点击": 1}
    answer = api.post(AGREE, json={"version": 1, "evidence": evidence}).json()
    assert answer["evidence"] == evidence
    assert "with evidence" in answer["note"]


def test_saying_it_again_keeps_the_first_time(house: TestHouse, api: TestClient) -> None:
    first = api.post(AGREE, json={}).json()
    house.world.tick(5000)
    assert api.post(AGREE, json={}).json() == first


def test_a_yes_on_the_page_is_not_lowered_by_the_applications_word(
    house: TestHouse, api: TestClient
) -> None:
    api.post("/api/people/user-7/link")
    person = persons.find(house.store, house.chat_application_id, "user-7")
    assert person is not None
    agreements.accept(house.store, house.world, person.id, 1, via="page", evidence=None)
    answer = api.post(AGREE, json={}).json()
    assert answer["via"] == "page"
    assert "agreement page" in answer["note"]


@pytest.mark.parametrize("person", ["a%2Fb", "青竹", "a%20b", "a.b-c_d"])
def test_any_pseudonym_can_stand_in_the_path(
    house: TestHouse, api: TestClient, person: str
) -> None:
    assert api.post(f"/api/people/{person}/agreement", json={}).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/api/people/13800138000/agreement", "{}", (400, "person_not_pseudonym")),
        ("/api/people/a@b.example/agreement", "{}", (400, "person_not_pseudonym")),
        (f"/api/people/{'x' * 129}/agreement", "{}", (400, "person_malformed")),
        ("/api/people/%20/agreement", "{}", (400, "person_malformed")),
        (AGREE, "{", (400, "body_unreadable")),
        (AGREE, "[]", (400, "body_unreadable")),
        (AGREE, "[" * 9000, (400, "body_unreadable")),
        (AGREE, '{"version":"1"}', (400, "field_wrong")),
        (AGREE, '{"version":true}', (400, "field_wrong")),
        (AGREE, '{"evidence":[]}', (400, "field_wrong")),
        (AGREE, '{"versoin":1}', (400, "field_unknown")),
        (AGREE, '{"version":2}', (409, "agreement_outdated")),
        (AGREE, '{"version":0}', (409, "agreement_outdated")),
        (AGREE, '{"evidence":{"x":"' + "y" * 5000 + '"}}', (413, "evidence_too_large")),
        (AGREE, " " * 20_000, (413, "request_too_large")),
        ("/api/people/x/link", '{"minutes":60}', (400, "field_unknown")),
        ("/api/people/x/words", "{}", (404, "not_found")),
    ],
)
def test_bad_input_is_a_clear_error(
    api: TestClient, path: str, body: str, expected: tuple[int, str]
) -> None:
    assert code(api.post(path, content=body)) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "key_missing"),
        ("Bearer", "key_missing"),
        ("Basic eDp5", "key_missing"),
        ("Bearer hg-" + "x" * 43, "key_invalid"),
    ],
)
def test_without_a_key_nothing_is_done(
    house: TestHouse, api: TestClient, header: str, expected: str
) -> None:
    answer = api.post(AGREE, json={}, headers={"authorization": header})
    assert code(answer) == (401, expected)
    assert persons.find(house.store, house.chat_application_id, "user-7") is None


def test_a_revoked_key_is_refused(house: TestHouse, api: TestClient) -> None:
    (key,) = api_keys.list_keys(house.store)
    api_keys.revoke_key(house.store, house.world, key.id)
    assert code(api.post(AGREE, json={})) == (401, "key_revoked")


@pytest.mark.parametrize(
    ("body", "field", "allowed"),
    [
        ('{"version":"1"}', "version", "a whole number or null"),
        ('{"version":1.5}', "version", "a whole number or null"),
        ('{"evidence":"yes"}', "evidence", "a JSON object or null"),
        ('{"versoin":1}', "versoin", "version, evidence"),
        ('{"' + "x" * 500 + '":1}', "x" * 40 + "…", "version, evidence"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_allowed(
    house: TestHouse, api: TestClient, body: str, field: str, allowed: str
) -> None:
    error = api.post(AGREE, content=body).json()["error"]
    assert error["param"] == field
    assert f"字段 {field} " in error["hegui"]["zh"]
    assert f"field {field} " in error["hegui"]["en"]
    assert allowed in error["hegui"]["en"]
    for word in ("page", "返回"):
        assert word not in error["message"]
    assert persons.find(house.store, house.chat_application_id, "user-7") is None


def test_a_wrong_method_is_told_with_the_right_one(api: TestClient) -> None:
    answer = api.get(AGREE)
    assert code(answer) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "POST"
    said = answer.json()["error"]["hegui"]
    assert "GET" in said["en"]
    assert "Allowed: POST" in said["en"]
    assert "允许的方法：POST" in said["zh"]


def test_a_link_opens_for_ten_minutes_for_that_person(house: TestHouse, api: TestClient) -> None:
    answer = api.post("/api/people/user-7/link").json()
    assert answer["expires_at"] == house.world.now() + LINK_MS
    address = urlsplit(answer["url"])
    assert (address.netloc, address.path) == ("portal.example", "/agreement")
    token = address.query.removeprefix("token=")
    person = persons.find(house.store, house.chat_application_id, "user-7")
    assert person is not None
    assert links.open_link(house.link_secret, token, house.world.now()) == person.id


def test_openings_tell_when_why_and_in_which_role(house: TestHouse, api: TestClient) -> None:
    casework.generated(house, "user-7")
    generated = house.world.now()
    at = house.world.tick(5000)
    casework.opened(house, "1" * 32, at=at)
    assert api.get(OPENINGS).json() == {
        "openings": [
            {
                "id": "1" * 32,
                "at": at,
                "role": "reviewer",
                "reason": "appeal",
                "note": "核对申诉所说的原文",
                "case": None,
                "generation_at": generated,
            }
        ],
        "next": None,
    }


def test_a_person_without_openings_has_none(api: TestClient) -> None:
    api.post(AGREE)
    assert api.get(OPENINGS).json() == {"openings": [], "next": None}


def test_openings_of_anothers_person_are_not_told(house: TestHouse, api: TestClient) -> None:
    casework.generated(house, "user-7")
    casework.opened(house, "1" * 32, at=house.world.now())
    other = applications.register(
        house.store, house.world, "other", operator="o", public="p", label_at="start"
    )
    _, key = api_keys.create_key(house.store, house.world, other)
    header = {"authorization": f"Bearer {key}"}
    assert code(api.get(OPENINGS, headers=header)) == (404, "person_unknown")
    assert persons.find(house.store, other.id, "user-7") is None  # asking registers nobody


def test_many_openings_come_page_by_page(house: TestHouse, api: TestClient) -> None:
    casework.generated(house, "user-7")
    for n in range(1, PAGE + 2):
        casework.opened(house, f"{n:032x}", at=n)
    first = api.get(OPENINGS).json()
    assert [one["at"] for one in first["openings"]] == list(range(PAGE + 1, 1, -1))
    second = api.get(OPENINGS, params={"before": first["next"]}).json()
    assert [one["at"] for one in second["openings"]] == [1]
    assert second["next"] is None


def test_openings_without_a_key_or_of_no_pseudonym_are_refused(api: TestClient) -> None:
    assert code(api.get(OPENINGS, headers={"authorization": ""})) == (401, "key_missing")
    assert code(api.get("/api/people/13800138000/openings")) == (400, "person_not_pseudonym")
    assert code(api.post(OPENINGS)) == (405, "method_not_allowed")


def test_the_document_names_every_route(api: TestClient, house: TestHouse) -> None:
    document = api.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    paths = {route.path.replace(":path", "") for route in build(house).routes}  # type: ignore[attr-defined]
    assert set(document["paths"]) | {"/api/openapi.json"} == paths


def test_each_route_names_its_own_answers(api: TestClient) -> None:
    paths = api.get("/api/openapi.json").json()["paths"]
    accept = paths["/api/people/{person}/agreement"]["post"]["responses"]
    link = paths["/api/people/{person}/link"]["post"]["responses"]
    assert list(accept) == ["200", "400", "401", "408", "409", "413", "503"]
    assert list(link) == ["200", "400", "401", "408", "413", "503"]
    assert accept["200"]["description"] != link["200"]["description"]
    assert "agreement" in accept["503"]["description"]
    assert "agreement" not in link["503"]["description"]
    opened = paths["/api/people/{person}/openings"]["get"]
    assert list(opened["responses"]) == ["200", "400", "401", "404", "503"]
    assert [given["name"] for given in opened["parameters"]] == ["person", "before"]


def test_the_answers_are_as_the_document_says(house: TestHouse, api: TestClient) -> None:
    document = api.get("/api/openapi.json").json()
    for path in ("/api/people/{person}/agreement", "/api/people/{person}/link"):
        schema = document["paths"][path]["post"]["responses"]["200"]["content"]
        told = schema["application/json"]["schema"]["required"]
        assert set(api.post(path.format(person="p"), json={}).json()) == set(told)
    casework.generated(house, "p")
    casework.opened(house, "1" * 32, at=1)
    opened = document["paths"]["/api/people/{person}/openings"]["get"]["responses"]["200"]
    schema = opened["content"]["application/json"]["schema"]
    answer = api.get("/api/people/p/openings").json()
    assert set(answer) == set(schema["required"])
    assert set(answer["openings"][0]) == set(schema["properties"]["openings"]["items"]["required"])
