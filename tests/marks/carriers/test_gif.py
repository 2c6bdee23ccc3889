"""GIF: the extension with its trailer, where it goes, and what walks past it."""

import struct

import pytest
from tests.marks.carriers.image_tools import FIRST, HARD, read, text, values, write
from tests.marks.samples.images import animation, decoded, gradient, saved

from hegui.marks import MarksError, xmp
from hegui.marks.carriers import gif
from hegui.marks.plan import Wanted
from hegui.marks.source import Source

STILL, MOVING = saved(gradient(), "GIF"), animation("GIF")
TRAILER = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
PACKET = xmp.fresh(Wanted(FIRST))
BLOCK = b"\x21\xff\x0bXMP DataXMP" + PACKET + TRAILER
TABLE = 13 + 3 * 2 ** ((STILL[10] & 7) + 1)


def sub_blocks(data: bytes) -> bytes:
    pieces = [data[at : at + 255] for at in range(0, len(data), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


def inserted(block: bytes, data: bytes = STILL) -> bytes:
    return data[:TABLE] + block + data[TABLE:]


def test_the_extension_stands_before_the_first_image() -> None:
    new = write(STILL)
    assert new == b"GIF89a" + inserted(BLOCK)[6:]


def test_an_animation_keeps_its_loop_first() -> None:
    new = write(MOVING)
    assert new.replace(BLOCK, b"") == MOVING
    assert new.index(b"NETSCAPE") < new.index(BLOCK) < new.index(b"\x21\xf9")
    assert decoded(new) == decoded(MOVING)


def test_an_old_version_becomes_the_one_that_has_extensions() -> None:
    new = write(b"GIF87a" + STILL[6:])
    assert new.startswith(b"GIF89a")
    assert decoded(new) == decoded(STILL)


@pytest.mark.parametrize(
    "body",
    [
        xmp.fresh(Wanted(HARD)) + TRAILER,
        sub_blocks(xmp.fresh(Wanted(HARD))),
        b"\xef\xbb\xbf" + xmp.fresh(Wanted(HARD)) + TRAILER,
    ],
)
def test_a_packet_is_read_with_its_trailer_or_in_sub_blocks(body: bytes) -> None:
    block = b"\x21\xff\x0bXMP DataXMP" + body
    data = inserted(block)
    found = values(data)
    assert found == [text(HARD)]
    new = write(data)
    assert values(new) == [text()]
    assert write(new) == new
    assert decoded(new) == decoded(data)


def test_a_packet_behind_the_image_is_found_and_edited_there() -> None:
    data = STILL[:-1] + b"\x21\xff\x0bXMP DataXMP" + xmp.fresh(Wanted(HARD)) + TRAILER + b";"
    new = write(data)
    assert new == b"GIF89a" + STILL[6:-1] + BLOCK + b";"


def test_a_comment_that_is_a_label_goes_and_what_else_it_holds_stays() -> None:
    label = HARD.to_json()
    data = inserted(
        b"\x21\xfe" + sub_blocks(b"by hand") + b"\x21\xfe" + sub_blocks(b"AIGC=" + label)
    )
    assert [place.carrier for place in read(data).places] == ["comment"]
    assert [meta.text for meta in read(data).metadata] == ["by hand"]
    new = write(data)
    assert values(new) == [text()]
    assert b"by hand" in new
    mixed = inserted(b"\x21\xfe" + sub_blocks(b'{"a": 1, "AIGC": ' + label + b"}"))
    assert b"\x21\xfe" + sub_blocks(b'{"a": 1}') in write(mixed)


def test_manifests_become_metadata() -> None:
    data = inserted(b"\x21\xff\x0bC2PA_GIF\1\0\0" + sub_blocks(b"jumb"))
    (meta,) = read(data).metadata
    assert meta.key == "c2pa"
    assert "jumb" in meta.text


def test_what_follows_the_trailer_stays_and_a_missing_one_is_borne() -> None:
    assert write(STILL + b"more").endswith(b";more")
    assert values(write(STILL[:-1])) == [text()]


def test_a_packet_of_wide_characters_is_refused() -> None:
    wide = xmp.fresh(Wanted(HARD)).decode().encode("utf-16-le")
    data = inserted(b"\x21\xff\x0bXMP DataXMP" + sub_blocks(wide))
    assert values(data) == [text(HARD)]
    with pytest.raises(MarksError) as caught:
        write(data)
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize(
    "data",
    [
        STILL[:10],
        STILL[:-3],
        STILL[:TABLE] + b"\x99",
        STILL[:TABLE] + b";",
        STILL[:TABLE] + b"\x2c",
    ],
)
def test_what_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        read(data)
    assert caught.value.code == "file_malformed"


@pytest.mark.parametrize(
    "blocks",
    [
        b"\x21\xf9\0" * 110_000,
        b"\x21\x01" + b"\1a" * 2_100_000 + b"\0",
        b"\x21\xfe\0" * 300,
        b"\x21\xff\x0bXMP DataXMP<".replace(b"<", b"\0") * 9,
    ],
)
def test_more_blocks_than_any_animation_has_are_refused(blocks: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        read(inserted(blocks))
    assert caught.value.code == "file_too_complex"


def test_sub_blocks_are_followed_over_the_edge_of_a_window() -> None:
    long = b"\x21\xfe" + sub_blocks(bytes(range(1, 256)) * 9000)
    data = inserted(long)
    stops = [block.stop for block in gif.blocks(Source.of(data))]
    assert stops[0] == TABLE + len(long)
    assert struct.unpack("<H", data[6:8])[0] == 40
    assert values(write(data)) == [text()]
