"""``hegui run``: the service, until it is stopped."""

import argparse

import hegui.cli.opened as open_
from hegui.cli.group import Groups, command
from hegui.cli.output import Output


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    parser = command(groups, common, "run", _run, "启动服务 run the service")
    parser.add_argument(
        "--model",
        choices=("smollm",),
        help="内置小模型 an embedded small model as well",
    )


def _run(options: argparse.Namespace, _output: Output) -> bool:
    from hegui.config import with_model
    from hegui.service import run

    settings = open_.settings_of(options)
    if options.model:
        settings = with_model(settings, options.model)
    run(settings, open_.home_of())
    return False
