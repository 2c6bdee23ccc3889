"""HEIC and AVIF: one XMP item for the primary image, offsets mended, pixels untouched."""

import io
import struct
import zlib
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from tests.marks.samples import exiftool
from tests.marks.samples.boxes import (
    CHUNKS,
    FIRST,
    OTHER,
    TEXT,
    box,
    chunks,
    full,
    handler,
    kept,
    keyed,
    movie,
    read,
    sizes_add_up,
    values,
    write,
)
from tests.marks.samples.mutations import mutations
from tests.marks.samples.pictures import (
    COMMENT,
    LABELLED,
    PIXELS,
    XMP,
    decoded,
    exif,
    heif,
    image,
    saved,
)

from hegui.marks import MarksError
from hegui.marks.carriers import bmff, bmff_items, heif_items
from hegui.marks.carriers import heif as carrier
from hegui.marks.plan import Wanted, render
from hegui.marks.source import Source

URI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
SAMPLES = {
    "plain.heic": saved("HEIF"),
    "exif.heic": saved("HEIF", exif=exif(b"ASCII\0\0\0a comment")),
    "xmp.heic": saved("HEIF", xmp=XMP),
    "pages.heic": saved("HEIF", save_all=True, append_images=[image(1), image(2)]),
    "plain.avif": saved("AVIF"),
    "xmp.avif": saved("AVIF", xmp=XMP, exif=exif(b"ASCII\0\0\0a comment")),
    "moving.avif": saved("AVIF", save_all=True, append_images=[image(1), image(2)]),
}
HAND = [
    heif(packet, version=version, place=place, sizes=sizes)
    for packet in (None, XMP, LABELLED)
    for version, place in ((0, "mdat"), (1, "mdat"), (1, "idat"))
    for sizes in (0x4400, 0x4440)
]


def items(data: bytes) -> dict[int, bytes]:
    """What each item holds, by the carrier's own tables; the first is the pixels."""
    source = Source.of(data)
    (box_,) = (one for one in bmff.top_level(source) if one.kind == b"meta")
    meta = heif_items.read(source, box_)
    return {
        place.id: heif_items.data(source, bmff_items.ranges(place, meta.idat))
        for place in meta.places.items
    }


@pytest.mark.parametrize(
    ("major", "rest", "expected"),
    [
        (b"heic", b"mif1heic", "heic"), (b"heix", b"", "heic"), (b"mif1", b"heic", "heic"),
        (b"avif", b"mif1miaf", "avif"), (b"mif1", b"avif", "avif"), (b"mif1", b"jpeg", "heif"),
        (b"isom", b"heic", None), (b"qt  ", b"", None),
    ],
)  # fmt: skip
def test_the_brands_name_the_format(major: bytes, rest: bytes, expected: str | None) -> None:
    data = box(b"ftyp", major, bytes(4), rest) + full(b"meta", handler(b"pict"))
    assert carrier.sniff(data[:4096], Source.of(data)) == expected


def test_a_sequence_without_a_picture_is_a_movie() -> None:
    data = box(b"ftyp", b"msf1", bytes(4), b"hevc") + movie(first=True)[24:]
    assert carrier.sniff(data[:4096], Source.of(data)) is None
    assert carrier.sniff(b"\x89PNG\r\n\x1a\n", Source.of(b"")) is None


@pytest.mark.parametrize("data", HAND)
def test_each_form_of_the_tables_holds_one_label(data: bytes) -> None:
    new = write(data, "heif")
    (place,) = read(new, "heif").places
    assert (place.carrier, place.value, place.findings) == ("xmp", TEXT, ())
    assert items(new)[1] == PIXELS
    assert sizes_add_up(new)
    assert write(new, "heif") == new
    longer = write(new, "heif", OTHER)
    assert values(longer, "heif") == [OTHER.to_json().decode()]
    assert items(longer)[1] == PIXELS
    assert write(longer, "heif") == new


def test_a_label_in_exif_is_emptied_and_nothing_else() -> None:
    data = heif()
    assert [place.carrier for place in read(data, "heif").places] == ["exif"]
    new = write(data, "heif")
    assert COMMENT not in new
    assert {meta.key for meta in read(new, "heif").metadata} == {"exif:Software", "xmp"}


