"""Art. 9's copies, and where the explicit label stands otherwise."""

import json
from base64 import b64decode
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select
from tests.gateway.client import Answer, Client
from tests.gateway.media.server import PNG
from tests.service import hegui

from hegui import law, marks
from hegui.gateway.media.record import RULE
from hegui.ledger import kinds
from hegui.store import Store, tables


def ask(client: Client, output: str, model: str = "good") -> Answer:
    headers = {**client.headers, "Hegui-Output": output}
    body = json.dumps({"model": model, "prompt": "a cat"}).encode()
    return client.post("/v1/images/generations", body, headers)


def file_of(answer: Answer) -> bytes:
    assert answer.status == 200, answer.body
    return b64decode(answer.json["data"][0]["b64_json"])


def pixels(data: bytes) -> bytes:
    import io

    from PIL import Image

    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


def test_a_copy_without_the_explicit_label_is_logged_by_act(client: Client, opened: Store) -> None:
    answer = ask(client, "unlabelled")
    data = file_of(answer)
    assert pixels(data) == pixels(PNG)
    label = marks.read(data).label
    assert label is not None, "the implicit label stays"
    found = client.evidence(label.produce_id)
    admitted, given = found[0], found[-1]
    assert isinstance(admitted, kinds.GenerationAdmitted)
    assert admitted.label_at == "unlabelled"
    assert isinstance(given, kinds.OutputUnlabelled)
    assert (given.application, given.agreement, given.rule) == (
        admitted.application,
        admitted.agreement,
        RULE,
    )
    t = tables.unlabelled
    with opened.read() as conn:
        row = conn.execute(select(t).where(t.c.generation_id == label.produce_id)).one()
    assert (row.application_id, row.agreement, row.file) == (
        given.application,
        given.agreement,
        given.file,
    )
    assert row.expires == given.until


def test_the_log_is_kept_for_the_time_of_the_law(client: Client) -> None:
    label = marks.read(file_of(ask(client, "unlabelled"))).label
    assert label is not None
    given = client.evidence(label.produce_id)[-1]
    assert law.parameter(RULE).clause.en == "Art. 9"
    kept = timedelta(milliseconds=given.until - given.at)
    assert timedelta(days=181) <= kept <= timedelta(days=196), "six months, to a working day"


def test_no_row_names_the_person(client: Client, opened: Store) -> None:
    ask(client, "unlabelled")
    with opened.read() as conn:
        rows = conn.execute(select(tables.unlabelled)).all()
        person = conn.scalar(
            select(tables.person.c.id).where(tables.person.c.pseudonym == client.person)
        )
    said = " ".join(str(tuple(row)) for row in rows)
    assert rows
    assert client.person not in said
    assert str(person) not in said


def test_a_word_that_is_unknown_is_told_so(client: Client) -> None:
    answer = ask(client, "naked")
    assert (answer.status, answer.code) == (400, "output_unknown")


def test_raw_needs_an_interface_that_shows_the_label(client: Client) -> None:
    answer = ask(client, "raw")
    assert (answer.status, answer.code) == (400, "raw_not_declared")


@pytest.fixture
def interface(client: Client) -> Client:
    """An application that has declared that its interface shows the label."""
    env, name = client.service.env, f"shows-{id(client)}"
    words = ("--operator", "X", "--public", "y", "--interface", "AI生成 beside each picture")
    added = hegui(env, "apps", "add", name, *words, "--json")
    assert added.returncode == 0, added.stderr
    made = hegui(env, "keys", "create", name, "--json")
    assert made.returncode == 0, made.stderr
    service = client.service._replace(
        facts={**client.service.facts, "api_key": json.loads(made.stdout)["key"]}
    )
    theirs = Client(service, "their-reader")
    path = f"/api/people/{quote(theirs.person)}/agreement"
    assert theirs.post(path, b"{}").status == 200
    return theirs


def test_an_interface_shows_it_and_a_download_bears_it(interface: Client) -> None:
    assert pixels(file_of(ask(interface, "raw"))) == pixels(PNG)
    assert pixels(file_of(ask(interface, "labelled"))) != pixels(PNG)
