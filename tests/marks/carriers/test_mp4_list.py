"""Lists of metadata: keys that go are counted out, and every other value keeps its key."""

import struct

import pytest
from tests.marks.samples.boxes import TEXT, box, full, handler, keyed, movie, read, value, write

from hegui.marks import MarksError
from hegui.marks.carriers import bmff, mp4_list
from hegui.marks.source import Source

LABEL = b'{"Label":"1","ContentProducer":"x"}'


def listed(data: bytes) -> dict[str, tuple[str, ...]]:
    """Keys and values of the one list in ``moov.udta``."""
    source = Source.of(data)
    (moov,) = (one for one in bmff.top_level(source) if one.kind == b"moov")
    udta = bmff.child(source, moov, b"udta")
    assert udta is not None
    meta = bmff.child(source, udta, b"meta")
    assert meta is not None
    return {item.name: item.texts for item in mp4_list.read(source, (moov, udta, meta)).items}


@pytest.mark.parametrize(
    "names",
    [
        (b"AIGC", b"a", b"b"),
        (b"a", b"xAIGC", b"b", b"aigc"),
        (b"xAIGC", b"a", b"AIGC", b"b"),
        (b"xAIGC", b"yAIGC", b"a", b"zAIGC", b"b"),
        (b"a", b"b"),
    ],
)
@pytest.mark.parametrize("form", ["iso", "quicktime"])
def test_each_value_keeps_its_key(names: tuple[bytes, ...], form: str) -> None:
    pairs = [(name, LABEL if b"aigc" in name.lower() else b"of " + name) for name in names]
    data = movie(first=True, udta=keyed(*pairs, form=form))
    new = write(data, "mp4")
    assert listed(new) == {"a": ("of a",), "b": ("of b",), "AIGC": (TEXT,)}
    assert write(new, "mp4") == new


def test_a_list_without_keys_or_without_items_gets_them() -> None:
    for inner in ((), (full(b"keys", bytes(4)),), (box(b"ilst"),), (box(b"ilst"), box(b"free"))):
        data = movie(first=True, udta=full(b"meta", handler(b"mdta"), *inner))
        assert listed(write(data, "mp4")) == {"AIGC": (TEXT,)}


def test_values_of_other_types_and_sizes() -> None:
    keys = full(
        b"keys", struct.pack(">I", 4), *(box(b"mdta", name) for name in (b"a", b"b", b"c", b"AIGC"))
    )
    held = [
        value("宽".encode("utf-16-be"), 2),
        value(b"\xff\xd8", 13),
        value(b"x" * 300_000),
        value(LABEL) + value(b"again"),
    ]
    ilst = box(b"ilst", *(box(struct.pack(">I", at), data) for at, data in enumerate(held, 1)))
    data = movie(first=True, udta=full(b"meta", handler(b"mdta"), keys, ilst))
    assert listed(data) == {"a": ("宽",), "b": (), "c": (), "AIGC": (LABEL.decode(), "again")}
    assert len(read(data, "mp4").places) == 2
    assert listed(write(data, "mp4")) == {"a": ("宽",), "b": (), "c": (), "AIGC": (TEXT,)}


def test_an_item_that_is_no_list_of_boxes_is_kept() -> None:
    keys = full(b"keys", struct.pack(">I", 1), box(b"mdta", b"a"))
    odd = box(b"ilst", box(b"\0\0\0\1", b"\0\0\0\2oops"))
    data = movie(first=True, udta=full(b"meta", handler(b"mdta"), keys, odd))
    new = write(data, "mp4")
    assert b"\0\0\0\2oops" in new
    assert listed(new) == {"a": (), "AIGC": (TEXT,)}


@pytest.mark.parametrize(
    ("meta", "code"),
    [
        (full(b"keys", struct.pack(">I", 5000)), "file_malformed"),
        (full(b"keys", struct.pack(">I", 1), b"\0\0\0\3mdta"), "file_malformed"),
        (full(b"keys", struct.pack(">I", 1), b"\0\0\0\x63mdta"), "file_malformed"),
        (box(b"ilst", box(b"name") * 10_001), "file_too_complex"),
    ],
)
def test_wrong_lists_are_refused(meta: bytes, code: str) -> None:
    source = Source.of(full(b"meta", handler(b"mdta"), meta))
    (one,) = bmff.top_level(source)
    with pytest.raises(MarksError) as caught:
        mp4_list.read(source, (one,))
    assert caught.value.code == code


def test_a_label_in_an_earlier_box_of_items_is_seen_and_replaced() -> None:
    keys = full(b"keys", struct.pack(">I", 2), box(b"mdta", b"AIGC"), box(b"mdta", b"a"))
    first = box(b"ilst", box(b"\0\0\0\1", value(LABEL)))
    last = box(b"ilst", box(b"\0\0\0\2", value(b"of a")))
    data = movie(first=True, udta=full(b"meta", handler(b"mdta"), keys, first, last))
    assert [place.value for place in read(data, "mp4").places] == [LABEL.decode()]
    new = write(data, "mp4")
    assert listed(new) == {"AIGC": (TEXT,), "a": ("of a",)}
    empty = movie(first=True, udta=full(b"meta", handler(b"mdta"), keys, last, box(b"ilst")))
    assert listed(write(empty, "mp4")) == {"a": ("of a",), "AIGC": (TEXT,)}


def test_two_boxes_of_keys_are_refused() -> None:
    keys = full(b"keys", struct.pack(">I", 1), box(b"mdta", b"AIGC"))
    data = movie(first=True, udta=full(b"meta", handler(b"mdta"), keys, keys))
    for act in (read, write):
        with pytest.raises(MarksError) as caught:
            act(data, "mp4")
        assert caught.value.code == "file_too_complex"


def test_a_value_of_the_houses_own_keeps_its_key() -> None:
    pairs = ((b"AIGC-workflow", b'{"title": "x"}'), (b"com.x.AIGC", LABEL), (b"a", b"of a"))
    new = write(movie(first=True, udta=keyed(*pairs)), "mp4")
    assert listed(new) == {"AIGC-workflow": ('{"title": "x"}',), "a": ("of a",), "AIGC": (TEXT,)}
