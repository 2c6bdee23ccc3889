"""The questionnaire in a terminal: one question at a time, back with ``<``."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from hegui.cli.errors import CliError
from hegui.law.errors import LawError
from hegui.law.scope import Answer, Fact, Kind, Profile, answer_words, facts, groups, settled
from hegui.law.scope.profile import check

#: What may be typed besides an answer.
_BACK, _CLEAR, _HELP = "<", "-", "?"
_HINT = (
    "回车：保留原来的；<：上一题；-：不清楚；?：说明；Ctrl-C：不记录\n"
    "Enter keeps what was; < goes back; - not known; ? help; Ctrl-C records nothing"
)


def ask(earlier: Mapping[str, Any]) -> dict[str, Answer]:
    """Ask every question that the answers don't make moot.

    Args:
        earlier: the answers of the latest record, the defaults.

    Raises:
        CliError: ``ask_no_terminal``, ``ask_ended``; nothing is recorded then.
    """
    if not sys.stdin.isatty():
        raise CliError(
            "ask_no_terminal",
            zh="逐题回答需要终端，没有记录。请在终端里运行，或用 --answers 给出答案文件。",
            en="Questions need a terminal; nothing was recorded. Run it in one, or give a file "
            "with --answers.",
        )
    _say(_HINT)
    answers = settled({name: value for name, value in earlier.items() if name in facts()})
    names, at = list(facts()), 0
    while at < len(names):
        if names[at] not in Profile(settled(answers)).asked:
            at += 1
            continue
        at = _one(facts()[names[at]], answers, at)
    return settled(answers)


def _one(one: Fact, answers: dict[str, Answer], at: int) -> int:
    """Ask one question until it is answered; the place of the next."""
    _say(f"\n[{at + 1}/{len(facts())}] {_group(one)}\n{one.question.zh}\n{one.question.en}")
    for number, option in enumerate(one.options, 1):
        _say(f"  {number}. {option.label.zh} {option.label.en}")
    while True:
        now = answer_words(one, answers.get(one.id))
        typed = _read(f"{_how(one)} [{now.zh} {now.en}]: ")
        if typed == _BACK:
            return _before(at, answers)
        if typed == _HELP:
            _say(f"{one.help.zh}\n{one.help.en}")
        elif not typed:
            return at + 1
        elif typed == _CLEAR:
            answers.pop(one.id, None)
            return at + 1
        else:
            try:
                value = check(one, _value(one, typed))
            except LawError as error:
                _say(f"✎ {error.zh}\n  {error.en}")
                continue
            if value is not None:
                answers[one.id] = value
            return at + 1


def _before(at: int, answers: dict[str, Answer]) -> int:
    """The place of the question before that is asked; the first stays the first."""
    asked = Profile(settled(answers)).asked
    earlier = [place for place, name in enumerate(facts()) if place < at and name in asked]
    return earlier[-1] if earlier else at


def _value(one: Fact, typed: str) -> object:
    """What was typed, as the fact has it; what it can't be stays, for the check to refuse."""
    read: Mapping[Kind, Callable[[str], object]] = {
        Kind.BOOL: lambda text: _WORDS.get(text.lower(), text),
        Kind.NUMBER: lambda text: int(text) if text.isascii() and text.isdigit() else text,
        Kind.CHOICE: lambda text: _option(one, text),
        Kind.SEVERAL: lambda text: (
            [] if text == "0" else [_option(one, part) for part in text.replace(",", " ").split()]
        ),
        Kind.TEXT: lambda text: text,
    }
    return read[one.kind](typed)


_WORDS = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}


def _option(one: Fact, typed: str) -> str:
    """An option by its number in the list, or by its id."""
    if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(one.options):
        return one.options[int(typed) - 1].id
    return typed


def _how(one: Fact) -> str:
    return {
        Kind.BOOL: "y/n",
        Kind.CHOICE: f"1-{len(one.options)}",
        Kind.SEVERAL: f"1-{len(one.options)} …, 0",
        Kind.NUMBER: "0-9",
        Kind.TEXT: "…",
    }[one.kind]


def _group(one: Fact) -> str:
    title = next(group.title for group in groups() if one in group.facts)
    return f"{title.zh} {title.en}"


def _say(text: str) -> None:
    """Questions go to standard error, so that --json stays one document."""
    print(text, file=sys.stderr, flush=True)


def _read(prompt: str) -> str:
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        _say("")
        raise CliError(
            "ask_ended",
            zh="输入提前结束，没有记录。请重新运行 hegui law scope --ask。",
            en="The input ended early; nothing was recorded. Run hegui law scope --ask again.",
        )
    return line.strip()
