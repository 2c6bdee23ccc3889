"""OSCAL: held to the models and the checks of compliance-trestle, and to one another."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from trestle.core.catalog_validator import CatalogValidator
from trestle.core.duplicates_validator import DuplicatesValidator
from trestle.core.refs_validator import RefsValidator
from trestle.oscal import OSCAL_VERSION
from trestle.oscal import assessment_results as results_model
from trestle.oscal import catalog as catalog_model
from trestle.oscal import component as component_model

from hegui.duties.errors import DutiesError
from hegui.duties.export import FORMATS, Material, narrowed
from hegui.duties.export.oscal.shared import VERSION, marked
from hegui.law import Status

MODELS = {
    "oscal-catalog": (catalog_model, "catalog"),
    "oscal-component": (component_model, "component_definition"),
    "oscal-results": (results_model, "assessment_results"),
}
Found = dict[str, Any]


@pytest.fixture(scope="module")
def made(material: Material) -> dict[str, Found]:
    """The three documents in English."""
    return {
        name: next(iter(json.loads(FORMATS[name].make(material, "en")).values())) for name in MODELS
    }


@pytest.mark.parametrize(("sample", "lang"), [("material", "zh"), ("measures", "en")])
@pytest.mark.parametrize("name", list(MODELS))
def test_trestle_takes_it(
    request: pytest.FixtureRequest, sample: str, name: str, lang: str
) -> None:
    material: Material = request.getfixturevalue(sample)
    module, root = MODELS[name]
    document = getattr(module.Model.model_validate_json(FORMATS[name].make(material, lang)), root)
    for validator in (DuplicatesValidator(), RefsValidator(), CatalogValidator()):
        assert validator.model_is_valid(document, quiet=True)
    assert document.metadata.oscal_version.root.root == VERSION == OSCAL_VERSION


def _controls(groups: list[Found]) -> Iterator[Found]:
    for group in groups:
        yield from _controls(group.get("groups", []))
        for control in group.get("controls", []):
            yield control
            yield from control.get("controls", [])


def _parts(control: Found) -> Iterator[Found]:
    for part in control["parts"]:
        yield part
        yield from part.get("parts", [])


def _params(groups: list[Found]) -> Iterator[Found]:
    for group in groups:
        yield from _params(group.get("groups", []))
        yield from group.get("params", [])


def _props(of: Found) -> dict[str, str]:
    return {one["name"]: one["value"] for one in of["props"]}


def test_the_catalog_has_every_provision_duty_control_and_number(
    made: dict[str, Found], material: Material
) -> None:
    groups = made["oscal-catalog"]["groups"]
    controls = list(_controls(groups))
    names = [one["id"] for one in controls]
    names += [part["id"] for one in controls for part in _parts(one)]
    params = list(_params(groups))
    names += [one["id"] for one in params]
    assert len(names) == len(set(names))
    kinds = [one["class"] for one in controls]
    packs = material.book.packs
    assert kinds.count("provision") == sum(len(one.provisions) for one in packs)
    assert kinds.count("duty") == len(material.standing.duties)
    assert len(params) == sum(len(one.parameters) for one in packs)
    assert {one["rel"] for each in controls for one in each.get("links", [])} == {"related"}
    links = {one["href"][1:] for each in controls for one in each.get("links", [])}
    assert links <= set(names)


def test_a_number_has_clause_modality_and_grade(made: dict[str, Found]) -> None:
    params = {one["id"]: one for one in _params(made["oscal-catalog"]["groups"])}
    size = params["cn-basic-security-2025--param--kw.total"]
    assert size["values"] == ["10000"]
    props = _props(size)
    assert (props["modality"], props["grade"]) == ("should", "X")
    assert props["rule"] == "cn-basic-security-2025/kw.total"


def test_every_control_of_the_house_is_an_implemented_requirement(
    made: dict[str, Found], material: Material
) -> None:
    (component,) = made["oscal-component"]["components"]
    found = [
        one
        for each in component["control-implementations"]
        for one in each["implemented-requirements"]
    ]
    refs = {
        f"{pack.name}/{control.id}"
        for pack in material.book.packs
        for _, duty in pack.duties()
        for control in duty.controls
    }
    assert {_props(one)["control"] for one in found} == refs
    assert len({one["uuid"] for one in found}) == len(found)
    controls = {one["id"]: one for one in _controls(made["oscal-catalog"]["groups"])}
    params = {one["id"] for one in _params(made["oscal-catalog"]["groups"])}
    for one in found:
        parts = {part["id"] for part in _parts(controls[one["control-id"]])}
        assert _props(one)["objective"] in parts
        assert {each["param-id"] for each in one.get("set-parameters", [])} <= params


def test_findings_rest_on_observations_and_entries(
    made: dict[str, Found], material: Material
) -> None:
    (result,) = made["oscal-results"]["results"]
    parts = {
        part["id"] for one in _controls(made["oscal-catalog"]["groups"]) for part in _parts(one)
    }
    observations = {one["uuid"]: one for one in result["observations"]}
    assert len(observations) == len(result["observations"])
    owed = [one for one in material.standing.duties if one.applies.answer is not False]
    assert len(result["findings"]) == len(owed)
    for finding, duty in zip(result["findings"], owed, strict=True):
        assert finding["target"]["target-id"] in parts
        seen = {one["observation-uuid"] for one in finding.get("related-observations", [])}
        assert seen <= set(observations)
        assert _props(finding)["status"] == duty.status.value
    entries = [each for one in observations.values() for each in one.get("relevant-evidence", [])]
    leaves = [_props(one) for one in entries if "leaf-hash" in _props(one)]
    assert leaves
    assert all(int(one["leaf-hash"], 16) == int(one["index"]) for one in leaves)


def test_what_needs_a_person_is_not_satisfied_and_what_had_no_occasion_says_so(
    made: dict[str, Found],
) -> None:
    (result,) = made["oscal-results"]["results"]
    stands = [(_props(one)["status"], one["target"]["status"]) for one in result["findings"]]
    assert {(name, one["state"], one["reason"]) for name, one in stands} == {
        ("met", "satisfied", "pass"),
        ("no_occasion", "satisfied", "other"),
        ("due_soon", "satisfied", "pass"),
        ("not_met", "not-satisfied", "fail"),
        ("overdue", "not-satisfied", "fail"),
        ("stale", "not-satisfied", "other"),
        ("needs_person", "not-satisfied", "other"),
    }
    remarks = {(name, "does not show" in one.get("remarks", "")) for name, one in stands}
    assert {name for name, said in remarks if said} == {"no_occasion"}
    assert ("no_occasion", False) not in remarks


def test_an_unchanged_export_is_the_same(measures: Material) -> None:
    for name in MODELS:
        assert FORMATS[name].make(measures, "zh") == FORMATS[name].make(measures, "zh")


def test_a_changed_status_changes_its_finding_alone(measures: Material) -> None:
    first, *rest = measures.standing.duties
    changed = msgspec.structs.replace(first, status=Status.STALE)
    then = msgspec.structs.replace(
        measures, standing=msgspec.structs.replace(measures.standing, duties=(changed, *rest))
    )
    before, after = (
        json.loads(FORMATS["oscal-results"].make(one, "en"))["assessment-results"]["results"][0]
        for one in (measures, then)
    )
    assert before["observations"] == after["observations"]
    assert before["findings"][1:] == after["findings"][1:]
    assert before["findings"][0]["uuid"] == after["findings"][0]["uuid"]


@pytest.mark.parametrize("name", ["oscal-component", "oscal-results"])
def test_a_pack_without_duties_is_refused(material: Material, name: str) -> None:
    draft = narrowed(material, "cn-genai-draft-2023")
    with pytest.raises(DutiesError) as told:
        FORMATS[name].make(draft, "zh")
    assert told.value.code == "export_empty"
    assert FORMATS["oscal-catalog"].make(draft, "zh")


def test_text_is_no_markup() -> None:
    assert marked("a*b_[c]<d>{{e}}") == r"a\*b\_\[c\]\<d\>\{\{e\}\}"
