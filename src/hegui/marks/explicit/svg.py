"""Marks on SVG: shapes at the end of the drawing, in a corner of what is shown.

The shapes are in a viewport of their own that is fitted into the picture's, so that they are sized
by its shortest side whatever its units are. They are outlines: no font is needed to show them.
"""

import re
from typing import BinaryIO

from hegui.marks.carriers.zip_xml import Document, markup, parse
from hegui.marks.errors import malformed, too_complex
from hegui.marks.explicit import outlines, typeface
from hegui.marks.explicit.lines import any_mark
from hegui.marks.explicit.standard import standard
from hegui.marks.explicit.wish import PICTURE_TEXT, Corner, Wish
from hegui.marks.source import Source

_SVG = "http://www.w3.org/2000/svg"
#: The viewport's shortest side, and the font's capitals in ems.
_SIDE, _CAPITAL = 1000, 0.741
_MOST = 32 << 20
_CLASS = "hegui-mark"
_PLACES: dict[Corner, str] = {
    "bottom-right": "xMaxYMax", "bottom-left": "xMinYMax", "top-right": "xMaxYMin",
    "top-left": "xMinYMin",
}  # fmt: skip
_NUMBER = re.compile(r"[\s,]+")


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Draws the mark on top of everything else.

    Args:
        source: the picture.
        format: ``svg``.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when the picture has the mark or a text like it; then nothing is written.

    Raises:
        MarksError: ``mark_font``; ``file_malformed``, also for compressed SVG and for one with
            entities of its own; ``file_too_complex``.
    """
    document = read(source, format)
    if seen(document, wish):
        return False
    root = document.root
    box = _NUMBER.split(root.attributes.get("viewBox", "").strip())
    place = dict(zip(("x", "y", "width", "height"), box, strict=True)) if len(box) == 4 else {}
    shapes = _shapes(typeface.writable(wish.words(PICTURE_TEXT)), wish.corner, place)
    out.write(document.replaced([document.appended(root, shapes)]))
    return True


def read(source: Source, format: str) -> Document:  # noqa: A002
    """The drawing, with its texts and its marks found.

    Raises:
        MarksError: as ``draw``.
    """
    if source.size > _MOST:
        raise too_complex(format)
    data = source.copy(0, source.size)
    if data.startswith(b"\x1f\x8b"):
        raise malformed(format, "文件经过压缩，请先解压", "it is compressed; unpack it first")
    return parse(data, format, (f"{_SVG} svg", f"{_SVG} text"))


def seen(document: Document, wish: Wish) -> bool:
    """Whether a mark of ours is there, or a text that is one."""
    texts = [element.text for element in document.named(f"{_SVG} text")]
    marks = [
        element.attributes.get("aria-label", "")
        for element in document.named(f"{_SVG} svg")
        if element.attributes.get("class") == _CLASS
    ]
    return any_mark([*texts, *marks], wish)


def _shapes(text: str, corner: Corner, place: dict[str, str]) -> str:
    size = standard().image_height.value * _SIDE / _CAPITAL
    margin, high, ascent = 0.3 * size, 1.5 * size, 1.13 * size
    wide = (typeface.width(text) + 0.84) * size
    left = margin if corner.endswith("left") else _SIDE - margin - wide
    top = margin if corner.startswith("top") else _SIDE - margin - high
    rect = markup(
        "rect",
        {"x": f"{left:.1f}", "y": f"{top:.1f}", "width": f"{wide:.1f}", "height": f"{high:.1f}",
         "rx": f"{0.3 * size:.1f}", "fill": "#000", "fill-opacity": "0.74"},
    )  # fmt: skip
    at = left + 0.42 * size
    letters = ""
    for character in text:
        turn = f"translate({at:.1f} {top + ascent:.1f}) scale({size / 1000:.5f} {-size / 1000:.5f})"
        shape = outlines.path(character)
        letters += markup("path", {"transform": turn, "d": shape}) if shape else ""
        at += typeface.width(character) * size
    view = {
        "xmlns": _SVG, "class": _CLASS, "role": "img", "aria-label": text,
        **(place or {"width": "100%", "height": "100%"}),
        "viewBox": f"0 0 {_SIDE} {_SIDE}", "preserveAspectRatio": f"{_PLACES[corner]} meet",
        "overflow": "visible",
    }  # fmt: skip
    return markup("svg", view, rect + markup("g", {"fill": "#fff"}, letters))
