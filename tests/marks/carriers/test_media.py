"""What holds for every sound and video format: read by others, untouched, one label, no crash."""

import subprocess
from pathlib import Path

import pytest
from tests.marks.carriers.media_tools import (
    FIRST,
    HARD,
    hashed,
    holds,
    probed,
    read,
    sniffed,
    spans,
    text,
    values,
    write,
)
from tests.marks.samples.media import SAMPLES, converted, muxed, sample
from tests.marks.samples.mutations import mutations
from tests.tools import need

from hegui.marks import Label, MarksError
from hegui.marks.formats import FORMATS, carrier
from hegui.marks.plan import Wanted, render
from hegui.marks.source import Source

NAMES = sorted(SAMPLES)
#: ffprobe shows no RIFF chunk of WAV; mutagen and ExifTool do (test_wav).
PROBED = [name for name in NAMES if not name.startswith("wav")]
#: Bytes of a sample that may change: sizes, old comments, padding, indexes.
CHANGED = {
    "wav": 8,
    "avi": 2000,
    "mp3": 100,
    "flac": 9000,
    "ogg": 6000,
    "matroska": 900,
    "flv": 900,
}


def file_of(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"it{FORMATS[SAMPLES[name][0]].suffixes[0]}"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_the_format_is_known_by_its_content(name: str) -> None:
    assert sniffed(sample(name))[1] == SAMPLES[name][0]
    found = read(sample(name))
    assert (found.format, found.places, found.findings) == (SAMPLES[name][0], (), ())
    assert found.metadata or name in {"mp3-bare", "mp2", "flv-bare"}


@pytest.mark.parametrize("label", [FIRST, HARD])
@pytest.mark.parametrize("name", NAMES)
def test_what_was_written_is_read_as_the_only_label(name: str, label: Label) -> None:
    data = write(sample(name), label)
    holds(data, label)
    assert read(data).places[0].findings == ()
    assert read(data).metadata == read(sample(name)).metadata or name.startswith("flv")


@pytest.mark.parametrize("name", NAMES)
def test_another_label_replaces(name: str) -> None:
    longer = write(write(sample(name)), HARD)
    holds(longer, HARD)
    holds(write(longer), FIRST)


@pytest.mark.parametrize("name", PROBED)
def test_ffprobe_reads_it(name: str, tmp_path: Path) -> None:
    assert probed(file_of(tmp_path, name, write(sample(name), HARD))) == [text(HARD)]


@pytest.mark.parametrize("name", NAMES)
def test_decoded_it_is_the_same(name: str, tmp_path: Path) -> None:
    before = hashed(file_of(tmp_path, name, sample(name)))
    assert hashed(file_of(tmp_path, name, write(sample(name), HARD))) == before
    assert hashed(file_of(tmp_path, name, write(write(sample(name)), HARD))) == before


@pytest.mark.parametrize("name", NAMES)
def test_all_else_is_kept_byte_for_byte(name: str) -> None:
    data = sample(name)
    kept = sum(stop - start for start, stop in spans(data))
    assert len(data) - kept <= CHANGED[sniffed(data)[0]]


@pytest.mark.parametrize(
    ("name", "ending"),
    [("mp3", "mp3"), ("mp3-23", "mp3"), ("flac", "flac"), ("ogg", "ogg"), ("opus", "opus"),
     ("matroska", "mkv"), ("webm", "webm"), ("flv", "flv")],
)  # fmt: skip
def test_what_ffmpeg_wrote_is_read_and_replaced(name: str, ending: str) -> None:
    told = ["-metadata", f"AIGC={text(HARD)}", "-metadata:s:a:0", f"AIGC={text(HARD)}"]
    # Ogg has comments for each stream only, FLV and MP3 for the file only; Matroska for both.
    data = converted(sample(name), told, ending, ending)
    assert set(values(data)) == {text(HARD)}
    holds(write(data), FIRST)


@pytest.mark.parametrize("name", ["matroska", "webm"])
def test_what_mkvmerge_wrote_is_sound_afterwards(name: str, tmp_path: Path) -> None:
    data = write(muxed(name), HARD)
    holds(data, HARD)
    path = tmp_path / "it.mkv"
    path.write_bytes(data)
    run = subprocess.run(
        [need("mkvinfo"), "-a", str(path)], capture_output=True, check=True, text=True
    )
    assert "AIGC" in run.stdout
    assert probed(path) == [text(HARD)]


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    module = carrier(sniffed(sample(name))[0])
    kind = SAMPLES[name][0]
    codes = []
    # Heads hold the structure, so damage belongs there; FLAC's has 8 KB of padding.
    for base in (sample(name)[:12_000], write(sample(name))[:12_000]):
        for damaged in mutations(base, 50):
            try:
                module.read(Source.of(damaged), kind)
                source = Source.of(damaged)
                data = render(source, module.write(source, kind, Wanted(HARD)))
            except MarksError as error:
                codes.append(error.code)
                continue
            places = module.read(Source.of(data), kind).places
            assert [place.value for place in places] == [text(HARD)]
    assert set(codes) <= {"file_malformed", "file_too_complex"}
    assert len(codes) < 100
