"""A mark in pixels: white characters on a dark plate, placed in a corner of the picture.

The plate makes the characters legible on any ground, the picture still shows through it.
"""

import math
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from hegui.marks.errors import MarksError
from hegui.marks.explicit import font, typeface
from hegui.marks.explicit.standard import standard
from hegui.marks.explicit.wish import Corner

Grey: TypeAlias = npt.NDArray[np.float32]

#: How much of the ground the plate covers: white characters keep a contrast of more than 7 to 1
#: on a white ground (WCAG 2, 1.4.6).
COVER = 0.74
#: Characters with lower ink are no longer clearly made out (GB 45438-2025, 5.2: 清晰可辨), pixels.
LEGIBLE = 9
#: What small pictures may go down to where the standard's own height allows it, pixels.
LEAST = 6
# In ems: around the characters, between lines, and from the picture's edges.
_PAD_X, _PAD_Y, _LEADING, _MARGIN, _ROUND = 0.42, 0.26, 0.24, 0.3, 0.3
#: The ink of the lines above and below their base line, in ems.
_ABOVE, _BELOW = 0.87, 0.11
#: Corners are drawn so many times larger and then reduced.
_FINE = 4


class Plate(msgspec.Struct, frozen=True):
    """A mark where it is to stand in a picture as it is shown.

    Attributes:
        left: pixels from the picture's left edge.
        top: pixels from its upper edge.
        cover: how much of the ground the plate hides, ``(height, width)``, 0 to 1.
        ink: how much of the pixel is character, ``(height, width)``, 0 to 1.
        height: ink height of the lowest character of an element, pixels.
        size: pixels to the em.
    """

    left: int
    top: int
    cover: Grey
    ink: Grey
    height: int
    size: int

    @property
    def box(self) -> tuple[slice, slice]:
        """Rows and columns of the picture that the mark takes."""
        rows, columns = self.ink.shape
        return slice(self.top, self.top + rows), slice(self.left, self.left + columns)

    @property
    def keep(self) -> Grey:
        """How much of the ground stays."""
        return (1 - self.cover) * (1 - self.ink)


def fit(
    width: int, height: int, text: str, corner: Corner, ratio: float, *, opaque: bool = False
) -> Plate:
    """The mark for a picture.

    Args:
        width: of the picture as it is shown, pixels.
        height: the same.
        text: what the mark says.
        corner: where it stands.
        ratio: least ink height, as a part of the shortest side.
        opaque: the plate hides the ground altogether, for pictures of few colours.

    Raises:
        MarksError: ``mark_too_large`` when no legible mark has room; ``mark_font``.
    """
    typeface.writable(text)
    least = math.ceil(ratio * min(width, height))
    for inked in sorted({max(least, LEGIBLE), max(least, LEAST)}, reverse=True):
        size = font.size_for(inked, text)
        for margin in (round(_MARGIN * size), 0):
            room = (width - 2 * margin) - 2 * round(_PAD_X * size)
            lines = broken(text, room / size)
            if lines is None:
                continue
            cover, ink = drawn(lines, size, opaque=opaque)
            rows, columns = ink.shape
            if rows + 2 * margin <= height:
                top = margin if corner.startswith("top") else height - margin - rows
                left = margin if corner.endswith("left") else width - margin - columns
                return Plate(left, top, cover, ink, font.ink(size, text), size)
    raise MarksError(
        "mark_too_large",
        zh=f"画面只有 {width}×{height} 像素，放不下清晰可辨的标识“{text}”；文件未改动。"
        "请用更大的画面或更短的文字。",
        en=f"The picture has {width}×{height} pixels, too few for a legible mark “{text}”; "
        "it was left as it is. Use a larger picture or a shorter text.",
    )


def broken(text: str, room: float) -> list[str] | None:
    """The text in lines no wider than ``room`` ems; ``None`` when a word is wider than that.

    An element is never broken, and neither is a Latin word.
    """
    lines = [""]
    for word in _words(text):
        if typeface.width(lines[-1] + word.rstrip()) > room and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
        if typeface.width(lines[-1].rstrip()) > room:
            return None
    return [line.rstrip() for line in lines]


def _words(text: str) -> list[str]:
    elements = [word for group in standard().elements.value for word in group]
    words: list[str] = []
    at = 0
    while at < len(text):
        whole = next((word for word in elements if text.startswith(word, at)), text[at])
        latin = words and text[at].isascii() and words[-1][-1].isascii() and words[-1][-1] != " "
        if latin or (words and whole in "，。、：；！）】》”"):
            words[-1] += whole
        else:
            words.append(whole)
        at += len(whole)
    return words


def drawn(lines: list[str], size: int, *, opaque: bool = False) -> tuple[Grey, Grey]:
    """A plate of some lines: how much it covers, and its ink; both ``(height, width)``, 0 to 1."""
    face = font.at(size)
    pad_x, pad_y, leading = (round(part * size) for part in (_PAD_X, _PAD_Y, _LEADING))
    above, below = math.ceil(_ABOVE * size), math.ceil(_BELOW * size)
    columns = math.ceil(max(face.getlength(line) for line in lines)) + 2 * pad_x
    rows = len(lines) * (above + below) + (len(lines) - 1) * leading + 2 * pad_y
    ink = Image.new("L", (columns, rows))
    pen = ImageDraw.Draw(ink)
    for number, line in enumerate(lines):
        base = pad_y + above + number * (above + below + leading)
        pen.text((pad_x, base), line, font=face, fill=255, anchor="ls")
    fine = Image.new("L", (columns * _FINE, rows * _FINE))
    box = (0, 0, columns * _FINE - 1, rows * _FINE - 1)
    ImageDraw.Draw(fine).rounded_rectangle(box, round(_ROUND * size) * _FINE, fill=255)
    shape = _unit(fine.resize((columns, rows), Image.Resampling.BOX))
    return shape * np.float32(1 if opaque else COVER), _unit(ink)


def _unit(image: Image.Image) -> Grey:
    return np.asarray(image, dtype=np.float32) / np.float32(255)
