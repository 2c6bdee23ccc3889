"""What a running service keeps, forgets and takes in while it runs."""

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.gateway.client import Client
from tests.service import Running, hegui, running
from tests.simulator import ModelServer, Play
from tests.simulator.play import text_stream

from hegui.config import Home
from hegui.store import Store, tables
from hegui.vault import PersonKeys, Texts, decode_lines, read_texts
from hegui.world import RealWorld


def wait_for(what: Any, seconds: float = 10) -> Any:
    """The first truthy answer of ``what()``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def stores(service: Running) -> tuple[Store, PersonKeys, Store]:
    config = (service.home / "hegui.toml").read_text()
    url = json.loads(config.split("[data]\nurl = ")[1].split("\n")[0])
    home, world = Home(service.home), RealWorld()
    store = Store.open(url, world=world)
    keys = Store.open(home.keys_url, tables=tables.key_metadata, world=world)
    return store, PersonKeys(keys, home.key_file("vault.key").read_bytes(), world), keys


def texts(service: Running, generation: str) -> Texts:
    store, keys, key_store = stores(service)
    try:
        return read_texts(store, keys, generation)
    finally:
        store.close()
        key_store.close()


def rows(service: Running, table: Any, generation: str) -> list[Any]:
    store, _, key_store = stores(service)
    try:
        with store.read() as conn:
            return list(conn.execute(select(table).where(table.c.generation_id == generation)))
    finally:
        store.close()
        key_store.close()


def sealed_answer(service: Running, generation: str) -> str:
    found = texts(service, generation).answer
    return "".join(line.text for line in decode_lines(b"".join(found or [])))


def test_an_answer_is_recorded_and_sealed(client: Client) -> None:
    answer = client.chat("你好", "demo", stream=True)
    generation = answer.headers["hegui-generation"]
    admitted, delivered = client.evidence(generation)
    assert (admitted.model, admitted.streamed, admitted.label_at) == ("demo", True, "start")
    assert delivered.finish == "stop"
    got = ""
    for frame in answer.body.decode().split("\n\n"):
        if frame.startswith("data: {"):
            for choice in json.loads(frame[6:])["choices"]:
                got += choice["delta"].get("content") or ""
    assert sealed_answer(client.service, generation) == got
    assert len(got) == delivered.chars


def test_a_stop_keeps_its_text_until_the_appeal_time_ends(
    client: Client, models: ModelServer
) -> None:
    words = ["可以说", "禁止", "的词", "语了", *["还有"] * 20]
    models.play("played", Play(text_stream(words, delay=0.6)))
    answer = client.chat("?", "played", stream=True)
    generation = answer.headers["hegui-generation"]
    _, stopped = client.evidence(generation)
    assert (stopped.side, stopped.category, stopped.pack) == ("output", "fraud", "test-words")
    assert sealed_answer(client.service, generation) == "【AI生成】\n可以说"
    kept = rows(client.service, tables.sealed, generation)
    days = {round((row.expires - stopped.at) / 86_400_000) for row in kept}
    assert days == {180}
    (decision,) = rows(client.service, tables.decision, generation)
    assert decision.id == stopped.decision
    wait_for(lambda: models.asked[-1].cancelled)


def test_the_model_is_cancelled_when_the_reader_leaves(client: Client, models: ModelServer) -> None:
    doc = {"model": "long", "stream": True, "messages": [{"role": "user", "content": "hi"}]}
    body = json.dumps(doc).encode()
    head = (
        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n"
        f"Authorization: Bearer {client.service.key}\r\nHegui-Person: {client.person}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    got = client.raw(head.encode() + body, seconds=0.7)
    generation = got.split(b"hegui-generation: ")[1][:32].decode()
    _, abandoned = client.evidence(generation)
    assert abandoned.__struct_config__.tag == "generation.abandoned"
    assert abandoned.chars > 0
    wait_for(lambda: [a for a in models.asked if a.model == "long"][-1].cancelled)


def test_a_generation_past_its_time_is_ended_and_says_so(client: Client) -> None:
    answer = client.chat("hi", "long", stream=True)
    last = json.loads(answer.body.decode().split("\n\n")[-3][6:])
    assert last["error"]["code"] == "generation_too_long"
    _, failed = client.evidence(answer.headers["hegui-generation"])
    assert failed.code == "generation_too_long"


def test_who_accepts_is_let_in_at_once_and_a_link_leads_there(service: Running) -> None:
    fresh = Client(service, "reader-fresh")
    refused = fresh.chat("hi")
    assert refused.code == "agreement_required"
    assert "/agreement?token=" in refused.json["error"]["hegui"]["address"]
    link = fresh.post("/api/people/reader-fresh/link", b"")
    assert link.status == 200, link.body
    assert "/agreement?token=" in link.json["url"]
    accepted = fresh.post("/api/people/reader-fresh/agreement", b"{}")
    assert accepted.json["note"].startswith("said by the application, no evidence")
    assert fresh.chat("hi").status == 200


def test_a_new_agreement_asks_again(service: Running) -> None:
    reader = Client(service, "reader-again").accepted()
    for name, text in (("zh", "新协议\n\n一、内容\n正文"), ("en", "New\n\n1. Content\nText")):
        (service.home / f"new.{name}.txt").write_text(text)
    published = hegui(
        service.env,
        "agreement",
        "publish",
        "--zh",
        str(service.home / "new.zh.txt"),
        "--en",
        str(service.home / "new.en.txt"),
    )
    assert published.returncode == 0, published.stderr
    wait_for(lambda: reader.chat("hi").status == 403)
    assert reader.accepted().chat("hi").status == 200


def test_words_come_and_go_without_a_dropped_request(client: Client) -> None:
    pack = client.service.home / "later.toml"
    pack.write_text(
        '[pack]\nname = "later"\nauthor = "T"\nversion = "1"\n'
        '[[word]]\nword = "后来的词语"\ncategory = "fraud"\naction = "stop"\n'
    )
    assert client.chat("后来的词语").status == 200
    assert hegui(client.service.env, "words", "add", str(pack)).returncode == 0
    wait_for(lambda: client.chat("后来的词语").status == 400)
    assert hegui(client.service.env, "words", "withdraw", "later").returncode == 0
    wait_for(lambda: client.chat("后来的词语").status == 200)


def test_an_erased_person_leaves_no_text_and_the_ledger_still_holds(service: Running) -> None:
    reader = Client(service, "reader-gone").accepted()
    answer = reader.chat("my own words", "demo")
    generation = answer.headers["hegui-generation"]
    assert texts(service, generation).prompt
    gone = hegui(service.env, "people", "erase", "reader-gone", "--application", "demo")
    assert gone.returncode == 0, gone.stderr
    assert rows(service, tables.sealed, generation) == []
    assert rows(service, tables.generation_person, generation) == []
    verified = hegui(service.env, "ledger", "verify", "--json")
    assert verified.returncode == 0, verified.stdout
    wait_for(lambda: reader.chat("again").status == 403)


def test_health_readiness_and_metrics(client: Client) -> None:
    client.chat("hi")
    assert client.request("GET", "/healthz", None, {}).body == b"ok\n"
    assert client.request("GET", "/readyz", None, {}).json == {"ready": True, "missing": []}
    metrics = client.request("GET", "/metrics", None, {}).body.decode()
    assert 'hegui_generations_total{outcome="delivered"}' in metrics
    assert client.person not in metrics


@pytest.mark.parametrize("stream", [False, True])
def test_a_review_word_passes_and_is_on_record(client: Client, stream: bool) -> None:
    answer = client.chat("look at this", "normal", stream=stream)
    generation = answer.headers["hegui-generation"]
    client.evidence(generation)
    (found,) = rows(client.service, tables.finding, generation)
    assert (found.side, found.place, found.category) == ("input", "messages[0].content", "look")


def test_a_service_that_stops_ends_its_streams_with_a_word(
    tmp_path: Path, models: ModelServer
) -> None:
    config = (
        '[provider]\nname = "T"\ncode = "001191000000MA0000000N10000"\ncontact = "c"\n'
        '[service]\nname = "T"\npublic = "t"\n[data]\nurl = ""\n'
        f'[[upstream]]\nname = "sim"\nbase_url = "{models.url}"\nmodels = {{ "long" = "long" }}\n'
    )
    got: list[bytes] = []
    with running(tmp_path / "home", config) as service:
        client = Client(service, "demo-reader")
        threads = [
            threading.Thread(target=lambda: got.append(client.chat("hi", "long", stream=True).body))
            for _ in range(5)
        ]
        for thread in threads:
            thread.start()
        time.sleep(1.5)
    for thread in threads:
        thread.join(20)
    assert len(got) == 5
    for body in got:
        last = json.loads(body.decode().split("\n\n")[-3][6:])
        assert last["error"]["code"] == "service_stopping"
    verified = hegui(service.env, "ledger", "verify", "--json")
    assert json.loads(verified.stdout)["ok"] is True
    assert json.loads(verified.stdout)["pending"] == 0
