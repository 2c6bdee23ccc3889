"""``hegui people``: one person at a time, by application and pseudonym."""

import argparse
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
        one.add_argument("pseudonym", help="应用给出的化名 the application's pseudonym for them")
        one.add_argument("--application", default="chat", help="哪个应用的用户 whose person (chat)")


def _find(store: "Store", options: argparse.Namespace) -> "Person":
    from hegui.people import persons

    person = persons.find(store, application(store, options.application).id, options.pseudonym)
    if person is None:
        raise CliError(
            "person_not_found",
            zh="该应用没有这个化名的用户；可能已被删除。请核对化名与 --application。",
            en="That application has no person of this pseudonym; they may be erased already. "
            "Check the pseudonym and --application.",
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


def _erase(options: argparse.Namespace, output: Output) -> bool:
    from hegui.vault import erase_person

    settings, home = settings_of(options), home_of()
    with opened(settings, home) as store, person_keys(settings, home) as keys:
        person = _find(store, options)
        erase_person(store, keys, person.id, store.world)
    output.result(
        {"id": person.id, "erased": True},
        "已删除：密钥、密文、链接与化名。账本只记下“有一人被删除”。\n"
        "Erased: key, sealed texts, links and pseudonym. The ledger says that a person was "
        "erased, and not who.",
    )
    return False
