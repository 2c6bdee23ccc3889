"""Reads the command line, runs the command, and turns errors into exit codes."""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn

from hegui import __version__
from hegui.cli import (
    agreement,
    apps,
    code,
    demo,
    explicit,
    init,
    keys,
    law,
    ledger,
    mark,
    overview,
    people,
    pipeline,
    propagate,
    read_marks,
    run,
    staff,
    words,
)
from hegui.cli.errors import CliError
from hegui.cli.help import Help
from hegui.cli.output import Output
from hegui.errors import HeguiError

#: The exit code of an error; 0 is all well, 1 findings, and ``hegui read`` has its own.
ERROR = 2
_GROUPS = (
    *(init, run, demo, overview, keys, apps, words, people, staff, law, ledger, agreement),
    *(mark, read_marks, explicit, propagate, pipeline, code),
)


class _Parser(argparse.ArgumentParser):
    """Reports a wrong command line as every other error is reported."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named | {"formatter_class": Help})

    def error(self, message: str) -> NoReturn:
        raise CliError(
            "command_wrong",
            # What argparse says is English; it stands in the English sentence alone.
            zh=f"命令写法有误，没有执行。请用 {self.prog} --help 查看用法。",
            en=f"The command is wrong: {message}. See {self.prog} --help.",
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        argv: the arguments after the program's name; by default the process's own.

    Returns:
        0 when all is well, 1 for findings, 2 for an error; ``hegui read`` has its own.
    """
    arguments = sys.argv[1:] if argv is None else argv
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        # A file's name need be no Unicode; what can't be printed is escaped as JSON has it.
        sys.stdout.reconfigure(errors="backslashreplace")
    wrong = read_marks.ERROR if next(iter(arguments), "") == "read" else ERROR
    output = Output(as_json="--json" in arguments)
    try:
        options = _parser().parse_args(arguments)
        ended: int = options.run(options, output)
    except HeguiError as error:
        output.error(error)
        return wrong
    except KeyboardInterrupt:
        return wrong
    except BrokenPipeError:
        # Whoever read has enough, as `head` does; nothing more is to be said, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:  # noqa: BLE001  a fault of ours: Python's own exit code 1 means findings here
        missing = error.name or "" if isinstance(error, ModuleNotFoundError) else ""
        if missing and not missing.startswith("hegui"):
            output.error(_server_missing(missing))
        else:
            traceback.print_exc()
        return wrong
    return int(ended)


def _server_missing(module: str) -> CliError:
    return CliError(
        "server_missing",
        zh=f"这个命令需要服务端的组件（缺少 {module}）。请安装：pip install 'hegui[server]'。",
        en=f"This command needs the server's parts ({module} is not there). "
        "Install them: pip install 'hegui[server]'.",
    )


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--json",
        action="store_true",
        help="一个 JSON 文档 one JSON document on stdout",
    )
    common.add_argument(
        "--config", metavar="FILE", help="配置文件 the config (HEGUI_CONFIG, hegui.toml)"
    )
    parser = _Parser(
        prog="hegui",
        description="合规：依规运行生成式人工智能服务。Runs a generative AI service by the book.",
        epilog="退出码 exit codes: 0; 1 发现问题 findings; 2 错误 errors. "
        "HEGUI_HOME: 数据文件夹 the data folder (var).",
    )
    parser.add_argument("--version", action="version", version=f"hegui {__version__}")
    groups = parser.add_subparsers(title="命令 commands", required=True, metavar="COMMAND")
    for group in _GROUPS:
        group.add(groups, common)
    return parser
