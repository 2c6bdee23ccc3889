"""Writing the one label of a file."""

import os
from functools import partial
from typing import BinaryIO, overload

from hegui.marks import files
from hegui.marks.errors import MarksError
from hegui.marks.formats import detect
from hegui.marks.judge import judge
from hegui.marks.label import Label
from hegui.marks.plan import Wanted, length, render
from hegui.marks.reader import contents
from hegui.marks.source import File, Source

#: A new file up to this size is made and read back in memory, then written at once.
_SMALL = 1 << 20


@overload
def write(
    file: bytes | BinaryIO,
    label: Label,
    *,
    to: None = None,
    durable: bool = False,
    source_type: str | None = None,
) -> bytes: ...
@overload
def write(
    file: str | os.PathLike[str],
    label: Label,
    *,
    to: str | os.PathLike[str] | BinaryIO | None = None,
    durable: bool = False,
    source_type: str | None = None,
    sidecar: bool = False,
) -> None: ...
@overload
def write(
    file: File,
    label: Label,
    *,
    to: str | os.PathLike[str] | BinaryIO,
    durable: bool = False,
    source_type: str | None = None,
) -> None: ...
@overload
def write(
    file: File,
    label: Label,
    *,
    to: str | os.PathLike[str] | BinaryIO | None = None,
    durable: bool = False,
    source_type: str | None = None,
) -> bytes | None: ...
def write(
    file: File,
    label: Label,
    *,
    to: str | os.PathLike[str] | BinaryIO | None = None,
    durable: bool = False,
    source_type: str | None = None,
    sidecar: bool = False,
) -> bytes | None:
    """Writes a label into a file: exactly one (GB 45438-2025, 6.1 c)), nothing encoded again.

    The new file is made beside its place, read back, and only then put there: on any error the
    original is whole. A file at a path keeps its mode and times.

    Args:
        file: a path, bytes, or a binary file that can seek.
        label: what the file shall say.
        to: a path or a binary file for the result. Without it a path is changed in place, and
            bytes or an open file come back as bytes.
        durable: return only when the disk holds the new file.
        source_type: IPTC DigitalSourceType as a full URI, for formats that carry XMP.
        sidecar: write ``NAME.aigc.json`` beside the path instead of into the file.

    Returns:
        The new file's bytes when there is no path to write to, else ``None``.

    Raises:
        MarksError: ``format_unknown``, ``format_no_carrier``, ``file_malformed``,
            ``file_protected``, ``file_too_complex``, ``file_unavailable``;
            ``sidecar_needs_path``, ``sidecar_needless``, ``sidecar_target``;
            ``label_not_read_back`` when the result does not hold the label (a fault of ours).
    """
    if sidecar:
        from hegui.marks.sidecar import without_target, write_beside  # noqa: PLC0415

        without_target(to)
        write_beside(file, label, durable=durable)
        return None
    with Source.of(file) as source:
        module, name = detect(source)
        plan = module.write(source, name, Wanted(label, source_type))
        place = file if to is None and isinstance(file, str | os.PathLike) else to
        small = place is None or length(plan) <= _SMALL
        if small:
            data = render(source, plan)
            _check(data, label)
            plan = [data]
        check = None if small else partial(_check, label=label)
        return files.deliver(place, source, plan, check, origin=file, durable=durable)


def _check(file: File, label: Label) -> None:
    """Refuses a result that does not hold exactly the label, before it takes its place."""
    with Source.of(file) as source:
        found = contents(source)
    seen = [one.label for one in judge(found, pins=None, strict=False).seen]
    if seen != [label]:
        raise MarksError(
            "label_not_read_back",
            zh=f"写入后读回的标识不符（读到 {len(seen)} 个）；文件未改动。请报告此问题。",
            en=f"The label was not read back as written ({len(seen)} found); "
            "the file was left as it is. Please report this.",
        )
