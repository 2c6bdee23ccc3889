"""Named bad requests, and servers that answer badly: each has its code, and nothing leaves."""

import json
import os
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.gateway.client import Answer, Client
from tests.gateway.media.server import PNG, MediaServer

from hegui.ledger import kinds
from hegui.store import Store, tables

PICTURES = "/v1/images/generations"
BOUNDARY = "x" * 20


def ask(client: Client, path: str = PICTURES, **fields: Any) -> Answer:
    doc = {"model": "good", "prompt": "a cat", "input": "hello"} | fields
    return client.post(path, json.dumps(doc).encode())


def form(client: Client, body: bytes, boundary: str | None = BOUNDARY) -> Answer:
    kind = "multipart/form-data" + ("" if boundary is None else f"; boundary={boundary}")
    headers = {**client.headers, "Content-Type": kind}
    return client.post("/v1/images/edits", body, headers)


def part(name: str, value: bytes, more: str = "") -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + value + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()
FIELDS = part("model", b"good") + part("prompt", b"a cat")
IMAGE = part("image", PNG, '; filename="a.png"')


@pytest.mark.parametrize(
    ("fields", "code", "param"),
    [
        ({"model": None}, "field_missing", "model"),
        ({"prompt": None}, "field_missing", "prompt"),
        ({"prompt": ""}, "field_wrong", "prompt"),
        ({"prompt": ["a", "cat"]}, "field_wrong", "prompt"),
        ({"model": 7}, "field_wrong", "model"),
        ({"user": {"id": 1}}, "field_wrong", "user"),
        ({"n": 0}, "field_wrong", "n"),
        ({"n": 11}, "field_wrong", "n"),
        ({"n": True}, "field_wrong", "n"),
        ({"n": "many"}, "field_wrong", "n"),
        ({"response_format": "file"}, "field_wrong", "response_format"),
        ({"stream": True}, "field_wrong", "stream"),
        (
            {"deep": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]},
            "too_deep",
            None,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_field_is_wrong(
    client: Client, server: MediaServer, fields: dict[str, Any], code: str, param: str | None
) -> None:
    before = len(server.asked)
    answer = ask(client, **fields)
    assert (answer.status, answer.code) == (400, code)
    assert answer.json["error"]["param"] == param
    assert len(server.asked) == before


def test_an_unknown_model(client: Client) -> None:
    answer = ask(client, model="nobody")
    assert (answer.status, answer.code) == (404, "model_not_found")


@pytest.mark.parametrize("sound", ["pcm", "aac", "", 7])
def test_a_sound_without_a_place_for_the_label(client: Client, sound: Any) -> None:
    answer = ask(client, "/v1/audio/speech", response_format=sound)
    assert (answer.status, answer.code) == (400, "field_wrong")
    assert answer.json["error"]["param"] == "response_format"


def test_a_sound_in_pieces_is_not_offered(client: Client) -> None:
    answer = ask(client, "/v1/audio/speech", stream_format="sse")
    assert (answer.status, answer.code) == (400, "field_wrong")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", PICTURES),
        ("POST", "/v1/images/variations"),
        ("POST", "/v1/audio/transcriptions"),
        ("POST", "/v1/audio/translations"),
        ("GET", "/v1/videos"),
        ("DELETE", "/v1/videos/video_1"),
        ("POST", "/v1/videos/video_1/remix"),
        ("POST", "/v1/images/"),
        ("POST", "/v1/videosx"),
    ],
)
def test_what_is_not_there(client: Client, method: str, path: str) -> None:
    answer = client.request(method, path, None, client.headers)
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize(
    ("body", "boundary"),
    [
        (FIELDS + IMAGE + END, None),
        (FIELDS + IMAGE + END, "y" * 300),
        (FIELDS + IMAGE, BOUNDARY),
        (b"", BOUNDARY),
        (b"no form at all", BOUNDARY),
        (FIELDS + part("", PNG, '; filename="a.png"') + END, BOUNDARY),
        (FIELDS + part("a b", b"c") + END, BOUNDARY),
        (part("model", b"good") * 70 + END, BOUNDARY),
        (part("model", b"good", "; more=" + "x" * 5_000) + END, BOUNDARY),
    ],
    ids=["no-boundary", "long-boundary", "cut", "empty", "text", "nameless", "bad-name", "many",
         "long-head"],
)  # fmt: skip
def test_a_form_is_wrong(client: Client, body: bytes, boundary: str | None) -> None:
    answer = form(client, body, boundary)
    assert (answer.status, answer.code) == (400, "form_invalid")


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        (FIELDS + END, "field_missing", "image"),
        (part("prompt", b"a cat") + IMAGE + END, "field_missing", "model"),
        (FIELDS + part("prompt", b"again") + IMAGE + END, "field_wrong", "prompt"),
        (FIELDS + part("size", b"\xff\xfe") + IMAGE + END, "field_wrong", "size"),
        (FIELDS + IMAGE + part("n", b"99") + END, "field_wrong", "n"),
        (FIELDS + IMAGE + part("other", PNG, '; filename="b"') + END, "field_wrong", "*"),
    ],
    ids=["no-image", "no-model", "twice", "no-utf-8", "count", "another-file"],
)
def test_a_field_of_a_form_is_wrong(client: Client, body: bytes, code: str, param: str) -> None:
    answer = form(client, body)
    assert (answer.status, answer.code, answer.json["error"]["param"]) == (400, code, param)


