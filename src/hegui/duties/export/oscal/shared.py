"""What the three documents share: names, UUIDs, properties, metadata."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from hegui.duties.errors import DutiesError
from hegui.duties.export.material import Material
from hegui.duties.export.told import Told, moment
from hegui.law import Pack, Parameter

VERSION = "1.2.1"
#: The namespace of our properties, and the one of our UUIDs.
NS = "urn:hegui:oscal"
_UUIDS = uuid5(NAMESPACE_URL, NS)
#: What OSCAL's Markdown would take for markup.
_MARKUP = re.compile(r"([\\`*_\[\]<>{}])")
_MEDIA = "application/oscal+json"
_CATALOG = "oscal-catalog.json"


def uid(*parts: str) -> str:
    """The UUID of something by its name; always the same."""
    return str(uuid5(_UUIDS, "\n".join(parts)))


def provision_id(pack: str, name: str) -> str:
    """The control of a provision. No name in a pack has two hyphens in a row."""
    return _token(f"{pack}--{name}")


def duty_id(pack: str, name: str) -> str:
    """The control of a duty."""
    return _token(f"{pack}--duty--{name}")


def objective_id(pack: str, name: str) -> str:
    """The objective that a duty is, of which what the house does are parts."""
    return f"{duty_id(pack, name)}--objective"


def means_id(pack: str, name: str) -> str:
    """The objective of one of the house's controls."""
    return _token(f"{pack}--control--{name}")


def instrument_id(pack: str, name: str) -> str:
    """The group of an instrument."""
    return _token(f"{pack}--instrument--{name}")


def param_id(material: Material, one: Parameter) -> str:
    """A number; one of another time than ours bears its first day."""
    name = _token(f"{one.pack}--param--{one.id}")
    return name if one.valid(material.day) else f"{name}--{one.valid_from}"


def line(text: str) -> str:
    """Text of one line, as titles and values must be."""
    return " ".join(text.split())


def marked(text: str) -> str:
    """Text that says what it says where Markdown is read."""
    return _MARKUP.sub(r"\\\1", text)


def title(text: str) -> str:
    """The same in one line."""
    return marked(line(text))


def prop(name: str, value: object) -> dict[str, str]:
    """A property of ours."""
    return {"name": name, "ns": NS, "value": line(str(value))}


def stated(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same without what is empty: OSCAL has no empty list and no null."""
    return {name: value for name, value in document.items() if value not in (None, "", [])}


def metadata(material: Material, told: Told, name: str, **more: Any) -> dict[str, Any]:
    """Title, time and version of a document, and who answers for it."""
    provider = uid("provider", material.subject.code)
    return {
        "title": title(f"{material.subject.service}: {told(f'oscal.{name}')}"),
        "last-modified": moment(material.standing.at).isoformat(),
        "version": edition(material.packs),
        "oscal-version": VERSION,
        "props": [
            prop("language", told.lang),
            *(
                prop("pack", f"{one.name} {one.version} {one.fingerprint}")
                for one in material.packs
            ),
        ],
        "roles": [{"id": "provider", "title": title(told("provider"))}, *more.get("roles", [])],
        "parties": [
            {
                "uuid": provider,
                "type": "organization",
                "name": line(material.subject.provider),
                "props": [prop("provider-code", material.subject.code)],
            },
            *more.get("parties", []),
        ],
        "responsible-parties": [{"role-id": "provider", "party-uuids": [provider]}],
    }


def edition(packs: tuple[Pack, ...]) -> str:
    """The version of what is made from packs: other packs, another version."""
    prints = "\n".join(one.fingerprint for one in packs)
    return hashlib.sha256(prints.encode()).hexdigest()[:12]


def catalog_uuid(material: Material, told: Told) -> str:
    """The catalog's UUID: of other packs or in another language it is another document."""
    return uid("catalog", told.lang, *(one.fingerprint for one in material.packs))


def catalog_resource(material: Material, told: Told) -> dict[str, Any]:
    """The catalog as other documents name it: a file beside them."""
    return {
        "uuid": uid("resource", catalog_uuid(material, told)),
        "title": title(told("oscal.catalog")),
        "rlinks": [{"href": _CATALOG, "media-type": _MEDIA}],
    }


def written(root: str, document: Mapping[str, Any]) -> bytes:
    """A document as a file."""
    return (json.dumps({root: document}, ensure_ascii=False, indent=1) + "\n").encode()


def empty() -> DutiesError:
    """That there is nothing that a document could tell of."""
    return DutiesError(
        "export_empty",
        zh="所选规则包没有要提供者做、而且适用的义务，没有可导出的内容。请改选其他规则包，或不选规则包。",
        en="The pack chosen has no duty that applies, so there is nothing to export. Choose "
        "another pack, or none.",
    )


def _token(text: str) -> str:
    """A name as OSCAL has them: they begin with a letter."""
    return text if text[0].isalpha() else f"_{text}"
