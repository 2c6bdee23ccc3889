"""Bytes by position, the same from a path, from bytes and from an open file."""

from io import BytesIO
from pathlib import Path

import pytest

from hegui.marks import source as source_module
from hegui.marks.errors import MarksError
from hegui.marks.source import File, Source

DATA = bytes(range(256)) * 8


@pytest.fixture(params=["path", "bytes", "file"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> File:
    if request.param == "bytes":
        return DATA
    if request.param == "file":
        return BytesIO(DATA)
    path = tmp_path / "data.bin"
    path.write_bytes(DATA)
    return path


def test_bytes_by_position(file: File) -> None:
    with Source.of(file) as source:
        assert source.size == 2048
        assert source.at(256, 4) == b"\x00\x01\x02\x03"
        assert source.upto(2046, 10) == b"\xfe\xff"
        assert source.upto(5000, 10) == b""
        assert source.copy(10, 12) == b"\x0a\x0b"


@pytest.mark.parametrize(("offset", "length"), [(2046, 3), (-1, 2), (0, -1), (1 << 70, 1)])
def test_what_is_not_there_is_told(file: File, offset: int, length: int) -> None:
    with Source.of(file) as source, pytest.raises(MarksError) as wrong:
        source.at(offset, length)
    assert wrong.value.code == "file_malformed"


def test_reads_are_bounded(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "MAX_READS", 3)
    with Source.of(file) as source:
        for _ in range(3):
            source.upto(0, 1)
        with pytest.raises(MarksError) as wrong:
            source.upto(0, 1)
    assert wrong.value.code == "file_too_complex"


def test_bytes_are_bounded(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "MAX_BYTES", 1000)
    with Source.of(file) as source:
        source.upto(0, 1000)
        with pytest.raises(MarksError) as wrong:
            source.upto(0, 1)
    assert wrong.value.code == "file_too_complex"


def test_an_open_file_stays_open() -> None:
    file = BytesIO(DATA)
    with Source.of(file):
        pass
    assert not file.closed


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MarksError) as wrong:
        Source.of(tmp_path / "gone.png")
    assert wrong.value.code == "file_unavailable"
    assert "gone.png" in wrong.value.en


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(MarksError) as wrong:
        Source.of(tmp_path)
    assert wrong.value.code == "file_unavailable"


@pytest.mark.parametrize("limit", [1, len(DATA)])
def test_nothing_stays_open(tmp_path: Path, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "_WHOLE", limit)
    path = tmp_path / "data.bin"
    path.write_bytes(DATA)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with Source.of(path) as source:
        assert source.at(2040, 8) == DATA[-8:]
        assert source.name == "data.bin"
    with pytest.raises(MarksError):
        Source.of(tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