def test_a_packet_that_tells_of_nothing_is_tied_to_the_image() -> None:
    new = write(heif(LABELLED, described=False), "heif")
    assert box(b"cdsc", struct.pack(">HHH", 3, 1, 1)) in new
    assert values(new, "heif") == [TEXT]
    assert write(new, "heif") == new


def test_a_packet_of_another_image_is_emptied_and_a_new_one_made() -> None:
    data = heif(LABELLED).replace(struct.pack(">HHH", 3, 1, 1), struct.pack(">HHH", 3, 1, 2))
    new = write(data, "heif")
    assert values(new, "heif") == [TEXT]
    assert b'dc:format="p"' in items(new)[3]
    assert b"TC260:AIGC" not in items(new)[3]
    assert TEXT.encode() not in items(new)[3]
    assert sorted(items(new)) == [1, 2, 3, 4]


def test_without_references_a_box_of_them_is_made() -> None:
    new = write(heif(tied=False), "heif")
    assert values(new, "heif") == [TEXT]
    assert full(b"iref", box(b"cdsc", struct.pack(">HHH", 3, 1, 1))) in new


@pytest.mark.parametrize("way", ["deflate", "gzip"])
def test_a_packed_packet_is_read_but_not_written_over(way: str) -> None:
    window = 31 if way == "gzip" else 15
    packer = zlib.compressobj(wbits=window)
    packed = packer.compress(LABELLED) + packer.flush()
    data = heif(packed, encoding=way.encode() + b"\0", block=exif(b"ASCII\0\0\0a comment"))
    assert values(data, "heif") == ['{"Label":"1"}']
    with pytest.raises(MarksError) as caught:
        write(data, "heif")
    assert caught.value.code == "file_malformed"


def test_a_packed_bomb_is_bounded() -> None:
    data = heif(zlib.compress(bytes(64 * 1024 * 1024)), encoding=b"deflate\0")
    assert len(read(data, "heif").metadata[0].text) <= 65_536


def test_an_encrypted_packet_is_not_written_over() -> None:
    data = heif(XMP)
    at = data.index(b"mimemime") if b"mimemime" in data else data.index(b"mime\0application")
    closed = data[: at - 2] + b"\0\1" + data[at:]
    with pytest.raises(MarksError) as caught:
        write(closed, "heif")
    assert caught.value.code == "file_protected"


def test_places_shared_with_movies_are_read_and_emptied() -> None:
    label = b'{"Label":"1","ContentProducer":"x"}'
    data = heif(block=exif(b"ASCII\0\0\0-")) + box(b"AIGC", label)
    moov = box(b"moov", box(b"udta", keyed((b"AIGC", label), (b"title", b"a title"))))
    both = data + moov
    assert {place.carrier for place in read(both, "heif").places} == {"box", "keys"}
    new = write(both, "heif")
    assert values(new, "heif") == [TEXT]
    assert b"a title" in new


def test_a_picture_that_moves_keeps_its_frames() -> None:
    still = heif()
    whole = still + movie(first=True)[24:]
    shifted = bytearray(whole)
    at = whole.index(b"stco") + 12
    for place in range(at, at + 4 * len(CHUNKS), 4):
        old = int.from_bytes(shifted[place : place + 4], "big")
        shifted[place : place + 4] = (old - 24 + len(still)).to_bytes(4, "big")
    assert chunks(bytes(shifted)) == list(CHUNKS)
    new = write(bytes(shifted), "heif")
    assert chunks(new) == list(CHUNKS)
    assert values(new, "heif") == [TEXT]


def test_media_to_the_end_of_the_file_take_the_packet() -> None:
    data = heif()
    at = data.rindex(b"mdat") - 4
    new = write(data[:at] + bytes(4) + data[at + 4 :], "heif")
    assert values(new, "heif") == [TEXT]
    assert new.count(b"mdat") == 1


