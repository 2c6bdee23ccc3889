"""The shipped font's shapes as paths, for pictures made of shapes."""

import struct
from functools import cache

from hegui.marks.explicit import typeface

_ON, _SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32


@cache
def path(character: str) -> str:
    """A character's outline as the data of an SVG path; 1,000 units to the em, y upwards.

    The font has simple glyphs only (OpenType, ``glyf``), as ``scripts/make_font.py`` makes them.
    """
    data = typeface.data()
    tables = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    }
    glyph = typeface.characters()[character][0]
    wide = struct.unpack_from(">h", data, tables[b"head"] + 50)[0]
    form, step, unit = (">I", 4, 1) if wide else (">H", 2, 2)
    start, stop = (
        struct.unpack_from(form, data, tables[b"loca"] + step * (glyph + more))[0] * unit
        for more in (0, 1)
    )
    if start == stop:
        return ""
    return "".join(_contour(points) for points in _contours(data, tables[b"glyf"] + start))


def _contours(data: bytes, at: int) -> list[list[tuple[int, int, bool]]]:
    count = struct.unpack_from(">h", data, at)[0]
    ends = struct.unpack_from(f">{count}H", data, at + 10)
    at += 10 + 2 * count
    at += 2 + struct.unpack_from(">H", data, at)[0]
    flags: list[int] = []
    while len(flags) <= ends[-1]:
        flag = data[at]
        times = data[at + 1] + 1 if flag & _REPEAT else 1
        at += 2 if flag & _REPEAT else 1
        flags += [flag] * times
    across, at = _numbers(data, at, flags, _SHORT_X, _SAME_X)
    down, at = _numbers(data, at, flags, _SHORT_Y, _SAME_Y)
    points = [(x, y, bool(f & _ON)) for x, y, f in zip(across, down, flags, strict=True)]
    return [
        points[first : last + 1]
        for first, last in zip((0, *(end + 1 for end in ends)), ends, strict=False)
    ]


def _numbers(
    data: bytes, at: int, flags: list[int], short: int, same: int
) -> tuple[list[int], int]:
    found, value = [], 0
    for flag in flags:
        if flag & short:
            value += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", data, at)[0]
            at += 2
        found.append(value)
    return found, at


def _contour(points: list[tuple[int, int, bool]]) -> str:
    """One closed line; between two points off the curve one on it is implied."""
    full: list[tuple[float, float, bool]] = []
    for here, after in zip(points, points[1:] + points[:1], strict=True):
        full.append(here)
        if not here[2] and not after[2]:
            full.append(((here[0] + after[0]) / 2, (here[1] + after[1]) / 2, True))
    first = next(at for at, point in enumerate(full) if point[2])
    full = full[first:] + full[: first + 1]
    made = f"M{full[0][0]:g} {full[0][1]:g}"
    at = 1
    while at < len(full):
        x, y, on = full[at]
        if on:
            made += f"L{x:g} {y:g}"
            at += 1
        else:
            made += f"Q{x:g} {y:g} {full[at + 1][0]:g} {full[at + 1][1]:g}"
            at += 2
    return made + "Z"
