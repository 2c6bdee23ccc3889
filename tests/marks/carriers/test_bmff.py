"""Boxes, and changes within them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.marks.samples.boxes import box, full, handler, wide

from hegui.marks import MarksError
from hegui.marks.carriers import bmff
from hegui.marks.carriers.bmff_edit import Edits
from hegui.marks.plan import render
from hegui.marks.source import Source


def test_each_form_of_a_box_is_understood() -> None:
    uuid = bytes(range(16))
    data = box(b"free", b"abc") + wide(b"mdat", b"12345") + box(b"uuid", uuid, b"x")
    data += bytes(4) + b"last" + b"to the end"
    short, long, named, last = bmff.top_level(Source.of(data))
    assert (short.kind, data[short.body : short.stop]) == (b"free", b"abc")
    assert (long.wide, data[long.body : long.stop]) == (True, b"12345")
    assert (named.uuid, data[named.body : named.stop]) == (uuid, b"x")
    assert (last.open, data[last.body : last.stop]) == (True, b"to the end")


@pytest.mark.parametrize(
    "tail",
    [b"", b"\0\0\0", bytes(50), b"\0\0\0\3junk", b"\0\0\1\0mdat", b"\0\0\0\1mdat" + b"\xff" * 8],
)
def test_what_follows_the_last_sound_box_is_none(tail: bytes) -> None:
    data = box(b"moov") + tail
    assert [one.kind for one in bmff.top_level(Source.of(data))] == [b"moov"]


@pytest.mark.parametrize(
    "inner",
    [b"\0\0\0\7free", b"\0\0\0\x09free", b"\0\0\0\0free", b"\0\0\0\1free", b"\0\0\0\1freelong"],
)
def test_within_a_container_every_box_must_be_sound(inner: bytes) -> None:
    source = Source.of(box(b"moov", inner))
    (moov,) = bmff.top_level(source)
    with pytest.raises(MarksError) as caught:
        list(bmff.children(source, moov))
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize("padding", [b"", bytes(4), bytes(20)])
def test_padding_ends_a_container(padding: bytes) -> None:
    source = Source.of(box(b"udta", box(b"free"), padding))
    (udta,) = bmff.top_level(source)
    assert [one.kind for one in bmff.children(source, udta)] == [b"free"]
    assert bmff.end(source, udta.body, udta.stop) == 16


@pytest.mark.parametrize("data", [full(b"meta", handler(b"mdta")), box(b"meta", handler(b"mdta"))])
def test_a_meta_box_has_two_forms(data: bytes) -> None:
    source = Source.of(data)
    (meta,) = bmff.top_level(source)
    assert [one.kind for one in bmff.children(source, meta)] == [b"hdlr"]
    assert bmff.child(source, meta, b"ilst") is None


def test_too_many_boxes_and_too_large_ones_are_refused() -> None:
    with pytest.raises(MarksError) as caught:
        bmff.top_level(Source.of(box(b"free") * 200_001))
    assert caught.value.code == "file_too_complex"
    source = Source.of(box(b"free", bytes(100)))
    (one,) = bmff.top_level(source)
    with pytest.raises(MarksError) as caught:
        bmff.content(source, one, 99)
    assert caught.value.code == "file_malformed"


def test_sizes_follow_and_the_deeper_of_two_at_one_place_comes_first() -> None:
    data = box(b"moov", box(b"udta", box(b"free"))) + wide(b"mdat")
    source = Source.of(data)
    moov, mdat = bmff.top_level(source)
    (udta,) = bmff.children(source, moov)
    edits = Edits()
    edits.put((moov,), moov.stop, moov.stop, box(b"outr"))
    edits.put((moov, udta), udta.stop, udta.stop, box(b"innr"))
    edits.put((mdat,), mdat.stop, mdat.stop, b"12")
    assert edits.growth(moov) == 16
    new = render(source, edits.plan(source.size))
    inner = box(b"udta", box(b"free"), box(b"innr"))
    assert new == box(b"moov", inner, box(b"outr")) + wide(b"mdat", b"12")


def test_a_size_that_no_longer_fits_is_refused() -> None:
    huge = bmff.Box(b"mdat", 0, 8, 2**32 - 1)
    edits = Edits()
    edits.put((huge,), 8, 8, b"x")
    with pytest.raises(MarksError):
        edits.plan(2**32)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.binary(max_size=9)), max_size=6)
)
def test_where_a_byte_comes_to_stand_is_where_it_is_found(
    ranges: list[tuple[int, int, bytes]],
) -> None:
    data = bytes(range(60))
    edits, at = Edits(), 0
    taken: set[int] = set()
    for gap, size, new in ranges:
        start = min(at + gap, 60)
        stop = min(start + size, 60)
        # What comes in is told apart from all that was there.
        edits.put((), start, stop, bytes(200 + byte % 50 for byte in new))
        taken.update(range(start, stop))
        at = stop + 1
        if at > 60:
            break
    new = render(Source.of(data), edits.plan(60))
    for offset in range(60):
        if offset not in taken:
            assert new[edits.moved(offset)] == offset


def test_a_byte_within_what_is_replaced_stands_nowhere() -> None:
    edits = Edits()
    edits.put((), 10, 20, b"short")
    assert (edits.moved(9), edits.moved(10), edits.moved(20)) == (9, 10, 15)
    assert edits.shifts() == (10, 20, -5)
    with pytest.raises(MarksError) as caught:
        edits.moved(15)
    assert caught.value.code == "file_malformed"


def test_what_keeps_its_length_moves_nothing_and_may_be_filled_later() -> None:
    edits = Edits()
    number = edits.put((), 4, 8, bytes(4))
    assert edits.shifts() is None
    edits.fill(number, b"abcd")
    assert render(Source.of(bytes(10)), edits.plan(10)) == b"\0\0\0\0abcd\0\0"


def test_ranges_that_overlap_are_refused() -> None:
    edits = Edits()
    edits.put((), 4, 8, b"")
    edits.put((), 6, 9, b"")
    with pytest.raises(MarksError):
        edits.plan(10)
