"""The numbers and words that the standards set for explicit marks; they stand in a data file."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Generic, Literal, TypeVar

import msgspec

T = TypeVar("T")


class Rule(msgspec.Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """One rule.

    Attributes:
        value: what it sets; the unit is told in ``source``.
        clause: standard and clause.
        grade: what it rests on: ``P`` the text was read, ``Q`` a note quotes it word for word,
            ``X`` secondary sources, ``U`` unconfirmed.
        source: what the rule says, in words of our own.
    """

    value: T
    clause: str
    grade: Literal["P", "Q", "X", "U"]
    source: str


class Standard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules of ``standard.toml``.

    Attributes:
        elements: groups of words; a text mark holds one of each.
        image_height: of a picture's characters, as a part of its shortest side.
        video_height: the same of a video.
        video_seconds: how long a video's mark stays, from the first frame.
        rhythm: the audible mark as short and long tones.
        voice_slowest: characters a minute.
        voice_fastest: characters a minute.
        long_tone: in short tones.
        tone_gap: between tones of a letter, in short tones.
        letter_gap: between letters, in short tones.
    """

    elements: Rule[tuple[tuple[str, ...], ...]]
    image_height: Rule[float]
    video_height: Rule[float]
    video_seconds: Rule[float]
    rhythm: Rule[str]
    voice_slowest: Rule[float]
    voice_fastest: Rule[float]
    long_tone: Rule[float]
    tone_gap: Rule[float]
    letter_gap: Rule[float]


@cache
def standard() -> Standard:
    """The rules, read once."""
    text = files("hegui.marks.explicit").joinpath("standard.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Standard)
