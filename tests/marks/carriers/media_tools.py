"""What the tests of the sound and video carriers share."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.tools import need

from hegui.marks import Label, MarksError
from hegui.marks.formats import carrier
from hegui.marks.plan import Span, Wanted, length, render
from hegui.marks.reading import Contents
from hegui.marks.source import Source

FIRST = Label.first("001191000000MA0000000N10000", "0123456789abcdef")
#: Longer, and with characters that a byte a character, UTF-16 or JSON could break.
HARD = Label("2", '某公司 "甲" & <乙>', "a'b\\c", '{"x":"]]>"}', "\u00e4" * 300, "\U0001f600", "")
CARRIERS = ("wav", "avi", "mp3", "flac", "ogg", "matroska", "flv", "refused")


def text(label: Label = FIRST) -> str:
    return label.to_json().decode()


def sniffed(data: bytes) -> tuple[str, str]:
    """The one carrier that knows a file, and the format."""
    source = Source.of(data)
    head = source.upto(0, 4096)
    found = [(name, carrier(name).sniff(head, source)) for name in CARRIERS]
    ((name, kind),) = [(name, kind) for name, kind in found if kind is not None]
    return name, kind


def read(data: bytes) -> Contents:
    name, kind = sniffed(data)
    return carrier(name).read(Source.of(data), kind)


def values(data: bytes) -> list[object]:
    return [place.value for place in read(data).places]


def planned(data: bytes, label: Label = FIRST) -> tuple[list[bytes | Span], bytes]:
    name, kind = sniffed(data)
    source = Source.of(data)
    plan = carrier(name).write(source, kind, Wanted(label))
    made = render(source, plan)
    assert len(made) == length(plan)
    return list(plan), made


def write(data: bytes, label: Label = FIRST) -> bytes:
    return planned(data, label)[1]


def spans(data: bytes, label: Label = FIRST) -> list[tuple[int, int]]:
    """The pieces of the original that a plan keeps."""
    return [
        (piece.start, piece.stop) for piece in planned(data, label)[0] if isinstance(piece, Span)
    ]


def refused(data: bytes, label: Label = FIRST) -> str:
    """The code of the error with which writing is refused."""
    with pytest.raises(MarksError) as caught:
        write(data, label)
    return caught.value.code


def holds(data: bytes, label: Label = FIRST) -> None:
    """Asserts that a label is the only one, and that writing it again changes nothing."""
    assert values(data) == [text(label)]
    assert write(data, label) == data


def opened(kind: Any, file: io.BytesIO) -> Any:
    """A file as mutagen, which has no types, reads it."""
    file.seek(0)
    return kind(file)


def saved(found: Any, file: io.BytesIO, **options: Any) -> bytes:
    """The file as mutagen changed it."""
    file.seek(0)
    found.save(file, **options)
    return file.getvalue()


def probed(path: Path) -> list[str]:
    """The labels that ffprobe sees, of the file and of its streams."""
    run = subprocess.run(
        [need("ffprobe"), "-v", "error", "-show_entries", "format_tags:stream_tags", "-of", "json",
         str(path)],
        capture_output=True,
        check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(run.stdout)
    parts = [found.get("format", {}), *found.get("streams", [])]
    return [part["tags"]["AIGC"] for part in parts if "AIGC" in part.get("tags", {})]


def hashed(path: Path) -> str:
    """A hash of each stream, decoded; fails when ffmpeg has anything to say."""
    run = subprocess.run(
        [need("ffmpeg"), "-v", "error", "-i", str(path), "-map", "0:v?", "-map", "0:a?",
         "-f", "streamhash", "-"],
        capture_output=True,
        check=True,
        text=True,
    )  # fmt: skip
    assert run.stderr == ""
    assert run.stdout
    return run.stdout
