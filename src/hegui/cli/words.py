"""``hegui words``: word packs in force."""

import argparse
from pathlib import Path

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command, group
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, table


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "words", "词表 word packs")
    new = command(
        these,
        common,
        "add",
        _add,
        "启用词表，替换同名旧版 put a pack in force",
    )
    new.add_argument("file", help="词表文件 the pack (.toml, .csv)")
    command(these, common, "list", _list, "列出在用的词表 list the packs in force")
    withdraw = command(these, common, "withdraw", _withdraw, "停用词表 take a pack out of force")
    withdraw.add_argument("name", help="词表名称 the pack's name")


def _add(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import word_packs

    path = Path(options.file)
    form = word_packs.format_of(options.file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CliError(
            "pack_unreadable",
            zh=f"无法读取词表 {path}（{error.strerror}）。请检查文件名。",
            en=f"The word pack {path} can't be read ({error.strerror}). Check the file's name.",
        ) from error
    with opened(settings_of(options), home_of()) as store:
        pack = word_packs.add(store, store.world, data, form)
    output.result(
        {
            "name": pack.name,
            "version": pack.version,
            "author": pack.author,
            "words": len(pack.words),
            "digest": pack.digest,
        },
        f"已启用 in force: {pack.name} {pack.version} ({pack.author}), {len(pack.words)} 词 words",
    )
    return False


def _list(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people.pack_list import PackList

    settings = settings_of(options)
    heads = ("name", "version", "author", "digest", "words", "source")
    with opened(settings, home_of()) as store:
        found = [
            {head: getattr(pack, head) for head in heads}
            for pack in PackList(store, settings).listing()
        ]
    output.result({"packs": found}, table(heads, (tuple(pack.values()) for pack in found)))
    return False


def _withdraw(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import word_packs

    with opened(settings_of(options), home_of()) as store:
        version = word_packs.withdraw(store, store.world, options.name)
    output.result(
        {"name": options.name, "version": version, "withdrawn": True},
        f"已停用 withdrawn: {options.name} {version}",
    )
    return False
