"""MP4 and QuickTime held against ffmpeg, exiftool and mutagen."""

import subprocess
from pathlib import Path

import pytest
from tests.marks.samples import exiftool
from tests.marks.samples.boxes import OTHER, TEXT, values, write
from tests.tools import need

#: What ffmpeg is told, by the name of the file it makes.
KINDS = {
    "plain.mp4": [],
    "fast.mp4": ["-movflags", "+faststart"],
    "keys.mp4": ["-movflags", "+faststart+use_metadata_tags"],
    "fragments.mp4": ["-movflags", "frag_keyframe+empty_moov"],
    "moof-based.mp4": ["-movflags", "frag_keyframe+empty_moov+default_base_moof"],
    "indexed.mp4": ["-movflags", "dash+global_sidx+frag_keyframe"],
    "plain.mov": [],
    "fast.mov": ["-movflags", "+faststart"],
    "fast.m4v": ["-movflags", "+faststart"],
    "fast.3gp": ["-movflags", "+faststart", "-an"],
    "sound.m4a": ["-movflags", "+faststart", "-vn"],
}


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("movies")
    found = {}
    for name, told in KINDS.items():
        found[name] = folder / name
        run(need("ffmpeg"), "-v", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=64x48:r=10",
            "-f", "lavfi", "-i", "sine=d=1", "-metadata", "title=a title", "-g", "4",
            "-c:v", "mpeg4", "-c:a", "aac", *told, found[name])  # fmt: skip
    return found


def decoded(path: Path) -> str:
    """A sum of each frame and each sample."""
    return run(need("ffmpeg"), "-v", "error", "-i", path, "-f", "framemd5", "-")


def tag(path: Path, name: str) -> str:
    return run(
        need("ffprobe"), "-v", "error", "-show_entries", f"format_tags={name}",
        "-of", "default=nw=1:nk=1", path,
    ).strip()  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_others_read_the_very_label_and_the_same_media(
    samples: dict[str, Path], tmp_path: Path, name: str
) -> None:
    old, new = samples[name], tmp_path / name
    new.write_bytes(write(old.read_bytes(), "mp4", OTHER))
    text = OTHER.to_json().decode()
    assert tag(new, "AIGC") == text
    assert exiftool.labels(new) == [text]
    assert tag(new, "title") == tag(old, "title")
    assert decoded(new) == decoded(old)
    # Two lists in ``udta``, one of iTunes and one of keys, are no fault of the format.
    fresh = [line for line in exiftool.faults(new) if line not in exiftool.faults(old)]
    assert all("Duplicate tag" in line or line[0].isdigit() for line in fresh)


@pytest.mark.parametrize("name", ["fragments.mp4", "moof-based.mp4", "indexed.mp4", "fast.mp4"])
def test_players_that_jump_find_the_same_pictures(
    samples: dict[str, Path], tmp_path: Path, name: str
) -> None:
    new = tmp_path / name
    new.write_bytes(write(samples[name].read_bytes(), "mp4", OTHER))
    pictures = [
        run(need("ffmpeg"), "-v", "error", "-ss", "0.6", "-i", path, "-f", "framemd5", "-")
        for path in (samples[name], new)
    ]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("suffix", ["mp4", "mov", "m4a"])
def test_what_ffmpeg_wrote_is_read_and_replaced(
    samples: dict[str, Path], tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"it.{suffix}"
    text = OTHER.to_json().decode()
    run(need("ffmpeg"), "-v", "error", "-i", samples["sound.m4a"], "-c", "copy", "-metadata",
        f"AIGC={text}", "-movflags", "use_metadata_tags", path)  # fmt: skip
    assert values(path.read_bytes(), "mp4") == [text]
    path.write_bytes(write(path.read_bytes(), "mp4"))
    assert values(path.read_bytes(), "mp4") == [TEXT] == [tag(path, "AIGC")]


def test_what_exiftool_wrote_as_xmp_is_read_and_moved(
    samples: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "it.mp4"
    path.write_bytes(samples["fast.mp4"].read_bytes())
    exiftool.write(path, OTHER.to_json().decode())
    assert values(path.read_bytes(), "mp4") == [OTHER.to_json().decode()]
    path.write_bytes(write(path.read_bytes(), "mp4"))
    assert values(path.read_bytes(), "mp4") == [TEXT] == exiftool.labels(path)
    assert decoded(path) == decoded(samples["fast.mp4"])


def test_mutagen_still_reads_and_writes_the_tags_beside_the_label(
    samples: dict[str, Path], tmp_path: Path
) -> None:
    from mutagen.mp4 import MP4

    path = tmp_path / "it.m4a"
    path.write_bytes(write(samples["sound.m4a"].read_bytes(), "mp4"))
    tags = MP4(path)  # type: ignore[no-untyped-call]
    assert tags["\xa9nam"] == ["a title"]
    tags["\xa9nam"] = "a title that is longer than it was before"
    tags.save()  # type: ignore[no-untyped-call]
    assert values(path.read_bytes(), "mp4") == [TEXT]
    assert decoded(path) == decoded(samples["sound.m4a"])
