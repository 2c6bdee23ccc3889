"""Compressed sounds: the mark's packets beside the old ones, which stay as they are."""

import subprocess
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from tests.marks.explicit.films import heard, packets, sound
from tests.tools import need

from hegui.marks import MarksError
from hegui.marks.explicit import audio, rhythm, tags
from hegui.marks.explicit.wish import End, Wish
from hegui.marks.source import Source

KINDS = [
    ("mp3", "mp3", "libmp3lame"),
    ("m4a", "ipod", "aac"),
    ("adts", "adts", "aac"),
    ("opus", "opus", "libopus"),
    ("ogg", "ogg", "libopus"),
    ("matroska", "matroska", "aac"),
]


def drawn(data: bytes, name: str, at: End = "start") -> bytes:
    out = BytesIO()
    assert audio.draw(Source.of(data), name, Wish(at=at), out)
    assert not audio.draw(Source.of(out.getvalue()), name, Wish(at=at), BytesIO())
    return out.getvalue()


@pytest.mark.parametrize(("name", "kind", "codec"), KINDS)
@pytest.mark.parametrize("at", ["start", "end"])
def test_packets_stay_as_they_are(name: str, kind: str, codec: str, at: End) -> None:
    before = sound(kind, codec, rate=48000 if "opus" in codec else 44100)
    after = drawn(before, name, at)
    old, new = packets(before, "audio"), packets(after, "audio")
    kept = new[-len(old) :] if at == "start" else new[: len(old)]
    assert kept == old
    rate = 48000 if "opus" in codec else 44100
    ends = audio.edges(Source.of(after), name, rhythm.made(rate), rate)
    found = rhythm.heard(ends[0 if at == "start" else 1], rate)
    assert found is not None
    assert found.letters_apart


@pytest.mark.parametrize(
    ("name", "kind", "codec"), [("flac", "flac", "flac"), ("m4a", "ipod", "alac")]
)
@pytest.mark.parametrize("at", ["start", "end"])
def test_lossless_samples_stay_as_they_are(name: str, kind: str, codec: str, at: End) -> None:
    before = sound(kind, codec, rate=44100)
    old, new = heard(before), heard(drawn(before, name, at))
    mark = len(rhythm.made(44100))
    part = new[mark : mark + len(old)] if at == "start" else new[: len(old)]
    assert np.array_equal(part, old)


@pytest.mark.parametrize("layout", ["mono", "stereo", "5.1"])
def test_channels_stay(layout: str) -> None:
    after = drawn(sound("flac", "flac", layout=layout), "flac")
    with av.open(BytesIO(after)) as file:
        assert file.streams.audio[0].layout.name == layout


def test_the_rhythm_sounds_before_anything_else() -> None:
    samples = heard(drawn(sound("mp3", "libmp3lame", rate=44100), "mp3"))
    assert np.abs(samples[:4000]).max() < 0.01
    found = rhythm.heard(samples[: len(rhythm.made(44100))], 44100)
    assert found is not None
    assert found.letters_apart


def test_tags_of_mp3_stay_byte_for_byte() -> None:
    frames = sound("mp3", "libmp3lame", metadata={"title": "name"}, settings={"id3v2_version": "3"})
    before = frames + b"APETAGEX" + bytes(4) + b"\x20\0\0\0" + bytes(16) + b"TAG" + bytes(125)
    after = drawn(before, "mp3")
    head = 10 + int.from_bytes(before[8:10], "big")
    assert after[:head] == before[:head]
    assert after.endswith(before[-160:])
    assert after.count(b"ID3") == 1


def test_blocks_of_flac_stay_byte_for_byte() -> None:
    before = sound("flac", "flac", metadata={"title": "name", "AIGC": '{"Label":"1"}'})
    picture = b"\x06\0\0\x04abcd"
    at = 4 + 4 + 34
    before = before[:at] + picture + before[at:]
    after = drawn(before, "flac")
    assert picture in after
    old, new = (tags._blocks(data, 0) for data in (before, after))
    assert [block for kind, block in new if kind] == [block for kind, block in old if kind]


def test_metadata_and_a_cover_stay() -> None:
    after = drawn(sound("ipod", "aac", metadata={"title": "标题", "artist": "作者"}), "m4a")
    with av.open(BytesIO(after)) as file:
        assert (file.metadata["title"], file.metadata["artist"]) == ("标题", "作者")


def test_a_codec_that_can_not_be_encoded_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.ogg"
    subprocess.run(
        [need("ffmpeg"), "-v", "error", "-f", "lavfi", "-i", "sine=330:duration=1", "-c:a",
         "libvorbis", path],
        check=True,
    )  # fmt: skip
    with pytest.raises(MarksError) as caught:
        audio.draw(Source.of(path), "ogg", Wish(), BytesIO())
    assert caught.value.code == "mark_codec"
    assert "vorbis" in caught.value.en


@pytest.mark.parametrize(("name", "kind", "codec"), KINDS)
def test_ffmpeg_decodes_the_result_without_complaint(
    tmp_path: Path, name: str, kind: str, codec: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(drawn(sound(kind, codec), name))
    done = subprocess.run(
        [need("ffmpeg"), "-v", "error", "-i", path, "-f", "null", "-"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("name", "data"), [("mp3", b"ID3" + bytes(40)), ("flac", b"fLaC" + bytes(8))]
)
def test_a_broken_sound_is_told(name: str, data: bytes) -> None:
    with pytest.raises(MarksError) as caught:
        audio.draw(Source.of(data), name, Wish(), BytesIO())
    assert caught.value.code == "file_malformed"
