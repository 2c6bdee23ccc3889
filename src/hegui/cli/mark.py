"""``hegui mark``: labels written into files, one by one or a whole folder."""

import argparse
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from hegui.cli import batch
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.output import Output


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    parser = command(groups, common, "mark", _mark, "写入 AI 生成标识 write the AI-content label")
    parser.epilog = (
        "文件夹可随时中断再来：已由同一提供者标识的文件保持原样。A folder may be interrupted and "
        "begun again: what this provider has marked already stays as it is."
    )
    parser.add_argument("files", nargs="+", metavar="FILE|DIR", help="文件或文件夹")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--output", metavar="OUT", help="写到此文件或文件夹 a file or folder")
    where.add_argument("--in-place", action="store_true", help="改原文件 change the files")
    where.add_argument(
        "--sidecar", action="store_true", help="写附属文件 write NAME.aigc.json beside each"
    )
    parser.add_argument(
        "--producer",
        required=True,
        help="服务提供者编码（27 位）或名称 the provider's code or name",
    )
    parser.add_argument("--id", help="内容编号，限一个文件 the content's number, for one file")
    parser.add_argument("--explicit", action="store_true", help="加显式标识 a visible mark as well")
    parser.add_argument("--iptc", action="store_true", help="加 IPTC 来源类型 (XMP) source type")
    parser.add_argument("--key", metavar="PEM", help="SM2 私钥，用于签名 SM2 key to sign with")
    parser.add_argument("--c2pa", metavar="PEM", help="C2PA 证书链与私钥 certificate chain and key")
    parser.add_argument(
        "--timestamps", metavar="URL", help="C2PA 的时间戳服务器 RFC 3161 server for C2PA"
    )
    parser.add_argument("--durable", action="store_true", help="落盘后才返回 wait for the disk")
    parser.add_argument("--again", action="store_true", help="重写已有标识 relabel what is marked")
    parser.add_argument("--report", metavar="FILE", help="写报告 a report (.csv, .json)")
    parser.add_argument("--jobs", type=int, help="进程数 processes (one for each processor)")


class _Job(msgspec.Struct, frozen=True):
    """What is to be done with every file."""

    producer: str
    id: str | None
    explicit: bool
    iptc: bool
    key: str | None
    c2pa: str | None
    timestamps: str | None
    sidecar: bool
    durable: bool
    again: bool


class _File(msgspec.Struct, frozen=True):
    """One file, and where its marked form goes."""

    path: Path
    to: Path


def _mark(options: argparse.Namespace, output: Output) -> int:
    _checked_producer(options.producer)
    if options.sidecar and (options.explicit or options.c2pa or options.iptc):
        raise CliError(
            "sidecar_alone",
            zh="--sidecar 不改文件本身，不能与 --explicit、--iptc、--c2pa 同用；未写入任何内容。",
            en="--sidecar leaves the file as it is, so --explicit, --iptc and --c2pa can't go with "
            "it; nothing was written.",
        )
    paths = batch.files(options.files)
    if options.id is not None and len(paths) != 1:
        raise CliError(
            "id_for_one",
            zh=f"--id 只用于一个文件，现有 {len(paths)} 个；不用 --id 时每个文件得到新编号。",
            en=f"--id is for one file, these are {len(paths)}; without it each gets a new number.",
        )
    work = [_File(path, to) for path, to in _targets(options, paths)]
    fields = {name: getattr(options, name) for name in _Job.__struct_fields__}
    rows, failed = [], 0
    for row in batch.each(partial(_one, job=_Job(**fields)), work, options.jobs):
        output.result(row, _told(row))
        failed |= 2 * ("error" in row)
        rows.append(row)
    if options.report:
        batch.report(options.report, rows)
    return failed


def _checked_producer(producer: str) -> None:
    """Refuses what is meant as a code and is none; a name is allowed (Annex E d))."""
    from hegui.marks import ProviderCode, looks_like_code

    if looks_like_code(producer):
        ProviderCode.parse(producer)


def _targets(options: argparse.Namespace, paths: list[Path]) -> list[tuple[Path, Path]]:
    """Where each file goes: the same path, one named file, or the same place in a folder."""
    if options.output is None:
        return [(path, path) for path in paths]
    out = Path(options.output)
    roots = [Path(name) for name in options.files]
    if len(roots) == 1 and roots[0].is_file() and not out.is_dir():
        return [(paths[0], out)]
    found = [(path, out / _within(path, roots)) for path in paths]
    taken: dict[Path, Path] = {}
    for path, to in found:
        if to in taken:
            raise CliError(
                "output_twice",
                zh=f"{taken[to]} 和 {path} 会写到同一个文件 {to}。请分开处理，或改名。",
                en=f"{taken[to]} and {path} would both become {to}. Mark them apart, or rename.",
            )
        taken[to] = path
    return found


def _within(path: Path, roots: list[Path]) -> Path:
    for root in roots:
        if root.is_dir() and path.is_relative_to(root):
            return path.relative_to(root)
    return Path(path.name)


