"""The small version of the proof over mutated files."""

import random
from pathlib import Path

from benchmarks.marks import fuzz, samples
from tests.tools import need

from hegui import marks


def test_some_hundred_mutations_of_every_format(tmp_path: Path) -> None:
    need("ffmpeg")
    files = {name: path.read_bytes() for name, path in samples.all_of_them(tmp_path).items()}
    found = fuzz.batch((files, 7, 1_500))
    assert found["faults"] == []
    assert found["slowest"] < fuzz.MOST_SECONDS
    assert sum(found["counts"].values()) == 2 * 1_500


def test_every_sample_is_of_its_format_and_takes_a_label(tmp_path: Path) -> None:
    need("ffmpeg")
    label = marks.Label.first(marks.DEMO_CODE, "n-1")
    for ending, path in samples.all_of_them(tmp_path).items():
        known = [one.suffixes for one in marks.FORMATS.values()]
        assert any(f".{ending}" in suffixes for suffixes in known), ending
        assert marks.read(path).verdict == "unlabelled", ending
        if ending != "txt":
            marks.write(path, label)
            assert marks.read(path).verdict == "conforming", ending


def test_mutations_differ_and_can_be_repeated() -> None:
    data = bytes(range(200))
    made = [fuzz.mutated(data, random.Random(seed)) for seed in range(50)]
    assert len(set(made)) > 40
    assert made == [fuzz.mutated(data, random.Random(seed)) for seed in range(50)]
