"""What holds for every image format: read by others, content untouched, one label, no crash."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.marks.carriers.image_tools import (
    FIRST,
    HARD,
    URI,
    kept,
    module_of,
    read,
    sniffed,
    text,
    values,
    write,
)
from tests.marks.samples import exiftool
from tests.marks.samples.images import SAMPLES, decoded
from tests.marks.samples.mutations import mutations
from tests.tools import need

from hegui.marks import Label, MarksError
from hegui.marks.formats import FORMATS
from hegui.marks.plan import Wanted, render
from hegui.marks.source import Source

NAMES = sorted(SAMPLES)
RASTER = [name for name in NAMES if name != "svg"]


def file_of(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"it{FORMATS[SAMPLES[name][0]].suffixes[0]}"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_the_format_is_known_by_its_content(name: str) -> None:
    kind, data = SAMPLES[name]
    assert sniffed(data) == kind
    found = read(data)
    assert (found.format, found.places, found.findings) == (kind, (), ())


@pytest.mark.parametrize("label", [FIRST, HARD])
@pytest.mark.parametrize("name", NAMES)
def test_what_was_written_is_read_as_the_only_label(name: str, label: Label) -> None:
    data = write(SAMPLES[name][1], label)
    (place,) = read(data).places
    assert (place.carrier, place.findings) == ("xmp", ())
    assert json.loads(str(place.value)) == json.loads(text(label))


@pytest.mark.parametrize("name", NAMES)
def test_writing_again_changes_nothing_and_another_label_replaces(name: str) -> None:
    once = write(SAMPLES[name][1])
    assert write(once) == once
    other = write(once, HARD)
    assert len(values(other)) == 1
    assert write(other) == once


@pytest.mark.parametrize("name", NAMES)
def test_the_source_type_stands_in_the_same_packet(name: str) -> None:
    data = write(SAMPLES[name][1], FIRST, URI)
    assert data.count(URI.encode()) == 1
    assert write(data, FIRST, URI) == data
    assert URI.encode() in write(data, HARD)


@pytest.mark.parametrize("name", NAMES)
def test_all_else_is_kept_byte_for_byte(name: str) -> None:
    data = SAMPLES[name][1]
    # What a header must say anew: WebP its size and flags, GIF its version.
    assert len(data) - len(kept(data)) <= 5
    # A second label touches the first one's place only.
    assert len(kept(write(data), HARD)) >= len(data) - 5


@pytest.mark.parametrize("name", RASTER)
def test_a_foreign_decoder_sees_the_same_pixels(name: str) -> None:
    data = SAMPLES[name][1]
    assert decoded(write(data)) == decoded(data)


@pytest.mark.parametrize("name", NAMES)
def test_exiftool_reads_the_very_label_and_finds_no_new_fault(name: str, tmp_path: Path) -> None:
    before = exiftool.faults(file_of(tmp_path, name, SAMPLES[name][1]))
    path = file_of(tmp_path, name, write(SAMPLES[name][1], HARD))
    (value,) = exiftool.labels(path)
    assert json.loads(value) == json.loads(text(HARD))
    after = exiftool.faults(path)
    # It says so of every RDF in an SVG: the path begins with the SVG's own elements.
    assert [line for line in after if "enclosed XMP" not in line and "Warning" not in line] == [
        line for line in before if "Warning" not in line
    ]


@pytest.mark.parametrize("name", RASTER)
def test_ffmpeg_decodes_the_result(name: str, tmp_path: Path) -> None:
    if name == "webp-animation":
        return  # this version of ffmpeg decodes no animated WebP, labelled or not
    path = file_of(tmp_path, name, write(SAMPLES[name][1]))
    run = subprocess.run(
        [need("ffmpeg"), "-v", "error", "-i", str(path), "-f", "null", "-"],
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.parametrize("name", ["png", "jpeg", "webp-lossless", "gif-animation"])
def test_what_exiftool_wrote_is_read_and_replaced(name: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, name, SAMPLES[name][1])
    exiftool.write(path, text(HARD))
    data = path.read_bytes()
    assert [json.loads(str(value)) for value in values(data)] == [json.loads(text(HARD))]
    path.write_bytes(write(data))
    assert values(path.read_bytes()) == [text()] == exiftool.labels(path)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_short_is_refused_or_read_but_never_lost(name: str) -> None:
    kind, data = SAMPLES[name][0], write(SAMPLES[name][1])
    module = module_of(kind)
    for stop in range(0, len(data), 7):
        cut = data[:stop]
        try:
            new = render(Source.of(cut), module.write(Source.of(cut), kind, Wanted(FIRST)))
        except MarksError:
            continue
        assert [place.value for place in module.read(Source.of(new), kind).places] == [text()]


@pytest.mark.parametrize("name", NAMES)
def test_damaged_files_raise_nothing_but_the_one_error(name: str) -> None:
    kind, data = SAMPLES[name][0], write(write(SAMPLES[name][1], HARD, URI))
    module = module_of(kind)
    written = 0
    for broken in mutations(data, 1000):
        source = Source.of(broken)
        try:
            module.sniff(source.upto(0, 4096), source)
            module.read(source, kind)
            new = render(source, module.write(source, kind, Wanted(FIRST)))
        except MarksError:
            continue
        written += 1
        found = module.read(Source.of(new), kind)
        assert [place.value for place in found.places] == [text()]
    assert written
