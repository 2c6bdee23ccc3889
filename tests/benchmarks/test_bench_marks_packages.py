"""Packages are unpacked once and found again."""

import io
import subprocess
import tarfile
from pathlib import Path

import pytest
from benchmarks.marks import packages


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of fetched packages, with one in it."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.setattr(packages, "_FETCHED", folder)
    monkeypatch.setattr(packages, "_UNPACKED", tmp_path / "unpacked")
    with tarfile.open(folder / "some_name-1.0.tar.gz", "w:gz") as packed:
        entry = tarfile.TarInfo("some_name-1.0/a.txt")
        entry.size = 3
        packed.addfile(entry, io.BytesIO(b"abc"))
    return folder


def test_a_source_distribution_is_unpacked_without_its_top_folder(fetched: Path) -> None:
    folder = packages.unpacked("pypi some-name==1.0")
    assert (folder / "a.txt").read_bytes() == b"abc"
    assert packages.version("pypi some-name==1.0") == "1.0"
    next(fetched.iterdir()).unlink()
    assert packages.unpacked("pypi some-name==1.0") == folder


@pytest.mark.usefixtures("fetched")
def test_a_package_that_is_not_given_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_options: asked.append(command))
    with pytest.raises(FileNotFoundError, match="debian does not give nothing"):
        packages.unpacked("debian nothing")
    assert asked == [["apt-get", "download", "-q", "nothing"]]


def test_a_debian_version_keeps_its_epoch(fetched: Path) -> None:
    (fetched / "gem-doc_1%3a0.94-8_all.deb").touch()
    assert packages.version("debian gem-doc") == "1:0.94-8"
