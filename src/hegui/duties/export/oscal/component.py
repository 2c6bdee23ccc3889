"""What the house does for each duty, as a component definition."""

from typing import Any

from hegui.checks import CHECKS
from hegui.duties.attest import wants
from hegui.duties.export.material import Material
from hegui.duties.export.oscal.shared import (
    catalog_resource,
    duty_id,
    edition,
    empty,
    line,
    marked,
    means_id,
    metadata,
    param_id,
    prop,
    stated,
    uid,
    written,
)
from hegui.duties.export.told import Told
from hegui.law import Control, Duty, Pack

NAME = "Hegui"


def component(material: Material, lang: str) -> bytes:
    """The house's controls, each with its checks and the numbers they are held against.

    Args:
        material: what is told.
        lang: ``zh`` or ``en``.

    Raises:
        DutiesError: ``export_empty`` when no pack has a duty.
    """
    told = Told(lang)
    resource = catalog_resource(material, told)
    packs = [one for one in material.packs if any(True for _ in one.duties())]
    if not packs:
        raise empty()
    document = {
        "uuid": uid("component-definition", lang, edition(material.packs)),
        "metadata": metadata(material, told, "component"),
        "components": [
            {
                "uuid": component_uuid(),
                "type": "software",
                "title": NAME,
                "description": marked(told("oscal.what")),
                "control-implementations": [
                    {
                        "uuid": uid("control-implementation", one.name),
                        "source": f"#{resource['uuid']}",
                        "description": marked(told.of(one.title)),
                        "implemented-requirements": [
                            _requirement(material, told, one, duty, control)
                            for _, duty in one.duties()
                            for control in duty.controls
                        ],
                    }
                    for one in packs
                ],
            }
        ],
        "back-matter": {"resources": [resource]},
    }
    return written("component-definition", document)


def component_uuid() -> str:
    """The house itself."""
    return uid("component", NAME)


def _requirement(
    material: Material, told: Told, pack: Pack, duty: Duty, control: Control
) -> dict[str, Any]:
    ref = f"{pack.name}/{control.id}"
    checks = [CHECKS[name] for name in control.checks]
    props = [
        prop("control", ref),
        prop("objective", means_id(pack.name, control.id)),
        *(prop("check", one.id) for one in checks),
    ]
    if wants(control):
        props += [prop("attested", "true"), prop("renew", control.renew)]
    shown = [f"{told.of(one.title)} ({one.id}): {told.of(one.what)}" for one in checks]
    if wants(control):
        shown.append(told("oscal.attested", span=told.value(control.renew)))
    return stated(
        {
            "uuid": uid("implemented-requirement", ref),
            "control-id": duty_id(pack.name, duty.id),
            "description": marked(told.of(control.text)),
            "props": props,
            "set-parameters": _numbers(material, [rule for one in checks for rule in one.rules]),
            "remarks": marked("\n\n".join(shown)),
        }
    )


def _numbers(material: Material, rules: list[str]) -> list[dict[str, Any]]:
    """The numbers that checks hold things against, of the packs that are told of."""
    told_of = {one.name for one in material.packs}
    found = (material.parameter(rule) for rule in dict.fromkeys(rules))
    return [
        {"param-id": param_id(material, one), "values": [line(one.value)]}
        for one in found
        if one is not None and one.pack in told_of
    ]