def _one(file: _File, *, job: _Job) -> dict[str, Any]:
    from hegui.errors import HeguiError
    from hegui.marks.source import unavailable

    row: dict[str, Any] = {"file": str(file.path), "to": str(file.to)}
    try:
        made = _ours(file.to, job) if _fresh(file) else None
        if made is not None and _complete(file.to, made, job):
            return row | {"outcome": "already", "label": msgspec.to_builtins(made.label)}
        if made is None and file.to != file.path:
            made = _ours(file.path, job)
        file.to.parent.mkdir(parents=True, exist_ok=True)
        label = _label(job, made)
        _written(file, label, job)
    except HeguiError as error:
        return row | batch.failed(error)
    except OSError as error:
        return row | batch.failed(unavailable(file.to, error))
    return row | {"outcome": "marked", "label": msgspec.to_builtins(label)}


def _fresh(file: _File) -> bool:
    """Whether the target was made of the file as it now is: marking keeps the time."""
    return file.to.is_file() and _time(file.to) == _time(file.path)


def _ours(path: Path, job: _Job) -> Any:
    """What a file says that this provider has marked before: its number stays the content's."""
    from hegui import marks

    if job.again:
        return None
    reading = marks.read(path)
    label = reading.label
    if label is None or label.content_producer != job.producer or not label.produce_id:
        return None
    return reading if job.id in {None, label.produce_id} else None


def _complete(target: Path, made: Any, job: _Job) -> bool:
    """Whether the target has all that is asked for, so that nothing needs to be done to it."""
    from hegui import marks

    if not _stands(made) or ("sidecar" in made.carriers) != job.sidecar:
        return False
    traces = {trace.code for trace in made.traces}
    if (job.c2pa and "c2pa" not in traces) or (job.iptc and "iptc-source-type" not in traces):
        return False
    if job.key and not _signed(made.label, job.key):
        return False
    return not job.explicit or not marks.explicit.check(target)


def _stands(made: Any) -> bool:
    """Whether a label is as this command would write it, and may stay."""
    return bool(made.verdict == "conforming" and made.label.label == "1")


def _signed(label: Any, key: str) -> bool:
    """Whether the producer's signature is this key's."""
    from hegui import marks
    from hegui.marks.security import PublicKey, check

    ours = PublicKey.parse(marks.PrivateKey.load(key).spki)
    found = check(label, 1, marks.Pins({label.content_producer: [ours]}))
    return [one.code for one in found] == ["signature-genuine"]


def _time(path: Path) -> int:
    """When a file was changed, microseconds."""
    return path.stat().st_mtime_ns // 1000


def _label(job: _Job, made: Any) -> Any:
    """The label to write: the one that stands already, at least its number, or a new one."""
    from hegui import marks
    from hegui.world import RealWorld, new_id

    if made is not None and _stands(made):
        label = made.label
    else:
        number = job.id or (made.label.produce_id if made is not None else new_id(RealWorld()))
        label = marks.Label.first(job.producer, number)
    return marks.sign(label, marks.PrivateKey.load(job.key)) if job.key else label


def _written(file: _File, label: Any, job: _Job) -> None:
    """The visible mark first, then the label, the C2PA signature last: it covers the file."""
    from hegui import marks

    if job.sidecar:
        marks.write(file.path, label, durable=job.durable, sidecar=True)
        return
    source_type = marks.SOURCE_TRAINED if job.iptc else None
    if not job.explicit and not job.c2pa:
        marks.write(file.path, label, to=file.to, durable=job.durable, source_type=source_type)
        return
    # Steps stand beside the target, so that it is never half done, in a folder of their own, so
    # that they are nobody else's; they keep the name, which tells Markdown from other text.
    with tempfile.TemporaryDirectory(dir=file.to.parent, prefix=".hegui-") as folder:
        path, step = file.path, Path(folder, file.to.name)
        if job.explicit:
            marks.explicit.add(path, to=step)
            path = step
        last = step if job.c2pa else file.to
        marks.write(path, label, to=last, durable=job.durable, source_type=source_type)
        if job.c2pa:
            _credentials(step, file.to, job.c2pa, job)


def _credentials(path: Path, to: Path, pem: str, job: _Job) -> None:
    from datetime import UTC, datetime

    from hegui import __version__
    from hegui.marks import c2pa

    c2pa.sign(
        path,
        c2pa.Credentials.load(pem, job.timestamps),
        software="hegui mark",
        version=__version__,
        when=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        to=to,
        durable=job.durable,
    )


def _told(row: dict[str, Any]) -> str:
    name = row["file"] if row["file"] == row["to"] else f"{row['file']} → {row['to']}"
    if row["outcome"] == "failed":
        return batch.failure(name, row)
    word = "已标识 marked" if row["outcome"] == "marked" else "已有 already marked"
    return f"● {name}\n  {word}: {row['label']['ProduceID']}"
