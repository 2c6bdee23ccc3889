"""What was answered of a service, checked; what was not is unknown and never "no"."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hegui.law import yaml_file
from hegui.law.errors import LawError
from hegui.law.scope.facts import Answer, Fact, Kind, fact, facts
from hegui.law.scope.reckon import holds

#: More people than live on earth.
MOST_NUMBER = 10_000_000_000
#: Characters of a text; lines are kept.
MOST_TEXT = 2_000


class Profile:
    """A service, as it was answered.

    Args:
        answers: by the facts' ids; ``None`` and an empty text are no answer.

    Attributes:
        answers: what was answered, in the facts' order.
        asked: the facts that are asked for, given the others; the rest are moot.

    Raises:
        LawError: ``fact_unknown``, ``answer_kind``, ``option_unknown``; ``answers_conflict`` when
            a fact says otherwise than what follows from another.
    """

    def __init__(self, answers: Mapping[str, object]) -> None:
        given = _checked(answers)
        self.answers: dict[str, Answer] = {}
        self._known: dict[str, Answer] = {}
        asked = []
        for name, one in facts().items():
            moot, then = _moot(one, self._known)
            value = given.get(name)
            if not moot:
                asked.append(name)
            elif then is not None and value not in (None, then):
                raise _conflict(one)
            if value is not None:
                self.answers[name] = value
            known = then if moot and then is not None else value
            if known is not None:
                self._known[name] = known
        self.asked = tuple(asked)

    def of(self, name: str) -> Answer | None:
        """What a fact is, as answered or as it follows from another answer; ``None``: unknown.

        Raises:
            LawError: ``fact_unknown``.
        """
        return self._known.get(fact(name).id)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is asked for and not answered; a text for filings may stay empty."""
        return tuple(
            name
            for name in self.asked
            if name not in self.answers and facts()[name].kind is not Kind.TEXT
        )


def settled(answers: Mapping[str, object]) -> dict[str, Answer]:
    """Answers without those that others made moot: a question not asked has no answer of its own.

    Raises:
        LawError: ``fact_unknown``, ``answer_kind``, ``option_unknown``.
    """
    given = _checked(answers)
    kept: dict[str, Answer] = {}
    known: dict[str, Answer] = {}
    for name, one in facts().items():
        moot, then = _moot(one, known)
        value = then if moot else given.get(name)
        if value is not None:
            known[name] = value
            if not moot:
                kept[name] = value
    return kept


def read_answers(data: bytes, file: str) -> dict[str, Any]:
    """Answers out of a file: JSON when its name ends in ``.json``, else YAML.

    Raises:
        LawError: ``answers_unreadable``.
    """
    try:
        if file.lower().endswith(".json"):
            content = msgspec.json.decode(data)
        else:
            content = yaml_file.load(data, file).content
    except (LawError, msgspec.DecodeError, RecursionError) as error:
        why = error.en if isinstance(error, LawError) else str(error)
        raise _unreadable(file, why) from error
    if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
        raise _unreadable(file, "it is no list of facts with their answers")
    return content


def check(one: Fact, value: object) -> Answer | None:
    """An answer to a fact, or ``None`` where it is none.

    Raises:
        LawError: ``answer_kind``, ``option_unknown``.
    """
    if value is None:
        return None
    if one.kind is Kind.BOOL and isinstance(value, bool):
        return value
    if one.kind is Kind.NUMBER and type(value) is int and 0 <= value <= MOST_NUMBER:
        return value
    if one.kind is Kind.TEXT and isinstance(value, str):
        return _text(one, value)
    if one.kind is Kind.CHOICE and isinstance(value, str):
        return _option(one, value)
    if one.kind is Kind.SEVERAL and isinstance(value, Sequence) and not isinstance(value, str):
        return _several(one, value)
    raise _wrong_kind(one)


def _checked(answers: Mapping[str, object]) -> dict[str, Answer]:
    checked = {name: check(fact(name), value) for name, value in answers.items()}
    return {name: value for name, value in checked.items() if value is not None}


def _moot(one: Fact, known: Mapping[str, Answer]) -> tuple[bool, Answer | None]:
    """Whether a fact isn't asked, given those before it, and what it is then."""
    for moot in one.moot:
        if holds(moot.when, known):
            return True, moot.then
    return False, None


def _several(one: Fact, value: Sequence[object]) -> Answer:
    chosen = {_option(one, each) for each in value}
    if len(chosen) < one.least:
        raise _wrong_kind(one)
    return tuple(each.id for each in one.options if each.id in chosen)


def _option(one: Fact, value: object) -> str:
    if not isinstance(value, str) or value not in {each.id for each in one.options}:
        there = ", ".join(each.id for each in one.options)
        raise LawError(
            "option_unknown",
            zh=f"“{one.short.zh}”（{one.id}）没有选项“{value}”，什么都没有保存。可选：{there}。",
            en=f"The fact {one.id} has no option {value!r}; nothing was saved. There are: {there}.",
        )
    return value


def _text(one: Fact, value: str) -> str | None:
    bare = "\n".join(line.rstrip() for line in value.splitlines()).strip()
    if len(bare) > MOST_TEXT or not bare.replace("\n", "").replace("\t", "").isprintable():
        raise _wrong_kind(one)
    return bare or None


_SHAPES = {
    Kind.BOOL: ("true 或 false", "true or false"),
    Kind.CHOICE: ("一个选项", "one of its options"),
    Kind.NUMBER: (f"0 至 {MOST_NUMBER} 的整数", f"a whole number from 0 to {MOST_NUMBER}"),
    Kind.TEXT: (f"至多 {MOST_TEXT} 个可显示的字符", f"at most {MOST_TEXT} printable characters"),
}


def _wrong_kind(one: Fact) -> LawError:
    zh, en = _SHAPES.get(one.kind) or (
        f"至少 {one.least} 个选项的列表",
        f"a list of at least {one.least} of its options",
    )
    return LawError(
        "answer_kind",
        zh=f"“{one.short.zh}”（{one.id}）的答案须为：{zh}。什么都没有保存。",
        en=f"The answer to {one.id} has to be {en}. Nothing was saved.",
    )


def _conflict(one: Fact) -> LawError:
    return LawError(
        "answers_conflict",
        zh=f"“{one.short.zh}”（{one.id}）与前面的答案矛盾，什么都没有保存。"
        "请去掉它，或改前面的答案。",
        en=f"The answer to {one.id} contradicts an earlier one; nothing was saved. Leave it out, "
        "or change the earlier one.",
    )


def _unreadable(file: str, why: str) -> LawError:
    return LawError(
        "answers_unreadable",
        zh=f"无法读取答案文件 {file}（{why}），什么都没有保存。"
        "请写成“事实: 答案”，用 YAML 或 JSON。",
        en=f"The answers in {file} can't be read ({why}); nothing was saved. Write FACT: ANSWER, "
        "as YAML or JSON.",
    )
