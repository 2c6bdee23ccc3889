"""A pack as a library of CISO Assistant: a framework in YAML, with its reference controls.

Its form is that of the project's ``tools/README.md`` and of the libraries it ships: an instrument's
provisions are nodes, and the duties below them are what is assessed.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from hegui.duties.export.instruments import about
from hegui.duties.export.material import Material
from hegui.duties.export.told import Told
from hegui.law import Control, Duty, Instrument, Pack, Provision

_URN = "urn:hegui:risk"
_MAKER = "hegui"
#: The longest name that its database takes.
_NAME = 200
#: Above this, a version's first number is a date and takes the whole of its number.
_YEARS = 1_000_000


def ciso(material: Material, lang: str) -> bytes:
    """The library of the one pack that the material tells of.

    Args:
        material: narrowed to a pack.
        lang: ``zh`` or ``en``; the other is its translation.
    """
    pack = material.book.pack(material.only)
    document = _Library(pack, lang).document()
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


class _Library:
    """Makes one pack's library in one language, with the other beside it."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self._pack = pack
        self._told = Told(lang)
        self._other = Told("en" if lang == "zh" else "zh")

    def document(self) -> dict[str, Any]:
        """The whole library."""
        pack = self._pack
        controls = [self._control(one) for _, duty in pack.duties() for one in duty.controls]
        framework = {
            "urn": self._urn("framework"),
            "ref_id": pack.name,
            **self._both(name=self._titles(), description=self._about()),
            "requirement_nodes": list(self._nodes()),
        }
        return {
            "urn": self._urn("library"),
            "locale": self._told.lang,
            "ref_id": pack.name,
            **self._both(name=self._titles(), description=self._about()),
            "copyright": self._told("ciso.copyright"),
            "version": version(pack.version),
            "publication_date": f"{pack.instrument.issued}",
            "provider": self._told.of(pack.instrument.issuers or pack.instrument.short),
            "packager": _MAKER,
            "objects": {"framework": framework}
            | ({"reference_controls": controls} if controls else {}),
        }

    def _nodes(self) -> Iterator[dict[str, Any]]:
        """Each instrument, then its provisions, then their duties; parents go before children."""
        for instrument in self._pack.instruments:
            top = self._urn("req_node", "instrument", instrument.id)
            yield self._instrument(top, instrument)
            for provision in self._pack.provisions:
                if self._pack.instrument_of(provision) is instrument:
                    place = self._urn("req_node", "provision", provision.id)
                    yield self._provision(place, top, provision)
                    for duty in provision.duties:
                        yield self._duty(place, provision, duty)

    def _instrument(self, urn: str, one: Instrument) -> dict[str, Any]:
        return {
            "urn": urn,
            "assessable": False,
            "depth": 1,
            "ref_id": one.id,
            **self._both(
                name=[told.of(one.title) for told in self._languages()],
                description=[about(one, told) for told in self._languages()],
            ),
        }

    def _provision(self, urn: str, parent: str, one: Provision) -> dict[str, Any]:
        return {
            "urn": urn,
            "assessable": False,
            "depth": 2,
            "parent_urn": parent,
            "ref_id": one.id,
            **self._both(
                name=[f"{told.of(one.clause)} {told.of(one.title)}" for told in self._languages()],
                description=[told.of(one.text) for told in self._languages()],
                annotation=[
                    f"{told.modality(one.modality)}; {told.grade(one.grade)}; {told.of(one.source)}"
                    for told in self._languages()
                ],
            ),
        }

    def _duty(self, parent: str, provision: Provision, one: Duty) -> dict[str, Any]:
        return {
            "urn": self._urn("req_node", "duty", one.id),
            "assessable": True,
            "depth": 3,
            "parent_urn": parent,
            "ref_id": one.id,
            **self._both(
                name=[told.of(provision.title) for told in self._languages()],
                description=[told.of(one.text) for told in self._languages()],
                typical_evidence=[told.of(one.evidence) for told in self._languages()],
            ),
            "reference_controls": [
                self._urn("reference_control", each.id) for each in one.controls
            ],
        }

    def _control(self, one: Control) -> dict[str, Any]:
        return {
            "urn": self._urn("reference_control", one.id),
            "ref_id": one.id,
            **self._both(
                name=[_short(told.of(one.text)) for told in self._languages()],
                description=[told.of(one.text) for told in self._languages()],
            ),
            "category": "technical" if one.checks else "procedure",
        }

    def _titles(self) -> list[str]:
        return [told.of(self._pack.title) for told in self._languages()]

    def _about(self) -> list[str]:
        return [
            told(
                "ciso.about",
                title=told.of(self._pack.instrument.title),
                version=self._pack.version,
            )
            for told in self._languages()
        ]

    def _languages(self) -> tuple[Told, Told]:
        return self._told, self._other

    def _both(self, **fields: list[str]) -> dict[str, Any]:
        """Fields in the library's language, and below ``translations`` in the other."""
        mine = {name: first for name, (first, _) in fields.items()}
        theirs = {name: second for name, (_, second) in fields.items()}
        return mine | {"translations": {self._other.lang: theirs}}

    def _urn(self, kind: str, *names: str) -> str:
        """A name in small letters, as the importer makes every one."""
        return ":".join((_URN, kind, self._pack.name, *names)).lower()


def version(text: str) -> int:
    """A pack's version as the whole number that libraries have: ``2023.1`` is 2023001."""
    numbers = [int(one) for one in re.findall("[0-9]+", text)]
    first, second = (*numbers, 0, 0)[:2]
    return max(1, first * 1000 + min(second, 999) if first < _YEARS else first)


def _short(text: str) -> str:
    return text if len(text) <= _NAME else f"{text[: _NAME - 1]}…"
