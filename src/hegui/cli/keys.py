"""``hegui keys``: the keys by which applications prove themselves."""

import argparse
from typing import TYPE_CHECKING

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command, group
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment, table

if TYPE_CHECKING:
    from hegui.people import Application
    from hegui.store import Store

_DAY_MS = 86_400_000
_MOST_DAYS = 36_500


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "keys", "应用密钥 application keys")
    create = command(these, common, "create", _create, "新建密钥 make a key, shown once")
    create.add_argument("application", help="应用名称 the application's name")
    create.add_argument(
        "--days",
        type=_days,
        help=f"有效天数，1 到 {_MOST_DAYS} days until it expires, 1 to {_MOST_DAYS} (never)",
    )
    command(these, common, "list", _list, "列出密钥 list the keys")
    revoke = command(these, common, "revoke", _revoke, "立即撤销 revoke a key at once")
    revoke.add_argument("id", help="密钥编号 the key's id")


def application(store: "Store", name: str) -> "Application":
    """The application of that name.

    Raises:
        CliError: ``application_not_found``.
    """
    from hegui.people import applications

    known = applications.list_applications(store)
    for one in known:
        if one.name == name:
            return one
    names = ", ".join(one.name for one in known) or "-"
    raise CliError(
        "application_not_found",
        zh=f"没有名为 {name} 的应用。已登记：{names}。用 hegui apps add 登记新的应用。",
        en=f"There is no application {name}. Known: {names}. Register one with hegui apps add.",
    )


def _days(text: str) -> int:
    """A lifetime in days. Argparse lets the error through, as it is none of its own.

    Raises:
        CliError: ``days_wrong``.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= _MOST_DAYS):
        raise CliError(
            "days_wrong",
            zh=f"--days 的值 {text} 不可用。允许：1 到 {_MOST_DAYS} 的整数；不写则永不过期。",
            en=f"--days is {text}. Allowed: a whole number, 1 to {_MOST_DAYS}; "
            "left out, the key never expires.",
        )
    return int(text)


def _create(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import api_keys

    with opened(settings_of(options), home_of()) as store:
        owner = application(store, options.application)
        expires = store.world.now() + options.days * _DAY_MS if options.days else None
        key_id, secret = api_keys.create_key(store, store.world, owner, expires)
    output.result(
        {"id": key_id, "key": secret, "application": owner.name, "expires": moment(expires)},
        f"{secret}\n编号 id: {key_id}\n"
        "请立即保存：密钥不会再次显示。 Keep it now: it is never shown again.",
    )
    return False


def _list(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import api_keys, applications

    with opened(settings_of(options), home_of()) as store:
        names = {one.id: one.name for one in applications.list_applications(store)}
        found = [
            {
                "id": key.id,
                "application": names[key.application_id],
                "hint": key.hint,
                "created": moment(key.created),
                "expires": moment(key.expires),
                "revoked": moment(key.revoked),
            }
            for key in api_keys.list_keys(store)
        ]
    heads = ("id", "application", "hint", "created", "expires", "revoked")
    output.result({"keys": found}, table(heads, (tuple(key.values()) for key in found)))
    return False


def _revoke(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import api_keys

    with opened(settings_of(options), home_of()) as store:
        api_keys.revoke_key(store, store.world, options.id)
    output.result({"id": options.id, "revoked": True}, f"已撤销 revoked: {options.id}")
    return False
