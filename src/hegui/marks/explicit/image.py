"""Drawing a mark on one picture in memory, in the colours of its own mode."""

from itertools import product

import numpy as np
from PIL import Image

from hegui.marks.errors import MarksError
from hegui.marks.explicit import find, palette
from hegui.marks.explicit.find import Found
from hegui.marks.explicit.pixels import Kind, Pixels, blend, blend_transparent
from hegui.marks.explicit.plate import Grey, Plate, fit
from hegui.marks.explicit.standard import standard
from hegui.marks.explicit.wish import PICTURE_TEXT, Corner, Wish

_LIGHT: Kind = "light"
#: What the channels of a mode hold.
_CHANNELS: dict[str, tuple[Kind, ...]] = {
    "L": (_LIGHT,),
    "I;16": (_LIGHT,),
    "I;16B": (_LIGHT,),
    "RGB": (_LIGHT, _LIGHT, _LIGHT),
    "YCbCr": (_LIGHT, "colour", "colour"),
    "LAB": (_LIGHT, "colour", "colour"),
    "CMYK": ("ink", "ink", "ink", "black-ink"),
}
_TRANSPARENT = {"LA", "RGBA"}
_FEW_COLOURS = {"1", "P"}
_CORNERS: tuple[Corner, ...] = ("bottom-right", "bottom-left", "top-right", "top-left")
_ORIENTATION = 0x0112


def draw(image: Image.Image, wish: Wish) -> bool:
    """Draws the mark into a picture, in place, upright as the picture is shown.

    Args:
        image: with its pixels loaded; Exif says how it is turned when it is shown.
        wish: the mark.

    Returns:
        False when a mark stands there already; then nothing is drawn.

    Raises:
        MarksError: ``mark_too_large``; ``mark_font``; ``mark_pixels`` for pixels of a kind that
            can't be drawn on.
    """
    if seen(image, wish) is not None:
        return False
    turn = turned(image)
    width, height = shown(image.size, turn)
    ratio = standard().image_height.value
    text = wish.words(PICTURE_TEXT)
    plate = fit(width, height, text, wish.corner, ratio, opaque=image.mode in _FEW_COLOURS)
    box = stored(image.size, turn, plate)
    part = image.crop(box)
    if image.mode == "P":
        palette.draw(image, box, lambda array: upright(array, turn), plate)
        return True
    image.paste(_drawn(part, turn, plate), box)
    return True


def _drawn(part: Image.Image, turn: int, plate: Plate) -> Image.Image:
    mode = part.mode
    if mode == "1":
        part = part.convert("L")
    array = np.array(part)
    pixels = upright(array, turn)
    if part.mode in _TRANSPARENT:
        blend_transparent(pixels[:, :, :-1], pixels[:, :, -1], plate, 255)
    elif part.mode in _CHANNELS:
        high = 65535 if part.mode.startswith("I;16") else 255
        for number, kind in enumerate(_CHANNELS[part.mode]):
            channel = pixels if pixels.ndim == 2 else pixels[:, :, number]
            blend(channel, plate, kind, 0, high)
    else:
        raise unfit(part.mode)
    made = Image.frombytes(part.mode, part.size, array.tobytes())
    return made.convert("1", dither=Image.Dither.NONE) if mode == "1" else made


def unfit(kind: str) -> MarksError:
    """The error for pixels that can't be drawn on without loss.

    Args:
        kind: the pixels' kind, such as ``F`` or ``16-bit colour``.
    """
    return MarksError(
        "mark_pixels",
        zh=f"这种像素格式（{kind}）不能无损地画上标识；文件未改动。请先转换为 8 位彩色图片。",
        en=f"Pixels of this kind ({kind}) can't take a mark without loss; the file was left as it "
        "is. Convert it to 8-bit colour first.",
    )


def seen(image: Image.Image, wish: Wish) -> Found | None:
    """The mark that was drawn here already, if the picture shows one."""
    turn = turned(image)
    width, height = shown(image.size, turn)
    texts = dict.fromkeys((wish.words(PICTURE_TEXT), PICTURE_TEXT))
    for text, corner in product(texts, _CORNERS):
        try:
            plate = fit(width, height, text, corner, standard().image_height.value)
        except MarksError:  # no room, so none was drawn
            continue
        part = light(image.crop(stored(image.size, turn, plate)))
        if find.same(upright(part, turn), plate):
            return Found(plate.height / min(width, height), 0.0)
    return find.search(upright(light(image), turn))


def light(image: Image.Image) -> Grey:
    """How light each pixel is, 0 to 255, ``(rows, columns)``; transparent ones count as white."""
    if image.mode.startswith("I;16"):
        return np.asarray(image, dtype=np.float32) / np.float32(257)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    elif image.mode == "LAB":
        image = image.getchannel(0)
    return np.asarray(image.convert("L"), dtype=np.float32)


def turned(image: Image.Image) -> int:
    """How the picture is turned when it is shown: Exif's orientation, 1 to 8."""
    value = image.getexif().get(_ORIENTATION, 1)
    return value if value in range(1, 9) else 1


def shown(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """Width and height as they are shown."""
    return (size[1], size[0]) if turn >= 5 else size


def stored(size: tuple[int, int], turn: int, plate: Plate) -> tuple[int, int, int, int]:
    """The mark's box in the stored picture: left, top, right, bottom."""
    rows, columns = plate.box
    across, down = (columns, rows) if turn < 5 else (rows, columns)
    left, right, top, bottom = across.start, across.stop, down.start, down.stop
    if turn in {2, 3, 7, 8}:
        left, right = size[0] - right, size[0] - left
    if turn in {3, 4, 6, 7}:
        top, bottom = size[1] - bottom, size[1] - top
    return left, top, right, bottom


def upright(array: Pixels, turn: int) -> Pixels:
    """A view of stored pixels as they are shown; drawing into it draws into them."""
    if turn in {2, 3, 7, 8}:
        array = array[:, ::-1]
    if turn in {3, 4, 6, 7}:
        array = array[::-1]
    return array.swapaxes(0, 1) if turn >= 5 else array
