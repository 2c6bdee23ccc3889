"""Which files of a folder count, how they are spread, and what a report's cells hold."""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hegui.cli import batch
from hegui.cli.errors import CliError
from hegui.marks import MarksError


def test_hidden_files_sidecars_and_links_of_a_folder_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub" / ".git").mkdir(parents=True)
    outside = tmp_path / "private.png"
    names = ["b.png", "sub/a.png", ".hidden.png", "b.png.aigc.json", "sub/.git/c.png"]
    for path in (outside, *(folder / name for name in names)):
        path.write_bytes(b"x")
    (folder / "link.png").symlink_to(outside)
    (folder / "gone.png").symlink_to(tmp_path / "nowhere")
    (folder / "far").symlink_to(tmp_path)
    assert batch.files([str(folder)]) == [folder / "b.png", folder / "sub" / "a.png"]
    assert batch.files([str(folder / "link.png")]) == [folder / "link.png"]  # named, so meant


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CliError) as raised:
        batch.files([str(tmp_path / "none")])
    assert raised.value.code == "file_missing"


def test_a_folder_that_cannot_be_listed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "in" / "closed"
    closed.mkdir(parents=True)
    (tmp_path / "in" / "a.png").write_bytes(b"x")
    listed = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(MarksError) as raised:
        batch.files([str(tmp_path / "in")])
    assert raised.value.code == "file_unavailable"
    assert "closed" in raised.value.en


@pytest.mark.parametrize("jobs", [None, -1, 0, 1, 2])
@pytest.mark.parametrize("count", [0, 3, 40])
def test_results_come_in_order_however_many_processes(jobs: int | None, count: int) -> None:
    assert list(batch.each(abs, range(-count, 0), jobs)) == list(range(count, 0, -1))


def written(tmp_path: Path, rows: list[dict[str, Any]]) -> bytes:
    batch.report(str(tmp_path / "report.csv"), rows)
    return (tmp_path / "report.csv").read_bytes()


def test_a_table_says_that_it_is_utf8(tmp_path: Path) -> None:
    data = written(tmp_path, [{"file": "图片.png"}])
    assert data == "\ufefffile\n图片.png\n".encode()
    batch.report(str(tmp_path / "report.json"), [{"file": "图片.png"}])
    assert json.loads((tmp_path / "report.json").read_bytes()) == [{"file": "图片.png"}]


def test_a_files_name_need_be_no_unicode(tmp_path: Path) -> None:
    assert b"\xff.png" in written(tmp_path, [{"file": "\udcff.png"}])


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"])
def test_no_cell_is_taken_for_a_formula(tmp_path: Path, first: str) -> None:
    value = first + 'HYPERLINK("x")'
    data = written(tmp_path, [{"file": value, "label": {"ProduceID": value}}])
    (row,) = csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True))
    assert row == {"file": "'" + value, "ProduceID": "'" + value}


@pytest.mark.parametrize("name", ["report.txt", "none/report.csv"])
def test_a_report_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(CliError) as raised:
        batch.report(str(tmp_path / name), [])
    assert raised.value.code == "report_unwritable"
