"""TIFF and BigTIFF: nothing moves, one packet holds the label, every page keeps its pixels."""

import io
import struct
from pathlib import Path

import pytest
from PIL import Image
from tests.marks.samples import exiftool
from tests.marks.samples.boxes import FIRST, OTHER, TEXT, kept, read, values, write
from tests.marks.samples.mutations import mutations
from tests.marks.samples.pictures import COMMENT, LABELLED, XMP, decoded, image, saved, tiff

from hegui.marks import MarksError
from hegui.marks.carriers import tiff as carrier
from hegui.marks.plan import Wanted, length, render
from hegui.marks.source import Source

URI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
SAMPLES = {
    "plain": saved("TIFF"),
    "packed": saved("TIFF", compression="tiff_lzw"),
    "big": saved("TIFF", big_tiff=True),
    "pages": saved("TIFF", save_all=True, append_images=[image(1), image(2)]),
    "xmp": saved("TIFF", tiffinfo={700: XMP}),
}
HAND = [
    tiff(fields, order=order, big=big, pages=pages)
    for fields in ({}, {700: (7, XMP)}, {700: (1, LABELLED)}, {0x010E: (2, COMMENT + b"\0")})
    for order in "<>"
    for big in (False, True)
    for pages in (1, 3)
]


@pytest.mark.parametrize("data", HAND)
def test_both_orders_and_sizes_hold_one_label(data: bytes) -> None:
    new = write(data, "tiff")
    (place,) = read(new, "tiff").places
    assert (place.carrier, place.value, place.findings) == ("xmp", TEXT, ())
    assert write(new, "tiff") == new
    longer = write(new, "tiff", OTHER)
    assert values(longer, "tiff") == [OTHER.to_json().decode()]
    assert values(write(longer, "tiff"), "tiff") == [TEXT]


@pytest.mark.parametrize("name", SAMPLES)
def test_others_read_the_very_label_and_the_same_pixels(name: str, tmp_path: Path) -> None:
    old, new = tmp_path / "old.tif", tmp_path / "new.tif"
    old.write_bytes(SAMPLES[name])
    new.write_bytes(write(SAMPLES[name], "tiff", OTHER))
    assert exiftool.labels(new) == [OTHER.to_json().decode()]
    assert decoded(new.read_bytes()) == decoded(SAMPLES[name])
    before = exiftool.faults(old)
    fresh = [line for line in exiftool.faults(new) if line not in before]
    # The guide has type 7 (undef) where Adobe has 1.
    assert all(line[0].isdigit() or "(undef) for IFD0 0x02bc" in line for line in fresh)


def test_what_exiftool_wrote_is_read_and_replaced_in_place(tmp_path: Path) -> None:
    path = tmp_path / "it.tif"
    path.write_bytes(SAMPLES["plain"])
    exiftool.write(path, OTHER.to_json().decode())
    data = path.read_bytes()
    assert values(data, "tiff") == [OTHER.to_json().decode()]
    new = write(data, "tiff")
    assert len(new) == len(data)  # the packet's padding takes it
    path.write_bytes(new)
    assert exiftool.labels(path) == [TEXT]
    assert decoded(new) == decoded(SAMPLES["plain"])


@pytest.mark.parametrize("name", SAMPLES)
def test_only_the_place_of_the_first_directory_is_new(name: str) -> None:
    data = SAMPLES[name]
    new = write(data, "tiff")
    if name == "xmp":
        assert len(kept(data, "tiff")) == len(data) - len(XMP) - 12
    else:
        assert len(data) - len(kept(data, "tiff")) == (8 if name == "big" else 4)
        assert new[16 : len(data)] == data[16:]


def test_a_packet_at_the_end_grows_there_and_one_within_moves_to_the_end() -> None:
    once = write(SAMPLES["plain"], "tiff")
    longer = write(once, "tiff", OTHER)
    assert len(longer) < len(once) + 400
    within = tiff({0x02BC: (7, XMP), 0x9286: (7, b"behind it")})
    new = write(within, "tiff")
    assert XMP not in new
    assert bytes(len(XMP)) in new
    assert read(new, "tiff").metadata[-1].text == "behind it"


def of_one_packet(packet: bytes) -> bytes:
    """Two pages that name one packet."""
    data = bytearray(tiff({700: (7, packet)}, pages=2))
    entry = struct.pack("<HHI", 700, 7, len(packet))
    first = data.index(entry)
    second = data.index(entry, first + 1)
    data[second + 8 : second + 12] = data[first + 8 : first + 12]
    return bytes(data)


