"""What the audible mark of a wish is, and whether a sound already has it."""

import numpy as np

from hegui.marks.explicit import rhythm, voice
from hegui.marks.explicit.rhythm import Sound
from hegui.marks.explicit.wish import SPOKEN_TEXT, Wish

#: Correlation from which a stretch of sound is the same speech.
_SAME = 0.6


def clip(wish: Wish, rate: int) -> Sound:
    """The mark as mono samples.

    Args:
        wish: a voice or the rhythm.
        rate: samples a second.

    Raises:
        MarksError: ``mark_voice``.
    """
    return voice.made(wish.words(SPOKEN_TEXT), rate) if wish.voice else rhythm.made(rate)


def there(sound: Sound, rate: int, mark: Sound, wish: Wish) -> bool:
    """Whether a stretch of sound holds the mark already.

    Args:
        sound: the beginning or the end of a file, mono.
        rate: samples a second.
        mark: as ``clip`` gives it.
        wish: what it was made for.
    """
    if not wish.voice:
        return rhythm.heard(sound, rate) is not None
    size = 1 << (len(sound) + len(mark)).bit_length()
    product = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(mark, size).conj(), size)
    squares = np.concatenate(([0.0], np.cumsum(sound.astype(np.float64) ** 2)))
    places = len(sound) - len(mark) + 1
    if places < 1:
        return False
    energy = squares[len(mark) :] - squares[: -len(mark)]
    own = float((mark.astype(np.float64) ** 2).sum())
    value = product[:places] / np.sqrt(np.maximum(energy * own, 1e-12))
    return bool(value.max() >= _SAME)


def listened(mark: Sound, rate: int) -> int:
    """How many samples of a file's beginning or end are listened to."""
    return max(round(rhythm.LISTEN * rate), 2 * len(mark))
