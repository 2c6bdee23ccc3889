"""WebP: the extended header where there is none, flags, sizes and padding."""

import struct

import pytest
from PIL import Image
from tests.marks.carriers.image_tools import FIRST, HARD, read, text, values, write
from tests.marks.samples.images import decoded, gradient, saved

from hegui.marks import MarksError, xmp
from hegui.marks.plan import Wanted

LOSSY = saved(gradient(), "WEBP")
LOSSLESS = saved(gradient("RGBA"), "WEBP", lossless=True)


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def riff(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def transparent() -> Image.Image:
    image = gradient("RGBA")
    image.putalpha(128)
    return image


@pytest.mark.parametrize("size", [(1, 1), (40, 30), (16383, 2), (3, 777)])
@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("alpha", [False, True])
def test_a_simple_file_gets_a_header_that_fits(
    size: tuple[int, int], lossless: bool, alpha: bool
) -> None:
    image = transparent().resize(size) if alpha else gradient(size=size)
    data = saved(image, "WEBP", lossless=lossless)
    new = write(data)
    assert new[12:16] == b"VP8X"
    canvas = [int.from_bytes(new[at : at + 3], "little") + 1 for at in (24, 27)]
    assert canvas == list(size)
    assert new[20] == 0x04 | (0x10 if alpha else 0)
    assert len(new) == 8 + int.from_bytes(new[4:8], "little")
    assert decoded(new) == decoded(data)


def test_the_header_that_is_there_gets_the_flag_only() -> None:
    exif = Image.Exif()
    exif[0x131] = "GIMP"
    data = saved(gradient(), "WEBP", exif=exif)
    assert data[12:16] == b"VP8X"
    new = write(data)
    assert new[20] == data[20] | 4
    assert new[21 : len(data)] == data[21:]
    assert [meta.key for meta in read(new).metadata] == ["exif:Software", "xmp"]


def test_exif_and_a_second_packet_lose_their_labels() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0AIGC" + HARD.to_json()
    data = saved(gradient(), "WEBP", exif=exif, xmp=xmp.fresh(Wanted(HARD)))
    second = chunk(b"XMP ", xmp.fresh(Wanted(HARD)))
    body = data[12:] + second
    data = riff(body)
    assert [place.carrier for place in read(data).places] == ["exif", "xmp", "xmp"]
    new = write(data)
    assert values(new) == [text()]
    assert write(new) == new


def test_manifests_become_metadata() -> None:
    data = riff(LOSSY[12:], chunk(b"C2PA", b"jumb"))
    assert [(meta.key, meta.text) for meta in read(data).metadata] == [("c2pa", "jumb")]


def test_what_follows_the_form_stays() -> None:
    new = write(LOSSY + b"more")
    assert new.endswith(b"more")
    assert values(new) == [text()]


def test_forgotten_padding_is_made_good_before_a_new_chunk() -> None:
    odd = riff(LOSSY[12:]) + b"abcd" + struct.pack("<I", 3) + b"xyz"
    odd = odd[:4] + struct.pack("<I", len(odd) - 8) + odd[8:]
    new = write(odd)
    assert b"xyz\0XMP " in new
    assert values(new) == [text()]
    assert decoded(new) == decoded(LOSSY)


@pytest.mark.parametrize(
    "data",
    [
        LOSSY[:12],
        LOSSY[:-20],
        riff(chunk(b"ALPH", b"x" * 20)),
        riff(chunk(b"VP8 ", b"\1" * 20)),
        riff(chunk(b"VP8L", b"\x2f")),
        riff(chunk(b"VP8 ", b"\0\0\0\x9d\x01\x2a\0\0\0\0")),
    ],
)
def test_what_tells_no_size_is_refused(data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        write(data, FIRST)
    assert caught.value.code == "file_malformed"


def test_too_many_packets_are_refused() -> None:
    with pytest.raises(MarksError) as caught:
        read(riff(LOSSY[12:], *[chunk(b"XMP ", b"")] * 9))
    assert caught.value.code == "file_too_complex"
