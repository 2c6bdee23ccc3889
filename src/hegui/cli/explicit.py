"""``hegui explicit``: marks that people see and hear, put in and checked."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from hegui.cli import batch
from hegui.cli.group import Groups, command, group
from hegui.cli.output import Output

if TYPE_CHECKING:
    from hegui.marks.explicit import Progress


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "explicit", "显式标识 marks that people see and hear (GB 45438, 5)")
    put = command(these, common, "add", _add, "加显式标识 put a mark into a file")
    put.add_argument("file", metavar="FILE")
    put.add_argument("-o", "--output", required=True, metavar="OUT", help="写到此文件 the new file")
    put.add_argument("--text", help="标识文字 the mark's words (AI生成)")
    put.add_argument(
        "--corner",
        choices=("bottom-right", "bottom-left", "top-right", "top-left"),
        default="bottom-right",
        help="画面的角 the corner of a picture or a video (bottom-right)",
    )
    put.add_argument(
        "--throughout", action="store_true", help="每一帧、每一页 every frame, every page"
    )
    put.add_argument("--voice", action="store_true", help="语音代替节奏 a voice, not the rhythm")
    put.add_argument(
        "--at", choices=("start", "end"), default="start", help="音频、文本的哪一端 which end"
    )
    check = command(these, common, "check", _check, "缺了什么 what a file's mark lacks")
    check.add_argument("files", nargs="+", metavar="FILE|DIR", help="文件或文件夹")
    check.add_argument("--jobs", type=int, help="进程数 processes (one for each processor)")


def _add(options: argparse.Namespace, output: Output) -> bool:
    from hegui import marks

    with _progress() as told:
        marks.explicit.add(
            options.file,
            to=options.output,
            text=options.text,
            corner=options.corner,
            throughout=options.throughout,
            voice=options.voice,
            at=options.at,
            progress=told,
        )
    output.result(
        {"file": options.file, "to": options.output}, f"● {options.file} → {options.output}"
    )
    return False


@contextmanager
def _progress() -> Iterator["Progress | None"]:
    """A bar on a terminal; a video is encoded for a while."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("编码 encoding", total=1.0)
        yield lambda part: bar.update(task, completed=part)


def _check(options: argparse.Namespace, output: Output) -> bool:
    found = False
    for row in batch.each(_one, batch.files(options.files), options.jobs):
        output.result(row, _told(row))
        found |= "error" in row or any(one["severity"] != "info" for one in row["findings"])
    return found


def _one(path: Path) -> dict[str, Any]:
    from hegui import marks
    from hegui.errors import HeguiError

    row: dict[str, Any] = {"file": str(path)}
    try:
        findings = marks.explicit.check(path)
    except HeguiError as error:
        return row | batch.failed(error)
    return row | {"findings": [msgspec.to_builtins(one) for one in findings]}


def _told(row: dict[str, Any]) -> str:
    if "error" in row:
        return batch.failure(row["file"], row)
    if not row["findings"]:
        return f"● {row['file']}\n  显式标识符合 the mark is as the standard asks"
    lines = [row["file"]]
    for one in row["findings"]:
        shape = {"error": "▲", "warning": "△"}.get(one["severity"], "·")
        lines.append(f"  {shape} {one['code']} {one['clause']}\n    {one['zh']}\n    {one['en']}")
    return "\n".join(lines)
