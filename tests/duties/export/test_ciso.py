"""CISO Assistant's library, held to what its importer checks."""

import re
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hegui.duties.export import FORMATS, Material, narrowed
from hegui.duties.export.ciso import _short, version
from hegui.law import packs
from hegui.store.law_packs import newer

#: As in its ``backend/core/models.py``.
URN = r"urn(:[a-zA-Z0-9_-]+){3}(:[a-zA-Z0-9_-]+)?:([0-9A-Za-z\[\]\(\)\-\._:]+)"
LIBRARY = {"urn", "locale", "ref_id", "name", "description", "copyright", "version", "objects"}
NODE = {"urn", "ref_id", "name", "assessable", "depth", "description", "translations"}
#: What its database has room for.
LONGEST = {"urn": 255, "ref_id": 100, "name": 200}
CATEGORIES = {"policy", "process", "technical", "physical", "procedure"}


def _loaded(material: Material, pack: str, lang: str) -> Any:
    return yaml.safe_load(FORMATS["ciso"].make(narrowed(material, pack), lang))


def _check_fields(one: dict[str, Any], fields: set[str], other: str) -> None:
    assert fields <= one.keys()
    assert re.fullmatch(URN, one["urn"])
    assert one["urn"] == one["urn"].lower()
    for field, longest in LONGEST.items():
        assert isinstance(one[field], str)
        assert 0 < len(one[field]) <= longest
    assert list(one["translations"]) == [other]
    for field, text in one["translations"][other].items():
        assert isinstance(text, str)
        assert text
        assert field in one


@pytest.mark.parametrize(
    ("pack", "lang", "other"),
    [*((one.name, "zh", "en") for one in packs()), ("cn-minors", "en", "zh")],
)
def test_the_importer_would_take_it(material: Material, pack: str, lang: str, other: str) -> None:
    library = _loaded(material, pack, lang)
    _check_fields(library, LIBRARY | {"provider", "packager"}, other)
    assert library["locale"] == lang
    assert isinstance(library["version"], int)
    assert 0 < library["version"] < 2**31
    framework = library["objects"]["framework"]
    _check_fields(framework, {"urn", "ref_id", "name", "description", "translations"}, other)
    controls = library["objects"].get("reference_controls", [])
    for one in controls:
        _check_fields(one, {"urn", "ref_id", "name", "description"}, other)
        assert one["category"] in CATEGORIES
    _check_nodes(framework["requirement_nodes"], {one["urn"] for one in controls}, other)
    urns = [library["urn"], framework["urn"], *(one["urn"] for one in controls)]
    urns += [one["urn"] for one in framework["requirement_nodes"]]
    assert len(urns) == len(set(urns))


def _check_nodes(nodes: list[dict[str, Any]], controls: set[str], other: str) -> None:
    """Parents stand before their children, which are one deeper; only leaves are assessed."""
    depths: dict[str, int] = {}
    for one in nodes:
        _check_fields(one, NODE, other)
        parent = one.get("parent_urn")
        assert one["depth"] == (1 if parent is None else depths[parent] + 1)
        depths[one["urn"]] = one["depth"]
        assert set(one.get("reference_controls", [])) <= controls
        assert one["assessable"] is (one["depth"] == 3)
    parents = {one.get("parent_urn") for one in nodes}
    assert not any(one["urn"] in parents for one in nodes if one["assessable"])


def test_every_duty_is_assessed_with_its_controls(material: Material) -> None:
    library = _loaded(material, "cn-genai-measures-2023", "en")
    pack = material.book.pack("cn-genai-measures-2023")
    nodes = library["objects"]["framework"]["requirement_nodes"]
    assessed = {one["ref_id"]: one for one in nodes if one["assessable"]}
    assert {name: len(one["reference_controls"]) for name, one in assessed.items()} == {
        duty.id: len(duty.controls) for _, duty in pack.duties()
    }
    for one in assessed.values():
        assert one["typical_evidence"]
        assert one["translations"]["zh"]["typical_evidence"]


def test_a_long_control_has_a_short_name() -> None:
    assert _short("很" * 200) == "很" * 200
    assert _short("很" * 201) == "很" * 199 + "…"


@given(*[st.tuples(st.integers(1, 9999), st.integers(0, 999))] * 2)
def test_a_newer_pack_has_a_greater_version(a: tuple[int, int], b: tuple[int, int]) -> None:
    acme = packs()[0]
    one, other = (
        msgspec.structs.replace(acme, version=f"{first}.{second}") for first, second in (a, b)
    )
    assert newer(one, other) == (version(one.version) > version(other.version))


@pytest.mark.parametrize(
    ("text", "number"),
    [("2023.1", 2_023_001), ("20261122", 20_261_122), ("draft", 1), ("3.5000", 3999)],
)
def test_other_versions_make_whole_numbers(text: str, number: int) -> None:
    assert version(text) == number
