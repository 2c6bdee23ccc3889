"""What each check found, and what people attested, as observations with the ledger's entries."""

from collections.abc import Iterator
from typing import Any

from hegui.checks import CHECKS, PENDING, Shown
from hegui.checks.moment import last_moment
from hegui.duties.export.instruments import attestation
from hegui.duties.export.material import Material
from hegui.duties.export.oscal.component import component_uuid
from hegui.duties.export.oscal.shared import marked, prop, stated, title, uid
from hegui.duties.export.told import Told, day, moment
from hegui.duties.views import Attested, CheckView, ControlView, DutyView


class Observer:
    """Makes observations in one language.

    Args:
        material: what is told.
        told: the language.
    """

    def __init__(self, material: Material, told: Told) -> None:
        self._material = material
        self._told = told

    def all(self, duties: list[DutyView]) -> Iterator[dict[str, Any]]:
        """One for each check, and for each control that is attested beside its checks."""
        told = set()
        for duty in duties:
            for control in duty.controls:
                for check in control.checks:
                    name = check_uuid(check, control)
                    if name not in told:
                        told.add(name)
                        yield self._checked(name, check, control)
                if control.attested is not None:
                    yield self._attested(control, control.attested)

    def _checked(self, name: str, check: CheckView, control: ControlView) -> dict[str, Any]:
        result, told = check.result, self._told
        said = [told.of(result.figure)]
        if result.threshold:
            said.append(told.of(result.threshold))
        props = [
            prop("check", check.id),
            prop("status", result.status.value),
            prop("counted", result.counted),
            prop("against", result.against),
            *(prop("rule", rule) for rule in result.rules),
        ]
        if CHECKS[check.id].attested:
            props.append(prop("control", control.ref))
        if check.grade:
            props.append(prop("grade", check.grade))
        return stated(
            {
                "uuid": name,
                "title": title(told.of(check.title)),
                "description": marked("\n\n".join(said)),
                "props": props,
                "methods": ["EXAMINE" if CHECKS[check.id].attested else "TEST"],
                "types": ["control-objective"],
                "origins": [{"actors": [{"type": "tool", "actor-uuid": component_uuid()}]}],
                "relevant-evidence": [self._entry(one) for one in result.shown],
                "collected": self._time(result.seen),
                "expires": None if result.due is None else self._time(result.due),
            }
        )

    def _attested(self, control: ControlView, one: Attested) -> dict[str, Any]:
        told = self._told
        props = [
            prop("control", control.ref),
            prop("act", one.id),
            prop("true-on", day(one.true_on)),
            prop("current", str(one.current).lower()),
        ]
        evidence = []
        if one.file:
            evidence.append(
                {
                    "description": marked(told("oscal.file")),
                    "props": [prop("sha-256", one.file)],
                }
            )
        return stated(
            {
                "uuid": attested_uuid(control),
                "title": title(f"{told('attestation')}: {told.of(control.control.text)}"),
                "description": marked(attestation(one, told)),
                "props": props,
                "methods": ["EXAMINE"],
                "types": ["control-objective"],
                "origins": [{"actors": [{"type": "party", "actor-uuid": party(one.signer)}]}],
                "relevant-evidence": evidence,
                "collected": self._time(one.at),
                "expires": self._time(last_moment(one.expires)),
            }
        )

    def _entry(self, one: Shown) -> dict[str, Any]:
        leaf = self._material.leaves.get(one.index)
        placed = one.index != PENDING
        key = "oscal.entry" if placed else "oscal.entry_pending"
        props = [
            prop("kind", one.kind),
            prop("act", one.act),
            prop("at", moment(one.at).isoformat()),
            prop("side", "against" if one.against else "for"),
        ]
        if placed:
            props.append(prop("index", one.index))
        if leaf is not None:
            props.append(prop("leaf-hash", leaf))
        said = self._told(key, index=one.index, kind=one.kind)
        return {"description": marked(said), "props": props}

    def _time(self, at: int | None) -> str:
        """A moment; that of the whole where there is none."""
        return moment(self._material.standing.at if at is None else at).isoformat()


def behind(duty: DutyView) -> list[str]:
    """The UUIDs of the observations that a duty rests on."""
    found = [check_uuid(check, one) for one in duty.controls for check in one.checks]
    found += [attested_uuid(one) for one in duty.controls if one.attested is not None]
    return list(dict.fromkeys(found))


def check_uuid(check: CheckView, control: ControlView) -> str:
    """A check is one observation, but one for each control where it is attested."""
    return uid("observation", check.id, control.ref if CHECKS[check.id].attested else "")


def attested_uuid(control: ControlView) -> str:
    """What is attested of a control is one observation."""
    return uid("observation", "attestation", control.ref)


def party(signer: str) -> str:
    """Who signed, by the name they signed with."""
    return uid("party", signer)
