"""``hegui law checks|facts``: the names that a pack of one's own may use."""

import argparse
from typing import TYPE_CHECKING, Any

from hegui.cli.columns import both, card
from hegui.cli.group import Groups, command
from hegui.cli.output import Output

if TYPE_CHECKING:
    from hegui.checks import Check
    from hegui.law.scope import Fact


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    command(
        commands,
        common,
        "checks",
        _checks,
        "控制措施可用的检查，各读什么 the checks that a control may name, and what each reads",
    )
    command(
        commands,
        common,
        "facts",
        _facts,
        "适用条件可用的事实，怎样问 the facts that a condition may name, and how it asks for them",
    )


def _checks(_options: argparse.Namespace, output: Output) -> bool:
    from hegui.checks import CHECKS

    document = {"checks": [_check(one) for one in CHECKS.values()]}
    output.result(document, "\n".join(_check_card(one) for one in CHECKS.values()))
    return False


def _check(one: "Check") -> dict[str, Any]:
    return {
        "id": one.id,
        "title": {"zh": one.title.zh, "en": one.title.en},
        "what": {"zh": one.what.zh, "en": one.what.en},
        "attested": one.attested,
        "entries": _entries(one),
        "rules": list(one.rules),
    }


def _entries(one: "Check") -> list[str]:
    return [str(kind.__struct_config__.tag) for kind in one.kinds]


def _check_card(one: "Check") -> str:
    how = "✎ 由人签署证明 attested by a person" if one.attested else "● 由留痕得出 from evidence"
    return card(
        f"{one.id}  {how}",
        (
            both(one.title.zh, one.title.en),
            f"{one.what.zh}\n{one.what.en}",
            f"读 reads: {', '.join(_entries(one))}",
            f"数字 numbers: {', '.join(one.rules)}" if one.rules else "",
        ),
    )


def _facts(_options: argparse.Namespace, output: Output) -> bool:
    from hegui.law.scope import facts

    document = {"facts": [_fact(one) for one in facts().values()]}
    output.result(document, "\n".join(_fact_card(one) for one in facts().values()))
    return False


def _fact(one: "Fact") -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "short": {"zh": one.short.zh, "en": one.short.en},
        "question": {"zh": one.question.zh, "en": one.question.en},
        "options": [
            {"id": each.id, "label": {"zh": each.label.zh, "en": each.label.en}}
            for each in one.options
        ],
    }


def _fact_card(one: "Fact") -> str:
    from hegui.law.scope.facts import ASKED

    how = ASKED[one.kind]
    options = "; ".join(f"{each.id} {each.label.zh} {each.label.en}" for each in one.options)
    return card(
        f"{one.id}  {one.kind.value}",
        (
            both(one.short.zh, one.short.en),
            f"条件 condition: {how.zh}" + (f" {how.en}" if how.en != how.zh else ""),
            f"选项 options: {options}" if options else "",
        ),
    )
