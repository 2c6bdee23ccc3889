"""Short sounds and videos of every format, made by ffmpeg and mkvmerge."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.tools import need

_SOUND = "-f lavfi -i sine=d=1:frequency=440"
_PICTURES = "-f lavfi -i testsrc=d=1:s=64x48:r=10"
_BOTH = f"{_PICTURES} {_SOUND} -shortest"
_VP8 = "-c:v libvpx -c:a libopus"
_H264 = "-c:v libx264 -c:a libmp3lame"

#: By name: the format that is to be found, the file's ending, and what ffmpeg is told.
SAMPLES = {
    "wav": ("wav", "wav", _SOUND),
    "wav-pipe": ("wav", "", f"{_SOUND} -f wav"),
    "wav-rf64": ("wav", "wav", f"{_SOUND} -rf64 always"),
    "mp3": ("mp3", "mp3", f"{_SOUND} -metadata title=Sinus"),
    "mp3-23": ("mp3", "mp3", f"{_SOUND} -id3v2_version 3 -metadata title=正弦"),
    "mp3-bare": ("mp3", "mp3", f"{_SOUND} -id3v2_version 0"),
    "mp2": ("mp3", "mp2", _SOUND),
    "flac": ("flac", "flac", _SOUND),
    "ogg": ("ogg", "ogg", f"{_SOUND} -c:a libvorbis"),
    "ogg-speex": ("ogg", "ogg", f"{_SOUND} -ar 16000 -c:a libspeex"),
    "ogg-flac": ("ogg", "ogg", f"{_SOUND} -c:a flac"),
    "ogg-theora": ("ogg", "ogv", f"{_BOTH} -c:v libtheora -c:a libvorbis"),
    "opus": ("opus", "opus", f"{_SOUND} -c:a libopus"),
    "matroska": ("matroska", "mkv", f"{_BOTH} -c:v libx264 -c:a libvorbis"),
    "webm": ("webm", "webm", f"{_BOTH} {_VP8}"),
    "webm-front": ("webm", "webm", f"{_BOTH} {_VP8} -cues_to_front 1 -reserve_index_space 0"),
    "webm-live": ("webm", "webm", f"{_BOTH} {_VP8} -live 1"),
    "webm-pipe": ("webm", "", f"{_BOTH} {_VP8} -f webm"),
    "flv": ("flv", "flv", f"{_BOTH} {_H264}"),
    "flv-keyframes": ("flv", "flv", f"{_BOTH} {_H264} -g 3 -flvflags add_keyframe_index"),
    "flv-bare": ("flv", "flv", f"{_BOTH} {_H264} -flvflags no_metadata"),
    "avi": ("avi", "avi", f"{_BOTH} -c:v mpeg4 -c:a libmp3lame"),
}


@cache
def sample(name: str) -> bytes:
    """The file, the same for the whole run."""
    _, ending, told = SAMPLES[name]
    return made(told, ending)


def made(told: str, ending: str = "") -> bytes:
    """What ffmpeg makes; into a pipe when there is no ending."""
    command = [need("ffmpeg"), "-v", "error", "-y", *told.split()]
    if not ending:
        return subprocess.run([*command, "-"], capture_output=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"it.{ending}"
        subprocess.run([*command, str(path)], check=True)
        return path.read_bytes()


def converted(data: bytes, told: list[str], ending: str, before: str = "bin") -> bytes:
    """A file as ffmpeg writes it from another one, nothing encoded again."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / f"old.{before}", Path(folder) / f"new.{ending}"
        old.write_bytes(data)
        subprocess.run(
            [need("ffmpeg"), "-v", "error", "-i", str(old), "-map", "0", "-c", "copy", *told,
             str(new)],
            check=True,
        )  # fmt: skip
        return new.read_bytes()


@cache
def muxed(name: str) -> bytes:
    """A sample as mkvmerge writes it."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / "old.mkv", Path(folder) / "new.mkv"
        old.write_bytes(sample(name))
        subprocess.run([need("mkvmerge"), "-q", "-o", str(new), str(old)], check=True)
        return new.read_bytes()
