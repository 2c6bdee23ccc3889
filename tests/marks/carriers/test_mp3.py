import io
import zlib
from itertools import pairwise
from typing import Any

import pytest
from mutagen.apev2 import APEv2
from mutagen.id3 import ID3, TXXX
from mutagen.mp3 import MP3
from tests.marks.carriers.media_tools import (
    FIRST,
    HARD,
    holds,
    opened,
    read,
    refused,
    saved,
    sniffed,
    text,
    values,
    write,
)
from tests.marks.samples.sound import MPEG, ape, frame, syncsafe, tag, xmp

from hegui.marks import Label, MarksError
from hegui.marks.carriers import id3, mp3
from hegui.marks.carriers.id3_write import fresh
from hegui.marks.plan import Span, Wanted, render
from hegui.marks.source import Source

OLD = text(HARD)
V1 = b"TAG" + b"an old title".ljust(125, b"\0")
TITLES = {2: ("TT2", "TXX"), 3: ("TIT2", "TXXX"), 4: ("TIT2", "TXXX")}


def title(version: int) -> bytes:
    return frame(version, TITLES[version][0], b"\0Sinus")


def label(version: int, value: str = OLD, name: str = "AIGC") -> bytes:
    data = b"\1" + f"\ufeff{name}\0\ufeff{value}".encode("utf-16-le")
    return frame(version, TITLES[version][1], data)


def mutagen_reads(data: bytes) -> tuple[list[str], str]:
    """The label's texts, and the title."""
    found = opened(ID3, io.BytesIO(data))
    return list(found["TXXX:AIGC"].text), str(found["TIT2"])


def test_a_file_without_a_tag_gets_one_of_version_2_4() -> None:
    made = write(MPEG)
    assert made == fresh(text().encode()) + MPEG
    holds(made)
    assert list(opened(ID3, io.BytesIO(made))["TXXX:AIGC"].text) == [text()]


@pytest.mark.parametrize("wanted", [FIRST, HARD])
@pytest.mark.parametrize("flags", [0, 0x80])
@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_tag_keeps_its_version(version: int, flags: int, wanted: Label) -> None:
    data = tag(version, title(version), flags) + MPEG
    made = write(data, wanted)
    holds(made, wanted)
    assert made[3:6] == data[3:6]
    assert made.endswith(MPEG)
    assert mutagen_reads(made) == ([text(wanted)], "Sinus")


@pytest.mark.parametrize("version", [2, 3, 4])
def test_an_old_label_is_read_and_replaced(version: int) -> None:
    data = tag(version, label(version) + title(version)) + MPEG
    assert values(data) == [OLD]
    made = write(data)
    holds(made)
    assert mutagen_reads(made) == ([text()], "Sinus")


@pytest.mark.parametrize("version", [2, 3, 4])
def test_the_label_takes_its_room_from_the_padding(version: int) -> None:
    data = tag(version, title(version), padding=2000) + MPEG
    made = write(data, HARD)
    holds(made, HARD)
    assert len(made) == len(data)
    assert len(write(made)) == len(data)


def test_padding_that_is_too_small_grows_to_what_exiftool_asks_for() -> None:
    made = write(tag(4, title(4), padding=20) + MPEG)
    frames = title(4) + frame(4, "TXXX", b"\3AIGC\0" + text().encode())
    assert made == tag(4, frames, padding=10) + MPEG
    assert write(made) == made


def test_what_follows_the_padding_is_kept() -> None:
    made = write(tag(4, title(4), padding=20)[:-5] + b"junk!" + MPEG)
    holds(made)
    assert bytes(15) + b"junk!" + MPEG in made


def test_a_footer_is_kept_and_there_is_no_padding() -> None:
    made = write(tag(4, title(4) + label(4), 0x10) + MPEG)
    holds(made)
    one = id3.tag(Source.of(made), 0)
    assert one is not None
    assert one.tail == one.end
    assert made[one.stop - 10 : one.stop] == b"3DI" + made[3:10]


