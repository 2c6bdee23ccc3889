import io
import json
import struct
import subprocess
from pathlib import Path

import pytest
from mutagen._riff import RiffFile
from tests.marks.carriers.media_tools import (
    FIRST,
    HARD,
    holds,
    opened,
    planned,
    read,
    refused,
    sniffed,
    spans,
    text,
    values,
    write,
)
from tests.marks.samples.media import sample
from tests.marks.samples.sound import DATA, FMT, SOUND, frame, info, tag, wave, xmp
from tests.tools import need

from hegui.marks.carriers import wav
from hegui.marks.carriers.riff import packed
from hegui.marks.plan import Span, Wanted
from hegui.marks.source import MAX_BYTES, Source

LABEL = packed(b"AIGC", text().encode())
OLD = text(HARD)
TXXX = tag(4, frame(4, "TXXX", b"\3AIGC\0" + OLD.encode()) + frame(4, "TIT2", b"\3Sinus"))
PLACES = {
    "riff": packed(b"AIGC", OLD.encode()),
    "info": info(INAM="Sinus", AIGC=OLD),
    "id3": packed(b"id3 ", TXXX),
    "xmp": packed(b"_PMX", xmp(HARD)),
}


def test_the_label_is_a_chunk_at_the_end() -> None:
    assert write(wave(FMT, DATA)) == wave(FMT, DATA, LABEL)


@pytest.mark.parametrize("name", ["wav", "wav-pipe", "wav-rf64"])
def test_mutagen_and_exiftool_find_the_chunk(name: str, tmp_path: Path) -> None:
    path = tmp_path / "it.wav"
    path.write_bytes(write(sample(name), HARD))
    if name == "wav":  # mutagen knows neither RF64 nor sizes that are not known
        found = opened(RiffFile, io.BytesIO(path.read_bytes()))
        assert found["AIGC"].read().decode() == text(HARD)
    run = subprocess.run(
        [need("exiftool"), "-u", "-b", "-Unknown_AIGC", str(path)], capture_output=True, check=True
    )
    assert run.stdout.decode().rstrip("\0") == text(HARD)  # it takes the padding too


@pytest.mark.parametrize("name", PLACES)
def test_a_label_in_any_place_is_read(name: str) -> None:
    (place,) = read(wave(FMT, PLACES[name], DATA)).places
    assert (place.carrier, place.value) == (name, OLD)
    assert [found.code for found in place.findings] == (
        [] if name == "riff" else ["carrier-unusual"]
    )


@pytest.mark.parametrize("name", PLACES)
def test_a_label_in_any_place_is_replaced(name: str) -> None:
    data = write(wave(FMT, PLACES[name], DATA, packed(b"note", b"kept")))
    holds(data)
    assert b"kept" in data
    assert OLD.encode() not in data
    assert (b"Sinus" in data) is (name in {"info", "id3"})


def test_all_labels_give_way_to_one() -> None:
    data = wave(FMT, *PLACES.values(), DATA, PLACES["riff"])
    assert values(data) == [OLD] * 5
    holds(write(data))


def test_other_texts_are_told() -> None:
    bext = packed(b"bext", b"made by a model".ljust(602, b"\0"))
    found = read(wave(FMT, info(ISFT="Lavf60"), bext, packed(b"C2PA", b"jumb"), DATA)).metadata
    assert [(meta.key, meta.text) for meta in found] == [
        ("info:ISFT", "Lavf60"),
        ("bext", "made by a model"),
        ("c2pa", "jumb"),
    ]


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_sizes_that_are_not_known_stay_so(size: int) -> None:
    data = wave(FMT, b"data\xff\xff\xff\xff" + SOUND, size=size)
    made = write(data)
    assert made == wave(FMT, LABEL, b"data\xff\xff\xff\xff" + SOUND, size=size)
    holds(made)


def test_a_form_that_says_too_little_keeps_the_rest_behind_it() -> None:
    data = wave(FMT, DATA, size=4 + len(FMT) + 8)
    made = write(data)
    assert made == wave(FMT, LABEL, DATA, size=4 + len(FMT) + 8 + len(LABEL))
    holds(made)


def test_what_stands_behind_the_form_stays_behind_it() -> None:
    made = write(wave(FMT, DATA) + b"trailing")
    assert made == wave(FMT, DATA, LABEL) + b"trailing"
    holds(made)


def test_padding_that_was_forgotten_is_added_before_the_label() -> None:
    odd = packed(b"data", b"123")[:-1]
    assert write(wave(FMT, odd)) == wave(FMT, packed(b"data", b"123"), LABEL)


def test_the_sizes_of_rf64_stand_in_their_chunk() -> None:
    def large(*tail: bytes) -> bytes:
        body = b"".join((FMT, b"data\xff\xff\xff\xff" + SOUND, *tail))
        sizes = struct.pack("<QQQI", 4 + 36 + len(body), len(SOUND), len(SOUND), 0)
        return b"RF64\xff\xff\xff\xffWAVE" + packed(b"ds64", sizes) + body

    assert write(large()) == large(LABEL)
    holds(large(LABEL))
    assert sniffed(large().replace(b"RF64", b"BW64")) == ("wav", "wav")


def test_the_sound_is_never_read(tmp_path: Path) -> None:
    size = 1 << 31
    path = tmp_path / "large.wav"
    with path.open("wb") as file:
        file.write(wave(FMT, b"data" + struct.pack("<I", size), size=size + 36))
        file.truncate(file.tell() + size)
    with Source.of(path) as source:
        plan = wav.write(source, "wav", Wanted(FIRST))
        assert MAX_BYTES - source.budget < 1000
        assert plan[-1] == LABEL
        assert Span(8, path.stat().st_size) in plan


@pytest.mark.parametrize(
    "data",
    [
        wave(),
        wave(DATA),
        wave(FMT, DATA, PLACES["info"][:-40]),
        wave(FMT, packed(b"_PMX", xmp(HARD).replace(b"</rdf:RDF>", b""))),
    ],
    ids=["no chunks", "no fmt", "cut label", "broken XMP"],
)
def test_what_is_not_understood_is_refused(data: bytes) -> None:
    assert refused(data) == "file_malformed"


def test_nothing_but_size_and_label_is_new() -> None:
    data = wave(FMT, DATA)
    assert spans(data) == [(0, 4), (8, len(data))]
    assert [piece for piece in planned(data)[0] if isinstance(piece, bytes)][1] == LABEL


def test_exiftool_sees_a_second_label_in_info(tmp_path: Path) -> None:
    path = tmp_path / "it.wav"
    path.write_bytes(wave(FMT, PLACES["info"], DATA))
    command = [need("exiftool"), "-j", "-u", "-AIGC", "-Unknown_AIGC", str(path)]
    (before,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    path.write_bytes(write(path.read_bytes()))
    (after,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert len(before) == len(after) == 2
