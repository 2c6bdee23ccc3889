"""``hegui people``: one person at a time, by application and pseudonym."""

import argparse
import sys
from typing import TYPE_CHECKING

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command, group
from hegui.cli.keys import application
from hegui.cli.opened import home_of, opened, person_keys, settings_of
from hegui.cli.output import Output, moment

if TYPE_CHECKING:
    from hegui.people import Person
    from hegui.store import Store


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "people", "用户 people")
    for name, run, about in (
        ("show", _show, "查看一人的状态，不含其文字 show a person's state, never their words"),
        ("erase", _erase, "删除一人的一切，不可恢复 erase a person for good"),
    ):
        one = command(these, common, name, run, about)
        one.add_argument("pseudonym", help="应用给出的代号 the application's pseudonym for them")
        one.add_argument("--application", default="chat", help="哪个应用的用户 whose person (chat)")
    one.add_argument("--yes", action="store_true", help="不再询问 erase without asking")


def _find(store: "Store", options: argparse.Namespace) -> "Person":
    from hegui.people import persons

    person = persons.find(store, application(store, options.application).id, options.pseudonym)
    if person is None:
        raise CliError(
            "person_not_found",
            zh=f"应用 {options.application} 没有这个代号的用户；可能已被删除。"
            "请核对代号，或用 --application 换一个应用。",
            en=f"The application {options.application} has no person of this pseudonym; they may "
            "be erased already. Check the pseudonym, or name another --application.",
        )
    return person


def _show(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import agreements

    with opened(settings_of(options), home_of()) as store:
        person = _find(store, options)
        asked = agreements.current(store).version
        document = {
            "id": person.id,
            "application": options.application,
            "pseudonym": person.pseudonym,
            "agreement": {
                "current": asked,
                "accepted": person.accepted,
                "evidenced": person.evidenced,
            },
            "suspended": (
                moment(person.suspended) if person.is_suspended(store.world.now()) else None
            ),
        }
    said = "有凭据 evidenced" if person.evidenced else "仅应用声称 said by the application"
    accepted = "-" if person.accepted is None else f"{person.accepted} ({said})"
    output.result(
        document,
        f"编号 id: {person.id}\n已接受的协议版本 agreement accepted: {accepted}; "
        f"现行 current: {asked}\n暂停 suspended: {document['suspended'] or '-'}",
    )
    return False


def _confirm(options: argparse.Namespace) -> None:
    """Asks whoever sits at a terminal; a script, which has none, said what it means.

    Raises:
        CliError: ``erase_not_confirmed``.
    """
    if not sys.stdin.isatty():
        return
    print(
        f"将永久删除应用 {options.application} 的这个用户：密钥、密文、链接与代号，无法恢复。\n"
        f"This erases the person of {options.application} for good: key, sealed texts, links and "
        "pseudonym.\n请再输入代号以确认 Type the pseudonym to confirm: ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    if sys.stdin.readline().strip() != options.pseudonym.strip():
        raise CliError(
            "erase_not_confirmed",
            zh="输入的代号不一致，没有删除任何内容。请重新运行，或用 --yes 跳过确认。",
            en="What was typed is not the pseudonym; nothing was erased. Run it again, or give "
            "--yes to skip the question.",
        )


def _erase(options: argparse.Namespace, output: Output) -> bool:
    from hegui.vault import erase_person

    settings, home = settings_of(options), home_of()
    with opened(settings, home) as store, person_keys(settings, home) as keys:
        person = _find(store, options)
        if not options.yes:
            _confirm(options)
        erase_person(store, keys, person.id, store.world)
    output.result(
        {"id": person.id, "erased": True},
        "已删除：密钥、密文、链接与代号。账本只记下“有一人被删除”。\n"
        "Erased: key, sealed texts, links and pseudonym. The ledger says that a person was "
        "erased, and not who.",
    )
    return False
