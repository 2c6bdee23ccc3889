"""A foreign checker: Go's golang.org/x/mod/sumdb judges our notes, proofs and tiles."""

import json
import os
import random
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from tests.ledger import naive
from tests.tools import need

from hegui.ledger import Checkpoint, LedgerError, Signer, Verifier, merkle

SOURCE = Path(__file__).parent / "go" / "witness" / "main.go"
GOLDEN = json.loads((Path(__file__).parent / "golden" / "notes.json").read_bytes())
SIGNER = Signer.from_seed("log.example/hegui", bytes(range(32)))
LEAVES = naive.leaves(66_000)
LOG = naive.Log(LEAVES)
SIZES = [1, 2, 3, 7, 8, 70, 255, 256, 257, 1_000, 65_535, 65_536, 65_537, 66_000]
#: Debian's packages, and nothing from the network.
OFFLINE = {
    "GO111MODULE": "off",
    "GOPATH": "/usr/share/gocode",
    "GOPROXY": "off",
    "GOFLAGS": "",
}


@dataclass(frozen=True)
class Record:
    proof: list[bytes]
    size: int
    root: bytes
    index: int
    leaf: bytes

    def holds(self) -> None:
        merkle.verify_inclusion(self.leaf, self.index, self.size, self.proof, self.root)


