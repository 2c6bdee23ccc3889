"""``hegui law packs|import|withdraw|coming``: the packs in force, and packs of one's own."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hegui.cli.columns import both, card, wrapped
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output

if TYPE_CHECKING:
    from hegui.duties.packs import PackChange
    from hegui.duties.views import PackView
    from hegui.law import Coming, Words


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    command(commands, common, "packs", _packs, "在用的规则包 the packs in force")
    bring = command(commands, common, "import", _import, "导入规则包 bring a pack in")
    bring.add_argument("file", help="规则包文件 the pack (.yaml)")
    bring.add_argument("--yes", action="store_true", help="不再询问 import without asking")
    withdraw = command(
        commands, common, "withdraw", _withdraw, "停用导入的规则包 take an imported pack back"
    )
    withdraw.add_argument("pack", help="规则包名 the pack's name")
    command(commands, common, "coming", _coming, "将要生效的条款和参数 what is not in force yet")


def _packs(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties.standing import standing

    with opened(settings_of(options), home_of()) as store:
        stands = standing(store, store.world.now())
    views, left_out = stands.packs, stands.left_out
    cards = [
        card(
            f"{one.name}  {one.version}  {_ORIGIN[one.origin]}",
            (
                both(one.title.zh, one.title.en),
                _APPLIES[one.applies.answer],
                _counts(one),
            ),
        )
        for one in views
    ]
    document = {
        "packs": [
            {
                "name": one.name,
                "title": _words(one.title),
                "version": one.version,
                "fingerprint": one.fingerprint,
                "origin": one.origin,
                "provisions": one.provisions,
                "duties": one.duties,
                "parameters": one.parameters,
                "applies": one.applies.answer,
                "reasons": [_words(reason.text) for reason in one.applies.reasons],
                "texts": list(one.texts),
            }
            for one in views
        ],
        "left_out": [
            {"name": one.name, "version": one.version, "code": one.code} for one in left_out
        ],
    }
    told = [
        f"{one.name} {one.version}: 无法使用 can't be used ({one.code}); "
        f"见 see hegui law withdraw {one.name}"
        for one in left_out
    ]
    output.result(document, "\n".join([*cards, *map(wrapped, told)]))
    return False


def _counts(one: "PackView") -> str:
    return (
        f"{one.provisions} 条 provisions, {one.duties} 项义务 duties, "
        f"{one.parameters} 个数字 numbers"
    )


_APPLIES = {True: "● 适用 applies", False: "○ 不适用 doesn't apply", None: "✎ 未答 not answered"}
_ORIGIN = {"shipped": "随附 shipped", "imported": "导入 imported"}


def _import(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import packs

    path = Path(options.file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CliError(
            "pack_unreadable",
            zh=f"无法读取规则包 {path}（{error.strerror}）。请检查文件名。",
            en=f"The pack {path} can't be read ({error.strerror}). Check the file's name.",
        ) from error
    with opened(settings_of(options), home_of()) as store:
        change = packs.preview(store, data, path.name)
        if change.new and not options.yes:
            _confirm(change)
        change = packs.import_pack(store, store.world, data, path.name)
    said = "已导入 imported" if change.new else "没有改动 nothing changed"
    output.result(_changed(change), "\n".join([_told(change), said]))
    return False


def _told(change: "PackChange") -> str:
    """What changes, each line with what is below it further in."""
    from hegui.duties import packs

    lines = packs.lines(change)
    return "\n".join(wrapped(line, rest=_depth(line) + "    ") for line in lines)


def _depth(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _confirm(change: "PackChange") -> None:
    """Shows what changes and asks whoever sits at a terminal; a script said what it means.

    Raises:
        CliError: ``import_not_confirmed``.
    """
    if not sys.stdin.isatty():
        raise CliError(
            "import_not_asked",
            zh="没有导入，没有改动：不在终端里，无法询问。请加 --yes 确认导入。",
            en="Nothing was imported and nothing changed: this is no terminal to ask at. Give "
            "--yes to import it.",
        )
    print(_told(change), file=sys.stderr)
    print("导入吗？import it? [y/n] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise CliError(
            "import_not_confirmed",
            zh="没有导入，没有改动。要导入请重新运行并回答 y，或用 --yes 跳过询问。",
            en="Nothing was imported and nothing changed. To import it, run it again and answer "
            "y, or give --yes to skip the question.",
        )


def _changed(change: "PackChange") -> dict[str, Any]:
    import msgspec

    document: dict[str, Any] = msgspec.to_builtins(change)
    return document


def _withdraw(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import packs

    with opened(settings_of(options), home_of()) as store:
        version = packs.withdraw_pack(store, store.world, options.pack)
        own = next((one for one in packs.book(store).packs if one.name == options.pack), None)
    said = f"已停用 withdrawn: {options.pack} {version}"
    if own is not None:
        said += f"\n恢复随附版本 the shipped version is in force again: {own.version}"
    document = {"pack": options.pack, "version": version, "in_force": own and own.version}
    output.result(document, said)
    return False


def _coming(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import packs
    from hegui.law import Provision, day_of

    with opened(settings_of(options), home_of()) as store:
        found = packs.book(store).coming(day_of(store.world.now()))
    document = {
        "coming": [
            {
                "day": f"{one.day}",
                "ref": f"{one.pack.name}/{one.what.id}",
                "clause": _words(one.what.clause),
                "text": _words(one.what.text),
                "value": None if isinstance(one.what, Provision) else one.what.value,
            }
            for one in found
        ]
    }
    cards = [_card(one) for one in found]
    nothing = "没有已公布而未生效的条款 nothing that is published is still to come into force"
    output.result(document, "\n".join(cards) or nothing)
    return False


def _card(one: "Coming") -> str:
    """What comes into force, in both languages; of a number, what it will be."""
    from hegui.law import Provision

    what = one.what
    said = what.title if isinstance(what, Provision) else what.text
    value = "" if isinstance(what, Provision) else f": {what.value}"
    return card(
        f"{one.day}  {one.pack.name}/{what.id}",
        (f"{what.clause.zh} {what.clause.en}", both(said.zh, f"{said.en}{value}")),
    )


def _words(words: "Words") -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
