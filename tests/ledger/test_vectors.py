"""Proof vectors: our own always, transparency-dev/merkle's wherever the shared folder is."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from hegui.ledger import LedgerError, merkle

HERE = Path(__file__).parent
OWN = HERE / "vectors"
PUBLISHED = HERE.parents[2] / "shared" / "vectors" / "merkle" / "testdata"


def files(kind: str) -> list[Path]:
    return [
        path for folder in (OWN, PUBLISHED) for path in sorted(folder.glob(f"{kind}/**/*.json"))
    ]


def name(path: Path) -> str:
    folder = OWN if path.is_relative_to(OWN) else PUBLISHED
    return f"{'own' if folder == OWN else 'published'}:{path.relative_to(folder)}"


def check_inclusion(vector: dict[str, Any]) -> None:
    merkle.verify_inclusion(
        b64decode(vector["leafHash"]),
        vector["leafIdx"],
        vector["treeSize"],
        [b64decode(item) for item in vector["proof"] or []],
        b64decode(vector["root"]),
    )


def check_consistency(vector: dict[str, Any]) -> None:
    merkle.verify_consistency(
        vector["size1"],
        vector["size2"],
        b64decode(vector["root1"]),
        b64decode(vector["root2"]),
        [b64decode(item) for item in vector["proof"] or []],
    )


@pytest.mark.parametrize("path", files("inclusion"), ids=name)
def test_inclusion(path: Path) -> None:
    vector = json.loads(path.read_bytes())
    if vector["wantErr"]:
        with pytest.raises(LedgerError):
            check_inclusion(vector)
    else:
        check_inclusion(vector)


@pytest.mark.parametrize("path", files("consistency"), ids=name)
def test_consistency(path: Path) -> None:
    vector = json.loads(path.read_bytes())
    if vector["wantErr"]:
        with pytest.raises(LedgerError):
            check_consistency(vector)
    else:
        check_consistency(vector)


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_own_vectors_try_both_answers(kind: str) -> None:
    answers = [json.loads(path.read_bytes())["wantErr"] for path in (OWN / kind).iterdir()]
    assert answers.count(False) >= 9
    assert answers.count(True) >= 15


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_where_the_published_folder_lies_it_runs_whole(kind: str) -> None:
    found = [path for path in files(kind) if path.is_relative_to(PUBLISHED)]
    assert len(found) == (98 if PUBLISHED.exists() else 0)
