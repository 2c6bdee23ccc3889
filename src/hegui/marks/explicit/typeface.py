"""The shipped font as data: its file, its characters, how wide they run."""

from functools import cache
from importlib.resources import files

from hegui.marks.errors import MarksError


@cache
def data() -> bytes:
    """The font file, TrueType."""
    return files("hegui.marks.explicit").joinpath("fonts").joinpath("hegui-mark.ttf").read_bytes()


@cache
def characters() -> dict[str, tuple[int, int]]:
    """Each character's glyph number, and its advance in thousandths of the em.

    ``scripts/make_font.py`` writes the list in the order of the font's glyphs, after ``.notdef``.
    """
    listed = files("hegui.marks.explicit").joinpath("fonts").joinpath("characters.txt")
    lines = listed.read_text(encoding="utf-8").splitlines()
    return {line[0]: (number, int(line[1:])) for number, line in enumerate(lines, 1)}


def width(text: str) -> float:
    """How wide a text runs, in ems."""
    return sum(characters()[character][1] for character in text) / 1000


def writable(text: str) -> str:
    """The text itself, when the font can write it.

    Raises:
        MarksError: ``mark_font``, naming the characters that it lacks.
    """
    lacking = "".join(sorted(set(text) - characters().keys()))
    if lacking:
        raise MarksError(
            "mark_font",
            zh=f"随附字体没有这些字：{lacking}；请用常见的标识用语，如“AI生成”。",
            en=f"The shipped font lacks these characters: {lacking}. "
            "Use common words for a mark, such as AI生成.",
        )
    return text
