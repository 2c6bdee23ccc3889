"""``hegui law licences``: the register of licences, filings and registrations."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hegui.cli.columns import card
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command, group
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment

if TYPE_CHECKING:
    from hegui.duties.files import File
    from hegui.duties.licences import Given, Licence


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(commands, "licences", "许可、备案和登记 licences, filings and registrations")
    listing = command(these, common, "list", _list, "列出登记 list the register")
    listing.add_argument(
        "--gone", action="store_true", help="已替换或撤下的 those replaced, withdrawn"
    )
    _fields(command(these, common, "add", _add, "登记一项 enter one"))
    change = command(
        these, common, "replace", _replace, "换成新的一项 enter one in another's place"
    )
    change.add_argument("id", help="被替换的 id of the one it replaces")
    _fields(change)
    end = command(these, common, "withdraw", _withdraw, "撤下一项 say that one no longer holds")
    end.add_argument("id", help="编号 its id")


def _fields(one: argparse.ArgumentParser) -> None:
    one.add_argument("kind", help="种类 its kind: service-filing, telecom, …, other")
    one.add_argument("number", help="编号 its number")
    one.add_argument("--scope", required=True, help="范围 what it allows")
    one.add_argument("--holder", required=True, help="持有者 who holds it")
    one.add_argument("--issued", default="", metavar="DAY", help="签发日 issued, 2026-01-31")
    one.add_argument("--expires", default="", metavar="DAY", help="到期日 its last day")
    one.add_argument("--file", help="凭证文件 its evidence")


def _list(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import licences

    with opened(settings_of(options), home_of()) as store:
        found = licences.listed(store, gone=options.gone)
    cards = [_card(one) for one in found]
    nothing = "没有这样的登记 nothing of this kind is on the register"
    output.result({"licences": [_document(one) for one in found]}, "\n".join(cards) or nothing)
    return False


def _card(one: "Licence") -> str:
    from hegui.duties import licences

    title = licences.title(one.kind)
    return card(
        f"{one.number}  {title.zh} {title.en} ({one.kind})",
        (
            f"持有者 holder: {one.holder}",
            f"签发 issued: {_day(one.issued) or '-'}; 到期 expires: {_day(one.expires) or '-'}",
            f"id: {one.id}",
        ),
    )


def _add(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import licences

    with opened(settings_of(options), home_of()) as store:
        made = licences.add(store, store.world, _given(options), file=_file(options))
    output.result(_document(made), f"已登记 entered: {made.number} {made.id}")
    return False


def _replace(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import licences

    with opened(settings_of(options), home_of()) as store:
        made = licences.replace(
            store, store.world, options.id, _given(options), file=_file(options)
        )
    output.result(_document(made), f"已替换 replaced: {options.id} → {made.id}")
    return False


def _withdraw(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import licences

    with opened(settings_of(options), home_of()) as store:
        gone = licences.withdraw(store, store.world, options.id)
    output.result(_document(gone), f"已撤下 withdrawn: {gone.number} {gone.id}")
    return False


def _given(options: argparse.Namespace) -> "Given":
    from hegui.duties import licences

    return licences.Given(
        kind=options.kind,
        number=options.number,
        scope=options.scope,
        holder=options.holder,
        issued=licences.day("issued", options.issued),
        expires=licences.day("expires", options.expires),
    )


def _file(options: argparse.Namespace) -> "File | None":
    """The evidence file, read no further than it may be large."""
    if not options.file:
        return None
    from mimetypes import guess_type

    from hegui.duties.files import MOST_BYTES, File

    path = Path(options.file)
    try:
        with path.open("rb") as read:
            data = read.read(MOST_BYTES + 1)
    except OSError as error:
        raise CliError(
            "evidence_unreadable",
            zh=f"无法读取凭证文件 {path}（{error.strerror}），没有登记。请给出可读的文件。",
            en=f"The evidence {path} can't be read ({error.strerror}); nothing was entered. Give a "
            "file that can be read.",
        ) from error
    return File(path.name, guess_type(path.name)[0] or "", data)


def _document(one: "Licence") -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "number": one.number,
        "scope": one.scope,
        "holder": one.holder,
        "issued": _day(one.issued),
        "expires": _day(one.expires),
        "file": one.file,
        "entered": moment(one.at),
        "replaced": moment(one.replaced),
        "replaced_by": one.replaced_by,
    }


def _day(number: int | None) -> str | None:
    return None if number is None else date.fromisoformat(str(number)).isoformat()