@pytest.mark.parametrize("flags", [0, 0x80])
def test_the_sum_in_an_extended_header_is_made_anew_in_version_2_3(flags: int) -> None:
    extended = bytes([0, 0, 0, 10, 0x80, 0]) + (500).to_bytes(4, "big")
    body = extended + zlib.crc32(title(3)).to_bytes(4, "big") + title(3) + bytes(500)
    data = tag(3, body, 0x40 | flags) + MPEG
    made = write(data)
    holds(made)
    assert len(made) == len(data)
    one = id3.tag(Source.of(made), 0)
    assert one is not None
    frames = one.body.at(one.begin, one.tail - one.begin)
    assert one.extended[10:14] == zlib.crc32(frames).to_bytes(4, "big")
    assert int.from_bytes(one.extended[6:10], "big") == one.end - one.tail
    assert mutagen_reads(made) == ([text()], "Sinus")


def test_the_sum_in_an_extended_header_is_made_anew_in_version_2_4() -> None:
    extended = syncsafe(12) + b"\1\x20\5" + bytes(5)
    made = write(tag(4, extended + title(4), 0x40, padding=500) + MPEG)
    holds(made)
    one = id3.tag(Source.of(made), 0)
    assert one is not None
    rest = one.body.at(one.begin, one.end - one.begin)
    assert id3.syncsafe(one.extended[7:12]) == zlib.crc32(rest)


def test_plain_sizes_in_version_2_4_are_gone_along_with() -> None:
    long = frame(3, "TIT2", b"\0" + b"Sinus" * 40)  # 200 bytes: no number of seven bits a byte
    made = write(tag(4, long + frame(3, "TALB", b"\0" + b"x" * 300)) + MPEG)
    holds(made)
    assert list(opened(ID3, io.BytesIO(made))["TXXX:AIGC"].text) == [text()]


def test_frames_with_flags_are_read() -> None:
    said = b"\3AIGC\0" + OLD.encode()
    packed = frame(3, "TXXX", len(said).to_bytes(4, "big") + zlib.compress(said), 0x80)
    assert values(tag(3, packed) + MPEG) == [OLD]
    measured = syncsafe(len(said)) + b"g" + zlib.compress(said)
    grouped = frame(4, "TXXX", b"g" + measured[:4] + measured[5:], 0x49)
    assert values(tag(4, grouped) + MPEG) == [OLD]
    assert values(tag(3, frame(3, "TXXX", b"\1" + said, 0x40)) + MPEG) == []  # encrypted


def test_unsynchronised_frames_of_version_2_4_are_read() -> None:
    said = b"\1" + f"\ufeffAIGC\0\ufeff{OLD}".encode("utf-16-le")
    data = id3.unsynchronised(said)
    assert data != said
    assert values(tag(4, frame(4, "TXXX", data, 0x02)) + MPEG) == [OLD]


@pytest.mark.parametrize(
    ("old", "carrier"),
    [
        (frame(4, "COMM", b"\3eng\0AIGC=" + OLD.encode()), "id3"),
        (frame(4, "COMM", b"\3engAIGC\0" + OLD.encode()), "id3"),
        (frame(4, "PRIV", b"XMP\0" + xmp(HARD)), "xmp"),
    ],
)
def test_labels_in_other_frames_are_told_and_replaced(old: bytes, carrier: str) -> None:
    data = tag(4, old + title(4)) + MPEG
    (place,) = read(data).places
    assert place.carrier == carrier
    assert [found.code for found in place.findings] == ["carrier-unusual"]
    holds(write(data))


def test_other_texts_are_told() -> None:
    store = b"\0application/x-c2pa-manifest-store\0\0c2pa\0jumb"
    data = tag(4, frame(4, "TSSE", b"\3Lavf") + frame(4, "TXXX", b"\3made by\0a model")
               + frame(4, "GEOB", store)) + MPEG  # fmt: skip
    assert [meta.key for meta in read(data).metadata] == ["id3:TSSE", "id3:TXXX:made by", "c2pa"]


def test_id3v1_and_ape_stay() -> None:
    rest = MPEG + ape(Title="Sinus") + V1
    made = write(tag(3, title(3)) + rest)
    assert made.endswith(rest)
    holds(made)


