"""``hegui init``: writes the commented config."""

import argparse
from pathlib import Path

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.output import Output


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    parser = command(groups, common, "init", _init, "新建带注释的配置 write a commented hegui.toml")
    parser.add_argument("file", nargs="?", default="hegui.toml", help="文件 the file (hegui.toml)")


def _init(options: argparse.Namespace, output: Output) -> bool:
    from hegui.config import TEMPLATE

    path = Path(options.file)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError as error:
        raise CliError(
            "config_exists",
            zh=f"{path} 已存在，未改动。请另取文件名。",
            en=f"{path} exists and was left as it is. Name another file.",
        ) from error
    except OSError as error:
        raise CliError(
            "config_unwritable",
            zh=f"无法写入 {path}（{error.strerror}）。请选择可写的位置。",
            en=f"{path} can't be written ({error.strerror}). Choose another place.",
        ) from error
    output.result(
        {"file": str(path.absolute())},
        f"已写入 {path}；改好后运行 hegui run。\nWrote {path}; edit it, then run: hegui run.",
    )
    return False
