"""A spoken mark, by a synthesiser that is installed: espeak-ng, or say on macOS."""

import shutil
import subprocess
import tempfile
import wave
from io import BytesIO
from pathlib import Path

import numpy as np

from hegui.marks.errors import MarksError
from hegui.marks.explicit.rhythm import Sound
from hegui.marks.explicit.standard import standard

#: Silence before and after, seconds.
_BEFORE, _AFTER = 0.15, 0.5
#: Words a minute that synthesisers are first asked for, and how often they are asked anew.
_SPEED, _TRIES = 130.0, 8
#: Quieter than this, of the loudest sample, nobody speaks.
_QUIET = 0.02
_LOUDNESS = 0.6


def made(text: str, rate: int) -> Sound:
    """A text spoken at normal speed, with silence around it.

    Args:
        text: in Chinese.
        rate: samples a second.

    Raises:
        MarksError: ``mark_voice`` without a synthesiser, or when it can't speak at the speed that
            the standard calls normal.
    """
    slowest, fastest = standard().voice_slowest.value, standard().voice_fastest.value
    aim = (slowest + fastest) / 2
    speed = _SPEED
    for _ in range(_TRIES):
        spoken, own_rate = _speak(text, speed)
        spoken = _trimmed(spoken)
        reached = characters_a_minute(text, len(spoken) / own_rate)
        if slowest <= reached <= fastest:
            before, after = (np.zeros(round(part * rate)) for part in (_BEFORE, _AFTER))
            loud = spoken * (_LOUDNESS / max(float(np.abs(spoken).max()), 1e-6))
            whole = np.concatenate((before, resampled(loud, own_rate, rate), after))
            return whole.astype(np.float32)
        speed *= aim / reached
    raise _unable(
        "合成语音达不到每分钟 120 至 160 字",
        "it does not speak at the speed that the standard asks",
    )


def characters_a_minute(text: str, seconds: float) -> float:
    """How fast a text is spoken; punctuation and spaces don't count."""
    return sum(character.isalnum() for character in text) * 60 / max(seconds, 1e-3)


def _speak(text: str, speed: float) -> tuple[Sound, int]:
    words = str(round(speed))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoken.wav"
        if shutil.which("espeak-ng"):
            command = ["espeak-ng", "-v", "cmn", "-s", words, "-w", str(path), "--", text]
        elif shutil.which("say"):
            kind = "--data-format=LEI16@22050"
            command = ["say", "-v", "Tingting", "-r", words, kind, "-o", str(path), "--", text]
        else:
            raise _unable("没有语音合成程序", "no speech synthesiser is installed")
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        if done.returncode or not path.exists():
            raise _unable("语音合成程序出错", "the speech synthesiser failed")
        return _wave(path.read_bytes())


def _wave(data: bytes) -> tuple[Sound, int]:
    with wave.open(BytesIO(data)) as told:
        samples = np.frombuffer(told.readframes(told.getnframes()), dtype="<i2")
        mono = samples.reshape(-1, told.getnchannels()).mean(axis=1) / 32768
        return mono.astype(np.float32), told.getframerate()


def _trimmed(sound: Sound) -> Sound:
    loud = np.flatnonzero(np.abs(sound) > _QUIET * np.abs(sound).max(initial=0))
    if loud.size == 0:
        raise _unable("合成的语音是静音", "the speech synthesiser was silent")
    return sound[loud[0] : loud[-1] + 1]


def resampled(sound: Sound, own: int, rate: int) -> Sound:
    """A sound at another rate, by a windowed sinc that lets no mirror tones through.

    Args:
        sound: at ``own`` samples a second.
        own: samples a second.
        rate: samples a second wanted.
    """
    if own == rate:
        return sound
    half = 16
    width = max(1.0, own / rate)
    at = np.arange(round(len(sound) * rate / own)) * (own / rate)
    reach = int(half * width)
    padded = np.pad(sound, reach + 1)
    whole = np.floor(at).astype(int)
    made = np.zeros(len(at))
    for offset in range(-reach, reach + 1):
        distance = (at - (whole + offset)) / width
        weight = np.sinc(distance) * (np.abs(distance) < half) * np.cos(
            np.pi * distance / (2 * half)
        ) ** 2  # fmt: skip
        made += padded[whole + offset + reach + 1] * weight / width
    return made.astype(np.float32)


def _unable(zh: str, en: str) -> MarksError:
    return MarksError(
        "mark_voice",
        zh=f"无法加语音标识（{zh}）；文件未改动。请安装 espeak-ng，或改用节奏标识。",
        en=f"No spoken mark can be made ({en}); the file was left as it is. "
        "Install espeak-ng, or use the rhythm.",
    )