@dataclass(frozen=True)
class Tree:
    proof: list[bytes]
    size2: int
    root2: bytes
    size1: int
    root1: bytes

    def holds(self) -> None:
        merkle.verify_consistency(self.size1, self.size2, self.root1, self.root2, self.proof)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, Any]]:
    """Builds the witness once, and asks it."""
    go = need("go")
    witness = tmp_path_factory.mktemp("go") / "witness"
    build = subprocess.run(
        [go, "build", "-trimpath", "-o", str(witness), SOURCE.name],
        cwd=SOURCE.parent,
        env=os.environ | OFFLINE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr

    def run(**questions: Any) -> dict[str, Any]:
        done = subprocess.run(
            [witness],
            input=json.dumps({"Vkey": SIGNER.vkey} | questions, default=plain).encode(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        verdicts: dict[str, Any] = json.loads(done.stdout)
        return verdicts

    return run


def plain(value: bytes) -> str:
    return b64encode(value).decode()


def question(item: Record | Tree) -> dict[str, Any]:
    return {name.capitalize(): value for name, value in asdict(item).items()}


def records() -> Iterator[Record]:
    for size in SIZES:
        root = merkle.root_hash(size, LOG.read)
        for index in sorted({0, size // 3, size // 2, size - 1}):
            proof = merkle.inclusion_proof(size, index, LOG.read)
            yield Record(proof, size, root, index, LEAVES[index])


def trees() -> Iterator[Tree]:
    for size2 in SIZES:
        root2 = merkle.root_hash(size2, LOG.read)
        for size1 in sorted({1, (size2 + 2) // 3, (size2 + 1) // 2, size2}):
            proof = merkle.consistency_proof(size1, size2, LOG.read)
            yield Tree(proof, size2, root2, size1, merkle.root_hash(size1, LOG.read))


def altered(proof: list[bytes], rng: random.Random) -> Iterator[list[bytes]]:
    """The proof with a hash flipped, missing, doubled, added and out of order."""
    place = rng.randrange(len(proof))
    hash_ = proof[place]
    flipped = bytes([hash_[0] ^ 1 << rng.randrange(8)]) + hash_[1:]
    yield [*proof[:place], flipped, *proof[place + 1 :]]
    yield [*proof[:place], *proof[place + 1 :]]
    yield [*proof[: place + 1], *proof[place:]]
    yield [*proof, rng.randbytes(32)]
    if len(proof) > 1:
        yield [*proof[1:], proof[0]]


def altered_records(rng: random.Random) -> Iterator[Record]:
    for record in records():
        if record.proof:
            yield from (replace(record, proof=proof) for proof in altered(record.proof, rng))
        yield replace(record, index=record.index + 1)
        yield replace(record, root=rng.randbytes(32))
        yield replace(record, leaf=rng.randbytes(32))
        yield replace(record, size=record.index)


def altered_trees(rng: random.Random) -> Iterator[Tree]:
    for tree in trees():
        if tree.proof:
            yield from (replace(tree, proof=proof) for proof in altered(tree.proof, rng))
        yield replace(tree, root1=rng.randbytes(32))
        yield replace(tree, root2=rng.randbytes(32))
        yield replace(tree, size1=0)
        yield replace(tree, size1=tree.size2 + 1)


def test_go_opens_our_checkpoint_and_no_altered_one(ask: Callable[..., dict[str, Any]]) -> None:
    checkpoint = Checkpoint(SIGNER.name, LOG.size, merkle.root_hash(LOG.size, LOG.read))
    note = checkpoint.sign(SIGNER)
    other = Signer.from_seed(SIGNER.name, bytes(32))
    notes = [
        note,
        note.replace("66000", "66001"),
        note.replace("\n\n", "\n", 1),
        note[:-1],
        other.sign(checkpoint.to_text()),
        note + other.sign("x\n").split("\n")[2] + "\n",
    ]
    verdicts = ask(Notes=notes)["Notes"]
    assert [verdict["Error"] == "" for verdict in verdicts] == [True, *[False] * 4, True]
    assert verdicts[0]["Text"] == verdicts[5]["Text"] == checkpoint.to_text()
    verifier = Verifier(SIGNER.vkey)
    for text, verdict in zip(notes, verdicts, strict=True):
        if verdict["Error"]:
            with pytest.raises(LedgerError):
                Checkpoint.open(text, verifier)
        else:
            assert Checkpoint.open(text, verifier) == checkpoint


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["name"])
def test_go_opens_the_golden_notes(
    golden: dict[str, str], ask: Callable[..., dict[str, Any]]
) -> None:
    verdict = ask(Vkey=golden["vkey"], Notes=[golden["note"]])["Notes"]
    assert verdict == [{"Text": golden["text"], "Error": ""}]


def test_go_accepts_our_proofs(ask: Callable[..., dict[str, Any]]) -> None:
    inclusion, consistency = list(records()), list(trees())
    verdicts = ask(
        Records=[question(item) for item in inclusion],
        Trees=[question(item) for item in consistency],
    )
    assert verdicts["Records"] == [""] * len(inclusion)
    assert verdicts["Trees"] == [""] * len(consistency)
    both: list[Record | Tree] = [*inclusion, *consistency]
    for item in both:
        item.holds()


def test_go_refuses_what_we_refuse(ask: Callable[..., dict[str, Any]]) -> None:
    inclusion = list(altered_records(random.Random(1)))
    consistency = list(altered_trees(random.Random(2)))
    verdicts = ask(
        Records=[question(item) for item in inclusion],
        Trees=[question(item) for item in consistency],
    )
    assert len(inclusion) > 300
    assert len(consistency) > 300
    both: list[Record | Tree] = [*inclusion, *consistency]
    for item, verdict in zip(both, [*verdicts["Records"], *verdicts["Trees"]], strict=True):
        assert verdict
        with pytest.raises(LedgerError):
            item.holds()


def test_go_makes_the_same_proofs_from_our_tiles(ask: Callable[..., dict[str, Any]]) -> None:
    paths = {
        merkle.tile_path(level, n, len(data) // 32): data for (level, n), data in LOG.tiles.items()
    }
    places = [0, 255, 256, 65_535, 65_536, 65_999]
    verdicts = ask(
        Ask={
            "Tiles": paths,
            "Size": LOG.size,
            "Root": merkle.root_hash(LOG.size, LOG.read),
            "Records": places,
            "Trees": [place + 1 for place in places],
        }
    )
    for place, record, tree in zip(
        places, verdicts["MadeRecords"], verdicts["MadeTrees"], strict=True
    ):
        assert record == [plain(item) for item in merkle.inclusion_proof(66_000, place, LOG.read)]
        consistency = merkle.consistency_proof(place + 1, 66_000, LOG.read)
        assert (tree or []) == [plain(item) for item in consistency]
