"""Single pictures: what is drawn, what stays, and that drawing twice draws once."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin
from tests.marks.explicit.pictures import encoded, ground, measured, opened

from hegui.marks import MarksError
from hegui.marks.explicit import graft, image, plate, stills
from hegui.marks.explicit.wish import Wish
from hegui.marks.source import Source

PILLOW = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "tiff": "TIFF", "bmp": "BMP"}


def drawn(data: bytes, name: str, wish: Wish | None = None) -> bytes:
    out = BytesIO()
    assert stills.draw(Source.of(data), name, wish or Wish(), out)
    again = BytesIO()
    assert not stills.draw(Source.of(out.getvalue()), name, wish or Wish(), again)
    assert not again.getvalue()
    return out.getvalue()


def converted(mode: str) -> Image.Image:
    picture = ground("busy", 400, 300)
    if mode == "LAB":
        profiles = (ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"))
        made = ImageCms.profileToProfile(picture, *profiles, outputMode="LAB")
        assert made is not None
        return made
    if mode == "I;16":
        wide = np.asarray(picture.convert("L")).astype(np.uint16) * 257
        return Image.fromarray(wide)
    if mode == "RGBA":
        picture.putalpha(Image.linear_gradient("L").resize(picture.size))
        return picture
    return picture.convert(mode)


@pytest.mark.parametrize(
    ("name", "mode", "settings"),
    [
        ("jpeg", "RGB", {"quality": 75}),
        ("jpeg", "RGB", {"quality": 95, "subsampling": 0, "progressive": True}),
        ("jpeg", "RGB", {"keep_rgb": True}),
        ("jpeg", "L", {}),
        ("jpeg", "CMYK", {}),
        ("png", "RGB", {}),
        ("png", "RGBA", {}),
        ("png", "L", {}),
        ("png", "LA", {}),
        ("png", "P", {}),
        ("png", "1", {}),
        ("png", "I;16", {}),
        ("webp", "RGB", {"quality": 80}),
        ("webp", "RGBA", {"lossless": True}),
        ("tiff", "RGB", {"compression": "tiff_lzw"}),
        ("tiff", "CMYK", {}),
        ("tiff", "LAB", {}),
        ("tiff", "P", {}),
        ("tiff", "1", {"compression": "group4"}),
        ("bmp", "RGB", {}),
        ("bmp", "P", {}),
    ],
)
def test_every_mode(name: str, mode: str, settings: dict[str, Any]) -> None:
    before = encoded(converted(mode), PILLOW[name], **settings)
    after = opened(drawn(before, name))
    assert (after.mode, after.size) == (opened(before).mode, (400, 300))
    assert image.seen(after, Wish()) is not None
    if name != "jpeg" and not (name == "webp" and mode == "RGB"):
        box = plate.fit(400, 300, "AI生成", "bottom-right", 0.05).box
        old, new = np.array(opened(before)), np.array(after)
        new[box] = old[box]
        assert (old == new).all()


@pytest.mark.parametrize("turn", range(1, 9))
def test_the_mark_is_upright_as_the_picture_is_shown(turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    data = encoded(ground("white", 300, 200), "JPEG", quality=95, exif=exif)
    after = opened(drawn(data, "jpeg"))
    shown = Image.fromarray(image.upright(np.asarray(after), image.turned(after)))
    blank = Image.new("RGB", shown.size, "white")
    found = measured(blank, shown)
    assert found.lowest >= 0.05
    assert found.to_end < 0.08
    bottom_right = shown.crop((shown.width // 2, shown.height // 2, *shown.size))
    assert np.asarray(bottom_right).min() < 100


def test_a_transparent_ground_shows_the_plate() -> None:
    picture = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    after = opened(drawn(encoded(picture, "PNG"), "png"))
    for colour in ("white", "black", "orange"):
        page = Image.new("RGBA", (300, 300), colour)
        shown = Image.alpha_composite(page, after)
        light = np.asarray(shown.convert("L"), dtype=float)
        box = plate.fit(300, 300, "AI生成", "bottom-right", 0.05)
        inside = light[box.box]
        assert inside[box.ink > 0.95].min() > 240
        assert inside[(box.ink == 0) & (box.cover > 0.7)].max() < 100


def test_jpeg_keeps_its_tables_and_all_other_segments() -> None:
    exif = Image.Exif()
    exif[0x010E] = "about"
    data = encoded(
        ground("busy", 320, 240), "JPEG", quality=63, subsampling=1, exif=exif,
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        comment=b"hello", xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
    )  # fmt: skip
    after = drawn(data + b"trailer", "jpeg")
    old, new = opened(data), opened(after)
    assert new.quantization == old.quantization  # type: ignore[attr-defined]
    assert new.layer == old.layer  # type: ignore[attr-defined]
    for name in ("exif", "icc_profile", "comment", "xmp"):
        assert new.info[name] == old.info[name]
    assert after.endswith(b"trailer")


def test_further_pictures_in_a_jpeg_go() -> None:
    plain = encoded(ground("busy", 320, 240), "JPEG")
    listed = plain[:2] + b"\xff\xe2\x00\x08MPF\0\0\0" + plain[2:] + plain
    after = drawn(listed, "jpeg")
    assert b"MPF\0" not in after
    assert after.count(b"\xff\xd8\xff") == 1


def test_png_keeps_every_other_chunk_in_its_place() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "name")
    info.add_itxt("XML:com.adobe.xmp", "<x/>", "", "")
    info.add(b"caBX", b"manifest")
    info.add(b"teSt", b"after", after_idat=True)
    data = encoded(ground("busy", 320, 240).convert("P"), "PNG", pnginfo=info, dpi=(72, 72))
    after = drawn(data + b"tail", "png")
    kinds = (b"caBX", b"tEXt", b"iTXt", b"pHYs", b"PLTE", b"IDAT", b"teSt")
    order = sorted(kinds, key=data.index)
    assert sorted(kinds, key=after.index) == order
    assert after.endswith(b"tail")
    assert opened(after).info["Title"] == "name"


def test_webp_keeps_its_metadata_and_unknown_chunks() -> None:
    data = encoded(
        ground("busy", 320, 240), "WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0", xmp=b"<x/>"
    )
    size = int.from_bytes(data[4:8], "little") + 12
    data = b"RIFF" + size.to_bytes(4, "little") + data[8:] + b"TEST\x03\0\0\0abc\0"
    after = drawn(data, "webp")
    assert opened(after).info["xmp"] == b"<x/>"
    assert after.endswith(b"TEST\x03\0\0\0abc\0")
    assert int.from_bytes(after[4:8], "little") == len(after) - 8


def test_every_page_of_a_tiff() -> None:
    pages = [ground(kind, 300, 200) for kind in ("white", "noise")] + [converted("1")]
    data = encoded(
        pages[0],
        "TIFF",
        save_all=True,
        append_images=pages[1:],
        compression="tiff_lzw",
        tiffinfo={270: "about", 305: "maker"},
    )
    after = Image.open(BytesIO(drawn(data, "tiff")))
    assert after.n_frames == 3  # type: ignore[attr-defined]
    for number in range(3):
        after.seek(number)
        assert image.seen(after, Wish()) is not None
        assert after.info["compression"] == "tiff_lzw"
        assert after.tag_v2[270] == "about"  # type: ignore[attr-defined]


@pytest.mark.parametrize("compression", ["raw", "tiff_adobe_deflate"])
def test_exif_and_gps_of_a_tiff_stay(compression: str) -> None:
    data = encoded(ground("busy", 300, 200), "TIFF", compression=compression)
    for place, tag, value in ((0x8769, 0x9286, b"ASCII\0\0\0hello"), (0x8825, 1, "N")):
        data += b"\0" * (len(data) % 2)
        further = TiffImagePlugin.ImageFileDirectory_v2(ifh=data[:8])
        further[tag] = value
        data = graft.tiff_tag(data, place, further.tobytes(len(data)))
    after = opened(drawn(data, "tiff"))
    assert after.getexif().get_ifd(0x8769)[0x9286] == b"ASCII\0\0\0hello"
    assert after.getexif().get_ifd(0x8825)[1] == "N"
    assert after.info["compression"] == compression


def test_sixteen_bits_of_colour_are_not_thrown_away() -> None:
    data = bytearray(encoded(ground("busy", 64, 64), "PNG"))
    data[24] = 16
    with pytest.raises(MarksError) as caught:
        stills.draw(Source.of(bytes(data)), "png", Wish(), BytesIO())
    assert caught.value.code in {"mark_pixels", "file_malformed"}


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "tiff", "bmp"])
def test_a_broken_picture_is_told(name: str) -> None:
    data = encoded(ground("noise", 200, 200), PILLOW[name])
    with pytest.raises(MarksError) as caught:
        stills.draw(Source.of(data[: len(data) // 3]), name, Wish(), BytesIO())
    assert caught.value.code == "file_malformed"
