"""The register of licences: entered with a file, replaced, withdrawn, and never overwritten."""

import httpx2
import pytest
from sqlalchemy import update
from tests.console.desk import Desk
from tests.console.story import main_of, text_of

from hegui.duties import files, licences
from hegui.duties.licences import Licence
from hegui.store import tables

GIVEN = {
    "kind": "telecom",
    "number": "ICP-1",
    "scope": "a chat",
    "holder": "Example & Co",
    "issued": "2025-03-01",
    "expires": "2027-03-01",
}
FILE = ("certificate.pdf", b"%PDF-1.7 not really", "application/pdf")
DAY = 86_400_000


@pytest.fixture
def client(desk: Desk) -> httpx2.Client:
    return desk.client("officer")


@pytest.fixture
def reader(still: Desk) -> httpx2.Client:
    """An officer of a house where nothing is kept."""
    return still.client("officer")


def enter(
    client: httpx2.Client,
    path: str = "/law/licences/new",
    file: tuple[str, bytes, str] = ("", b"", ""),
    change: tuple[str, str] = ("", ""),
) -> httpx2.Response:
    """Sends the form, with one field otherwise than usual."""
    return client.post(path, data=GIVEN | dict([change]), files={"file": file})


def held(desk: Desk) -> list[Licence]:
    return licences.listed(desk.store)


def test_the_register_is_empty_at_first(reader: httpx2.Client) -> None:
    page = text_of(reader.get("/law/licences"))
    assert "Nothing entered yet" in page
    assert "Add one" in page


def test_a_licence_is_entered_with_its_file_and_shown(desk: Desk, client: httpx2.Client) -> None:
    answer = enter(client, file=FILE)
    assert answer.status_code == 303, answer.text
    (one,) = held(desk)
    assert answer.headers["location"] == f"/law/licences/{one.id}?done=saved"
    page = main_of(client.get(answer.headers["location"]))
    for said in ("ICP-1", "Example &amp; Co", "2027-03-01", "in date", "the officer"):
        assert said in page
    fetched = client.get(f"/law/files/{one.file}")
    assert fetched.content == FILE[1]
    listed = text_of(client.get("/law/licences"))
    assert "ICP filing or value-added telecom licence" in listed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "king"),
        ("number", "  "),
        ("holder", "a\x07b"),
        ("scope", ""),
        ("issued", "yesterday"),
        ("expires", "2025-02-30"),
        ("expires", "2020-01-01"),
        ("issued", "1066-10-14"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_saves_nothing(
    still: Desk, reader: httpx2.Client, field: str, value: str
) -> None:
    answer = enter(reader, change=(field, value))
    assert answer.status_code == 400
    assert "Nothing was saved" in answer.text
    assert 'value="ICP-1"' in answer.text or field == "number"
    assert held(still) == []


def test_a_file_too_large_is_refused(still: Desk, reader: httpx2.Client) -> None:
    answer = enter(reader, file=("big.bin", bytes(files.MOST_BYTES + 100_000), "text/plain"))
    assert answer.status_code == 413
    assert held(still) == []


def test_a_replacement_keeps_the_old_one_and_its_file(desk: Desk, client: httpx2.Client) -> None:
    enter(client, file=FILE)
    (old,) = held(desk)
    form = main_of(client.get(f"/law/licences/{old.id}/replace"))
    assert 'value="2027-03-01"' in form
    assert "the old one stays" in form
    enter(client, f"/law/licences/{old.id}/replace", change=("number", "ICP-2"))
    (new,) = held(desk)
    assert (new.number, new.file) == ("ICP-2", old.file)
    page = main_of(client.get(f"/law/licences/{old.id}"))
    assert f'href="/law/licences/{new.id}"' in page
    assert "replaced" in page
    again = enter(client, f"/law/licences/{old.id}/replace")
    assert again.status_code == 409
    assert client.get(f"/law/licences/{old.id}/replace").status_code == 303


def test_a_licence_is_withdrawn_and_stays_on_record(desk: Desk, client: httpx2.Client) -> None:
    enter(client)
    (one,) = held(desk)
    ask = client.get(f"/law/licences/{one.id}/withdraw")
    assert "Withdraw ICP-1?" in ask.text
    done = client.post(f"/law/licences/{one.id}/withdraw")
    assert done.headers["location"] == "/law/licences?done=withdrawn"
    page = text_of(client.get("/law/licences?done=withdrawn"))
    assert "Earlier ones ICP-1" in " ".join(page.replace("Number Kind Until State", "").split())
    assert client.post(f"/law/licences/{one.id}/withdraw").status_code == 409


@pytest.mark.parametrize(
    ("expires", "said"),
    [("2026-01-05", "runs out soon"), ("2026-01-04", "run out"), ("", "in date")],
)
def test_what_runs_out_is_told(client: httpx2.Client, expires: str, said: str) -> None:
    enter(client, change=("expires", expires))
    row = text_of(client.get("/law/licences"))
    assert said in row


def test_one_issued_for_later_says_from_when(desk: Desk, client: httpx2.Client) -> None:
    enter(client)
    (one,) = held(desk)
    with desk.store.begin() as conn:  # as an earlier version of the house let it in
        conn.execute(update(tables.licence).values(issued=20260701))
    for path in ("", f"/{one.id}"):
        assert "in force from 2026-07-01" in text_of(client.get(f"/law/licences{path}"))


def test_a_way_leads_to_its_form(reader: httpx2.Client) -> None:
    page = main_of(reader.get("/law/licences/new?kind=algorithm-filing"))
    assert '<option value="algorithm-filing" selected>' in page
    assert reader.get("/law/licences/new?kind=%00").status_code == 200


@pytest.mark.parametrize("path", ["x", "0" * 32, f"{'0' * 32}/replace", f"{'0' * 32}/withdraw"])
def test_a_licence_that_is_not_there_is_told(reader: httpx2.Client, path: str) -> None:
    assert reader.get(f"/law/licences/{path}").status_code == 404


def test_who_may_only_read_changes_nothing(desk: Desk, client: httpx2.Client) -> None:
    enter(client)
    (one,) = held(desk)
    auditor = desk.client("auditor")
    page = main_of(auditor.get(f"/law/licences/{one.id}"))
    assert "/replace" not in page
    assert enter(auditor).status_code == 403
