"""The shipped font in pixels: at which size its characters are tall enough."""

from functools import cache
from io import BytesIO

from PIL import ImageFont

from hegui.marks.explicit import typeface
from hegui.marks.explicit.standard import standard

#: Coverage from which a pixel surely counts as ink, whoever measures, of 255.
INK = 200


def at(size: float) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels to the em."""
    face = BytesIO(typeface.data())
    return ImageFont.truetype(face, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def ink(size: int, text: str) -> int:
    """The ink height, in pixels, of the lowest character that an element of the text needs.

    The standard doesn't say whether its height is that of the em, of capitals or of ink; the ink
    of the lowest character is the least of them.
    """
    words = [word for group in standard().elements.value for word in group if word in text]
    face, heights = at(size), []
    for character in set("".join(words)):
        mask = face.getmask(character, mode="L")
        width, height = mask.size
        rows = bytes(mask)
        inked = [y for y in range(height) if max(rows[y * width : (y + 1) * width]) >= INK]
        heights.append(inked[-1] - inked[0] + 1 if inked else 0)
    return min(heights)


def size_for(height: int, text: str) -> int:
    """The smallest size, in pixels to the em, whose ``ink`` is at least a height."""
    size = height
    while ink(size, text) < height:
        size += 1
    return size
