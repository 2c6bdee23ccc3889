"""How a module of commands joins the parser."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

from hegui.cli.output import Output

#: Runs a command; true when it found something that is not in order, or the exit code itself.
Command: TypeAlias = Callable[[argparse.Namespace, Output], int]
#: What ``add_subparsers`` returns; argparse gives its type no public name.
Groups: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def command(
    groups: Groups, common: argparse.ArgumentParser, name: str, run: Command, about: str
) -> argparse.ArgumentParser:
    """Adds one command; the caller adds its arguments."""
    parser = groups.add_parser(name, help=about, description=about, parents=[common])
    parser.set_defaults(run=run)
    return parser


def group(groups: Groups, name: str, about: str) -> Groups:
    """Adds a group of commands, such as ``hegui keys``."""
    parser = groups.add_parser(name, help=about, description=about)
    return parser.add_subparsers(title="命令 commands", required=True, metavar="COMMAND")
