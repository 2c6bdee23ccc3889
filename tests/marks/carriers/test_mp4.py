"""MP4 and QuickTime: every place is read, one is written, and the media are found again."""

import json
import struct
import tracemalloc
from pathlib import Path

import pytest
from tests.marks.samples.boxes import (
    CHUNKS,
    FIRST,
    FTYP,
    MDAT,
    OTHER,
    TEXT,
    XMP_UUID,
    box,
    chunks,
    co64,
    full,
    handler,
    itunes,
    kept,
    keyed,
    movie,
    read,
    sizes_add_up,
    stco,
    track,
    value,
    values,
    wide,
    write,
)
from tests.marks.samples.mutations import mutations

from hegui.marks import MarksError
from hegui.marks.carriers import mp4
from hegui.marks.plan import Wanted, length, render
from hegui.marks.source import Source

LABEL = b'{"Label":"2","ContentProducer":"x","ProduceID":"1"}'
PACKET = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="v"'
    b' xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"><TC260:AIGC>'
    b"{&quot;Label&quot;:&quot;1&quot;}</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>"
    b'<?xpacket end="w"?>'
)
TITLE = (b"title", b"a title")
#: An item with the number of a key that is not there.
STRAY = keyed((b"a", b"b")).replace(b"\0\0\0\1\0\0\0\x11data", b"\0\0\0\7\0\0\0\x11data")
#: Name of the place, what ``moov.udta`` and ``moov`` hold, and the carrier that is told.
PLACES = [
    ("keys", keyed(TITLE, (b"AIGC", LABEL)), b"", "keys"),
    ("keys of one's own", keyed((b"com.example.AIGC", LABEL), TITLE), b"", "keys"),
    ("in moov", None, keyed((b"AIGC", LABEL), form="quicktime"), "keys"),
    ("by its value", keyed((b"comment", LABEL)), b"", "keys"),
    ("itunes comment", itunes((b"\xa9nam", b"a title"), (b"\xa9cmt", LABEL)), b"", "ilst"),
    ("no keys, in moov", None, itunes((b"\0\0\0\1", LABEL)), "ilst"),
    ("own kind", itunes((b"AIGC", LABEL)), b"", "ilst"),
    ("free form", full(b"meta", handler(b"mdir"), box(b"ilst", box(b"----",
        full(b"mean", b"com.apple.iTunes"), full(b"name", b"AIGC"), value(LABEL)))), b"", "ilst"),
    ("box in udta", box(b"AIGC", LABEL), b"", "box"),
    ("box in moov", None, full(b"aigc", LABEL), "box"),
    ("quicktime comment", box(b"\xa9cmt", struct.pack(">HH", len(LABEL), 0), LABEL), b"", "box"),
    ("3gpp description", full(b"dscp", b"\x55\xc4", LABEL, b"\0"), b"", "box"),
    ("xmp in udta", box(b"XMP_", PACKET), b"", "xmp"),
    ("in a track", None, box(b"trak", box(b"udta", keyed((b"AIGC", LABEL)))), "keys"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("brand", "expected"),
    [
        (b"isom", "mp4"), (b"mp42", "mp4"), (b"dash", "mp4"), (b"qt  ", "mov"), (b"M4A ", "m4a"),
        (b"M4B ", "m4a"), (b"M4V ", "m4v"), (b"3gp4", "3gp"), (b"3g2a", "3gp"), (b"crx ", None),
    ],
)  # fmt: skip
def test_the_brand_names_the_format(brand: bytes, expected: str | None) -> None:
    data = box(b"ftyp", brand, bytes(4)) + movie(first=True)[len(FTYP) :]
    assert mp4.sniff(data[:4096], Source.of(data)) == expected


def test_an_old_quicktime_file_has_no_brand() -> None:
    data = movie(first=False)[len(FTYP) :]
    assert mp4.sniff(data[:4096], Source.of(data)) == "mov"
    assert mp4.sniff(MDAT, Source.of(MDAT)) is None
    assert mp4.sniff(b"\x89PNG\r\n\x1a\n" + bytes(50), Source.of(bytes(58))) is None


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(("udta", "extra", "carrier"), [place[1:] for place in PLACES],
                         ids=[place[0] for place in PLACES])  # fmt: skip
def test_each_place_is_read_and_emptied(
    udta: bytes | None, extra: bytes, carrier: str, *, first: bool
) -> None:
    data = movie(first=first, udta=udta, extra=extra)
    (place,) = read(data, "mp4").places
    assert place.carrier == carrier
    assert json.loads(str(place.value))["Label"] in {"1", "2"}
    new = write(data, "mp4")
    assert values(new, "mp4") == [TEXT]
    assert new.count(b"ContentProducer") == 1
    assert new.count(b"a title") == data.count(b"a title")
    assert chunks(new) == list(CHUNKS)
    assert sizes_add_up(new)
    assert write(new, "mp4") == new


@pytest.mark.parametrize(
    "udta", [None, b"", itunes(TITLE), box(b"\xa9nam", b"\0\1\0\0x") + bytes(4)]
)
@pytest.mark.parametrize("first", [True, False])
def test_what_was_not_labelled_gets_a_list_of_its_own(udta: bytes | None, *, first: bool) -> None:
    data = movie(first=first, udta=udta)
    assert values(data, "mp4") == []
    new = write(data, "mp4")
    (place,) = read(new, "mp4").places
    assert (place.carrier, place.value, place.findings) == ("keys", TEXT, ())
    assert keyed((b"AIGC", TEXT.encode())) in new
    assert chunks(new) == list(CHUNKS)
    assert write(new, "mp4") == new
    assert write(write(new, "mp4", OTHER), "mp4") == new


def test_places_that_no_guide_names_are_told() -> None:
    for name, udta, extra, carrier in PLACES:
        (place,) = read(movie(first=True, udta=udta, extra=extra), "mp4").places
        told = [found.code for found in place.findings]
        assert told == (["carrier-unusual"] if carrier in {"ilst", "box"} else []), name


def test_two_labels_become_one() -> None:
    data = movie(first=True, udta=keyed((b"AIGC", LABEL), (b"aigc", LABEL)) + box(b"AIGC", LABEL))
    assert len(values(data, "mp4")) == 3
    assert values(write(data, "mp4"), "mp4") == [TEXT]


def test_other_metadata_are_told_and_kept() -> None:
    data = movie(first=True, udta=itunes((b"\xa9too", b"Sora"), (b"covr", b"\xff\xd8")))
    (software, *_) = read(data, "mp4").metadata
    assert (software.key, software.text) == ("mp4:©too", "Sora")
    assert read(write(data, "mp4"), "mp4").metadata == read(data, "mp4").metadata


def test_a_list_of_moov_that_takes_keys_gets_the_label() -> None:
    phone = keyed((b"com.android.version", b"14"))
    new = write(movie(first=True, extra=phone), "mp4")
    assert new.count(b"keys") == 1
    assert values(new, "mp4") == [TEXT]


def test_an_xmp_box_of_the_file_keeps_its_length() -> None:
    data = movie(first=True, between=box(b"uuid", XMP_UUID, PACKET))
    assert values(data, "mp4") == ['{"Label":"1"}']
    new = write(data, "mp4")
    assert values(new, "mp4") == [TEXT]
    assert b'dc:format="v"' in new
    assert chunks(new) == list(CHUNKS)
    again = write(new, "mp4")
    assert again == new


def test_a_label_box_of_the_file_becomes_free_space() -> None:
    data = movie(first=True, between=box(b"AIGC", LABEL))
    new = write(data, "mp4")
    assert values(new, "mp4") == [TEXT]
    assert b'ProduceID":"1' not in new
    assert chunks(new) == list(CHUNKS)


def test_a_c2pa_manifest_is_told() -> None:
    uuid = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
    data = movie(first=True, between=box(b"uuid", uuid, b"jumb c2pa.created"))
    (meta,) = read(data, "mp4").metadata
    assert (meta.key, "c2pa.created" in meta.text) == ("c2pa", True)


def test_free_space_behind_moov_gives_way() -> None:
    data = movie(first=True, between=box(b"free", bytes(1000)))
    new = write(data, "mp4")
    assert len(new) == len(data)
    assert new.index(MDAT) == data.index(MDAT)
    longer = write(new, "mp4", OTHER)
    assert len(longer) == len(data)
    assert write(longer, "mp4") == new
    assert chunks(longer) == list(CHUNKS)


def test_free_space_that_fits_to_the_byte_goes_and_too_little_stays() -> None:
    growth = len(write(movie(first=True), "mp4")) - len(movie(first=True))
    exact = write(movie(first=True, between=box(b"free", bytes(growth - 8))), "mp4")
    assert b"free" not in exact
    assert exact == write(movie(first=True), "mp4")
    little = write(movie(first=True, between=box(b"free", bytes(growth - 9))), "mp4")
    assert b"free" in little
    assert chunks(exact) == chunks(little) == list(CHUNKS)


@pytest.mark.parametrize("table", [stco, co64])
def test_all_but_the_label_is_kept(table: object) -> None:
    data = movie(first=True, table=table, udta=itunes(TITLE))
    whole = kept(data, "mp4")
    # Sizes of moov and udta, and the offsets, are what changes.
    width = 4 if table is stco else 8
    assert len(data) - len(whole) == 8 + width * len(CHUNKS)
    assert MDAT in whole


def test_a_wide_box_and_one_to_the_end_are_written_alike() -> None:
    data = movie(first=False)
    moov = data[data.index(b"moov") - 4 :]
    open_ended = data[: -len(moov)] + bytes(4) + moov[4:]
    assert chunks(write(open_ended, "mp4")) == list(CHUNKS)
    assert values(write(open_ended, "mp4"), "mp4") == [TEXT]
    big = data[: -len(moov)] + wide(b"moov", moov[8:])
    assert values(write(big, "mp4"), "mp4") == [TEXT]
    assert sizes_add_up(write(big, "mp4"))


def test_media_to_the_end_of_the_file() -> None:
    data = movie(first=True)
    at = data.index(b"mdat") - 4
    new = write(data[:at] + bytes(4) + data[at + 4 :], "mp4")
    assert chunks(new) == list(CHUNKS)


@pytest.mark.parametrize("tail", [b"\0" * 100, b"junk", b"\0\0\0\3oops", MDAT[:30]])
def test_bytes_behind_the_end_stay(tail: bytes) -> None:
    new = write(movie(first=True) + tail, "mp4")
    assert new.endswith(tail)
    assert values(new, "mp4") == [TEXT]


@pytest.mark.parametrize(
    "data",
    [
        FTYP + MDAT,
        FTYP + box(b"moov", b"\0\0\0\1oops"),
        FTYP + box(b"moov", box(b"trak", b"\0\0\1\0oops")),
    ],
)
def test_without_a_sound_moov_nothing_is_read(data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        read(data, "mp4")
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize(
    "moov",
    [
        box(b"moov") + box(b"moov"),
        box(b"moov", box(b"cmov", bytes(20))),
        box(b"moov", box(b"udta", b"\0\0\0\1oops")),
        box(b"moov", track(stco([2**32 - 1]) + b"\0\0\0\1oops")),
        box(b"moov", track(full(b"stco", b"\0\0\1\0", bytes(4)))),
        box(b"moov", track(full(b"saio", struct.pack(">II", 1, 2**32 - 1)))),
        box(b"moov", box(b"udta", STRAY)),
    ],
)  # fmt: skip
def test_what_can_not_be_written_safely_is_refused(moov: bytes) -> None:
    data = FTYP + moov + MDAT
    with pytest.raises(MarksError) as caught:
        write(data, "mp4")
    assert caught.value.code == "file_malformed"


def test_a_track_whose_media_stand_in_another_file_is_left_alone() -> None:
    data = FTYP + box(b"moov", track(stco([5000]), reference=0)) + MDAT
    new = write(data, "mp4")
    assert stco([5000]) in new


def test_four_gigabytes_are_planned_in_little_memory_and_offsets_widened(tmp_path: Path) -> None:
    count, size, top = 300_000, 4 * 1024**3, 2**32 - 1
    # The label alone lifts the first table beyond 4 GB, the first table's growth the second.
    first = [*(5_000_000 + 14_000 * at for at in range(count - 1)), top - 5]
    second = [5_000_000, top - 1000]
    moov = box(b"moov", track(stco(first)), track(stco(second)))
    path = tmp_path / "large.mp4"
    with path.open("wb") as out:
        out.write(FTYP + moov + struct.pack(">I4sQ", 1, b"mdat", 16 + size))
        out.truncate(len(FTYP) + len(moov) + 16 + size)
    with Source.of(path) as source:
        before = source.budget
        tracemalloc.start()
        plan = mp4.write(source, "mp4", Wanted(FIRST))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert before - source.budget < 8 * 1024 * 1024
    assert peak < 64 * 1024 * 1024
    start = b"".join(piece for piece in plan if isinstance(piece, bytes))
    growth = length(plan) - path.stat().st_size
    for old in (first, second):
        assert co64([offset + growth for offset in old]) in start


@pytest.mark.parametrize("first", [True, False])
def test_damaged_files_raise_nothing_but_the_one_error(*, first: bool) -> None:
    rich = keyed(TITLE, (b"AIGC", LABEL)) + box(b"XMP_", PACKET) + box(b"AIGC", LABEL)
    data = movie(first=first, udta=rich, extra=itunes((b"\xa9cmt", LABEL)))
    written = 0
    for broken in mutations(data, 1500):
        source = Source.of(broken)
        try:
            mp4.sniff(broken[:4096], source)
            mp4.read(source, "mp4")
            new = render(source, mp4.write(source, "mp4", Wanted(FIRST)))
        except MarksError:
            continue
        written += 1
        assert [place.value for place in mp4.read(Source.of(new), "mp4").places] == [TEXT]
    assert written > 100
