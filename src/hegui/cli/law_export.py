"""``hegui law export``: how every duty stands, as a paper, a sheet, or a file for other tools."""

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output

if TYPE_CHECKING:
    from hegui.duties.export import Material

#: As ``hegui.duties.export`` has them, which takes half a second to import.
_FORMATS = (
    "pdf",
    "docx",
    "xlsx",
    "json",
    "oscal-catalog",
    "oscal-component",
    "oscal-results",
    "ciso",
)


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    one = command(
        commands, common, "export", _export, "导出义务状态 how the duties stand, as a file"
    )
    one.add_argument(
        "--format",
        required=True,
        choices=_FORMATS,
        metavar="FORMAT",
        help=f"格式 one of {', '.join(_FORMATS)}",
    )
    one.add_argument("--pack", help="只含这个规则包 this pack alone")
    one.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 language")
    one.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="写到哪里；ciso 不带 --pack 时是文件夹，每个规则包一个文件 "
        "where to; a folder for ciso without --pack, with a file for each pack",
    )
    one.add_argument(
        "--force", action="store_true", help="替换已有的文件 replace files that are there"
    )


def _export(options: argparse.Namespace, output: Output) -> bool:
    with _progress() as step:
        step("读取 reading")
        material = _material(options)
        step("生成 making")
        files = _made(options, material)
        if not options.force:
            _check_free([path for path, _ in files])
        step("写入 writing")
        for path, data in files:
            _write(path, data)
    written = [
        {"file": str(path), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in files
    ]
    document = {
        "format": options.format,
        "lang": options.lang,
        "pack": options.pack,
        "checkpoint": material.standing.checkpoint,
        "files": written,
    }
    lines = [f"{one['file']}  {one['bytes']}  sha256 {one['sha256']}" for one in written]
    if material.standing.profile is None:
        lines.append(
            "尚未回答适用范围问卷，许多义务的状态因此无法判断：hegui law scope --ask\n"
            "The questionnaire is not answered, so how many duties stand can't be told: "
            "hegui law scope --ask"
        )
    output.result(document, "\n".join(lines))
    return False


def _material(options: argparse.Namespace) -> "Material":
    from hegui import checks
    from hegui.duties.export import Subject, gather, narrowed

    settings = settings_of(options)
    with opened(settings, home_of()) as store:
        # What has its place is read now; it is read once, whoever else does the same.
        checks.fold_all(store)
        subject = Subject(settings.service.name, settings.provider.name, settings.provider.code)
        material = gather(store, store.world.now(), subject)
    return narrowed(material, options.pack) if options.pack else material


def _made(options: argparse.Namespace, material: "Material") -> list[tuple[Path, bytes]]:
    """The files, in memory: nothing is written before all of them are made."""
    from hegui.duties.export import FORMATS, name_of, narrowed

    form, place = FORMATS[options.format], Path(options.output)
    if not form.of_one or options.pack:
        return [(place, form.make(material, options.lang))]
    return [
        (
            place / name_of(options.format, options.lang, one.name),
            form.make(narrowed(material, one.name), options.lang),
        )
        for one in material.packs
    ]


def _check_free(paths: list[Path]) -> None:
    """Nothing is written where one of the files is there already."""
    taken = [path for path in paths if path.exists() and not path.is_dir()]
    if taken:
        more_zh, more = (
            (f" 等 {len(taken)} 个", f" and {len(taken) - 1} more") if taken[1:] else ("", "")
        )
        raise CliError(
            "export_there",
            zh=f"已有文件 {taken[0]}{more_zh}，什么都没有写入。请换一个位置，或加 --force 替换。",
            en=f"{taken[0]}{more} is there already; nothing was written. Name another place, or "
            "give --force to replace it.",
        )


def _write(path: Path, data: bytes) -> None:
    """A file whole or not at all: an earlier one of its name stays until the new one is whole."""
    beside = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CliError(
            "export_unwritable",
            zh=f"无法写入 {path}（{error.strerror}）。请用 -o 指定可写的位置。",
            en=f"{path} can't be written ({error.strerror}). Name a place that can be with -o.",
        ) from error


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Called with each step; told on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as told:
        yield told.update
