"""Putting the mark into a picture."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hegui.marks.errors import MarksError
from hegui.marks.extras import need
from hegui.marks.watermark import code, pattern
from hegui.marks.watermark.finding import find
from hegui.marks.watermark.picture import brightness, evened, hides, on_canvas, variation

if TYPE_CHECKING:
    from PIL.Image import Image

#: Mean square of a change that leaves a peak signal-to-noise ratio of 40 dB, the usual strength,
#: and of 36 dB, which a busy picture hides.
_USUAL, _MOST = (255.0**2 / 10 ** (ratio / 10) for ratio in (40.0, 36.0))
#: Mean square of a change over the picture's own variation: in a busy picture at least so much,
#: in a plain one, where the eye would see it, at most so much.
_BUSY, _PLAIN = 0.20**2, 0.30**2
#: A picture without detail counts as if its coefficients had this much of what noise has.
_BARE = 0.05
#: Smaller pictures have too little room.
SMALLEST = 256
#: The known pattern stands out by so many deviations of the picture, or of what one sign has.
_SYNC, _SYNC_SHARE = 14.0, 8.0
_MODES = frozenset({"L", "LA", "RGB", "RGBA"})


def embed(image: "Image", payload: bytes) -> "Image":
    """A copy of a picture with an invisible mark in its brightness.

    Do this before the label is written: the copy has none of the picture's metadata.

    Args:
        image: a picture of Pillow, mode ``L``, ``LA``, ``RGB`` or ``RGBA``, its shorter side at
            least 256 pixels.
        payload: 16 bytes.

    Raises:
        MarksError: ``extra_missing``; ``watermark_picture`` when the picture is too small or of
            another mode; ``watermark_payload`` when there are not 16 bytes.
    """
    pil = need("PIL.Image", "watermark")
    if len(payload) != code.PAYLOAD_BITS // 8:
        raise MarksError(
            "watermark_payload",
            zh=f"隐形水印携带 16 字节，现为 {len(payload)} 字节；图片未改动。",
            en=f"The invisible mark carries 16 bytes, not {len(payload)}; "
            "the picture was left as it is.",
        )
    if image.mode not in _MODES or min(image.size) < SMALLEST:
        raise MarksError(
            "watermark_picture",
            zh=f"图片（{image.mode}，{image.width}×{image.height}）不适合加隐形水印，未改动；"
            f"需要 RGB 或灰度图，短边至少 {SMALLEST} 像素。",
            en=f"The picture ({image.mode}, {image.width}×{image.height}) can't take the "
            "invisible mark and was left as it is; it takes RGB or grey of at least "
            f"{SMALLEST} pixels on its shorter side.",
        )
    canvas = on_canvas(brightness(image))
    change = _change(canvas, code.encode(payload))
    wide = pil.fromarray(change.astype(np.float32)).resize(image.size, pil.Resampling.BICUBIC)
    marked = _added(image, np.asarray(wide, np.float32))
    if find(marked) != payload:
        raise MarksError(
            "watermark_picture",
            zh="水印写入后读不回来（画面过于平坦、过曝或过暗），图片未改动。",
            en="The invisible mark could not be read back, so the picture was left as it is: "
            "it is too plain, too bright or too dark.",
        )
    return marked


def _change(canvas: NDArray[np.float64], signs: NDArray[np.float64]) -> NDArray[np.float64]:
    """What to add to the brightness, on the canvas, as strong as the PSNR allows."""
    _, varies = variation(canvas)
    room = hides(varies)
    found = pattern.fold(evened(canvas))
    strength = np.maximum(pattern.rings(found), _BARE * np.sqrt(canvas.size))
    strength = np.concatenate([strength, strength])
    numbers = pattern.numbers(found) / strength
    # Where there is less room than variation, the rest of the canvas makes up for it.
    tiles = canvas.size / pattern.TILE**2 * float(np.mean(room / varies))

    def made(target: float) -> NDArray[np.float64]:
        wanted = _lacking(numbers, signs, target) * strength / tiles
        return pattern.repeat(pattern.tile(wanted), *canvas.shape) * room

    low, high = 0.0, 64.0
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if _hidden(made(middle), room) else (low, middle)
    return made(low)


def _hidden(change: NDArray[np.float64], room: NDArray[np.float64]) -> bool:
    """Whether a change is weak enough for what a picture can hide."""
    power = float(np.mean(change**2))
    share = float(np.mean((change / room) ** 2))
    return share < _PLAIN and (power < _USUAL or (share < _BUSY and power < _MOST))


def _lacking(
    numbers: NDArray[np.float64], signs: NDArray[np.float64], target: float
) -> NDArray[np.float64]:
    """What each number lacks so that every sign stands out by ``target`` deviations.

    Where the picture itself happens to speak for a sign, less is added or nothing.
    """
    lacking = np.zeros(pattern.SIZE)
    carried = pattern.SIGNS[pattern.OF_SYMBOL] * signs[:, None]
    speaks = (numbers[pattern.OF_SYMBOL] * carried).sum(axis=1) / np.sqrt(pattern.SHARE)
    push = np.maximum(target - speaks, 0.0) / np.sqrt(pattern.SHARE)
    lacking[pattern.OF_SYMBOL] = carried * push[:, None]
    known = pattern.SIGNS[pattern.OF_SYNC]
    speaks_known = float(numbers[pattern.OF_SYNC] @ known) / np.sqrt(known.size)
    wanted = max(_SYNC, _SYNC_SHARE * target)
    lacking[pattern.OF_SYNC] = known * max(wanted - speaks_known, 0.0) / np.sqrt(known.size)
    return lacking


def _added(image: "Image", change: NDArray[np.float32]) -> "Image":
    """The picture with the change in each of its colours; transparency stays."""
    pil = need("PIL.Image", "watermark")
    bands = [
        band
        if name == "A"
        else pil.fromarray(np.rint(np.clip(np.asarray(band) + change, 0, 255)).astype(np.uint8))
        for name, band in zip(image.getbands(), image.split(), strict=True)
    ]
    return bands[0] if len(bands) == 1 else pil.merge(image.mode, bands)
