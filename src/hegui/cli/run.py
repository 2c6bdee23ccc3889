"""``hegui run``: the service, until it is stopped."""

import argparse

from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, settings_of
from hegui.cli.output import Output


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    parser = command(groups, common, "run", _run, "启动服务 run the service")
    parser.add_argument(
        "--model",
        choices=("smollm",),
        help="内置小模型 an embedded small model as well",
    )


def _run(options: argparse.Namespace, output: Output) -> bool:
    from hegui.config import with_model
    from hegui.service.run import run

    settings = settings_of(options)
    if options.model:
        settings = with_model(settings, options.model)
    run(settings, home_of(), as_json=output.as_json)
    return False
