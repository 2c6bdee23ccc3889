"""Exif texts: every character set, both byte orders, and labels that are overwritten in place."""

import json
import struct

import pytest
from tests.marks.samples.mutations import mutations
from tests.marks.samples.pictures import COMMENT, LABELLED, exif, tiff

from hegui.marks import MarksError
from hegui.marks import exif as marks_exif

TEXT = COMMENT.decode()
WRITTEN = [
    b"ASCII\0\0\0" + COMMENT,
    b"ASCII\0\0\0" + COMMENT + b"\0\0",
    b"UNICODE\0" + TEXT.encode("utf-16-le"),
    b"UNICODE\0" + TEXT.encode("utf-16-be"),
    b"UNICODE\0" + TEXT.encode("utf-16"),
    b"UNICODE\0" + COMMENT,
    bytes(8) + COMMENT,
    b"JIS\0\0\0\0\0" + COMMENT,
    COMMENT,
]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("comment", WRITTEN)
def test_a_comment_is_read_and_overwritten(comment: bytes, order: str) -> None:
    block = exif(comment, order=order)
    found = marks_exif.find(block)
    assert [(place.carrier, place.value, place.findings) for place in found.places] == [
        ("exif", TEXT, ())
    ]
    blank = marks_exif.blank(block)
    assert len(blank) == len(block)
    assert marks_exif.find(blank).places == ()
    assert marks_exif.find(blank).metadata == found.metadata
    assert sum(old != new for old, new in zip(block, blank, strict=True)) <= 2 * len(TEXT)
    assert marks_exif.blank(blank) == blank


def test_the_six_bytes_before_a_block_are_passed_over() -> None:
    block = exif()
    assert marks_exif.find(b"Exif\0\0" + block) == marks_exif.find(block)
    assert marks_exif.blank(b"Exif\0\0" + block) == b"Exif\0\0" + marks_exif.blank(block)


@pytest.mark.parametrize(
    ("charset", "encoding"), [(b"ASCII\0\0\0", "ascii"), (b"UNICODE\0", "utf-16-le")]
)
def test_what_stands_beside_a_label_stays(charset: bytes, encoding: str) -> None:
    text = '{"prompt":"a cat","AIGC":{"Label":"1"},"seed":7}'
    blank = marks_exif.blank(exif(charset + text.encode(encoding)))
    (comment,) = [m for m in marks_exif.find(blank).metadata if m.key == "exif:UserComment"]
    assert json.loads(comment.text) == {"prompt": "a cat", "seed": 7}


@pytest.mark.parametrize(
    ("charset", "encoding"), [(b"ASCII\0\0\0", "utf-8"), (b"UNICODE\0", "utf-16-le")]
)
def test_characters_beyond_ascii_beside_a_label_stay(charset: bytes, encoding: str) -> None:
    text = '{"标题":"' + "画" * 60 + '","AIGC":{"Label":"1"}}'
    blank = marks_exif.blank(exif(charset + text.encode(encoding)))
    (comment,) = [m for m in marks_exif.find(blank).metadata if m.key == "exif:UserComment"]
    assert json.loads(comment.text) == {"标题": "画" * 60}


def test_what_the_encoding_lacks_stays_as_an_escape() -> None:
    text = '{"a":"\\ud83d\\ude00","AIGC":{"Label":"1"}}'
    blank = marks_exif.blank(exif(b"JIS\0\0\0\0\0" + text.encode()))
    (comment,) = [m for m in marks_exif.find(blank).metadata if m.key == "exif:UserComment"]
    assert json.loads(comment.text) == {"a": "😀"}


def test_what_would_not_fit_beside_a_label_is_not_lost() -> None:
    text = '{"a":[' + ",".join(["1e9"] * 60) + '],"AIGC":1}'
    with pytest.raises(MarksError) as caught:
        marks_exif.blank(exif(b"ASCII\0\0\0" + text.encode()))
    assert caught.value.code == "file_malformed"


def test_a_caption_about_aigc_is_kept() -> None:
    block = tiff({0x010E: (2, b"AIGC: this picture was made by a model, see the notes\0")})
    assert marks_exif.find(block).places == ()
    assert marks_exif.blank(block) == block


def test_other_text_fields_are_read_too_and_told_as_unusual() -> None:
    block = tiff({0x010E: (2, COMMENT + b"\0"), 0x9C9C: (1, TEXT.encode("utf-16-le") + b"\0\0")})
    places = marks_exif.find(block).places
    assert [place.value for place in places] == [TEXT, TEXT]
    assert {found.code for place in places for found in place.findings} == {"carrier-unusual"}
    assert marks_exif.find(marks_exif.blank(block)).places == ()


def test_other_texts_are_told() -> None:
    block = tiff({0x0131: (2, b"a program\0"), 0x010F: (2, b"a maker\0"), 0x0110: (2, b"  \0")})
    told = [(meta.key, meta.text) for meta in marks_exif.find(block).metadata]
    assert told == [("exif:Make", "a maker"), ("exif:Software", "a program")]


def test_wide_characters_without_any_zero_are_told_by_the_blocks_order() -> None:
    for order, encoding in (("<", "utf-16-le"), (">", "utf-16-be")):
        block = tiff({0x9286: (7, b"UNICODE\0" + "人工智能生成".encode(encoding))}, order=order)
        assert marks_exif.find(block).metadata[0].text == "人工智能生成"


def test_a_packet_that_came_along_from_a_tiff_is_read_and_emptied() -> None:
    block = tiff({0x02BC: (7, LABELLED)})
    assert [place.carrier for place in marks_exif.find(block).places] == ["xmp"]
    blank = marks_exif.blank(block)
    assert len(blank) == len(block)
    assert marks_exif.find(blank).places == ()
    assert b'dc:format="p"' in blank


def test_a_broken_block_says_what_its_sound_part_says() -> None:
    block = exif()
    cut = block[: block.index(COMMENT) + len(COMMENT)]
    assert [place.value for place in marks_exif.find(cut).places] == [TEXT]
    for data in (b"", b"II", b"nothing", block[:20], b"II*\0\1\0\0\0" + block[8:]):
        assert marks_exif.find(data).places == ()
        assert marks_exif.blank(data) == data


def test_a_label_that_covers_a_directory_is_not_overwritten() -> None:
    text = b'AIGC={"Label":"1"}'.ljust(40)
    entry = struct.pack("<HHII", 0x010E, 2, len(text) + 40, 8)
    block = b"II*\0\x30\0\0\0" + text + struct.pack("<H", 1) + entry + bytes(4) + bytes(40)
    assert len(marks_exif.find(block).places) == 1
    with pytest.raises(MarksError) as caught:
        marks_exif.blank(block)
    assert caught.value.code == "file_malformed"


def test_damaged_blocks_raise_nothing_but_the_one_error() -> None:
    rich = tiff({0x9286: (7, WRITTEN[2]), 0x010E: (2, COMMENT), 0x02BC: (7, LABELLED)}, pages=2)
    for block in (exif(), rich):
        for broken in mutations(block, 2000):
            marks_exif.find(broken)
            try:
                blank = marks_exif.blank(broken)
            except MarksError:
                continue
            assert len(blank) == len(broken)
            assert marks_exif.find(blank).places == ()
