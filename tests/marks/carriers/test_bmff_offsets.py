"""Offsets in fragments, indexes and tables: each points to the same bytes after a write."""

import struct

import pytest
from tests.marks.samples.boxes import (
    CHUNKS,
    FTYP,
    MDAT,
    OTHER,
    box,
    co64,
    full,
    movie,
    stco,
    track,
    values,
    write,
)

from hegui.marks import MarksError


def fragment(start: int | None, number: int) -> bytes:
    """A fragment whose ``tfhd`` names a place, or none."""
    flags = 0x020000 if start is None else 1
    place = b"" if start is None else struct.pack(">Q", start)
    tfhd = full(b"tfhd", struct.pack(">I", number), place, flags=flags)
    return box(b"moof", full(b"mfhd", bytes(4)), box(b"traf", tfhd)) + MDAT


def number(data: bytes, kind: bytes, at: int, width: int) -> int:
    """A number that stands so far behind a box's kind."""
    place = data.index(kind) + 4 + at
    return int.from_bytes(data[place : place + width], "big")


def test_fragments_that_name_a_place_follow() -> None:
    head = FTYP + movie(first=True)[len(FTYP) : -len(MDAT)]
    data = head + fragment(len(head), 1)
    data += fragment(len(data), 1)
    new = write(data, "mp4")
    first = new.index(b"moof") - 4
    second = new.index(b"moof", first + 8) - 4
    at = [place for place in range(len(new)) if new.startswith(b"tfhd", place)]
    found = [int.from_bytes(new[place + 12 : place + 20], "big") for place in at]
    assert found == [first, second]


def test_fragments_that_name_none_stay_as_they_are() -> None:
    head = FTYP + movie(first=True)[len(FTYP) : -len(MDAT)]
    data = head + fragment(None, 1)
    assert write(data, "mp4").endswith(fragment(None, 1))


@pytest.mark.parametrize("version", [0, 1])
def test_the_index_of_random_access_follows(version: int) -> None:
    form = ">QQ" if version else ">II"
    head = FTYP + movie(first=True)[len(FTYP) : -len(MDAT)]
    entry = struct.pack(form, 7, len(head)) + b"\1\1\1"
    tfra = full(b"tfra", struct.pack(">III", 1, 0, 1), entry, version=version)
    data = head + fragment(None, 1) + box(b"mfra", tfra, full(b"mfro", b"\0\0\0\0"))
    new = write(data, "mp4")
    width = 8 if version else 4
    assert number(new, b"tfra", 16 + width, width) == new.index(b"moof") - 4
    assert number(new, b"tfra", 16, width) == 7


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("before", [True, False])
def test_the_index_of_segments_follows(version: int, *, before: bool) -> None:
    """Behind ``moov`` nothing changes; before it the way to the first segment grows."""
    moov = movie(first=True)[len(FTYP) : -len(MDAT)]
    media = fragment(None, 1)
    width = ">Q" if version else ">I"
    way = struct.pack(width, len(moov) if before else 0)
    parts = struct.pack(">III", 0x80000000 | len(media), 9, 0)
    sidx = full(
        b"sidx", struct.pack(">II", 1, 1), struct.pack(width, 0), way, b"\0\0\0\1", parts,
        version=version,
    )  # fmt: skip
    data = FTYP + (sidx + moov if before else moov + sidx) + media
    new = write(data, "mp4", OTHER)
    size = struct.calcsize(width)
    anchor = new.index(b"sidx") - 4 + len(sidx)
    assert anchor + number(new, b"sidx", 12 + size, size) == new.index(b"moof") - 4
    assert number(new, b"sidx", 16 + 2 * size, 4) == 0x80000000 | len(media)


@pytest.mark.parametrize("version", [0, 1])
def test_places_of_auxiliary_information_follow(version: int) -> None:
    form = ">Q" if version else ">I"
    extra = len(stco([0]))

    def moov(start: int) -> bytes:
        kind = b"cenc\0\0\0\0"
        saio = full(b"saio", kind, b"\0\0\0\1", struct.pack(form, start), version=version, flags=1)
        return box(b"moov", track(stco([start]) + saio))

    data = FTYP + moov(len(FTYP) + len(moov(0)) + 8) + MDAT
    new = write(data, "mp4")
    place = new.index(CHUNKS[0])
    assert number(new, b"saio", 16, struct.calcsize(form)) == place
    assert number(new, b"stco", 8, 4) == place
    assert extra == 20


def test_items_of_a_movies_own_meta_follow() -> None:
    def extra(start: int) -> bytes:
        row = struct.pack(">HHHII", 1, 0, 1, start, len(CHUNKS[0]))
        return full(b"meta", full(b"iloc", struct.pack(">HH", 0x4400, 1), row))

    head = len(movie(first=True, extra=extra(0))) - len(MDAT)
    data = movie(first=True, extra=extra(head + 8))
    new = write(data, "mp4")
    place = number(new, b"iloc", 4 + 4 + 6, 4)
    assert new[place : place + len(CHUNKS[0])] == CHUNKS[0]


def test_media_before_moov_need_no_change() -> None:
    data = movie(first=False)
    table = stco([len(FTYP) + 8 + sum(map(len, CHUNKS[:at])) for at in range(len(CHUNKS))])
    assert table in data
    assert table in write(data, "mp4")


def test_an_offset_that_is_mended_across_two_kinds_of_table() -> None:
    far = 2**33
    data = FTYP + box(b"moov", track(co64([far])), track(stco([5]))) + MDAT
    new = write(data, "mp4")
    assert co64([far + len(new) - len(data)]) in new
    assert stco([5]) in new


@pytest.mark.parametrize(
    "behind",
    [
        full(b"sidx", bytes(10)),
        full(b"sidx", bytes(18), b"\0\7"),
        box(b"mfra", full(b"tfra", struct.pack(">III", 1, 0, 9))),
        box(b"mfra", full(b"tfra", struct.pack(">IIIII", 1, 0, 1, 0, 2**32 - 1), b"\1\1\1")),
        box(b"moof", b"\0\0\0\2oops"),
        full(b"meta", full(b"iloc", b"\x44\0\0\1")),
        full(b"meta", full(b"iloc", struct.pack(">HHHHHII", 0x4400, 1, 1, 0, 1, 2**32 - 1, 0))),
    ],
)
def test_an_index_that_is_wrong_is_refused(behind: bytes) -> None:
    data = movie(first=True) + behind
    assert values(data, "mp4") == []
    with pytest.raises(MarksError) as caught:
        write(data, "mp4")
    assert caught.value.code == "file_malformed"
