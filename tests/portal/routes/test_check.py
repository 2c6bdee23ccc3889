"""``/check``: anyone reads a file's label; a forged one is told from a real one."""

import base64
import hashlib
import html
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import httpx2
import pytest
from tests.marks.samples.pixel import PNG
from tests.portal.site import Site
from tests.world import FakeWorld

from hegui import marks
from hegui.ledger import InclusionProof, Signer, Verifier
from hegui.ledger.entry import decode
from hegui.ledger.kinds import OutputMarked
from hegui.marks import DEMO_CODE, Label
from hegui.portal.checked import MAX_FILE
from hegui.store import record
from hegui.store.sequence import Sequencer
from hegui.web.turns import HELD, WORKED
from hegui.world import new_id


def dropped(client: httpx2.Client, name: str, data: bytes, lang: str = "en") -> httpx2.Response:
    return client.post(f"/check?lang={lang}", files={"file": (name, data)})


def delivered(site: Site, produce_id: str = "") -> tuple[bytes, Label]:
    """A file that left this service, in the record as the gateway puts it there."""
    house = site.house
    act = new_id(house.world)
    label = Label.first(DEMO_CODE, produce_id or act)
    made = marks.write(PNG, label)
    entry = OutputMarked(
        act=act,
        at=house.world.now(),
        nonce="0" * 32,
        media="image",
        format="png",
        produce_id=label.produce_id,
        file=hashlib.sha256(made).hexdigest(),
        size=len(made),
        label=hashlib.sha256(label.to_json()).hexdigest(),
        explicit=False,
        read="",
    )
    with house.store.begin() as conn:
        record(conn, entry)
    return made, label


@pytest.mark.parametrize(
    ("lang", "title", "kept"),
    [
        ("zh", "这个文件是 AI 生成的吗？", "不保存"),
        ("en", "Is this file made by AI?", "not kept"),
    ],
)
def test_the_form_says_what_it_does(
    onlooker: httpx2.Client, lang: str, title: str, kept: str
) -> None:
    page = onlooker.get(f"/check?lang={lang}").text
    assert title in page
    assert kept in page
    assert "32 MB" in page
    assert 'href="/check"' in onlooker.get("/").text


def test_a_file_without_a_label(client: httpx2.Client) -> None:
    answer = dropped(client, "pixel.png", PNG)
    assert answer.status_code == 200
    assert "No AI-content label was found" in answer.text
    assert "No label does not mean no AI" in answer.text
    assert "pixel.png" in answer.text
    assert hashlib.sha256(PNG).hexdigest() in answer.text


def test_another_providers_label(client: httpx2.Client) -> None:
    made = marks.write(PNG, Label.first("001191110102MACQD9K64010000", "abc-1"))
    page = dropped(client, "pixel.png", made).text
    assert "It says that it is generated" in page
    assert "001191110102MACQD9K64010000" in page
    assert "names another provider" in page


def test_this_very_file_left_us_and_its_proof_holds(site: Site, client: httpx2.Client) -> None:
    made, label = delivered(site)
    assert "The proof comes in a moment" in dropped(client, "a.png", made).text
    signer = Signer.generate("ledger.example", site.house.world)
    Sequencer(site.house.store, signer, "ledger.example", site.house.world).run_once()
    page = dropped(client, "a.png", made).text
    assert "the very file that this service delivered" in page
    found = re.search(r"data:application/octet-stream;base64,([A-Za-z0-9+/=]+)", page)
    assert found is not None
    proof = InclusionProof.parse(base64.b64decode(found[1]))
    proof.verify(proof.extra, Verifier(signer.vkey))
    assert decode(proof.extra).act == label.produce_id


def test_the_label_is_ours_though_the_rest_changed(site: Site, client: httpx2.Client) -> None:
    _, label = delivered(site)
    other = marks.write(PNG + b"\x00", label)
    assert "This service wrote the label" in dropped(client, "a.png", other).text


