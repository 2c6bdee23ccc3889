"""WAV: the mark beside the sound, no sample changed, counted places moved along."""

import struct
import wave
from io import BytesIO

import numpy as np
import pytest

from hegui.marks import MarksError
from hegui.marks.explicit import rhythm, wav
from hegui.marks.explicit.wish import End, Wish
from hegui.marks.source import Source

RATE = 16000


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def sound(coding: int, bits: int, channels: int = 2, *more: bytes) -> bytes:
    block = channels * bits // 8
    rng = np.random.default_rng(3)
    if coding == 3:
        data = rng.uniform(-0.1, 0.1, channels * RATE).astype(f"<f{bits // 8}").tobytes()
    else:
        data = rng.integers(0, 256, block * RATE, dtype=np.uint8).tobytes()
    told = struct.pack("<HHIIHH", coding, channels, RATE, RATE * block, block, bits)
    body = b"WAVE" + chunk(b"fmt ", told) + b"".join(more) + chunk(b"data", data)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def drawn(data: bytes, at: End = "start") -> bytes:
    out = BytesIO()
    assert wav.draw(Source.of(data), "wav", Wish(at=at), out)
    assert not wav.draw(Source.of(out.getvalue()), "wav", Wish(at=at), BytesIO())
    made = out.getvalue()
    assert int.from_bytes(made[4:8], "little") in {len(made) - 8, 0, 0xFFFFFFFF}
    return made


def samples(data: bytes) -> bytes:
    found = wav.read(Source.of(data)).data
    return data[found.data : found.data + found.size]


@pytest.mark.parametrize(
    ("coding", "bits"), [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64), (6, 8), (7, 8)]
)
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_every_coding(coding: int, bits: int, channels: int) -> None:
    before = sound(coding, bits, channels)
    after = drawn(before)
    old, new = samples(before), samples(after)
    assert new.endswith(old)
    layout = wav.read(Source.of(after)).layout
    mark = wav.decoded(new[: len(new) - len(old)], layout)
    assert np.abs(mark - rhythm.made(RATE)).max() < (0.02 if bits == 8 else 1e-4)


def test_at_the_end() -> None:
    before = sound(1, 16)
    assert samples(drawn(before, "end")).startswith(samples(before))


def test_pythons_own_reader_reads_it() -> None:
    with wave.open(BytesIO(drawn(sound(1, 16)))) as told:
        assert told.getnframes() == RATE + len(rhythm.made(RATE))
        assert (told.getframerate(), told.getnchannels()) == (RATE, 2)


def test_places_in_samples_move_along() -> None:
    cue = struct.pack("<I", 1) + struct.pack("<II4sIII", 7, 100, b"data", 0, 0, 100)
    loop = bytes(28) + struct.pack("<II", 1, 0) + struct.pack("<6I", 1, 0, 50, 90, 0, 0)
    bext = bytes(338) + struct.pack("<Q", 10_000_000) + bytes(256)
    before = sound(
        1, 16, 2, chunk(b"fact", struct.pack("<I", RATE)), chunk(b"cue ", cue),
        chunk(b"smpl", loop), chunk(b"bext", bext), chunk(b"AIGC", b'{"Label":"1"}'),
    )  # fmt: skip
    on = len(rhythm.made(RATE))
    after = drawn(before)
    assert struct.pack("<I", RATE + on) in after[after.index(b"fact") :][:12]
    assert struct.unpack_from("<6I", after, after.index(b"cue ") + 12)[1::4] == (100 + on, 100 + on)
    assert struct.unpack_from("<4I", after, after.index(b"smpl") + 44)[2:] == (50 + on, 90 + on)
    assert struct.unpack_from("<Q", after, after.index(b"bext") + 346)[0] == 10_000_000 - on
    assert chunk(b"AIGC", b'{"Label":"1"}') in after
    kept = drawn(before, "end")
    assert chunk(b"cue ", cue) in kept
    assert chunk(b"bext", bext) in kept


def test_sizes_in_64_bits() -> None:
    plain = sound(1, 16)
    size = len(samples(plain))
    large = struct.pack("<QQQI", len(plain) - 8 + 36, size, RATE, 0)
    body = plain[12:].replace(b"data" + struct.pack("<I", size), b"data\xff\xff\xff\xff")
    before = b"RF64\xff\xff\xff\xffWAVE" + chunk(b"ds64", large) + body
    after = drawn(before)
    grown = len(after) - len(before)
    assert struct.unpack_from("<QQQ", after, 20) == (
        len(plain) + 28 + grown, size + grown, RATE + grown // 4
    )  # fmt: skip
    assert samples(after).endswith(samples(before))


def test_a_size_that_is_not_known_stays_so() -> None:
    before = sound(1, 16)
    at = before.index(b"data")
    before = before[:4] + b"\xff" * 4 + before[8 : at + 4] + b"\xff" * 4 + before[at + 8 :]
    after = drawn(before)
    assert after[after.index(b"data") + 4 :][:4] == b"\xff" * 4


@pytest.mark.parametrize(("coding", "bits"), [(0x11, 4), (2, 4), (0x55, 0)])
def test_packed_samples_are_told(coding: int, bits: int) -> None:
    told = struct.pack("<HHIIHH", coding, 1, RATE, RATE, 1, bits)
    body = b"WAVE" + chunk(b"fmt ", told) + chunk(b"data", bytes(64))
    with pytest.raises(MarksError) as caught:
        wav.draw(Source.of(b"RIFF" + struct.pack("<I", len(body)) + body), "wav", Wish(), BytesIO())
    assert caught.value.code in {"mark_codec", "file_malformed"}


@pytest.mark.parametrize(
    "body", [b"WAVE", b"WAVEfmt \x02\0\0\0\1\0data\0\0\0\0", b"WAVEdata\4\0\0\0abcd"]
)
def test_a_broken_file_is_told(body: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        wav.draw(Source.of(b"RIFF" + struct.pack("<I", len(body)) + body), "wav", Wish(), BytesIO())
    assert caught.value.code == "file_malformed"
