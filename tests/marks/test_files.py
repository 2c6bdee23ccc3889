"""A file is replaced whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from hegui.marks import files
from hegui.marks.errors import MarksError
from hegui.marks.plan import Plan, Span
from hegui.marks.source import Source

DATA = os.urandom(3 * 1024 * 1024)


def fine(made: Path) -> None:
    assert made.stat().st_size > 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a file.bin"
    path.write_bytes(DATA)
    return path


def replaced(path: Path, plan: Plan, like: Path | None = None, *, durable: bool = False) -> None:
    with Source.of(path) as source:
        files.replace(path, source, plan, fine, like=like, durable=durable)


@pytest.mark.parametrize("durable", [False, True])
def test_large_and_small_pieces(path: Path, durable: bool) -> None:
    plan: Plan = [b"head", Span(0, 2_500_000), b"middle", Span(2_500_000, 2_500_010), b"tail"]
    replaced(path, plan, durable=durable)
    assert (
        path.read_bytes()
        == b"head" + DATA[:2_500_000] + b"middle" + DATA[2_500_000:2_500_010] + b"tail"
    )
    assert list(path.parent.iterdir()) == [path]


def test_mode_and_times_stay(path: Path) -> None:
    path.chmod(0o640)
    os.utime(path, ns=(1_700_000_000_000_000_001, 1_600_000_000_000_000_002))
    replaced(path, [b"new"], like=path)
    stat = path.stat()
    assert stat.st_mode & 0o7777 == 0o640
    assert stat.st_mtime_ns == 1_600_000_000_000_000_002


def test_a_new_file_gets_the_users_mode(tmp_path: Path, path: Path) -> None:
    old = os.umask(0o027)
    try:
        with Source.of(path) as source:
            files.replace(tmp_path / "b", source, [b"new"], fine, like=None, durable=False)
    finally:
        os.umask(old)
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path, path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    with Source.of(link) as source:
        files.replace(link, source, [b"new"], fine, like=link, durable=False)
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_a_refusal_leaves_the_original(path: Path) -> None:
    def refuse(made: Path) -> None:
        raise MarksError("label_not_read_back", zh="", en="")

    with Source.of(path) as source, pytest.raises(MarksError):
        files.replace(path, source, [b"new"], refuse, like=path, durable=False)
    assert path.read_bytes() == DATA
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_leaves_the_original(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "copy_file_range", full)
    with pytest.raises(MarksError) as wrong:
        replaced(path, [Span(0, len(DATA))])
    assert wrong.value.code == "file_unavailable"
    assert path.read_bytes() == DATA
    assert list(path.parent.iterdir()) == [path]


def test_a_source_that_shrinks_is_refused(path: Path) -> None:
    target = path.with_name("target.bin")
    target.write_bytes(b"as it was")
    with Source.of(path) as source:
        os.truncate(path, 1000)
        with pytest.raises(MarksError) as wrong:
            files.replace(target, source, [Span(0, len(DATA))], None, like=None, durable=False)
    assert wrong.value.code == "file_malformed"
    assert target.read_bytes() == b"as it was"
    assert sorted(path.parent.iterdir()) == [path, target]


def test_where_the_kernel_cannot_copy_we_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_system(*arguments: object) -> int:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "copy_file_range", other_system)
    replaced(path, [Span(0, len(DATA)), b"end"])
    assert path.read_bytes() == DATA + b"end"
