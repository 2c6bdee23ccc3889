"""Directories of fields: chains, children, and what a damaged header may ask for."""

import struct

import pytest
from tests.marks.samples.pictures import tiff

from hegui.marks import MarksError, ifd
from hegui.marks.source import Source


def tags(data: bytes, wanted: tuple[int, ...] = ()) -> list[list[int]]:
    source = Source.of(data)
    top = ifd.head(source)
    assert top is not None
    return [[field.tag for field in one.fields] for one in ifd.directories(source, top, wanted)]


def refused(data: bytes) -> str:
    with pytest.raises(MarksError) as caught:
        tags(data)
    return caught.value.code


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
def test_a_chain_of_pages_is_followed_in_order(order: str, *, big: bool) -> None:
    data = tiff({0x0131: (2, b"a long enough text")}, order=order, big=big, pages=3)
    assert tags(data) == [[0x0100, 0x0131]] * 3
    assert tags(data, (0x0131,)) == [[0x0131]] * 3
    source = Source.of(data)
    top = ifd.head(source)
    assert top is not None
    first = next(ifd.directories(source, top))
    short, text = first.fields
    assert (short.inside, text.inside) == (True, False)
    assert data[text.start : text.start + text.size] == b"a long enough text"
    assert top.number(data[short.start : short.start + short.size]) == 1
    assert data[text.at : text.at + 2] == struct.pack(order + "H", 0x0131)
    assert len(first.entries) == 2 * top.entry
    assert top.bytes(top.number(data[first.link : first.link + top.width]), 8) == top.bytes(
        first.start, 8
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"II*\0",
        b"MM*\0\0\0\0\x08",
        b"II+\0\x04\0\0\0" + bytes(20),
        b"II+\0\x08\0\1\0" + bytes(9),
    ],
)
def test_other_headers_are_none(data: bytes) -> None:
    assert ifd.head(Source.of(data)) is None


def test_a_directory_named_twice_comes_once() -> None:
    data = tiff(pages=2)
    second = 8 + 2 + 12 + 4
    ring = data[: second + 14] + struct.pack("<I", second) + data[second + 18 :]
    assert len(tags(ring)) == 2


def test_children_come_before_the_next_page() -> None:
    place = 8 + 2 + 12 + 4
    child = struct.pack("<HHHIII", 1, 0x0131, 2, 2, 0, 0)
    data = tiff({0x0100: (3, b"\1\0")})
    page = struct.pack("<HHHII", 1, 0x8769, 4, 1, place + 200) + struct.pack("<I", place + 100)
    data = data[:8] + page
    data = data.ljust(place + 100, b"\0") + struct.pack("<HHHIII", 1, 0x0100, 3, 1, 1, 0)
    data = data.ljust(place + 200, b"\0") + child
    assert tags(data) == [[0x8769], [0x0131], [0x0100]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"II*\0\4\0\0\0" + bytes(8), "file_malformed"),
        (b"II*\0\x08\0\0\0\1\0", "file_malformed"),
        (b"II*\0\x08\0\0\0\xff\xff", "file_malformed"),
        (b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 2**40), "file_malformed"),
        (tiff({0x014A: (4, bytes(4 * 5000))}), "file_malformed"),
    ],
)
def test_what_can_not_be_followed_is_refused(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_too_many_entries_are_refused() -> None:
    page = struct.pack("<H", 65_535) + bytes(12 * 65_535)
    pages = b"".join(page + struct.pack("<I", 8 + (at + 1) * (len(page) + 4)) for at in range(9))
    assert refused(b"II*\0\x08\0\0\0" + pages) == "file_too_complex"
