"""Clips belong to who asked for them, and are marked each time they are fetched."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from tests.gateway.client import Answer, Client
from tests.gateway.media.server import MediaServer
from tests.service import hegui

from hegui import marks
from hegui.ledger import kinds
from hegui.store import Store, tables


def create(client: Client, model: str = "good") -> dict[str, Any]:
    body = json.dumps({"model": model, "prompt": "a boat"}).encode()
    answer = client.post("/v1/videos", body)
    assert answer.status == 200, answer.body
    told: dict[str, Any] = answer.json
    return told


def get(client: Client, path: str, **headers: str) -> Answer:
    return client.request("GET", f"/v1/videos/{path}", None, {**client.headers, **headers})


def test_what_a_server_says_of_a_clip_is_told_without_its_words(client: Client) -> None:
    told = create(client)
    status = get(client, told["id"]).json
    assert status["status"] == "completed"
    assert status["model"] == "good"
    assert status["AIGC"]["ProduceID"] == told["id"].removeprefix("video_")
    assert not {"prompt", "remote_secret"} & status.keys()
    assert "not passed on" not in json.dumps([told, status])


def test_it_is_kept_with_the_server_that_makes_it(client: Client, opened: Store) -> None:
    act = create(client)["id"].removeprefix("video_")
    t = tables.video
    with opened.read() as conn:
        row = conn.execute(select(t).where(t.c.generation_id == act)).one()
    assert (row.upstream, row.remote) == ("media", "clip-good")


def test_nobody_else_may_ask_for_it(client: Client) -> None:
    number = create(client)["id"]
    other = Client(client.service, "reader-2").accepted()
    for path in (number, f"{number}/content"):
        answer = get(other, path)
        assert (answer.status, answer.code) == (404, "video_not_found")
    assert get(client, f"{number}/content").status == 200


@pytest.mark.parametrize("number", ["video_", "video_1", "video_" + "0" * 32, "0" * 32, "x/y", ""])
def test_a_clip_that_is_not_there(client: Client, number: str) -> None:
    answer = get(client, number)
    assert (answer.status, answer.code) == (404, "video_not_found")


def test_a_clip_that_is_not_ready(client: Client) -> None:
    number = create(client, "waits")["id"]
    assert get(client, number).json["status"] == "in_progress"
    answer = get(client, f"{number}/content")
    assert (answer.status, answer.code) == (409, "video_not_ready")
    assert answer.headers["retry-after"] == "2"


def test_only_the_clip_itself_is_given(client: Client) -> None:
    number = create(client)["id"]
    assert get(client, f"{number}/content?variant=video").status == 200
    answer = get(client, f"{number}/content?variant=thumbnail")
    assert (answer.status, answer.code) == (400, "field_wrong")


def test_a_picture_is_no_clip(client: Client) -> None:
    answer = get(client, f"{create(client, 'picture')['id']}/content")
    assert (answer.status, answer.code) == (502, "upstream_broken")


def test_the_person_must_be_named(client: Client) -> None:
    number = create(client)["id"]
    headers = {"Authorization": client.headers["Authorization"]}
    answer = client.request("GET", f"/v1/videos/{number}", None, headers)
    assert (answer.status, answer.code) == (400, "person_required")


def test_a_server_is_asked_with_its_own_name_and_no_person(
    client: Client, server: MediaServer
) -> None:
    body = json.dumps({"model": "good", "prompt": "a boat", "user": client.person}).encode()
    client.post("/v1/videos", body)
    assert server.asked[-1][3] == {"model": "good", "prompt": "a boat"}


def test_erasure_ends_the_way_to_a_clip(client: Client) -> None:
    leaving = Client(client.service, "reader-who-leaves").accepted()
    number = create(leaving)["id"]
    done = hegui(
        client.service.env,
        "people",
        "erase",
        "reader-who-leaves",
        "--application",
        "demo",
        "--yes",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    again = Client(client.service, "reader-who-leaves").accepted()
    answer = get(again, number)
    assert (answer.status, answer.code) == (404, "video_not_found")


def test_a_copy_without_the_explicit_label_each_time_it_is_asked_for(client: Client) -> None:
    number = create(client)["id"]
    plain = get(client, f"{number}/content", **{"Hegui-Output": "unlabelled"})
    assert marks.read(plain.body).verdict is marks.Verdict.CONFORMING
    get(client, f"{number}/content")
    found = client.evidence(number.removeprefix("video_"))
    assert [one.explicit for one in found if isinstance(one, kinds.OutputMarked)] == [False, True]
    assert len([one for one in found if isinstance(one, kinds.OutputUnlabelled)]) == 1
