"""The packs as a catalog: a group for each pack and instrument, a control for each provision."""

from typing import Any

from hegui.duties.export.material import Material
from hegui.duties.export.oscal.shared import (
    NS,
    catalog_uuid,
    duty_id,
    instrument_id,
    line,
    marked,
    means_id,
    metadata,
    objective_id,
    param_id,
    prop,
    provision_id,
    stated,
    title,
    written,
)
from hegui.duties.export.told import Told
from hegui.law import Duty, Instrument, Pack, Parameter, Provision
from hegui.law.provision import Consequence


def catalog(material: Material, lang: str) -> bytes:
    """Every provision and duty of the packs in force, and their numbers.

    Args:
        material: what is told.
        lang: ``zh`` or ``en``.
    """
    told = Told(lang)
    maker = _Maker(material, told)
    document = {
        "uuid": catalog_uuid(material, told),
        "metadata": metadata(material, told, "catalog"),
        "groups": [maker.pack(one) for one in material.packs],
    }
    return written("catalog", document)


class _Maker:
    """Makes groups and controls in one language."""

    def __init__(self, material: Material, told: Told) -> None:
        self._material = material
        self._told = told

    def pack(self, pack: Pack) -> dict[str, Any]:
        """A group with one for each instrument."""
        return {
            "id": f"{instrument_id(pack.name, 'pack')}",
            "class": "pack",
            "title": title(self._told.of(pack.title)),
            "props": [prop("version", pack.version), prop("fingerprint", pack.fingerprint)],
            "groups": [self._instrument(pack, one) for one in pack.instruments],
        }

    def _instrument(self, pack: Pack, one: Instrument) -> dict[str, Any]:
        numbers = [each for each in pack.parameters if pack.instrument_of(each) is one]
        provisions = [each for each in pack.provisions if pack.instrument_of(each) is one]
        props = [
            prop("short", self._told.of(one.short)),
            prop("force", one.force.value),
            prop("text", one.text.value),
            prop("issued", one.issued),
        ]
        if one.number:
            props.append(prop("number", one.number))
        if one.in_force:
            props.append(prop("in-force", one.in_force))
        if one.ends:
            props.append(prop("ends", one.ends))
        return stated(
            {
                "id": instrument_id(pack.name, f"of--{one.id}"),
                "class": "instrument",
                "title": title(self._told.of(one.title)),
                "params": [self._number(each) for each in numbers],
                "props": props,
                "controls": [self._provision(pack, each) for each in provisions],
            }
        )

    def _number(self, one: Parameter) -> dict[str, Any]:
        props = [
            prop("clause", self._told.of(one.clause)),
            prop("modality", one.modality.value),
            prop("grade", one.grade.value),
            prop("valid-from", one.valid_from),
            prop("source", self._told.of(one.source)),
            prop("rule", one.rule),
        ]
        if one.valid_to:
            props.append(prop("valid-to", one.valid_to))
        return {
            "id": param_id(self._material, one),
            "class": "number",
            "props": props,
            "label": title(self._told.of(one.text)),
            "values": [line(one.value)],
        }

    def _provision(self, pack: Pack, one: Provision) -> dict[str, Any]:
        told, name = self._told, provision_id(pack.name, one.id)
        props = [
            {"name": "label", "value": line(told.of(one.clause))},
            prop("clause", told.of(one.clause)),
            prop("modality", one.modality.value),
            prop("grade", one.grade.value),
            prop("source", told.of(one.source)),
            *(prop("who", each.value) for each in one.who),
        ]
        if one.valid_from:
            props.append(prop("valid-from", one.valid_from))
        if one.valid_to:
            props.append(prop("valid-to", one.valid_to))
        if one.opinion:
            props.append(prop("opinion", "true"))
        return stated(
            {
                "id": name,
                "class": "provision",
                "title": title(f"{told.of(one.clause)} {told.of(one.title)}"),
                "props": props,
                "links": [
                    {"href": f"#{provision_id(*ref.split('/'))}", "rel": "related"}
                    for ref in one.related
                    if ref.partition("/")[0] in {each.name for each in self._material.packs}
                ],
                "parts": [
                    _part(f"{name}--statement", "statement", told.of(one.text)),
                    *(
                        self._consequence(f"{name}--consequence-{number}", each)
                        for number, each in enumerate(one.consequence, start=1)
                    ),
                ],
                "controls": [self._duty(pack, one, each) for each in one.duties],
            }
        )

    def _consequence(self, name: str, one: Consequence) -> dict[str, Any]:
        props = [prop("clause", self._told.of(one.clause)), prop("grade", one.grade.value)]
        if one.amount:
            props.append(prop("amount", one.amount))
        said = self._told(
            "oscal.consequence", who=self._told.of(one.who), does=self._told.of(one.does)
        )
        return _part(name, "consequence", said, ns=NS, props=props)

    def _duty(self, pack: Pack, provision: Provision, duty: Duty) -> dict[str, Any]:
        told, name = self._told, duty_id(pack.name, duty.id)
        guidance = [
            told(key, what=told.of(words))
            for key, words in (("trigger", duty.trigger), ("cadence", duty.cadence))
            if words
        ]
        parts = [
            _part(f"{name}--statement", "statement", told.of(duty.text)),
            _part(
                objective_id(pack.name, duty.id),
                "assessment-objective",
                told.of(duty.evidence),
                parts=[
                    _part(means_id(pack.name, each.id), "assessment-objective", told.of(each.text))
                    for each in duty.controls
                ],
            ),
        ]
        if guidance:
            parts.append(_part(f"{name}--guidance", "guidance", "\n\n".join(guidance)))
        return {
            "id": name,
            "class": "duty",
            "title": title(f"{told.of(provision.title)} ({duty.id})"),
            "props": [
                {"name": "label", "value": duty.id},
                prop("clause", told.of(provision.clause)),
                prop("modality", provision.modality.value),
                prop("grade", provision.grade.value),
            ],
            "parts": parts,
        }


def _part(name: str, kind: str, prose: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": kind, "prose": marked(prose), **more}