def test_a_platforms_part_does_not_make_it_a_forgery(site: Site, client: httpx2.Client) -> None:
    made, _ = delivered(site)
    passed_on = marks.propagate(made, "001191110102MACQD9K64020000", "post-1").data
    assert passed_on is not None
    assert "This service wrote the label" in dropped(client, "a.png", passed_on).text


def test_a_number_of_ours_with_another_label(site: Site, client: httpx2.Client) -> None:
    _, label = delivered(site)
    forged = Label("2", *(getattr(label, name) for name in Label.__struct_fields__[1:]))
    page = dropped(client, "a.png", marks.write(PNG, forged)).text
    assert "somebody changed it" in page


@pytest.mark.parametrize("number", [new_id(FakeWorld(5)), "2026-0001"])
def test_a_label_that_we_never_wrote(client: httpx2.Client, number: str) -> None:
    page = dropped(client, "a.png", marks.write(PNG, Label.first(DEMO_CODE, number))).text
    assert "it may be forged" in page


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (PNG[:40], "This file can&#39;t be read"),
        (bytes(range(256)) * 9, "This file can&#39;t be read"),
    ],
)
def test_what_cannot_be_read_is_told(client: httpx2.Client, data: bytes, says: str) -> None:
    answer = dropped(client, "broken.png", data)
    assert answer.status_code == 200
    assert says in answer.text


def test_a_files_name_is_shown_and_never_run(client: httpx2.Client) -> None:
    page = dropped(client, "<script>alert(1)</script>.png", PNG).text
    assert "<script>alert" not in page


def test_no_file_and_an_empty_one(client: httpx2.Client) -> None:
    assert dropped(client, "empty.png", b"").status_code == 400
    assert client.post("/check", files={"other": b""}).status_code == 400
    assert client.post("/check", data={"file": "x"}).status_code == 400


def test_a_file_that_is_too_large(client: httpx2.Client) -> None:
    answer = dropped(client, "large.png", b"\x00" * (MAX_FILE + 1))
    assert answer.status_code == 413
    assert "hegui read" in answer.text


@contextmanager
def slow(site: Site, senders: int) -> Iterator[Callable[[], None]]:
    """So many uploads that begin and go no further; what it gives adds another."""
    at = urlsplit(site.url)
    head = (
        "POST /check HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n"
        "content-type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
    )
    with ExitStack() as stack:

        def send() -> None:
            one = stack.enter_context(socket.create_connection((at.hostname, at.port)))
            one.sendall(head.encode())

        for _ in range(senders):
            send()
        yield send


def until(
    client: httpx2.Client, status: int, otherwise: Callable[[], None] = lambda: None
) -> httpx2.Response:
    """The first answer of that status; connections reach the service in their own time."""
    for _ in range(200):
        answer = dropped(client, "a.png", PNG)
        if answer.status_code == status:
            return answer
        otherwise()
    raise AssertionError(answer.status_code)


def test_slow_senders_do_not_close_the_page_and_too_many_are_told(
    site: Site, client: httpx2.Client
) -> None:
    with slow(site, WORKED + 1):
        for _ in range(5):
            assert dropped(client, "a.png", PNG).status_code == 200
    with slow(site, HELD) as another:
        # A sender that found this client's own upload in its place was sent away for good.
        assert "Too many files are being handled" in until(client, 503, another).text
    until(client, 200)


def test_the_label_that_is_whole_is_told(client: httpx2.Client) -> None:
    """As ``hegui read --json`` tells it, though another stands before it."""
    whole = Label.first("Example", "n-1").to_json().decode()
    metas = [
        f'<meta name="AIGC" content="{html.escape(text)}">'
        for text in ('{"ProduceID":"n-0"}', whole)
    ]
    page = f"<html><head>{''.join(metas)}</head></html>".encode()
    reading = marks.read(page)
    assert [seen.label is None for seen in reading.seen] == [True, False]
    told = dropped(client, "two.html", page).text
    assert "It says that it is generated" in told
    assert "It has a label, which does not say" not in told
