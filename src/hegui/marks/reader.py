"""Reading what a file says about itself."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from hegui.marks.errors import MarksError, too_complex
from hegui.marks.finding import Finding, Severity
from hegui.marks.formats import detect
from hegui.marks.judge import judge
from hegui.marks.reading import Contents, Reading
from hegui.marks.source import File, Source

if TYPE_CHECKING:
    from hegui.marks.security.pins import Pins


def contents(source: Source) -> Contents:
    """What a file holds, not yet judged.

    Raises:
        MarksError: ``format_unknown``, ``file_malformed``, ``file_too_complex`` or
            ``file_protected``.
    """
    try:
        module, name = detect(source)
        return module.read(source, name)
    except (RecursionError, MemoryError) as error:
        raise too_complex(source.name) from error


def read(file: File, *, pins: "Pins | None" = None, strict: bool = False) -> Reading:
    """Reads the label of a file: where it stands, what it says, and what is wrong with it.

    A sidecar ``NAME.aigc.json`` beside a path is read with it.

    Args:
        file: a path, bytes, or a binary file that can seek.
        pins: keys of producers that are known from elsewhere; without them a good signature says
            ``signature-intact``, with them ``signature-genuine``.
        strict: soft rules (what values "mainly" consist of) count as errors.

    Returns:
        The reading. What can't be read has the verdict ``unreadable`` and a finding that says why.

    Raises:
        MarksError: ``file_unavailable`` when the path can't be opened.
    """
    name = "unknown"
    with Source.of(file) as source:
        try:
            module, name = detect(source)
            found = module.read(source, name)
        except MarksError as error:
            if error.code == "file_unavailable":
                raise
            found = _unreadable(name, error)
        except (RecursionError, MemoryError):
            found = _unreadable(name, too_complex(source.name))
    if not found.places and isinstance(file, str | os.PathLike):
        from hegui.marks import sidecar  # noqa: PLC0415  it needs ``contents`` from here

        found = sidecar.joined(found, Path(file))
    return judge(found, pins=pins, strict=strict)


def _unreadable(name: str, error: MarksError) -> Contents:
    code = error.code.replace("_", "-")
    return Contents(name, findings=(Finding(code, "", Severity.ERROR, error.zh, error.en),))
