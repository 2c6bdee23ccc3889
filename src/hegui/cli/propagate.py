"""``hegui propagate``: what a platform does with an upload (Labelling Measures, Art. 6)."""

import argparse
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from hegui.cli import batch
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.output import Output

_SHAPES = {"is": "●", "may_be": "◐", "suspected": "◐", "none": "○"}


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    parser = command(
        groups,
        common,
        "propagate",
        _propagate,
        "传播平台核验并补写标识 check uploads and add the platform's part (Art. 6)",
    )
    parser.add_argument("files", nargs="+", metavar="FILE|DIR", help="文件或文件夹")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--output", metavar="OUT", help="写到此文件 where one file goes")
    where.add_argument("--in-place", action="store_true", help="改原文件 change the files")
    where.add_argument(
        "--sidecar", action="store_true", help="写附属文件 write NAME.aigc.json beside each"
    )
    parser.add_argument("--platform", required=True, help="平台编码或名称 its code or name")
    parser.add_argument("--id", help="平台的内容编号，限一个文件 its number, for one file")
    parser.add_argument("--declared", action="store_true", help="用户已声明 the user declares it")
    parser.add_argument("--key", metavar="PEM", help="SM2 私钥 the SM2 key to sign with")
    parser.add_argument("--pins", metavar="FILE", help="已知提供者的公钥 keys that you know (TOML)")
    parser.add_argument("--report", metavar="FILE", help="写报告 a report (.csv, .json)")
    parser.add_argument("--jobs", type=int, help="进程数 processes (one for each processor)")


class _Job(msgspec.Struct, frozen=True):
    platform: str
    id: str | None
    declared: bool
    key: str | None
    pins: str | None
    output: str | None
    sidecar: bool


def _propagate(options: argparse.Namespace, output: Output) -> int:
    paths = batch.files(options.files)
    if len(paths) != 1 and (options.id or options.output):
        raise CliError(
            "id_for_one",
            zh=f"--id 和 --output 只用于一个文件，现有 {len(paths)} 个；多个文件请用 --in-place。",
            en=f"--id and --output are for one file, these are {len(paths)}; "
            "for many use --in-place.",
        )
    job = _Job(**{name: getattr(options, name) for name in _Job.__struct_fields__})
    rows = []
    for row in batch.each(partial(_one, job=job), paths, options.jobs):
        output.result(row, _told(row))
        rows.append(row)
    if options.report:
        batch.report(options.report, rows)
    if any("error" in row for row in rows):
        return 2
    return 1 if any(row["unwritten"] for row in rows) else 0


def _one(path: Path, *, job: _Job) -> dict[str, Any]:
    from hegui import marks
    from hegui.errors import HeguiError
    from hegui.marks import files
    from hegui.marks.plan import Span
    from hegui.marks.source import Source
    from hegui.world import RealWorld, new_id

    row: dict[str, Any] = {"file": str(path)}
    try:
        found = marks.propagate(
            path,
            job.platform,
            job.id or new_id(RealWorld()),
            declared=job.declared,
            to=job.output,
            key=marks.PrivateKey.load(job.key) if job.key else None,
            pins=marks.Pins.load(job.pins) if job.pins else None,
            sidecar=job.sidecar,
        )
        if job.output and found.label is None:  # whoever takes OUT from here gets the file
            with Source.of(path) as source:
                whole = [Span(0, source.size)]
                files.replace(job.output, source, whole, None, like=path, durable=False)
    except HeguiError as error:
        return row | batch.failed(error)
    return row | {
        "outcome": found.outcome.value,
        "clause": found.clause,
        "zh": found.zh,
        "en": found.en,
        "label": msgspec.to_builtins(found.label),
        "traces": [msgspec.to_builtins(trace) for trace in found.traces],
        "unwritten": found.unwritten,
        "breaks_c2pa": found.breaks_c2pa,
    }


def _told(row: dict[str, Any]) -> str:
    if "error" in row:
        return batch.failure(row["file"], row)
    words = f"{row['zh']} / {row['en']}" if row["zh"] else "不需提示 nothing to show"
    told = f"{_SHAPES[row['outcome']]} {row['file']}\n  {row['clause']}: {words}"
    if row["unwritten"]:
        told += (
            f"\n  {row['unwritten']}: 标识未写入文件，仍须显示提示；可改用 --sidecar。"
            "\n  The label is not in the file; show the words all the same, or use --sidecar."
        )
    if row["breaks_c2pa"]:
        told += (
            "\n  文件原有的 C2PA 内容凭证因写入标识而失效。"
            "\n  The file's C2PA manifest no longer fits it, now that the label is in."
        )
    return told
