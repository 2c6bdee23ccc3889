"""The audible mark 短长 短短, Morse code for A and I: made, and heard again."""

from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from hegui.marks.explicit.standard import standard

#: Mono, -1 to 1.
Sound: TypeAlias = npt.NDArray[np.float32]

#: Pitch and length of the short tone, which the standard leaves open: well heard on a telephone,
#: and slow enough for a listener who doesn't know the code to hear the rhythm. Hertz, seconds.
PITCH, SHORT = 800.0, 0.12
#: A quarter of full scale: clear beside speech, and no fright.
LOUDNESS = 0.25
#: Silence before and after, and how long a tone takes to come and go, seconds.
_BEFORE, _AFTER, _RAMP = 0.12, 0.48, 0.006
#: Where a rhythm is looked for, seconds from the start or the end.
LISTEN = 4.0
#: Below this, of full scale, nothing is heard.
_FAINT = 1e-3
#: A pause of so many short tones or more parts two letters.
_PARTS_LETTERS = 2.0


class Heard(msgspec.Struct, frozen=True):
    """A rhythm that was heard.

    Attributes:
        pitch: hertz.
        short: length of the short tone, seconds.
        letters_apart: the pause between the letters is longer than those within.
    """

    pitch: float
    short: float
    letters_apart: bool


def made(rate: int) -> Sound:
    """The rhythm as samples, with silence around it.

    Args:
        rate: samples a second.
    """
    rules = standard()
    pieces = [np.zeros(round(_BEFORE * rate), dtype=np.float32)]
    for number, letter in enumerate(rules.rhythm.value.split()):
        if number:
            pieces.append(_silence(rules.letter_gap.value, rate))
        for place, tone in enumerate(letter):
            if place:
                pieces.append(_silence(rules.tone_gap.value, rate))
            pieces.append(_tone(1.0 if tone == "短" else rules.long_tone.value, rate))
    pieces.append(np.zeros(round(_AFTER * rate), dtype=np.float32))
    return np.concatenate(pieces)


def _silence(units: float, rate: int) -> Sound:
    return np.zeros(round(units * SHORT * rate), dtype=np.float32)


def _tone(units: float, rate: int) -> Sound:
    count = round(units * SHORT * rate)
    wave: npt.NDArray[np.float64] = np.sin(2 * np.pi * PITCH / rate * np.arange(count)) * LOUDNESS
    ramp = min(round(_RAMP * rate), count // 2)
    rise = (1 - np.cos(np.pi * np.arange(ramp) / max(ramp, 1))) / 2
    wave[:ramp] *= rise
    wave[count - ramp :] *= rise[::-1]
    return np.asarray(wave, dtype=np.float32)


def heard(sound: Sound, rate: int) -> Heard | None:
    """The rhythm, when it is in a stretch of sound, at any pitch and speed that Morse code has.

    Args:
        sound: at most some seconds.
        rate: samples a second.
    """
    if len(sound) < rate // 4 or not np.isfinite(sound).all():
        return None
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    pitches = np.fft.rfftfreq(len(sound), 1 / rate)
    power[(pitches < 250) | (pitches > min(3500, rate * 0.45))] = 0
    found = _at_pitch(sound, rate, PITCH)
    if found is not None:
        return found
    for _ in range(3):
        top = int(power.argmax())
        if power[top] <= 0:
            return None
        found = _at_pitch(sound, rate, float(pitches[top]))
        if found is not None:
            return found
        power[abs(pitches - pitches[top]) < 60] = 0
    return None


def _at_pitch(sound: Sound, rate: int, pitch: float) -> Heard | None:
    window = max(1, round(0.02 * rate))
    turning = sound * np.exp(-2j * np.pi * pitch / rate * np.arange(len(sound)))
    step = max(1, round(0.004 * rate))
    sums = np.concatenate(([0], np.cumsum(turning)))
    loud = np.abs(sums[window:] - sums[:-window])[::step] / window
    total = np.concatenate(([0.0], np.cumsum(sound.astype(np.float64) ** 2)))
    energy = (total[window:] - total[:-window])[::step] / window
    # A tone sounds alone; what is left of it in a pause of a lossy file is far below it.
    alone = (2 * loud**2 > 0.6 * energy) & (loud > _FAINT)
    if not alone.any():
        return None
    on = alone & (loud > 0.4 * np.quantile(loud[alone], 0.75))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], on.astype(int), [0]))))
    runs = edges.reshape(-1, 2)
    runs = runs[runs[:, 1] - runs[:, 0] >= 0.02 * rate / step]
    for first in range(len(runs) - 3):
        four = runs[first : first + 4]
        tones = four[:, 1] - four[:, 0]
        pauses = four[1:, 0] - four[:-1, 1]
        found = _fits(tones / tones.min(), pauses, float(tones.min()))
        if found is not None:
            return Heard(pitch, float(tones.min()) * step / rate, found)
    return None


def _fits(
    tones: npt.NDArray[np.floating], pauses: npt.NDArray[np.integer], short: float
) -> bool | None:
    """Whether four tones are the rhythm, and if so, whether its letters stand apart."""
    wanted = "".join(standard().rhythm.value.split())
    right = all(
        (2 <= tone <= 4.2) if kind == "长" else (tone <= 1.5)
        for tone, kind in zip(tones, wanted, strict=True)
    )
    within = float(max(pauses[0], pauses[2]))
    if not right or within > 2 * short or float(pauses[1]) > 8 * short:
        return None
    return float(pauses[1]) >= _PARTS_LETTERS * within and float(pauses[1]) >= 2 * short
