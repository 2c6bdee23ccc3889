"""The picture and the tone, read by the standard library's own readers."""

import io
import itertools
import struct
import wave
import zlib

from hegui.gateway.upstream.responder import picture, tone


def chunks(data: bytes) -> dict[bytes, bytes]:
    """A PNG's chunks, each checked against its CRC."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = {}, 8
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        body = data[at + 4 : at + 8 + size]
        assert struct.unpack_from(">I", data, at + 8 + size) == (zlib.crc32(body),)
        found[body[:4]] = body[4:]
        at += 12 + size
    return found


def test_the_picture_is_a_png() -> None:
    parts = chunks(picture.png("a cat"))
    assert list(parts) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    width, height, depth, colour = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert (width, height, depth, colour) == (96, 64, 8, 3)
    pixels = zlib.decompress(parts[b"IDAT"])
    assert len(pixels) == height * (1 + width)
    assert set(pixels) == {0, 1, 2, 3}
    assert len(parts[b"PLTE"]) == 12


def test_equal_words_give_equal_pictures_and_others_differ() -> None:
    drawn = {picture.png(f"picture {i}") for i in range(40)}
    assert picture.png("picture 1") in drawn
    assert len(drawn) > 5


def test_the_picture_is_small_enough_to_stream_in_one_piece() -> None:
    assert len(picture.data_uri("画一座山")) < 2_000
    assert picture.data_uri("a").startswith("data:image/png;base64,")


def test_the_tone_is_a_wav_of_440_hertz() -> None:
    with wave.open(io.BytesIO(tone.wav())) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 1, 8_000)
        samples = sound.readframes(sound.getnframes())
    assert len(samples) == 3_200
    assert samples[0] == samples[-1] == 128
    rises = sum(1 for a, b in itertools.pairwise(samples) if a < 128 <= b)
    assert abs(rises / 0.4 - 440) <= 5


def test_the_tone_is_small() -> None:
    assert len(tone.data_uri()) < 5_000
    assert tone.data_uri().startswith("data:audio/wav;base64,")
