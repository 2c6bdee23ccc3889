"""``hegui law diff``: two packs held against each other."""

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hegui.cli.columns import aligned, wrapped
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hegui.law import Pack
    from hegui.law.compare import Difference, Place

#: In the order in which they are counted.
_KINDS = {
    "kept": "保留",
    "narrowed": "收窄",
    "widened": "扩大",
    "softened": "放宽",
    "moved": "移位",
    "removed": "删除",
    "added": "新增",
    "changed": "改动",
}
#: Values that have a name of their own; others are numbers, under the number's id.
_VALUES = {"modality": "约束力 modality", "who": "对象 who", "amount": "金额 amount"}


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    parser = command(
        commands, common, "diff", _diff, "比较两个规则包 what differs between two packs"
    )
    parser.epilog = (
        "先写征求意见稿、后写定稿，或者同一规则包的旧版和新版。"
        "A draft and then its final text, or an older and a newer version of one pack."
    )
    parser.add_argument("a", metavar="A", help="规则包名或文件 a pack's name or its file (.yaml)")
    parser.add_argument("b", metavar="B", help="规则包名或文件 a pack's name or its file (.yaml)")


def _diff(options: argparse.Namespace, output: Output) -> bool:
    import msgspec

    from hegui.law.compare import diff

    a, b = _packs(options, (options.a, options.b))
    found = diff(a, b)
    document = {"a": _side(a), "b": _side(b), "differences": msgspec.to_builtins(found)}
    output.result(document, "\n".join(_lines(a, b, found)))
    return False


def _packs(options: argparse.Namespace, names: "Sequence[str]") -> "list[Pack]":
    """Of files, what they say; of names, the packs in force. Files alone need no database."""
    if all(map(_is_file, names)):
        return [_read(name) for name in names]
    from hegui.duties.packs import book

    with opened(settings_of(options), home_of()) as store:
        in_force = book(store)
    return [_read(name) if _is_file(name) else in_force.pack(name) for name in names]


def _is_file(name: str) -> bool:
    return Path(name).suffix in (".yaml", ".yml")


def _read(name: str) -> "Pack":
    from hegui.law.pack import read

    path = Path(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CliError(
            "pack_unreadable",
            zh=f"无法读取规则包 {path}（{error.strerror}）。请检查文件名。",
            en=f"The pack {path} can't be read ({error.strerror}). Check the file's name.",
        ) from error
    return read(data, file=path.name)


def _side(one: "Pack") -> dict[str, Any]:
    return {"pack": one.name, "version": one.version, "fingerprint": one.fingerprint}


def _lines(a: "Pack", b: "Pack", found: "Sequence[Difference]") -> list[str]:
    lines = [
        f"{_name(a)} → {_name(b)}",
        wrapped(f"{a.title.zh} → {b.title.zh}", rest="  "),
        wrapped(f"{a.title.en} → {b.title.en}", rest="  "),
    ]
    if not found:
        return [*lines, "没有差别 nothing differs"]
    counts = Counter(one.change.value for one in found)
    listed = ", ".join(f"{_KINDS[kind]} {kind} {counts[kind]}" for kind in _KINDS if counts[kind])
    return [
        *lines,
        wrapped(f"差别 differences: {len(found)} ({listed})", rest="  "),
        *(line for one in found for line in _told(one)),
    ]


def _name(one: "Pack") -> str:
    return f"{one.name} {one.version}"


def _told(one: "Difference") -> list[str]:
    """One difference: what it is called, where it stands, what changed and why it matters."""
    place = one.after or one.before
    title = "" if place is None else f"{place.title.zh} {place.title.en}"
    rows = [
        ("位置 where", f"{_clause(one.before)} → {_clause(one.after)}"),
        ("变化 what", f"{one.what.zh}\n{one.what.en}"),
    ]
    if one.why is not None:
        rows.append(("意义 why", f"{one.why.zh}\n{one.why.en}"))
    for each in one.shifts:
        said = _VALUES.get(each.what, each.what)
        rows.append(("数值 value", f"{said}: {each.before or '—'} → {each.after or '—'}"))
    head = f"[{_KINDS[one.change.value]} {one.change.value}] {title} ({one.topic})"
    return ["", wrapped(head, rest="  "), aligned(rows, "  ")]


def _clause(place: "Place | None") -> str:
    return "—" if place is None else f"{place.clause.zh} {place.clause.en}"
