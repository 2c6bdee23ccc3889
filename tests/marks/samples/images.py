"""Small images of every format of ours, made by Pillow, and what a foreign decoder sees in them."""

import hashlib
import io
from typing import Any

from PIL import Image, ImageSequence

SVG = b"""<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">
  <rect width="4" height="4" fill="#c00"/>
</svg>
"""


def gradient(mode: str = "RGB", size: tuple[int, int] = (40, 30), shift: int = 0) -> Image.Image:
    """A picture with different pixels."""
    image = Image.new("RGB", size)
    image.putdata(
        [((x * 6 + shift) % 256, y * 8 % 256, 90) for y in range(size[1]) for x in range(size[0])]
    )
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The bytes of a picture as Pillow writes it."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def animation(kind: str) -> bytes:
    """Three frames that go round."""
    frames = [gradient(shift=40 * turn) for turn in range(3)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=50, loop=0)


def decoded(data: bytes) -> str:
    """A hash of all pixels and times of all frames."""
    total = hashlib.sha256()
    with Image.open(io.BytesIO(data)) as image:
        for frame in ImageSequence.Iterator(image):
            total.update(repr((frame.size, frame.info.get("duration"))).encode())
            total.update(frame.convert("RGBA").tobytes())
    return total.hexdigest()


#: By name: the format that is to be found, and the file.
SAMPLES: dict[str, tuple[str, bytes]] = {
    "png": ("png", saved(gradient(), "PNG")),
    "png-palette": ("png", saved(gradient("P"), "PNG", optimize=True)),
    "apng": ("apng", animation("PNG")),
    "jpeg": ("jpeg", saved(gradient(), "JPEG")),
    "jpeg-progressive": ("jpeg", saved(gradient(), "JPEG", progressive=True)),
    "jpeg-grey": ("jpeg", saved(gradient("L"), "JPEG")),
    "webp-lossy": ("webp", saved(gradient(), "WEBP")),
    "webp-lossless": ("webp", saved(gradient(), "WEBP", lossless=True)),
    "webp-alpha": ("webp", saved(gradient("RGBA"), "WEBP", exact=True)),
    "webp-animation": ("webp", animation("WEBP")),
    "gif": ("gif", saved(gradient(), "GIF")),
    "gif-animation": ("gif", animation("GIF")),
    "svg": ("svg", SVG),
}
