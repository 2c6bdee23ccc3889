"""``/api/marks``: an application reads labels, and has its own files labelled."""

import hashlib
from collections.abc import Iterator

import msgspec
import pytest
from starlette.testclient import TestClient
from tests.marks.samples.pixel import PNG
from tests.portal.site import TestHouse

from hegui import marks
from hegui.ledger.entry import decode
from hegui.ledger.kinds import OutputMarked
from hegui.marks import DEMO_CODE, Label
from hegui.portal.api import build
from hegui.web import turns


@pytest.fixture
def api(house: TestHouse) -> Iterator[TestClient]:
    with TestClient(build(house)) as opened:
        opened.headers["authorization"] = f"Bearer {house.chat_key}"
        yield opened
    house.store.close()


def test_a_file_is_read(api: TestClient) -> None:
    label = Label.first("001191110102MACQD9K64010000", "a-1")
    answer = api.post("/api/marks/read", content=marks.write(PNG, label)).json()
    assert answer["verdict"] == "conforming"
    assert answer["label"]["ProduceID"] == "a-1"
    assert answer["record"] is None
    assert "file" not in answer


def test_a_file_is_labelled_and_in_the_record_before_it_leaves(
    house: TestHouse, api: TestClient
) -> None:
    answer = api.post("/api/marks/write", content=PNG)
    assert answer.headers["content-type"] == "image/png"
    label = msgspec.json.decode(answer.headers["hegui-label"], type=Label)
    assert label.content_producer == DEMO_CODE
    assert marks.read(answer.content).label == label
    ((_, body),) = house.ledger.by_act(label.produce_id)
    entry = decode(body)
    assert isinstance(entry, OutputMarked)
    assert (entry.media, entry.format, entry.size) == ("image", "png", len(answer.content))
    assert entry.file == hashlib.sha256(answer.content).hexdigest()
    again = api.post("/api/marks/read", content=answer.content).json()
    assert again["record"]["state"] == "file"


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 400, "request_unreadable"),
        (PNG[:40], 422, "file_malformed"),
        (bytes(range(256)), 422, "format_unknown"),
        (
            b"BM" + (60).to_bytes(4, "little") + bytes(8) + b"\x28" + bytes(45),
            422,
            "format_no_carrier",
        ),
    ],
)
def test_what_cannot_be_labelled(api: TestClient, data: bytes, status: int, code: str) -> None:
    answer = api.post("/api/marks/write", content=data)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_key_is_needed(house: TestHouse, api: TestClient) -> None:
    del api.headers["authorization"]
    for path in ("/api/marks/read", "/api/marks/write"):
        assert api.post(path, content=PNG).status_code == 401


def test_both_are_described(api: TestClient) -> None:
    paths = api.get("/api/openapi.json").json()["paths"]
    assert {"/api/marks/read", "/api/marks/write"} <= set(paths)


@pytest.mark.parametrize("path", ["/api/marks/read", "/api/marks/write"])
def test_too_many_files_at_once_are_told(
    api: TestClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(turns, "HELD", 0)
    answer = api.post(path, content=PNG)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "files_busy")


def test_the_record_tells_an_applications_document_from_a_conversation(api: TestClient) -> None:
    made = api.post("/api/marks/write", content=b"# A report\n\nIts own words.\n").content
    record = api.post("/api/marks/read", content=made).json()["record"]
    assert (record["state"], record["media"], record["explicit"]) == ("file", "document", False)
