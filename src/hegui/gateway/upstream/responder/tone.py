"""A short tone, computed from scratch."""

import io
import math
import wave
from base64 import b64encode

_RATE = 8_000
_SECONDS = 0.4
_HERTZ = 440
_FADE = 400  # samples, so that it begins and ends without a click


def wav() -> bytes:
    """A WAV file: 440 Hz for 0.4 s, 8 bits, mono."""
    count = int(_RATE * _SECONDS)
    samples = bytearray()
    for i in range(count):
        loudness = min(1.0, i / _FADE, (count - 1 - i) / _FADE)
        samples.append(128 + round(100 * loudness * math.sin(2 * math.pi * _HERTZ * i / _RATE)))
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(_RATE)
        out.writeframes(bytes(samples))
    return file.getvalue()


def data_uri() -> str:
    """The tone as a ``data:`` address."""
    return "data:audio/wav;base64," + b64encode(wav()).decode()
