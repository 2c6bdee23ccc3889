"""``hegui law scope``: what the service is, what applies to it, and which ways it has to go."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hegui.cli.columns import aligned
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment

if TYPE_CHECKING:
    from hegui.duties.scope import Review
    from hegui.law.scope import Applies, ScopeRecord

_SAID = {True: "● 适用 applies", None: "✎ 未知 unknown", False: "○ 不适用 no"}
_NEEDED = {True: "● 需要 needed", None: "✎ 未知 unknown", False: "○ 不需要 no"}
#: A file of answers is far smaller.
_MOST_BYTES = 1 << 20


def add(commands: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    one = command(
        commands,
        common,
        "scope",
        _scope,
        "适用哪些法规和义务、要走什么路径，及理由；有未知时退出码为 1 what applies to the service, "
        "and why; exits with 1 while something is unknown",
    )
    how = one.add_mutually_exclusive_group()
    how.add_argument(
        "--answers", metavar="FILE", help="记录文件中的答案 record answers (yaml, json)"
    )
    how.add_argument("--ask", action="store_true", help="逐题回答并记录 ask, then record")


def _scope(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import packs, scope

    with opened(settings_of(options), home_of()) as store:
        record = scope.latest(store)
        answers = _answers(options, record)
        if answers is not None:
            record = scope.record(store, store.world, answers)
        if record is None:
            raise CliError(
                "scope_unanswered",
                zh="还没有回答适用范围。请运行 hegui law scope --ask，"
                "或用 --answers 给出答案文件。",
                en="What the service is was not answered yet. Run hegui law scope --ask, or give a "
                "file with --answers.",
            )
        review = scope.review(record, packs.book(store), store.world.now())
    output.result(_document(record, review), _text(record, review))
    return record.owed(None) > 0 or review.needed


def _answers(options: argparse.Namespace, latest: "ScopeRecord | None") -> dict[str, Any] | None:
    """The answers to be recorded; None where only the record is asked for."""
    if options.ask:
        from hegui.cli.law_scope_ask import ask

        return ask({} if latest is None else latest.answers)
    if not options.answers:
        return None
    from hegui.law.scope import read_answers

    file = Path(options.answers)
    try:
        with file.open("rb") as opened_file:
            data = opened_file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(file, error.strerror or "?") from error
    if len(data) > _MOST_BYTES:
        raise _unreadable(file, f"> {_MOST_BYTES} bytes")
    return read_answers(data, file.name)


def _unreadable(file: Path, why: str) -> CliError:
    return CliError(
        "answers_file",
        zh=f"无法读取 {file}（{why}），没有记录。请给出可读的 YAML 或 JSON 文件。",
        en=f"{file} can't be read ({why}); nothing was recorded. Give a YAML or JSON file.",
    )


def _text(record: "ScopeRecord", review: "Review") -> str:
    lines = [
        f"适用范围 scope of {record.on}",
        f"义务 duties: {record.owed(True)} 适用 apply, {record.owed(None)} 未知 unknown",
        f"记录 record: {record.id} {moment(record.at)}; 复核 review by {moment(review.due)}",
    ]
    if review.needed:
        lines.append("✎ 请重新回答 answer again: " + (", ".join(review.packs) or "overdue"))
    if record.missing:
        lines.append(f"✎ 没有答案 not answered: {', '.join(record.missing)}")
    rows = [
        (_NEEDED[one.applies.answer], one.id, f"{one.title.zh}\n{one.title.en}", _why(one.applies))
        for one in record.routes
    ]
    lines += ["", "路径 ways to go", aligned(rows, "  ")]
    for title, apart in (("法规 instruments", False), ("单独列出 apart", True)):
        rows = [
            (
                _SAID[one.applies.answer],
                one.id,
                f"{one.short.zh}\n{one.short.en}",
                _why(one.applies),
            )
            for one in record.instruments
            if one.apart is apart
        ]
        lines += ["", title, aligned(rows, "  ")] if rows else []
    return "\n".join(lines)


def _why(applies: "Applies") -> str:
    """The reasons, a line each in Chinese and English."""
    if not applies.reasons:
        return "对每项服务都适用。\nIt applies to every service."
    return "\n".join(f"{one.text.zh}\n{one.text.en}" for one in applies.reasons)


def _document(record: "ScopeRecord", review: "Review") -> dict[str, Any]:
    import msgspec

    return {
        **msgspec.to_builtins(record),
        "recorded": moment(record.at),
        "review": {
            "due": moment(review.due),
            "needed": review.needed,
            "packs": list(review.packs),
        },
        "applying": record.owed(True),
        "unknown": record.owed(None),
    }