@pytest.mark.parametrize("header", [True, False])
def test_a_label_in_ape_is_told_and_replaced(header: bool) -> None:
    data = MPEG + ape(header=header, Title="Sinus", AIGC=OLD) + V1
    (place,) = read(data).places
    assert (place.carrier, place.value) == ("ape", OLD)
    made = write(data)
    holds(made)
    assert made.endswith(MPEG + ape(header=header, Title="Sinus") + V1)
    assert dict(opened(APEv2, io.BytesIO(made))) == {"Title": "Sinus"}
    assert b"APETAGEX" not in write(MPEG + ape(header=header, AIGC=OLD))


def test_ape_at_the_start_is_read() -> None:
    data = tag(4, title(4)) + ape(AIGC=OLD) + MPEG
    assert values(data) == [OLD]
    holds(write(data))


def test_several_tags_hold_one_label_in_the_end() -> None:
    closing = tag(4, label(4), 0x10)
    data = tag(3, title(3)) + tag(4, label(4)) + MPEG + ape(AIGC=OLD) + closing + V1
    assert values(data) == [OLD] * 3
    made = write(data)
    holds(made)
    assert made.endswith(V1)
    assert mutagen_reads(made) == ([text()], "Sinus")


@pytest.mark.parametrize("version", [3, 4])
def test_what_mutagen_wrote_is_read_and_replaced(version: int) -> None:
    file = io.BytesIO(write(MPEG))
    found = opened(MP3, file)
    frame_of: Any = TXXX
    found.tags.add(frame_of(encoding=1, desc="AIGC", text=OLD))
    data = saved(found, file, v2_version=version)
    assert values(data) == [OLD]
    holds(write(data))


@pytest.mark.parametrize(
    "data",
    [
        tag(4, title(4))[:-3],
        b"ID3\5\0\0" + syncsafe(10) + bytes(10) + MPEG,
        tag(2, title(2), 0x40) + MPEG,
        tag(3, b"\x7f\xff\xff\xff\0\0", 0x40) + MPEG,
        MPEG + ape(header=False, AIGC=OLD).replace(b"\0\0\0\0\0AIGC", b"\x7f\0\0\0\0AIGC"),
        MPEG + ape(header=False, AIGC=OLD)[40:],
    ],
    ids=["cut", "version 5", "compressed 2.2", "extended header", "item", "APE cut"],
)
def test_what_is_not_understood_is_refused(data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        mp3.write(Source.of(data), "mp3", Wanted(FIRST))
    assert caught.value.code == "file_malformed"


def test_many_frames_are_too_many() -> None:
    assert refused(tag(4, frame(4, "TIT2", b"") * 20_000) + MPEG) == "file_too_complex"


def test_mpeg_sound_is_told_from_other_things() -> None:
    assert sniffed(MPEG) == ("mp3", "mp3")
    assert sniffed(bytes(100) + MPEG) == ("mp3", "mp3")
    assert sniffed(tag(4, title(4)) + bytes(3000) + MPEG)[1] == "mp3"
    for other in (MPEG[:417] + b"else" * 100, b"\xff\xfe" + "text".encode("utf-16-le") * 500):
        with pytest.raises(ValueError, match="not enough"):
            sniffed(other)


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xff\0", b"\xff\xe0\xff\xff\xff", b"\0\xff\xff"])
def test_unsynchronisation_is_undone(data: bytes) -> None:
    made = id3.unsynchronised(data)
    assert id3.synchronised(made) == data
    assert not any(a == 0xFF and b >= 0xE0 for a, b in pairwise(made))
    assert not made.endswith(b"\xff")


def test_the_sound_is_one_piece() -> None:
    source = Source.of(tag(4, title(4), padding=1000) + MPEG + V1)
    plan = mp3.write(source, "mp3", Wanted(FIRST))
    assert plan[-1] == Span(source.size - len(MPEG + V1), source.size)
    assert render(source, plan).endswith(MPEG + V1)
