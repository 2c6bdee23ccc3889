"""Marks on single pictures and on the pages of TIFF; metadata comes over byte for byte."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageSequence, JpegImagePlugin, TiffImagePlugin

from hegui.marks import extras
from hegui.marks.errors import malformed, too_complex
from hegui.marks.explicit import graft, image
from hegui.marks.explicit.wish import Wish
from hegui.marks.source import Source

#: For pictures whose own quality can't be read: higher than generators use, so little is lost.
_QUALITY = 92
#: Every way in which Pillow says that a file is not sound.
_FAULTS = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
    EOFError, RuntimeError, struct.error,
)  # fmt: skip


@contextmanager
def opened(source: Source, format: str) -> Iterator[Image.Image]:  # noqa: A002  as in the carriers
    """A picture, its faults told as ours.

    Raises:
        MarksError: ``file_malformed``; ``file_too_complex`` for more pixels than are safe to hold;
            ``extra_missing`` for HEIC without its library.
    """
    if format in {"heic", "heif"}:
        extras.need("pillow_heif", "heic").register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(source.copy(0, source.size))) as opened:
                yield opened
    except Image.DecompressionBombError as error:
        raise too_complex(source.name) from error
    except _FAULTS as error:
        raise malformed(
            format, f"图像解码失败：{error}", f"it can't be decoded: {error}"
        ) from error


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Draws the mark and writes the new picture.

    Args:
        source: the picture.
        format: as ``formats.detect`` names it.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when the picture already shows a mark; then nothing is written.

    Raises:
        MarksError: ``mark_too_large``, ``mark_font``, ``mark_pixels``; as ``opened``.
    """
    with opened(source, format) as picture:
        if format == "tiff":
            return _pages(picture, wish, out)
        if format == "png" and picture.mode == "RGB" and _deep_png(source):
            raise image.unfit("16-bit colour")
        picture.load()
        if not image.draw(picture, wish):
            return False
        made = BytesIO()
        picture.save(made, PILLOW[format], **settings(picture, format, source))
    out.write(GRAFTS.get(format, as_made)(source.copy(0, source.size), made.getvalue()))
    return True


#: What Pillow calls a format.
PILLOW = {
    "jpeg": "JPEG", "png": "PNG", "apng": "PNG", "webp": "WEBP", "bmp": "BMP", "avif": "AVIF",
    "heic": "HEIF", "heif": "HEIF",
}  # fmt: skip
#: How a newly encoded picture gets what else its old file held.
GRAFTS = {"jpeg": graft.jpeg, "png": graft.png, "apng": graft.png, "webp": graft.webp}


def as_made(_old: bytes, new: bytes) -> bytes:
    """For formats whose encoder carries all that it can."""
    return new


def settings(picture: Image.Image, format: str, source: Source) -> dict[str, object]:  # noqa: A002
    """How the picture was encoded, as far as it can be told, for encoding it again."""
    if format == "jpeg" and isinstance(picture, JpegImagePlugin.JpegImageFile):
        # -1 stands for rare patterns that can't be asked for; full resolution loses nothing.
        sampling = max(JpegImagePlugin.get_sampling(picture), 0)
        return {
            "qtables": picture.quantization,
            "subsampling": sampling,
            "progressive": bool(picture.info.get("progressive")),
            "optimize": True,
            "keep_rgb": picture.mode == "RGB" and picture.info.get("adobe_transform") == 0,
        }
    carried = {
        name: picture.info[name]
        for name in ("exif", "xmp", "icc_profile")
        if picture.info.get(name)
    }
    if format == "webp":
        lossless = graft.webp_lossless(source.copy(0, source.size))
        return {"lossless": lossless, "quality": _QUALITY, "method": 4, "exact": True, **carried}
    if format in {"heic", "heif"}:
        # A slower preset makes a twelfth less of the file, and takes half a minute for a photo.
        return {"quality": _QUALITY, "enc_params": {"preset": "veryfast"}, **carried}
    if format == "avif":
        return {"quality": _QUALITY, **carried}
    return {}


def _deep_png(source: Source) -> bool:
    return source.upto(24, 1) == b"\x10"


def _pages(picture: Image.Image, wish: Wish, out: BinaryIO) -> bool:
    """Marks every page of a TIFF; its tags and its way of compression stay."""
    pages, drawn = [], False
    made = BytesIO()
    for page in ImageSequence.Iterator(picture):
        tags = page.tag_v2 if isinstance(page, TiffImagePlugin.TiffImageFile) else {}
        if max(tags.get(258, (1,))) > 8 and len(tags.get(258, (1,))) > 1:
            raise image.unfit("16-bit colour")
        page.load()
        one = page.copy()
        drawn |= image.draw(one, wish)
        one.encoderinfo = {"compression": page.info.get("compression"), "tiffinfo": _tags(page)}
        pages.append(one)
    if drawn:
        pages[0].save(made, "TIFF", save_all=True, append_images=pages[1:])
        picture.seek(0)
        out.write(_further(picture, made.getvalue()))
    return drawn


def _tags(page: Image.Image) -> TiffImagePlugin.ImageFileDirectory_v2:
    """A page's tags with their types, but for its layout and for places of further tags."""
    made = TiffImagePlugin.ImageFileDirectory_v2()
    if isinstance(page, TiffImagePlugin.TiffImageFile):
        for tag in page.tag_v2.keys() - _LAYOUT - _DIRECTORIES:
            made[tag] = page.tag_v2[tag]
            made.tagtype[tag] = page.tag_v2.tagtype[tag]
    return made


def _further(page: Image.Image, new: bytes) -> bytes:
    """The first page's Exif and GPS tags put into the new file; compressing encoders can't."""
    for place in sorted(_DIRECTORIES):
        tags = page.getexif().get_ifd(place)
        if not tags:
            continue
        new += b"\0" * (len(new) % 2)
        made = TiffImagePlugin.ImageFileDirectory_v2(ifh=new[:8])
        for tag, value in tags.items():
            made[tag] = value
        new = graft.tiff_tag(new, place, made.tobytes(len(new)))
    return new


#: Tags whose value is a place of further tags: Exif, GPS.
_DIRECTORIES = {34665, 34853}
#: Tags of TIFF that say how pixels are laid out; the encoder sets them.
_LAYOUT = {
    256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 320, 322, 323, 324, 325, 330,
    338, 339, 347, 512, 513, 514, 529, 530, 531, 532,
}  # fmt: skip
