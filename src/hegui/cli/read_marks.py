"""``hegui read``: what files say about themselves."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hegui.cli import batch
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.output import Output

if TYPE_CHECKING:
    from hegui.marks import Finding, Pins, Reading

#: The exit code of an error, too: 2, as other commands have it, says that a label is wrong.
ERROR = 3
#: Exit codes, as the command's help tells them; of several files the highest counts.
_EXIT = {"conforming": 0, "unlabelled": 1, "suspected": 1, "nonconforming": 2, "unreadable": ERROR}
_WORDS = {
    "conforming": "● 符合 conforming",
    "unlabelled": "○ 无标识 unlabelled",
    "suspected": "◐ 疑似 suspected",
    "nonconforming": "▲ 不符合 nonconforming",
    "unreadable": "✕ 读不了 unreadable",
}
_LABEL = {"1": "生成合成 generated", "2": "可能 may be", "3": "疑似 suspected"}
_SHAPES = {"error": "▲", "warning": "△", "info": "·"}


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    parser = command(
        groups, common, "read", _read, "读取文件的 AI 生成标识 the AI-content labels of files"
    )
    parser.epilog = (
        "退出码 exit codes: 0 符合 conforming; 1 无标识或疑似 unlabelled, suspected; "
        "2 不符合 nonconforming; 3 读不了或出错 unreadable, errors. "
        "多个文件取最高者 the highest of all files. "
        "多个文件时 --json 每行一个对象 of several files, --json gives an object a line."
    )
    parser.add_argument("files", nargs="+", metavar="FILE|DIR", help="文件或文件夹")
    parser.add_argument("--strict", action="store_true", help="从严 soft rules count as errors")
    parser.add_argument(
        "--pins", metavar="FILE", help="已知提供者的公钥 producers' keys that you know (TOML)"
    )
    parser.add_argument("--report", metavar="FILE", help="写报告 a report (.csv, .json)")
    parser.add_argument("--jobs", type=int, help="进程数 processes (one for each processor)")


def _read(options: argparse.Namespace, output: Output) -> int:
    from hegui.marks import Pins

    pins = Pins.load(options.pins) if options.pins else None
    paths = batch.files(options.files)
    if not paths:
        raise CliError(
            "files_none",
            zh="没有找到文件，什么都没有读。隐藏文件、链接和 *.aigc.json 不算；请检查文件夹。",
            en="No file was found, so nothing was read. Hidden files, links and *.aigc.json don't "
            "count; check the folder.",
        )
    worst, rows = 0, []
    work = partial(_one, pins=pins, strict=options.strict)
    for path, reading in zip(paths, batch.each(work, paths, options.jobs), strict=True):
        document = reading.to_dict(str(path))
        output.result(document, told(str(path), reading))
        worst = max(worst, _EXIT[reading.verdict])
        if options.report:
            rows.append(document)
    if options.report:
        batch.report(options.report, rows)
    return worst


def _one(path: Path, *, pins: "Pins | None", strict: bool) -> "Reading":
    from hegui import marks

    try:
        return marks.read(path, pins=pins, strict=strict)
    except marks.MarksError as error:  # the system refuses: the other files go on
        wrong = marks.Finding("file-unavailable", "", marks.Severity.ERROR, error.zh, error.en)
        return marks.Reading("unknown", marks.Verdict.UNREADABLE, findings=(wrong,))


def told(name: str, reading: "Reading") -> str:
    """A reading for people, a few lines."""
    lines = [name, f"  {_WORDS[reading.verdict]} · {reading.format}"]
    for seen in reading.seen:
        fields = seen.fields
        said = _LABEL.get(fields.get("Label", ""), fields.get("Label", "-"))
        lines.append(f"  标识 label ({seen.carrier}): {said}")
        for name_, zh in (("ContentProducer", "生成"), ("ContentPropagator", "传播")):
            number = "ProduceID" if name_ == "ContentProducer" else "PropagateID"
            lines.append(f"    {zh} {name_}: {fields.get(name_, '-')}  {fields.get(number, '-')}")
    for trace in reading.traces:
        lines += [f"  ◐ {trace.zh}", f"    {trace.en}"]
    for found in reading.findings:
        lines += _finding(found)
    return "\n".join(map(_shown, lines))


def _shown(text: str) -> str:
    """A value out of a file without what a terminal would take for orders."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text)


def _finding(found: "Finding") -> list[str]:
    clause = f" {found.clause}" if found.clause else ""
    shape = _SHAPES[found.severity]
    return [f"  {shape} {found.code}{clause}", f"    {found.zh}", f"    {found.en}"]
