"""A sound with the rhythm of speech, computed from scratch: no voice, and nothing is said."""

import math
import struct
import zlib

from hegui.gateway.upstream.responder.words import pieces

_RATE = 8_000
#: Two notes before it, as a bell before an announcement.
_BELL = ((660, 0.18), (880, 0.22))
#: First and second resonance of five vowels, in hertz.
_VOWELS = ((730, 1090), (530, 1840), (390, 1990), (570, 840), (440, 1020))
_SYLLABLE, _GAP = 0.16, 0.04
#: A longer text is cut.
_MOST_SYLLABLES = 60
_LOUD = 9_000
_COMMENT = b"demo responder, not an AI model\0"


def wav(text: str) -> bytes:
    """A WAV file, 16 bits, mono, 8 kHz: the bell, then a hum for each syllable.

    Its comment (RIFF INFO ``ICMT``) says that no model made it.
    """
    sound = bytearray()
    for pitch, seconds in _BELL:
        sound += _hum(pitch, (pitch, pitch * 2), seconds)
    sound += _silence(0.15)
    words = pieces(text)[:_MOST_SYLLABLES]
    for place, word in enumerate(words):
        seed = zlib.crc32(word.encode())
        pitch = 150 + seed % 5 * 6 - place * 30 // len(words)  # it falls towards the end
        sound += _hum(pitch, _VOWELS[seed // 5 % len(_VOWELS)], _SYLLABLE)
        sound += _silence(_GAP * (4 if word.strip()[-1:] in ".,;:!?，。；：！？" else 1))
    form = struct.pack("<HHIIHH", 1, 1, _RATE, _RATE * 2, 2, 16)
    body = _chunk(b"fmt ", form) + _chunk(b"LIST", b"INFO" + _chunk(b"ICMT", _COMMENT))
    return _chunk(b"RIFF", b"WAVE" + body + _chunk(b"data", bytes(sound)))


def _hum(pitch: int, resonances: tuple[int, int], seconds: float) -> bytes:
    """One period over and over, rising and falling in loudness."""
    length = round(_RATE / pitch)
    period = []
    for i in range(length):
        value = 0.0
        for number in range(1, _RATE // 2 // pitch):
            gain = sum(1 / (1 + ((number * pitch - at) / 120) ** 2) for at in resonances)
            value += (gain + 0.1 / number) * math.sin(2 * math.pi * number * i / length)
        period.append(value)
    most = max(map(abs, period))
    count = int(_RATE * seconds)
    fade = count // 4
    samples = (
        round(_LOUD * period[i % length] / most * min(1.0, i / fade, (count - i) / fade))
        for i in range(count)
    )
    return struct.pack(f"<{count}h", *samples)


def _silence(seconds: float) -> bytes:
    return bytes(2 * int(_RATE * seconds))


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
