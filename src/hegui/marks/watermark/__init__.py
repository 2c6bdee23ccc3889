"""An invisible mark in a picture that carries the produce id; the extra ``hegui[watermark]``.

GB 45438-2025, 6.2, and the Labelling Measures, Art. 5, encourage such a mark and set no payload;
this one is of our own making and only this library finds it. In photographs it survives what a
platform usually does, as ``docs/marks.md`` shows with figures: resizing, JPEG, cropping by up to
30 %. In plain drawings, low JPEG qualities destroy it about every second time. It does not survive
turning, mirroring or stretching, and a determined person can remove it: it helps to find a label
again, and proves nothing by itself.

The order is: watermark, label, C2PA.
"""

from typing import TYPE_CHECKING

from hegui.marks.extras import need
from hegui.marks.watermark.payload import payload

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["embed", "find", "payload"]


def embed(image: "Image", data: bytes) -> "Image":
    """A copy of a picture with the mark in it; do this before the label is written.

    The copy has none of the picture's metadata. What can't be read back is refused.

    Args:
        image: a picture of Pillow, mode ``L``, ``LA``, ``RGB`` or ``RGBA``, its shorter side at
            least 256 pixels.
        data: 16 bytes, as ``payload`` gives.

    Raises:
        MarksError: ``extra_missing``; ``watermark_picture`` when the picture can't take the mark;
            ``watermark_payload`` when there are not 16 bytes.
    """
    need("numpy", "watermark")
    from hegui.marks.watermark.embedding import embed as put  # noqa: PLC0415  needs numpy

    return put(image, data)


def find(image: "Image") -> bytes | None:
    """The 16 bytes of the mark in a picture, or ``None`` when there is none to be found.

    It takes some tenths of a second where the mark is plain, and some seconds to say no.

    Args:
        image: a picture of Pillow.

    Raises:
        MarksError: ``extra_missing``.
    """
    need("numpy", "watermark")
    from hegui.marks.watermark.finding import find as search  # noqa: PLC0415  needs numpy

    return search(image)