@pytest.mark.parametrize("packet", [XMP, LABELLED, XMP + b" " * 4000])
def test_a_packet_of_two_pages_stays_that_of_the_other(packet: bytes) -> None:
    data = of_one_packet(packet)
    new = write(data, "tiff")
    assert values(new, "tiff") == [TEXT]
    second = read(new, "tiff").metadata[1].text
    assert "\0" not in second
    assert second.rstrip() == packet.decode().rstrip() or packet == LABELLED
    assert 'dc:format="p"' in second or packet != LABELLED
    assert write(new, "tiff") == new


def test_the_labels_of_further_pages_and_of_exif_go() -> None:
    fields = {700: (7, LABELLED), 0x9286: (7, b"ASCII\0\0\0" + COMMENT)}
    data = tiff(fields, pages=3)
    assert len(values(data, "tiff")) == 6
    new = write(data, "tiff")
    assert values(new, "tiff") == [TEXT]
    assert new.count(b'dc:format="p"') == 3


def test_a_directory_within_a_field_is_read() -> None:
    inner = tiff({0x9286: (7, b"ASCII\0\0\0" + COMMENT)})
    at = len(tiff({0x8769: (4, bytes(4)), 0x0131: (2, bytes(40))}))
    outer = tiff({0x8769: (4, struct.pack("<I", at)), 0x0131: (2, bytes(40))})
    moved = bytearray(inner[8:])
    place = struct.unpack_from("<I", moved, 2 + 12 + 8)[0]
    struct.pack_into("<I", moved, 2 + 12 + 8, place - 8 + at)
    data = outer + bytes(moved)
    assert values(data, "tiff") == [COMMENT.decode()]
    assert values(write(data, "tiff"), "tiff") == [TEXT]


def test_the_source_type_stands_in_the_same_packet() -> None:
    new = write(SAMPLES["xmp"], "tiff", FIRST, URI)
    assert new.count(URI.encode()) == 1
    assert write(new, "tiff", FIRST, URI) == new


def test_a_packet_of_a_strange_type_is_written_as_the_guide_has_it() -> None:
    new = write(tiff({700: (2, LABELLED)}), "tiff")
    with Image.open(io.BytesIO(write(SAMPLES["plain"], "tiff"))) as opened:
        assert opened.tag_v2.tagtype[700] == 7  # type: ignore[attr-defined]
    assert values(new, "tiff") == [TEXT]
    assert new.index(struct.pack("<HH", 700, 7))


@pytest.mark.parametrize(
    "data", [b"II", b"II*\0\0\0\0\0", b"II*\0\xff\0\0\0", b"II+\0\x04\0\0\0", b"IIRO" + bytes(20)]
)
def test_what_names_no_directory_is_no_tiff(data: bytes) -> None:
    assert carrier.sniff(data, Source.of(data)) is None


def test_directories_that_go_round_are_read_but_not_written() -> None:
    data = tiff({0x010E: (2, COMMENT)})
    place = 8 + 2 + 2 * 12
    ring = data[:place] + struct.pack("<I", 8) + data[place + 4 :]
    assert values(ring, "tiff") == [COMMENT.decode()]
    with pytest.raises(MarksError) as caught:
        write(ring, "tiff")
    assert caught.value.code == "file_malformed"


def test_a_file_full_to_four_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "full.tif"
    with path.open("wb") as out:
        out.write(tiff())
        out.truncate(2**32 - 100)
    with Source.of(path) as source, pytest.raises(MarksError) as caught:
        carrier.write(source, "tiff", Wanted(FIRST))
    assert caught.value.code == "file_malformed"
    with path.open("r+b") as out:
        out.write(tiff(big=True))
    with Source.of(path) as source:
        assert length(carrier.write(source, "tiff", Wanted(FIRST))) > 2**32


@pytest.mark.parametrize("data", [*SAMPLES.values(), HAND[9], HAND[14]])
def test_damaged_files_raise_nothing_but_the_one_error(data: bytes) -> None:
    written = 0
    for broken in mutations(write(data, "tiff"), 400):
        source = Source.of(broken)
        try:
            carrier.sniff(broken[:4096], source)
            carrier.read(source, "tiff")
            new = render(source, carrier.write(source, "tiff", Wanted(FIRST)))
        except MarksError:
            continue
        written += 1
        assert [place.value for place in carrier.read(Source.of(new), "tiff").places] == [TEXT]
    assert written
