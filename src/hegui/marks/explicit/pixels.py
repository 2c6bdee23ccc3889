"""Blending a mark into arrays of pixels, and nothing but the mark's own pixels."""

from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from hegui.marks.explicit.plate import Grey, Plate

Pixels: TypeAlias = npt.NDArray[Any]
#: What a channel holds: light, which the plate darkens and the characters lighten; colour around
#: a middle; ink of print, where more is darker; opacity.
Kind: TypeAlias = Literal["light", "colour", "ink", "black-ink", "opacity"]


def blend(channel: Pixels, plate: Plate, kind: Kind, low: float, high: float) -> None:
    """Draws a mark into one channel, in place.

    Args:
        channel: ``(rows, columns)`` of the mark alone, any integer type.
        plate: the mark.
        kind: what the channel holds.
        low: its least value: black, no ink, transparent.
        high: its greatest value.
    """
    keep, cover, ink = plate.keep, plate.cover, plate.ink
    aim: npt.NDArray[np.floating[Any]]
    if kind == "light":
        aim = ink
    elif kind == "colour":
        aim = (1 - keep) / 2
    elif kind == "ink":
        aim = np.zeros_like(ink)
    elif kind == "black-ink":
        aim = cover * (1 - ink)
    else:
        aim = 1 - keep
    ground = channel.astype(np.float32) - low
    channel[...] = np.rint(low + ground * keep + (high - low) * aim).astype(channel.dtype)


def blend_transparent(colours: Pixels, opacity: Pixels, plate: Plate, high: float) -> None:
    """Draws a mark into a picture with opacity, in place.

    Args:
        colours: ``(rows, columns, channels)`` of the mark alone, light.
        opacity: ``(rows, columns)``.
        plate: the mark.
        high: greatest value of both.
    """
    ground = opacity.astype(np.float32) / high
    shown = ground * plate.keep + (1 - plate.keep)
    for number in range(colours.shape[2]):
        light = colours[:, :, number].astype(np.float32) * ground * plate.keep + high * plate.ink
        full = np.divide(light, shown, out=np.zeros_like(light), where=shown > 0)
        colours[:, :, number] = np.rint(np.minimum(full, high)).astype(colours.dtype)
    opacity[...] = np.rint(shown * high).astype(opacity.dtype)


def reduced(part: Grey, across: int, down: int) -> Grey:
    """A mask for channels of lower resolution: the mean over blocks of ``down`` × ``across``."""
    rows, columns = part.shape
    padded = np.pad(part, ((0, -rows % down), (0, -columns % across)))
    blocks = padded.reshape(padded.shape[0] // down, down, padded.shape[1] // across, across)
    return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)