def test_a_table_that_can_count_no_further_is_refused() -> None:
    data = bytearray(heif())
    at = data.index(b"iinf") + 8
    width = 4 if data[at - 4] else 2
    data[at : at + width] = b"\xff" * width
    with pytest.raises(MarksError) as wrong:
        carrier.write(Source.of(bytes(data)), "heic", Wanted(FIRST))
    assert wrong.value.code == "file_malformed"


def test_all_but_the_tables_is_kept() -> None:
    data = heif()
    whole = kept(data, "heif")
    assert PIXELS in whole
    assert len(data) - len(whole) < 100 + len(exif())


@pytest.mark.parametrize(
    "data",
    [
        heif().replace(b"iloc", b"iloX"),
        heif().replace(b"pitm", b"pitX"),
        heif().replace(b"iinf", b"iinX"),
        heif().replace(b"meta", b"metX", 1),
        heif(version=3),
        heif(sizes=0x3400),
    ],
)
def test_without_sound_tables_nothing_is_read(data: bytes) -> None:
    for act in (carrier.read, lambda source, name: carrier.write(source, name, Wanted(FIRST))):
        with pytest.raises(MarksError) as caught:
            act(Source.of(data), "heic")
        assert caught.value.code == "file_malformed"


@pytest.mark.parametrize("name", SAMPLES)
def test_others_read_the_very_label_and_the_same_pixels(name: str, tmp_path: Path) -> None:
    old, new = tmp_path / f"old{name}", tmp_path / name
    old.write_bytes(SAMPLES[name])
    new.write_bytes(write(SAMPLES[name], "heif", OTHER))
    assert exiftool.labels(new) == [OTHER.to_json().decode()]
    assert exiftool.faults(new) == exiftool.faults(old)
    assert decoded(new.read_bytes()) == decoded(SAMPLES[name])
    with Image.open(new) as opened, Image.open(io.BytesIO(SAMPLES[name])) as before:
        assert opened.info.get("exif") == before.info.get("exif")
        # Of a file that moves Pillow asks the track, which says nothing of its own.
        assert name == "moving.avif" or "某公司" in opened.info["xmp"].decode()
    assert write(new.read_bytes(), "heif") == write(SAMPLES[name], "heif")


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "moving.avif"])
def test_libheif_finds_the_packet_with_the_primary_image(name: str) -> None:
    data = write(SAMPLES[name], "heif")
    opened = pillow_heif.open_heif(data) if name.endswith("heic") else None
    if opened is not None:
        assert TEXT.replace('"', "&quot;") in opened.info["xmp"].decode().replace('"', "&quot;")
        assert all("AIGC" not in str(page.info.get("xmp")) for page in list(opened)[1:])


@pytest.mark.parametrize("name", ["plain.heic", "xmp.avif"])
def test_what_exiftool_wrote_is_read_and_replaced(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(SAMPLES[name])
    exiftool.write(path, OTHER.to_json().decode())
    assert values(path.read_bytes(), "heif") == [OTHER.to_json().decode()]
    path.write_bytes(write(path.read_bytes(), "heif"))
    assert values(path.read_bytes(), "heif") == [TEXT] == exiftool.labels(path)
    assert decoded(path.read_bytes()) == decoded(SAMPLES[name])


def test_the_source_type_stands_in_the_same_packet() -> None:
    new = write(SAMPLES["xmp.heic"], "heif", FIRST, URI)
    assert new.count(URI.encode()) == 1
    assert write(new, "heif", FIRST, URI) == new


@pytest.mark.parametrize(
    "data", [heif(LABELLED), heif(LABELLED, place="idat"), SAMPLES["moving.avif"]]
)
def test_damaged_files_raise_nothing_but_the_one_error(data: bytes) -> None:
    written = 0
    for broken in mutations(data, 1000):
        source = Source.of(broken)
        try:
            carrier.sniff(broken[:4096], source)
            carrier.read(source, "heic")
            new = render(source, carrier.write(source, "heic", Wanted(FIRST)))
        except MarksError:
            continue
        written += 1
        assert [place.value for place in carrier.read(Source.of(new), "heic").places] == [TEXT]
    assert written > 50
