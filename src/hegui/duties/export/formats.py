"""The formats by their names, as commands and pages ask for them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from hegui.duties.export.ciso import ciso
from hegui.duties.export.material import Material
from hegui.duties.export.oscal import catalog, component, results
from hegui.duties.export.report import report
from hegui.duties.export.workbook import data, workbook
from hegui.papers import docx, pdf, xlsx


class Format(msgspec.Struct, frozen=True):
    """One format.

    Attributes:
        suffix: how its files end.
        media_type: its media type.
        make: makes the file, in ``zh`` or ``en``; blocking, up to some seconds.
        of_one: whether it is of one pack, to which the material is narrowed.
    """

    suffix: str
    media_type: str
    make: Callable[[Material, str], bytes]
    of_one: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OSCAL = "application/oscal+json"
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "pdf": Format(".pdf", "application/pdf", lambda it, lang: pdf(report(it, lang))),
        "docx": Format(
            ".docx",
            f"{_OFFICE}.wordprocessingml.document",
            lambda it, lang: docx(report(it, lang)),
        ),
        "xlsx": Format(
            ".xlsx", f"{_OFFICE}.spreadsheetml.sheet", lambda it, lang: xlsx(workbook(it, lang))
        ),
        "json": Format(".json", "application/json", data),
        "oscal-catalog": Format(".json", _OSCAL, catalog),
        "oscal-component": Format(".json", _OSCAL, component),
        "oscal-results": Format(".json", _OSCAL, results),
        "ciso": Format(".yaml", "application/yaml", ciso, of_one=True),
    }
)


def name_of(form: str, lang: str, pack: str) -> str:
    """What a file is called that is downloaded."""
    catalogued = form.startswith("oscal-")
    parts = [form if catalogued or form == "ciso" else "duties", pack]
    if not catalogued:
        parts.append(lang)
    return "-".join(part for part in parts if part) + FORMATS[form].suffix
