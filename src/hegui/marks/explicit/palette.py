"""Drawing a mark with the colours that a palette has."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from hegui.marks.explicit.pixels import Pixels
from hegui.marks.explicit.plate import Plate

Colour: TypeAlias = tuple[int, int, int]
Colours: TypeAlias = list[Colour]
#: The colours that a mark needs at least: the plate's and the characters'.
DARK, WHITE = (0, 0, 0), (255, 255, 255)
#: Contrast that a palette's own colours must have to do instead (WCAG 2, 1.4.6).
ENOUGH = 7.0
#: How far a channel of a palette's own black or white may be off, of 255.
_NEAR = 40
#: Shades between them, for smooth edges.
_SHADES = 17


def draw(
    image: Image.Image,
    box: tuple[int, int, int, int],
    upright: Callable[[Pixels], Pixels],
    plate: Plate,
) -> None:
    """Draws the mark into a picture of mode ``P``, in place; its palette may gain two colours.

    Args:
        image: the picture.
        box: where the mark comes to stand: left, top, right, bottom.
        upright: turns the box's pixels as they are shown, as a view.
        plate: the mark, opaque.
    """
    flat = image.getpalette("RGB") or []
    colours = list(zip(flat[0::3], flat[1::3], flat[2::3], strict=True))
    pixels = np.array(image)
    opaque = _opaque(image.info.get("transparency"), len(colours))
    colours, shades = extended(colours, opaque, pixels)
    left, top, right, bottom = box
    part = pixels[top:bottom, left:right]
    stamp(upright(part), plate, shades)
    image.paste(Image.frombytes("P", image.size, pixels.tobytes()), (0, 0))
    image.putpalette([value for colour in colours for value in colour])


def extended(
    colours: Colours, opaque: Sequence[bool], *pictures: Pixels
) -> tuple[Colours, npt.NDArray[np.uint8]]:
    """A palette that has a dark and a light colour, and the entry for each shade of a mark.

    Entries are added while there is room; in a full palette the mark gets those that fewest pixels
    use, and these pixels get the entry nearest to them.

    Args:
        colours: red, green, blue of each entry, at most 256.
        opaque: which of them hide the ground.
        pictures: every picture that uses the palette; changed in place only when it is full.

    Returns:
        The palette; and 17 entries, from the plate's shade to the characters'.
    """
    colours = list(colours)
    usable = [at for at, hides in enumerate(opaque) if hides]
    lights = {at: luminance(colours[at]) for at in usable}
    darkest = min(usable, key=lights.__getitem__, default=None)
    lightest = max(usable, key=lights.__getitem__, default=None)
    # Its own black and white, or new ones; a full palette's own shades where they do.
    if darkest is None or not _near(colours[darkest], DARK):
        darkest = _appended(colours, DARK) if len(colours) < 256 else darkest
    if lightest is None or not _near(colours[lightest], WHITE):
        lightest = _appended(colours, WHITE) if len(colours) < 256 else lightest
    if (
        darkest is None
        or lightest is None
        or contrast(luminance(colours[darkest]), luminance(colours[lightest])) < ENOUGH
    ):
        lightest = _replaced(colours, WHITE, opaque, pictures)
        darkest = _replaced(colours, DARK, opaque, pictures)
    usable = sorted({*usable, darkest, lightest})
    ends = np.array([colours[darkest], colours[lightest]], dtype=float)
    steps = np.linspace(0, 1, _SHADES)[:, None]
    wanted = ends[0] * (1 - steps) + ends[1] * steps
    table = np.array([colours[at] for at in usable], dtype=float)
    nearest = ((wanted[:, None] - table[None]) ** 2).sum(2).argmin(1)
    return colours, np.array(usable, dtype=np.uint8)[nearest]


def stamp(pixels: Pixels, plate: Plate, shades: npt.NDArray[np.uint8]) -> None:
    """Sets the entries of a mark's box, in place; corners outside the plate stay."""
    inside = plate.cover >= 0.5
    chosen = shades[np.rint(plate.ink * (_SHADES - 1)).astype(int)]
    pixels[inside] = chosen[inside]


def luminance(colour: Colour) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2)."""
    parts = (value / 255 for value in colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """Contrast of two luminances, 1 to 21 (WCAG 2)."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _near(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _NEAR


def _appended(colours: Colours, colour: Colour) -> int:
    colours.append(colour)
    return len(colours) - 1


def _replaced(
    colours: Colours, colour: Colour, opaque: Sequence[bool], pictures: Sequence[Pixels]
) -> int:
    """The place of a colour that takes the least used entry of a full palette; changes both."""
    uses = np.zeros(256, dtype=np.int64)
    for picture in pictures:
        uses += np.bincount(picture.ravel(), minlength=256)
    spare = [at for at in range(256) if opaque[at] and colours[at] not in {DARK, WHITE}]
    at = min(spare, key=lambda one: int(uses[one]))
    others = [one for one in spare if one != at]
    table = np.array([colours[one] for one in others], dtype=float)
    near = others[int(((table - np.array(colours[at])) ** 2).sum(1).argmin())]
    for picture in pictures:
        picture[picture == at] = near
    colours[at] = colour
    return at


def _opaque(transparency: object, count: int) -> list[bool]:
    """Which entries hide the ground, by PNG's and GIF's ways to say so."""
    if isinstance(transparency, bytes):
        return [at >= len(transparency) or transparency[at] == 255 for at in range(count)]
    return [at != transparency for at in range(count)]
