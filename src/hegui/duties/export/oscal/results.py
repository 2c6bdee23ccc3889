"""How the duties stand, as assessment results: an observation a check, a finding a duty."""

from base64 import b64encode
from typing import Any

from hegui.duties.export.material import Material
from hegui.duties.export.oscal.component import NAME, component_uuid
from hegui.duties.export.oscal.observations import Observer, behind, party
from hegui.duties.export.oscal.shared import (
    catalog_resource,
    duty_id,
    edition,
    empty,
    line,
    marked,
    metadata,
    objective_id,
    prop,
    stated,
    title,
    uid,
    written,
)
from hegui.duties.export.told import Told, moment
from hegui.duties.views import Attested, DutyView
from hegui.law import Status
from hegui.papers import printable

#: What a status comes to, and why. What needs a person is found satisfied by nobody. A duty whose
#: condition never occurred is satisfied as any conditional is, and yet passed no test: its reason
#: is ``other``, and the remarks say so.
_STATES = {
    Status.MET: ("satisfied", "pass"),
    Status.DUE_SOON: ("satisfied", "pass"),
    Status.NO_OCCASION: ("satisfied", "other"),
    Status.OVERDUE: ("not-satisfied", "fail"),
    Status.NOT_MET: ("not-satisfied", "fail"),
    Status.STALE: ("not-satisfied", "other"),
    Status.NEEDS_PERSON: ("not-satisfied", "other"),
}


def results(material: Material, lang: str) -> bytes:
    """Every finding with the observations and the ledger's entries behind it.

    Args:
        material: what is told.
        lang: ``zh`` or ``en``.

    Raises:
        DutiesError: ``export_empty`` when no duty applies.
    """
    duties = [one for one in material.standing.duties if one.applies.answer is not False]
    if not duties:
        raise empty()
    return written("assessment-results", _Maker(material, Told(lang)).document(duties))


class _Maker:
    """Makes observations and findings in one language."""

    def __init__(self, material: Material, told: Told) -> None:
        self._material = material
        self._told = told
        self._at = moment(material.standing.at).isoformat()

    def document(self, duties: list[DutyView]) -> dict[str, Any]:
        """The whole document."""
        material, told = self._material, self._told
        signed = {
            one.ref: one.attested
            for duty in duties
            for one in duty.controls
            if one.attested is not None
        }
        signers = sorted({one.signer for one in signed.values()})
        people = {
            "roles": [{"id": "attester", "title": title(told("oscal.attester"))}],
            "parties": [
                {"uuid": party(name), "type": "person", "name": line(name)} for name in signers
            ],
        }
        plan = {
            "uuid": uid("plan"),
            "title": title(told("oscal.plan")),
            "description": marked(told("oscal.plan_what")),
        }
        found = {
            "uuid": uid("assessment-results", told.lang, edition(material.packs)),
            "metadata": metadata(material, told, "results", **(people if signers else {})),
            "import-ap": {"href": f"#{plan['uuid']}"},
            "results": [self._result(duties, signed)],
        }
        resources = [plan, catalog_resource(material, told), *self._checkpoint()]
        return found | {"back-matter": {"resources": resources}}

    def _result(self, duties: list[DutyView], signed: dict[str, Attested]) -> dict[str, Any]:
        stands, told = self._material.standing, self._told
        counts = [f"{status.value} {count}" for status, count in stands.counts().items()]
        return stated(
            {
                "uuid": uid("result", told.lang),
                "title": title(told("oscal.results")),
                "description": marked(told("disclaimer", day=self._material.day)),
                "start": self._at,
                "end": self._at,
                "props": [
                    prop("entries-checked", stands.checked),
                    prop("entries", stands.size),
                    prop("counts", ", ".join(counts)),
                ],
                "local-definitions": {
                    "components": [
                        {
                            "uuid": component_uuid(),
                            "type": "software",
                            "title": NAME,
                            "description": marked(told("oscal.what")),
                            "status": {"state": "operational"},
                        }
                    ]
                },
                "reviewed-controls": {
                    "description": marked(told("oscal.reviewed")),
                    "control-selections": [
                        {
                            "include-controls": [
                                {"control-id": duty_id(*_split(one.ref))} for one in duties
                            ]
                        }
                    ],
                },
                "attestations": [self._attestation(ref, one) for ref, one in signed.items()],
                "observations": list(Observer(self._material, told).all(duties)),
                "findings": [self._finding(one) for one in duties],
            }
        )

    def _finding(self, duty: DutyView) -> dict[str, Any]:
        told, name = self._told, _split(duty.ref)
        state, reason = _STATES[duty.status]
        stands = {"state": state, "reason": reason}
        if duty.status is Status.NO_OCCASION:
            stands["remarks"] = marked(told("oscal.no_occasion"))
        why = told.why(duty.applies)
        return stated(
            {
                "uuid": uid("finding", duty.ref),
                "title": title(f"{told.of(duty.provision.clause)} {told.of(duty.provision.title)}"),
                "description": marked(told.of(duty.duty.text)),
                "props": [
                    prop("status", duty.status.value),
                    prop("applies", told.answer(duty.applies).code),
                    prop("modality", duty.provision.modality.value),
                    prop("grade", duty.provision.grade.value),
                ],
                "target": {
                    "type": "objective-id",
                    "target-id": objective_id(*name),
                    "title": title(told.state(duty.status).word),
                    "status": stands,
                },
                "related-observations": [{"observation-uuid": one} for one in behind(duty)],
                "remarks": marked(why),
            }
        )

    def _attestation(self, ref: str, one: Attested) -> dict[str, Any]:
        return {
            "responsible-parties": [{"role-id": "attester", "party-uuids": [party(one.signer)]}],
            "parts": [
                {
                    "uuid": uid("attestation", one.id),
                    "name": "attestation",
                    "title": title(ref),
                    "props": [prop("control", ref), prop("act", one.id)],
                    "prose": marked(printable(one.statement)),
                }
            ],
        }

    def _checkpoint(self) -> list[dict[str, Any]]:
        """The ledger's newest checkpoint, byte for byte."""
        note = self._material.standing.checkpoint
        if note is None:
            return []
        content = {
            "filename": "checkpoint",
            "media-type": "text/plain",
            "value": b64encode(note.encode()).decode(),
        }
        return [
            {
                "uuid": uid("checkpoint"),
                "title": title(self._told("checkpoint")),
                "description": marked(self._told("checkpoint_what")),
                "base64": content,
            }
        ]


def _split(ref: str) -> tuple[str, str]:
    pack, _, name = ref.partition("/")
    return pack, name
