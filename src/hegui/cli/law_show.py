"""``hegui law show``: what a pack says, in our words."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hegui.cli.columns import both, card, wrapped
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output

if TYPE_CHECKING:
    from hegui.law import Pack, Parameter, Provision, Words


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    show = command(commands, common, "show", _show, "规则包的内容 what a pack says, in our words")
    show.add_argument("pack", help="规则包名 the pack's name")
    show.add_argument("provision", nargs="?", help="条目编号，如 GM-9.2 one provision")


def _show(options: argparse.Namespace, output: Output) -> bool:
    import msgspec

    from hegui.duties import packs
    from hegui.law.pack import digest

    with opened(settings_of(options), home_of()) as store:
        pack = packs.book(store).pack(options.pack)
    if options.provision:
        one = pack.provision(options.provision)
        document = {"pack": pack.name, "digest": digest(one), **msgspec.to_builtins(one)}
        output.result(document, "\n".join([*_head(pack), *_provision(pack, one)]))
        return False
    document = {
        "fingerprint": pack.fingerprint,
        "origin": packs.origin(pack),
        **msgspec.to_builtins(pack),
    }
    lines = _head(pack)
    for one in pack.provisions:
        lines += _provision(pack, one)
    if pack.parameters:
        lines += ["", "参数 parameters", *(_number(one) for one in pack.parameters)]
    output.result(document, "\n".join(lines))
    return False


def _head(pack: "Pack") -> list[str]:
    lines = [wrapped(f"{pack.title.zh} {pack.title.en}"), f"{pack.name} {pack.version}"]
    for one in pack.instruments:
        since = f"自 since {one.in_force}" if one.in_force else "未生效 never in force"
        ends = f" 至 to {one.ends}" if one.ends else ""
        said = (
            f"{one.title.zh} {one.title.en} ({one.number or one.id}); {since}{ends}; "
            f"{one.force.value}; 原文 text: {one.text.value}"
        )
        lines.append(wrapped(said, "  ", "    "))
    return lines


def _provision(pack: "Pack", one: "Provision") -> Iterator[str]:
    short = pack.instrument_of(one).short
    yield ""
    named = f"{short.zh}{one.clause.zh} {short.en}, {one.clause.en}  [{one.grade.value}]"
    yield wrapped(f"{one.id}  {named}", rest="    ")
    titled = f"{one.title.zh} {one.title.en} ({one.modality.value}; {', '.join(one.who)})"
    yield wrapped(titled, "  ", "    ")
    yield from _both(one.text, "  ")
    if one.valid_from:
        yield f"  自 since {one.valid_from}"
    for each in one.consequence:
        amount = f"（{each.amount}）" if each.amount else ""
        does = f"后果 consequence [{each.grade.value}]: {each.who.zh}{each.does.zh}{amount}"
        yield wrapped(does, "  ", "    ")
        yield wrapped(f"{each.who.en}: {each.does.en} ({each.clause.en})", "    ")
    if one.related:
        yield wrapped(f"相关 related: {', '.join(one.related)}", "  ", "    ")
    for duty in one.duties:
        yield f"  义务 duty {duty.id}"
        yield from _both(duty.text, "    ")
        for control in duty.controls:
            how = ", ".join(control.checks) or f"签署证明 attested, {control.renew}"
            said = f"{control.id}: {control.text.zh} {control.text.en} ← {how}"
            yield wrapped(said, "    · ")
    yield wrapped(f"依据 rests on: {one.source.zh} {one.source.en}", "  ", "    ")


def _both(words: "Words", indent: str) -> Iterator[str]:
    yield wrapped(words.zh, indent)
    yield wrapped(words.en, indent)


def _number(one: "Parameter") -> str:
    until = f" – {one.valid_to}" if one.valid_to else ""
    head = f"{one.id}  {one.value}  [{one.grade.value}]  {one.modality.value}"
    return card(
        f"{head}  {one.valid_from}{until}",
        (both(one.clause.zh, one.clause.en), both(one.text.zh, one.text.en)),
        "  ",
    )
