"""``hegui apps``: applications, who runs each and for which public."""

import argparse

from hegui.cli.group import Groups, command, group
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment, table


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "apps", "应用 applications")
    new = command(these, common, "add", _add, "登记或更改应用 register or change an application")
    new.add_argument("name", help="名称 its name")
    new.add_argument("--operator", required=True, help="由谁运营 who runs it")
    new.add_argument("--public", required=True, help="面向哪些人 for which public")
    new.add_argument(
        "--label-at",
        choices=("start", "end", "both", "interface"),
        help="文字标识的位置 where the text label stands (labels.at)",
    )
    new.add_argument(
        "--interface", default="", help="界面如何展示标识 how its interface shows the label"
    )
    command(these, common, "list", _list, "列出应用 list the applications")


def _add(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import applications

    settings = settings_of(options)
    with opened(settings, home_of()) as store:
        new = applications.register(
            store,
            store.world,
            options.name,
            operator=options.operator,
            public=options.public,
            label_at=options.label_at or settings.labels.at,
            interface=options.interface,
        )
    output.result(
        {"id": new.id, "name": new.name, "label_at": new.label_at},
        f"已登记 registered: {new.name}\n密钥 a key: hegui keys create {new.name}",
    )
    return False


def _list(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import applications

    with opened(settings_of(options), home_of()) as store:
        found = [
            {
                "name": one.name,
                "operator": one.operator,
                "public": one.public,
                "label_at": one.label_at,
                "interface": one.interface,
                "created": moment(one.created),
                "id": one.id,
            }
            for one in applications.list_applications(store)
        ]
    heads = ("name", "operator", "public", "label_at", "interface", "created", "id")
    output.result({"applications": found}, table(heads, (tuple(one.values()) for one in found)))
    return False
