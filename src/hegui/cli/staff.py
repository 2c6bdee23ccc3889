"""``hegui staff``: who works here in which role, and one-time links to sign in by."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hegui.cli.group import Groups, command, group
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment, table

if TYPE_CHECKING:
    from hegui.people.staff import StaffBook

_ROLES = ("owner", "officer", "reviewer", "auditor")


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "staff", "管理台人员 members of staff")
    new = command(
        these, common, "add", _add, "添加人员并给出登录链接 add a member, with a sign-in link"
    )
    new.add_argument("name", help="名称 the name to sign in by")
    new.add_argument("--role", required=True, choices=_ROLES, help="角色 the role")
    command(these, common, "list", _list, "列出人员 list the members")
    for name, run, about in (
        ("link", _link, "给出只能用一次的登录链接 a sign-in link that works once"),
        ("role", _role, "更改角色，或重新启用 change the role, or enable again"),
        ("disable", _disable, "停用，立即退出登录 disable, and sign out at once"),
    ):
        one = command(these, common, name, run, about)
        one.add_argument("name", help="名称 the member's name")
        if name == "role":
            one.add_argument("role", choices=_ROLES, help="角色 the role")


@contextmanager
def _book(options: argparse.Namespace) -> Iterator["StaffBook"]:
    from hegui.people.staff import StaffBook

    with opened(settings_of(options), home_of()) as store:
        yield StaffBook(store, store.world)


def _url(options: argparse.Namespace, book: "StaffBook", staff_id: str) -> str:
    from hegui.config.addresses import console_url

    return f"{console_url(settings_of(options))}/enter/{book.link(staff_id)}"


def _add(options: argparse.Namespace, output: Output) -> bool:
    with _book(options) as book:
        new = book.add(options.name, options.role)
        url = _url(options, book, new.id)
    output.result(
        {"id": new.id, "name": new.name, "role": new.role, "sign_in": url},
        f"已添加 added: {new.name} ({new.role})\n{_once(url)}",
    )
    return False


def _list(options: argparse.Namespace, output: Output) -> bool:
    with _book(options) as book:
        found = [
            {
                "name": one.name,
                "role": one.role,
                "passphrase": one.has_passphrase,
                "sessions": one.sessions,
                "created": moment(one.created),
                "disabled": moment(one.disabled),
                "id": one.id,
            }
            for one in book.list()
        ]
    heads = ("name", "role", "passphrase", "sessions", "created", "disabled", "id")
    output.result({"staff": found}, table(heads, (tuple(one.values()) for one in found)))
    return False


def _link(options: argparse.Namespace, output: Output) -> bool:
    with _book(options) as book:
        member = book.named(options.name)
        url = _url(options, book, member.id)
    output.result({"name": member.name, "sign_in": url}, _once(url))
    return False


def _role(options: argparse.Namespace, output: Output) -> bool:
    with _book(options) as book:
        member = book.named(options.name)
        book.set_role(member.id, options.role)
    output.result(
        {"name": member.name, "role": options.role},
        f"{member.name}: {options.role}",
    )
    return False


def _disable(options: argparse.Namespace, output: Output) -> bool:
    with _book(options) as book:
        member = book.named(options.name)
        book.disable(member.id)
    output.result(
        {"name": member.name, "role": "none"},
        f"已停用，登录已全部结束 disabled, every sign-in has ended: {member.name}",
    )
    return False


def _once(url: str) -> str:
    return (
        f"登录链接，24 小时内有效，只能用一次 the sign-in link, good once within 24 hours:\n{url}"
    )
