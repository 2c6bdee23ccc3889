"""AI-content labels (GB 45438-2025): read and written in any file, judged, signed and passed on.

>>> from hegui import marks
>>> marks.write("picture.png", marks.Label.first("001191…", "2026-0001"))
>>> marks.read("picture.png").verdict
<Verdict.CONFORMING: 'conforming'>

What costs time to import (signatures, drawing, video) is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hegui.marks.errors import MarksError
from hegui.marks.finding import Finding, Severity
from hegui.marks.formats import FORMATS, format_of
from hegui.marks.label import Label
from hegui.marks.propagate import Propagated, propagate
from hegui.marks.provider import DEMO_CODE, ProviderCode, explain, is_demo, looks_like_code
from hegui.marks.reader import read
from hegui.marks.reading import Reading, Seen, Trace, Verdict
from hegui.marks.text import has_elements
from hegui.marks.uscc import uscc_check_digit
from hegui.marks.writer import write

#: IPTC's term for what a trained model made; for ``write(…, source_type=…)``.
SOURCE_TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

if TYPE_CHECKING:
    from hegui.marks import c2pa, explicit, watermark
    from hegui.marks.pipeline import Step, diff, transplant
    from hegui.marks.security import Pins, PrivateKey, SecurityData, sign, verify

#: Names that are imported on first use, and the module of each.
_LATER = {
    "Pins": "security",
    "PrivateKey": "security",
    "SecurityData": "security",
    "Step": "pipeline",
    "diff": "pipeline",
    "sign": "security",
    "transplant": "pipeline",
    "verify": "security",
}
_ROOMS = frozenset({"c2pa", "explicit", "watermark"})

__all__ = [
    "DEMO_CODE",
    "FORMATS",
    "SOURCE_TRAINED",
    "Finding",
    "Label",
    "MarksError",
    "Pins",
    "PrivateKey",
    "Propagated",
    "ProviderCode",
    "Reading",
    "SecurityData",
    "Seen",
    "Severity",
    "Step",
    "Trace",
    "Verdict",
    "c2pa",
    "diff",
    "explain",
    "explicit",
    "format_of",
    "has_elements",
    "is_demo",
    "looks_like_code",
    "propagate",
    "read",
    "sign",
    "transplant",
    "uscc_check_digit",
    "verify",
    "watermark",
    "write",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        found = getattr(import_module(f"hegui.marks.{_LATER[name]}"), name)
        globals()[name] = found
        return found
    if name in _ROOMS:
        return import_module(f"hegui.marks.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
