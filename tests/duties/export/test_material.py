"""What exports are made of, read from a real store."""

import json
from typing import Any

import pytest
from tests.duties.export.sample import ANSWERS
from tests.world import FakeWorld

from hegui import checks
from hegui.duties import changes, scope
from hegui.duties.export import FORMATS, Material, Subject, gather, name_of, narrowed
from hegui.law import LawError
from hegui.ledger import Signer
from hegui.ledger.merkle import leaf_hash
from hegui.store import Store
from hegui.store.log import LogReader
from hegui.store.sequence import Sequencer

SUBJECT = Subject("service", "provider", "code")


def _gathered(store: Store, world: FakeWorld) -> Material:
    scope.record(store, world, ANSWERS)
    signer = Signer.generate("log.example/1", world)
    Sequencer(store, signer, signer.name, world).run_once()
    checks.fold_all(store)
    changes.refresh(store, world)
    return gather(store, world.now(), SUBJECT)


def test_it_is_read_at_one_moment(store: Store, world: FakeWorld) -> None:
    found = _gathered(store, world)
    assert found.standing.at == world.now()
    assert found.standing.checkpoint is not None
    assert {one.name for one in found.packs} == {one.name for one in found.book.packs}
    log = LogReader(store)
    assert found.leaves
    for index, leaf in found.leaves.items():
        body = log.body(index)
        assert body is not None
        assert leaf == leaf_hash(body).hex()


def test_real_evidence_reaches_the_exports(store: Store, world: FakeWorld) -> None:
    document: dict[str, Any] = json.loads(FORMATS["json"].make(_gathered(store, world), "zh"))
    kinds = {one["kind"] for one in document["entries"]}
    assert "profile.recorded" in kinds
    assert all(one["leaf"] for one in document["entries"] if isinstance(one["index"], int))
    scoped = [one for one in document["checks"] if one["check"] == "scope.recorded"]
    assert {one["status"] for one in scoped} == {"needs_person"}  # questions are still open
    assert {one["counted"] for one in scoped} == {1}


def test_an_empty_house_exports_too(store: Store, world: FakeWorld) -> None:
    bare = gather(store, world.now(), SUBJECT)
    assert bare.standing.profile is None
    document = json.loads(FORMATS["json"].make(bare, "en"))
    asked = [one for one in document["duties"] if one["applies"] == "none"]
    assert len(asked) > 200
    assert {one["status"] for one in asked} == {"needs_person"}


def test_a_pack_alone_tells_of_itself(material: Material) -> None:
    one = narrowed(material, "cn-app-method-2019")
    assert {duty.ref.partition("/")[0] for duty in one.standing.duties} == {"cn-app-method-2019"}
    assert [pack.name for pack in one.packs] == ["cn-app-method-2019"]
    assert one.changes == ()
    assert one.book is material.book  # thresholds of other packs can still be told


def test_an_unknown_pack_is_told(material: Material) -> None:
    with pytest.raises(LawError) as told:
        narrowed(material, "no-such-pack")
    assert told.value.code == "pack_unknown"


@pytest.mark.parametrize(
    ("form", "pack", "name"),
    [
        ("pdf", "", "duties-zh.pdf"),
        ("xlsx", "cn-minors", "duties-cn-minors-zh.xlsx"),
        ("oscal-results", "", "oscal-results.json"),
        ("ciso", "cn-minors", "ciso-cn-minors-zh.yaml"),
    ],
)
def test_a_file_has_a_name(form: str, pack: str, name: str) -> None:
    assert name_of(form, "zh", pack) == name
