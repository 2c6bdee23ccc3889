"""``hegui agreement``: the service agreement that people accept before they generate."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command, group
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment

if TYPE_CHECKING:
    from hegui.store import Store


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "agreement", "服务协议 the service agreement")
    new = command(
        these,
        common,
        "publish",
        _publish,
        "发布新版本 publish; everyone is asked again",
    )
    new.add_argument("--zh", metavar="FILE", help="中文文本 the Chinese text (shipped text)")
    new.add_argument("--en", metavar="FILE", help="英文文本 the English text (shipped text)")
    command(these, common, "show", _show, "显示现行版本 show the version in force")


def _publish(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import agreements, default_text

    settings = settings_of(options)
    if bool(options.zh) != bool(options.en):
        raise CliError(
            "agreement_one_language",
            zh="协议须有中英文两个文本：请同时给出 --zh 和 --en，或都不给（用随附文本）。",
            en="The agreement needs both languages: give --zh and --en, or neither for the "
            "shipped text.",
        )
    if options.zh:
        zh, en = _text(options.zh), _text(options.en)
    else:
        zh, en = default_text(settings)
    with opened(settings, home_of()) as store:
        before = _in_force(store)
        version = agreements.publish(store, store.world, zh, en)
    published = version != before
    said = "已发布 published" if published else "内容未变，没有发布 unchanged, nothing published"
    output.result(
        {"version": version, "published": published},
        f"{said}\n现行版本 version in force: {version}",
    )
    return False


def _in_force(store: "Store") -> int | None:
    """The version in force, or none before the first."""
    from hegui.people import PeopleError, agreements

    try:
        return agreements.current(store).version
    except PeopleError as error:
        if error.code != "agreement_missing":
            raise
        return None


def _show(options: argparse.Namespace, output: Output) -> bool:
    from hegui.people import agreements

    with opened(settings_of(options), home_of()) as store:
        agreement = agreements.current(store)
    document = msgspec.structs.asdict(agreement) | {"published": moment(agreement.published)}
    head = f"版本 version {agreement.version}, {document['published']}, SHA-256 {agreement.digest}"
    output.result(document, f"{head}\n\n{agreement.zh}\n\n{agreement.en}")
    return False


def _text(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise CliError(
            "agreement_unreadable",
            zh=f"无法读取协议文本 {name}（{reason}）。请给出 UTF-8 文本文件。",
            en=f"The agreement's text {name} can't be read ({reason}). Give a text file in UTF-8.",
        ) from error
