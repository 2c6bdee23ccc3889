"""Tables of items: what is packed is read again, by hand-made bytes and by libheif's own."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.marks.samples.boxes import box, full
from tests.marks.samples.pictures import infe

from hegui.marks import MarksError
from hegui.marks.carriers import bmff, bmff_items
from hegui.marks.carriers.bmff import Box
from hegui.marks.carriers.bmff_items import Location, Locations
from hegui.marks.source import Source

WIDTHS = st.sampled_from([0, 4, 8])


def only(data: bytes) -> tuple[Source, Box]:
    source = Source.of(data)
    (one,) = bmff.top_level(source)
    return source, one


@st.composite
def tables(draw: st.DrawFn) -> Locations:
    version = draw(st.integers(0, 2))
    offset, length, base = draw(st.sampled_from([4, 8])), draw(WIDTHS), draw(WIDTHS)
    index = draw(WIDTHS) if version else 0

    def number(width: int) -> int:
        return draw(st.integers(0, 256**width - 1))

    items = tuple(
        Location(
            number(2),
            draw(st.integers(0, 2)) if version else 0,
            number(2),
            number(base),
            tuple(
                (number(index), number(offset), number(length))
                for _ in range(draw(st.integers(0, 3)))
            ),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    return Locations(Box(b"iloc", 0, 8, 8), version, (offset, length, base, index), items)


@given(tables())
def test_what_is_packed_is_read_again(table: Locations) -> None:
    data = table.packed()
    source, iloc = only(box(b"iloc", data))
    read = bmff_items.locations(source, iloc)
    assert (read.version, read.sizes, read.items) == (table.version, table.sizes, table.items)
    assert read.packed() == data


def test_items_of_each_version_are_read() -> None:
    old = full(b"infe", struct.pack(">HH", 1, 0), b"a name\0", b"application/rdf+xml\0", b"gzip\0")
    wide = full(b"infe", struct.pack(">IH", 70_000, 1), b"Exif", b"\0", version=3)
    source, iinf = only(full(b"iinf", b"\0\3", old, infe(2, b"hvc1"), wide, box(b"free")))
    first, second, third = bmff_items.items(source, iinf)
    assert (first.id, first.kind, first.media_type, first.encoding) == (
        1, b"mime", "application/rdf+xml", "gzip",
    )  # fmt: skip
    assert (second.id, second.kind, second.closed) == (2, b"hvc1", False)
    assert (third.id, third.kind, third.closed) == (70_000, b"Exif", True)


@pytest.mark.parametrize(("version", "form"), [(0, "H"), (1, "I")])
def test_numbers_have_two_widths(version: int, form: str) -> None:
    source, pitm = only(full(b"pitm", struct.pack(">" + form, 9), version=version))
    assert bmff_items.primary(source, pitm) == 9
    tells = struct.pack(f">{form}H2{form}", 3, 2, 9, 8)
    held = (box(b"thmb", tells), box(b"cdsc", tells))
    source, iref = only(full(b"iref", *held, version=version))
    assert list(bmff_items.described(source, iref)) == [(3, (9, 8))]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (struct.pack(">HHHHH", 0x4400, 1, 1, 0, 1), "file_malformed"),
        (struct.pack(">HHHHH", 0x5400, 1, 1, 0, 0), "file_malformed"),
        (struct.pack(">HHHHH", 0x0000, 1, 1, 0, 65_535), "file_malformed"),
        (struct.pack(">HHHHH", 0x4400, 1, 1, 0, 60_000) + bytes(480_000), "file_too_complex"),
        (struct.pack(">HH", 0x4400, 60_000) + bytes(360_000), "file_too_complex"),
    ],
)
def test_wrong_and_endless_tables_are_refused(row: bytes, code: str) -> None:
    source, iloc = only(full(b"iloc", row))
    with pytest.raises(MarksError) as caught:
        bmff_items.locations(source, iloc)
    assert caught.value.code == code


def test_too_many_items_are_refused() -> None:
    source, iinf = only(full(b"iinf", b"\xff\xff", infe(1, b"hvc1") * 20_001))
    with pytest.raises(MarksError) as caught:
        list(bmff_items.items(source, iinf))
    assert caught.value.code == "file_too_complex"


def test_a_number_that_no_longer_fits_is_refused() -> None:
    table = Locations(
        Box(b"iloc", 0, 8, 8), 0, (4, 4, 0, 0), (Location(1, 0, 0, 0, ((0, 2**32, 1),)),)
    )
    with pytest.raises(MarksError) as caught:
        table.packed()
    assert caught.value.code == "file_malformed"
