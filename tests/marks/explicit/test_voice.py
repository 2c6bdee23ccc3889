"""The spoken mark: at the speed that the standard calls normal, or not at all."""

import shutil
import struct
from io import BytesIO

import numpy as np
import pytest
from tests.tools import need

from hegui.marks import MarksError
from hegui.marks.explicit import voice, wav
from hegui.marks.explicit.wish import SPOKEN_TEXT, Wish
from hegui.marks.source import Source


@pytest.mark.parametrize("text", [SPOKEN_TEXT, "AI生成", "以上内容由人工智能合成，请注意甄别"])
def test_it_is_spoken_at_normal_speed(text: str) -> None:
    need("espeak-ng")
    rate = 24000
    sound = voice.made(text, rate)
    loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max())
    seconds = (loud[-1] - loud[0]) / rate
    assert 115 <= voice.characters_a_minute(text, seconds) <= 165
    assert 0.4 < np.abs(sound).max() <= 0.75


def test_a_second_time_it_is_not_spoken_again() -> None:
    need("espeak-ng")
    told = struct.pack("<HHIIHH", 1, 1, 24000, 48000, 2, 16)
    data = b"WAVEfmt " + struct.pack("<I", 16) + told + b"data" + struct.pack("<I", 48000)
    whole = b"RIFF" + struct.pack("<I", len(data) + 48000) + data + bytes(48000)
    out, again = BytesIO(), BytesIO()
    assert wav.draw(Source.of(whole), "wav", Wish(voice=True), out)
    assert not wav.draw(Source.of(out.getvalue()), "wav", Wish(voice=True), again)


def test_without_a_synthesiser_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MarksError) as caught:
        voice.made(SPOKEN_TEXT, 16000)
    assert caught.value.code == "mark_voice"
    assert "espeak-ng" in caught.value.zh


def test_one_that_is_always_too_fast_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = np.ones(1000, dtype=np.float32)
    monkeypatch.setattr(voice, "_speak", lambda _text, _speed: (quick, 16000))
    with pytest.raises(MarksError) as caught:
        voice.made(SPOKEN_TEXT, 16000)
    assert "120" in caught.value.zh


@pytest.mark.parametrize(("own", "rate"), [(22050, 48000), (22050, 8000), (16000, 16000)])
def test_another_rate_keeps_a_tone_and_adds_none(own: int, rate: int) -> None:
    tone = np.sin(2 * np.pi * 700 * np.arange(own) / own).astype(np.float32)
    made = voice.resampled(tone, own, rate)
    assert len(made) == rate
    power = np.abs(np.fft.rfft(made * np.hanning(rate))) ** 2
    assert int(power.argmax()) == 700
    assert power[[*range(600), *range(800, len(power))]].sum() < 1e-4 * power.sum()
