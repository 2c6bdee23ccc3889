"""The sound is a WAV file that says in its comment that no model made it."""

import io
import wave

import pytest

from hegui.gateway.upstream.responder import voice


@pytest.mark.parametrize("text", ["Hello there, world.", "你好，世界。", "", "word " * 500])
def test_it_is_a_sound(text: str) -> None:
    data = voice.wav(text)
    with wave.open(io.BytesIO(data)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 8_000)
        seconds = sound.getnframes() / sound.getframerate()
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
    assert 0.5 < seconds < 25
    assert max(samples) > 5_000
    assert max(map(abs, samples)) < 32_000
    assert b"demo responder, not an AI model\0" in data


def test_more_words_take_longer_and_other_words_sound_otherwise() -> None:
    assert len(voice.wav("one two three four")) > len(voice.wav("one two"))
    assert voice.wav("one two") == voice.wav("one two")
    assert len({voice.wav(word) for word in ("sun", "moon", "star", "sky")}) > 1