def test_an_upload_has_its_own_bound(client: Client) -> None:
    fits = FIELDS + part("image", PNG + os.urandom(25_000), '; filename="a.png"') + END
    assert form(client, fits).status == 200
    large = FIELDS + part("image", PNG + os.urandom(50_000), '; filename="a.png"') + END
    answer = form(client, large)
    assert (answer.status, answer.code) == (413, "body_too_large")
    assert ask(client, prompt="x" * 30_000).status == 413


@pytest.mark.parametrize(
    ("model", "status", "code"),
    [
        ("none", 502, "upstream_broken"),
        ("not-base64", 502, "upstream_broken"),
        ("not-a-picture", 502, "upstream_broken"),
        ("elsewhere", 502, "upstream_failed"),
        ("gone", 400, "upstream_rejected"),
    ],
)
def test_a_server_answers_badly(client: Client, model: str, status: int, code: str) -> None:
    answer = ask(client, model=model)
    assert (answer.status, answer.code) == (status, code)
    act = answer.json["error"]["hegui"]["generation"]
    *_, failed = client.evidence(act)
    assert isinstance(failed, kinds.GenerationFailed)
    assert failed.code == code


@pytest.mark.parametrize("model", ["adts", "text"])
def test_what_can_not_be_marked_does_not_leave(client: Client, opened: Store, model: str) -> None:
    answer = ask(client, "/v1/audio/speech", model=model)
    assert answer.status == 502
    assert answer.code in ("mark_failed", "upstream_broken")
    entry = tables.entry
    with opened.read() as conn:
        last = conn.scalar(select(func.max(entry.c.id)))
        body = conn.scalar(select(entry.c.body).where(entry.c.id == last))
    assert json.loads(body or b"")["kind"] == "generation.failed"


def test_who_has_not_agreed_gets_nothing(client: Client) -> None:
    stranger = Client(client.service, "reader-who-did-not-agree")
    for path in (PICTURES, "/v1/audio/speech", "/v1/videos"):
        answer = ask(stranger, path)
        assert (answer.status, answer.code) == (403, "agreement_required")


def test_a_key_is_needed_before_anything_is_read(client: Client) -> None:
    headers = {"Content-Type": "application/json", "Hegui-Person": client.person}
    answer = client.post(PICTURES, b"{", headers)
    assert (answer.status, answer.code) == (401, "key_missing")
