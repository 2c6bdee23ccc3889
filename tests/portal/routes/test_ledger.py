"""The public record, for people and for verifiers."""

import httpx2
import pytest
from tests.portal.site import Site, TestHouse

from hegui.ledger import Checkpoint, Signer, Verifier, merkle
from hegui.ledger.kinds import AgreementPublished
from hegui.store import record
from hegui.store.sequence import Sequencer

IMMUTABLE = "public, max-age=31536000, immutable"


def grow(house: TestHouse, entries: int) -> None:
    """Adds entries and signs a checkpoint over them."""
    signer = Signer.from_seed("hegui.example", b"s" * 32)
    with house.store.begin() as conn:
        for n in range(entries):
            entry = AgreementPublished(
                act=f"{n:032x}", at=n, nonce="0" * 32, version=n, digest="0" * 64
            )
            record(conn, entry)
    Sequencer(house.store, signer, "hegui.example", house.world).run_once()


@pytest.fixture(scope="module")
def grown(still: Site) -> None:
    """Three hundred entries before the onlooker."""
    grow(still.house, 300)


def test_before_the_first_entry_the_page_says_what_will_appear(client: httpx2.Client) -> None:
    assert "还没有检查点" in client.get("/ledger").text
    assert client.get("/ledger/checkpoint").status_code == 404


def test_the_checkpoint_is_printed_verbatim_and_verifies(site: Site, client: httpx2.Client) -> None:
    grow(site.house, 5)
    answer = client.get("/ledger/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    vkey = client.get("/ledger/vkey").text.strip()
    opened = Checkpoint.open(answer.text, Verifier(vkey))
    assert opened.size == site.house.ledger.size()
    page = client.get("/ledger").text
    assert answer.text.splitlines()[2] in page
    assert f"<dd>{opened.size}</dd>" in page
    assert vkey in page


def test_tiles_prove_the_checkpoint(site: Site, client: httpx2.Client) -> None:
    grow(site.house, 300)
    size = site.house.ledger.size()

    def read(level: int, n: int) -> bytes:
        width = min(256, (size >> (8 * level)) - 256 * n)
        answer = client.get("/ledger/" + merkle.tile_path(level, n, width))
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["cache-control"] == IMMUTABLE
        return answer.content

    note = client.get("/ledger/checkpoint").text
    checkpoint = Checkpoint.open(note, Verifier(site.house.ledger_vkey))
    assert merkle.root_hash(size, read) == checkpoint.root


def test_a_partial_tile_is_the_beginning_of_the_whole_one(
    site: Site, client: httpx2.Client
) -> None:
    grow(site.house, 300)
    whole = client.get("/ledger/tile/0/000").content
    assert len(whole) == 256 * 32
    assert client.get("/ledger/tile/0/000.p/7").content == whole[: 7 * 32]


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/001",
        "tile/0/001.p/255",
        "tile/9/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/000",
        "tile/-1/000",
        "tile/entries/000",
        "tile//0/000",
        "tile/0/" + "x999/" * 50 + "999",
        "tile/",
        "entries",
    ],
)
def test_any_other_path_is_missing(onlooker: httpx2.Client, grown: None, path: str) -> None:
    assert onlooker.get(f"/ledger/{path}").status_code == 404
