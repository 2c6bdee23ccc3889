"""The rhythm 短长 短短: made as Morse code has it, and heard again."""

import numpy as np
import pytest

from hegui.marks.explicit import rhythm
from hegui.marks.explicit.rhythm import Sound


def runs(sound: Sound, rate: int) -> list[tuple[bool, float]]:
    """Tone or silence, and how many short tones long, by loudness alone."""
    window = rate // 100
    power = np.convolve(sound.astype(float) ** 2, np.ones(window) / window, "same")
    on = power > 0.1 * power.max()
    edges = np.flatnonzero(np.diff(on.astype(int)))
    lengths = np.diff(np.concatenate(([0], edges, [len(on)]))) / rate / rhythm.SHORT
    return [(bool(on[0]) ^ bool(number % 2), length) for number, length in enumerate(lengths)]


@pytest.mark.parametrize("rate", [8000, 22050, 44100, 48000, 96000])
def test_lengths_are_those_of_morse_code(rate: int) -> None:
    found = runs(rhythm.made(rate), rate)
    assert [on for on, _ in found] == [False, True, False, True, False, True, False, True, False]
    units = [length for _, length in found[1:-1]]
    assert units == pytest.approx([1, 1, 3, 3, 1, 1, 1], abs=0.15)


def test_it_is_clear_and_never_clips() -> None:
    sound = rhythm.made(48000)
    assert 0.2 < np.abs(sound).max() <= 0.25
    assert len(sound) / 48000 < 2.5


@pytest.mark.parametrize("rate", [8000, 44100])
@pytest.mark.parametrize("noise", [0.0, 0.01, 0.05])
def test_it_is_heard_with_sound_after_it(rate: int, noise: float) -> None:
    rng = np.random.default_rng(1)
    music = (0.3 * np.sin(2 * np.pi * 330 * np.arange(2 * rate) / rate)).astype(np.float32)
    whole = np.concatenate((rhythm.made(rate), music))
    found = rhythm.heard((whole + noise * rng.standard_normal(len(whole))).astype(np.float32), rate)
    assert found is not None
    assert found.letters_apart
    assert found.pitch == pytest.approx(rhythm.PITCH, abs=5)
    assert found.short == pytest.approx(rhythm.SHORT, rel=0.2)


def test_a_rhythm_of_another_maker_is_heard_and_its_gap_told() -> None:
    rate = 16000
    tone = np.sin(2 * np.pi * 1000 * np.arange(rate) / rate) * 0.5
    short, gap = tone[: rate // 10], np.zeros(rate // 10)
    long = tone[: 3 * rate // 10]
    even = np.concatenate((gap, short, gap, long, gap, short, gap, short, gap, gap))
    found = rhythm.heard(even.astype(np.float32), rate)
    assert found is not None
    assert not found.letters_apart
    apart = np.concatenate((gap, short, gap, long, gap, gap, gap, short, gap, short, gap))
    found = rhythm.heard(apart.astype(np.float32), rate)
    assert found is not None
    assert found.letters_apart


@pytest.mark.parametrize("pattern", ["短短 短短", "长短 短短", "短长 短长", "短长", "长长 长长"])
def test_other_rhythms_are_none(pattern: str) -> None:
    rate = 16000
    pieces = [np.zeros(rate // 10)]
    for mark in pattern:
        seconds = {"短": 0.1, "长": 0.3, " ": 0.2}[mark]
        wave = np.sin(2 * np.pi * 800 * np.arange(round(seconds * rate)) / rate)
        pieces += [wave * (mark != " "), np.zeros(rate // 10)]
    assert rhythm.heard(np.concatenate(pieces).astype(np.float32), rate) is None


def test_silence_noise_and_music_are_none() -> None:
    rate = 16000
    rng = np.random.default_rng(1)
    at = np.arange(4 * rate) / rate
    for sound in (
        np.zeros(4 * rate),
        rng.standard_normal(4 * rate),
        np.sin(2 * np.pi * 440 * at),
        np.sin(2 * np.pi * 440 * at) * np.sin(2 * np.pi * 2 * at),
        np.full(4 * rate, np.nan),
        np.zeros(10),
    ):
        assert rhythm.heard(sound.astype(np.float32), rate) is None
