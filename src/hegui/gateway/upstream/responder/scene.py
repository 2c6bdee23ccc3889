"""What the larger picture and the clip show: sun and hills, and in letters what they are."""

import zlib

#: In letters on everything drawn here.
WORDS = ("DEMO", "NOT AN AI MODEL")
#: The least canvas: the words are 58 wide.
LEAST = 64
_SKIES = ((142, 202, 230), (255, 205, 178), (190, 210, 160), (120, 140, 190))
_HILLS = ((45, 106, 79), (109, 89, 122), (188, 108, 37), (38, 70, 83))
_SUN = (255, 225, 120)
_INK = (24, 28, 36)
_SKY, _SUNNY, _NEAR, _FAR, _LETTER = range(5)
_GLYPHS = {
    " ": ("..",) * 5,
    "A": (".#.", "#.#", "###", "#.#", "#.#"),
    "D": ("##.", "#.#", "#.#", "#.#", "##."),
    "E": ("###", "#..", "##.", "#..", "###"),
    "I": ("#",) * 5,
    "L": ("#..", "#..", "#..", "#..", "###"),
    "M": ("#...#", "##.##", "#.#.#", "#...#", "#...#"),
    "N": ("#..#", "##.#", "#.##", "#..#", "#..#"),
    "O": (".#.", "#.#", "#.#", "#.#", ".#."),
    "T": ("###", ".#.", ".#.", ".#.", ".#."),
}


def palette(words: str) -> list[tuple[int, int, int]]:
    """Five colours, red green blue from 0 to 255, chosen by the words."""
    seed = zlib.crc32(words.encode())
    hills = (_HILLS[seed // 4 % 4], _HILLS[(seed // 4 + 1) % 4])
    return [_SKIES[seed % 4], _SUN, *hills, _INK]


def rows(words: str, width: int, height: int, time: float = 0.0) -> list[bytearray]:
    """The canvas, a palette index for each pixel.

    Args:
        words: choose the hills; equal words give equal canvases.
        width: pixels, at least :data:`LEAST`.
        height: pixels, at least 40.
        time: moves the sun from left (0) to right (1).
    """
    slope = 2 + zlib.crc32(words.encode()) // 16 % 3
    radius = height // 8
    sun = radius + round((width - 2 * radius) * (0.2 + 0.6 * time)), height * 7 // 16

    def colour(x: int, y: int) -> int:
        if y > height * 5 // 8 + abs(x - width // 4) // slope:
            return _NEAR
        if y > height * 9 // 16 + abs(x - width * 2 // 3) // (slope + 1):
            return _FAR
        return _SUNNY if (x - sun[0]) ** 2 + (y - sun[1]) ** 2 <= radius * radius else _SKY

    canvas = [bytearray(colour(x, y) for x in range(width)) for y in range(height)]
    for line, text in enumerate(WORDS):
        _letters(canvas, text, 3 + 8 * line)
    return canvas


def _letters(canvas: list[bytearray], text: str, top: int) -> None:
    left = 3
    for letter in text:
        glyph = _GLYPHS[letter]
        for y, line in enumerate(glyph):
            for x, dot in enumerate(line):
                if dot == "#":
                    canvas[top + y][left + x] = _LETTER
        left += len(glyph[0]) + 1
