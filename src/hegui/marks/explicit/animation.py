"""Marks on animated PNG, WebP and AVIF, and on HEIF with several pictures: on every frame.

Frames are drawn on as a player shows them and encoded anew, each whole; their times, the number of
loops and all metadata stay.
"""

from io import BytesIO
from typing import BinaryIO

from PIL import Image

from hegui.marks.errors import too_complex
from hegui.marks.explicit import image, stills
from hegui.marks.explicit.wish import Wish
from hegui.marks.source import Source

#: Frames are held together while they are encoded.
_MOST_PIXELS = 1 << 29


def draw(source: Source, format: str, wish: Wish, out: BinaryIO) -> bool:  # noqa: A002
    """Draws the mark on every frame.

    Args:
        source: the picture; with a single frame it is drawn on as a still one.
        format: as ``formats.detect`` names it.
        wish: the mark.
        out: gets the new file.

    Returns:
        False when every frame shows a mark already; then nothing is written.

    Raises:
        MarksError: as ``stills.draw``.
    """
    with stills.opened(source, format) as picture:
        count = getattr(picture, "n_frames", 1)
        if count == 1:
            return stills.draw(source, "png" if format == "apng" else format, wish, out)
        if count * picture.width * picture.height > _MOST_PIXELS:
            raise too_complex(source.name)
        frames, drawn = [], False
        times: list[float] = []
        for number in range(count):
            picture.seek(number)
            picture.load()
            times.append(picture.info.get("duration", 0))
            frame = _true_colour(picture)
            drawn |= image.draw(frame, wish)
            frames.append(frame)
        if not drawn:
            return False
        names = ("loop", "background", "default_image")
        kept: dict[str, object] = {n: picture.info[n] for n in names if n in picture.info}
        if format == "apng":
            # Each frame is whole, so none is cleared before the next or laid over the last.
            kept |= {"disposal": 0, "blend": 0}
        made = BytesIO()
        frames[0].save(
            made,
            stills.PILLOW[format],
            save_all=True,
            append_images=frames[1:],
            duration=_own(times, kept),
            **kept,
            **stills.settings(picture, format, source),
        )
    graft = stills.GRAFTS.get(format, stills.as_made)
    out.write(graft(source.copy(0, source.size), made.getvalue()))
    return True


def _true_colour(picture: Image.Image) -> Image.Image:
    """A frame of its own; one palette for all would not do for every frame."""
    if picture.mode == "P":
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture.copy()


def _own(times: list[float], kept: dict[str, object]) -> list[float]:
    """The times of frames of the animation; a default image shown elsewhere has none."""
    return times[1:] if kept.get("default_image") else times
