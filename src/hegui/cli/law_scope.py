"""``hegui law scope``: what the service is, what applies to it, and which ways it has to go."""

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from hegui.cli.columns import both, card, wrapped
from hegui.cli.errors import CliError
from hegui.cli.group import Groups, command
from hegui.cli.opened import home_of, opened, settings_of
from hegui.cli.output import Output, moment

if TYPE_CHECKING:
    from hegui.duties.scope import Review
    from hegui.law import Words
    from hegui.law.scope import Applies, Change, ScopeRecord

_SAID = {True: "● 适用 applies", None: "✎ 未知 unknown", False: "○ 不适用 no"}
_NEEDED = {True: "● 需要 needed", None: "✎ 未知 unknown", False: "○ 不需要 no"}
#: What may happen to an answer, those that need a look first.
_SIGNS = {"dropped": ("-", "去掉"), "changed": ("~", "改了"), "added": ("+", "新增")}
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
        "--answers",
        metavar="FILE",
        help="记录文件中的答案，代替以前的全部答案 record the answers of a file (yaml, json) in "
        "the place of all earlier ones",
    )
    how.add_argument("--ask", action="store_true", help="逐题回答并记录 ask, then record")


def _scope(options: argparse.Namespace, output: Output) -> bool:
    from hegui.duties import packs, scope

    with opened(settings_of(options), home_of()) as store:
        before = record = scope.latest(store)
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
    document, text = _document(record, review), _text(record, review)
    if answers is not None:
        turns = _turns(before, record)
        document["answer_changes"] = [
            {"change": kind, "fact": one.name, "zh": one.text.zh, "en": one.text.en}
            for kind, one in turns
        ]
        text = f"{_told(turns)}\n\n{text}"
    output.result(document, text)
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


def _turns(before: "ScopeRecord | None", now: "ScopeRecord") -> "list[tuple[str, Change]]":
    """How the answers differ from those before, of which none stays that isn't given again."""
    from hegui.law.scope import changes

    old = msgspec.structs.replace(now, answers={}) if before is None else before
    found = [one for one in changes(old, now) if one.about == "answer"]
    by_kind = {
        "dropped": [one for one in found if one.name not in now.answers],
        "changed": [one for one in found if one.name in old.answers and one.name in now.answers],
        "added": [one for one in found if one.name not in old.answers],
    }
    return [(kind, one) for kind, those in by_kind.items() for one in those]


def _told(turns: "list[tuple[str, Change]]") -> str:
    """How many answers came, changed and went, and each of them."""
    if not turns:
        return "答案没有变化 the answers are what they were"
    counts = Counter(kind for kind, _ in turns)
    head = ", ".join(f"{zh} {kind} {counts[kind]}" for kind, (_, zh) in _SIGNS.items())
    lines = [
        wrapped(both(one.text.zh, one.text.en, 4), f"  {_SIGNS[kind][0]} ") for kind, one in turns
    ]
    return "\n".join([f"答案 answers: {head}", *lines])


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
        f"记录 record: {record.id} {moment(record.at)}",
        f"复核 review by {moment(review.due)}",
    ]
    if review.needed:
        again = ", ".join(review.packs) or "已过复核日期 the day of review is past"
        lines.append(wrapped(f"✎ 请重新回答 answer again: {again}", rest="  "))
    if record.missing:
        missing = f"✎ 没有答案 not answered: {', '.join(record.missing)}"
        lines.append(wrapped(missing, rest="  "))
    lines += ["", "路径 ways to go"]
    lines += [_card(_NEEDED, one.id, one.title, one.applies) for one in record.routes]
    for title, apart in (("法规 instruments", False), ("单独列出 apart", True)):
        those = [one for one in record.instruments if one.apart is apart]
        lines += ["", title] if those else []
        lines += [_card(_SAID, one.id, one.short, one.applies) for one in those]
    return "\n".join(lines)


def _card(said: "dict[bool | None, str]", name: str, title: "Words", applies: "Applies") -> str:
    """Whether it applies, what it is called, and the reasons, each in both languages."""
    why = [line for one in applies.reasons for line in (one.text.zh, one.text.en)]
    always = ["对每项服务都适用。 It applies to every service."]
    return card(
        f"{said[applies.answer]}  {name}", (both(title.zh, title.en), *(why or always)), "  "
    )


def _document(record: "ScopeRecord", review: "Review") -> dict[str, Any]:
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
