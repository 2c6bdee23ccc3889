"""What answers say, as sentences: the reasons of every decision."""

from hegui.law.condition import Condition
from hegui.law.parameter import Parameter
from hegui.law.scope.facts import Answer, Fact, Kind
from hegui.law.words import Words


def answer_words(one: Fact, value: Answer | None) -> Words:
    """An answer as people say it, to stand after the question."""
    if value is None:
        return Words("尚未回答", "not answered yet")
    if one.kind is Kind.BOOL:
        return Words("是", "yes") if value else Words("否", "no")
    if isinstance(value, tuple):
        labels = [one.label(each) for each in value]
        return Words(
            "、".join(each.zh for each in labels) or "都不是",
            ", ".join(each.en for each in labels) or "none of these",
        )
    if one.kind is Kind.CHOICE:
        return one.label(str(value))
    said = f"{value:,}" if one.kind is Kind.NUMBER else str(value)
    return Words(said, said)


def stated(one: Fact, value: Answer | None, condition: Condition) -> Words:
    """The sentence that an answer states, where a condition asks for it.

    Args:
        one: the fact.
        value: what was answered; none: unknown.
        condition: over this fact; of several values it tells which one matters.
    """
    short = one.short
    if value is None:
        return Words(f"尚未回答：{short.zh}。", f"Not answered yet: {short.en}.")
    if one.kind is Kind.BOOL:
        said = one.said_yes if value else one.said_no
        return said or short
    if condition.has is not None and isinstance(value, tuple):
        label = one.label(condition.has)
        zh, en = ("含", "") if condition.has in value else ("不含", "not ")
        return Words(f"{short.zh}：{zh}{label.zh}。", f"{_capital(short.en)}: {en}{label.en}.")
    said = answer_words(one, value)
    return Words(f"{short.zh}：{said.zh}。", f"{_capital(short.en)}: {said.en}.")


def measured(one: Fact, value: int, threshold: Parameter) -> Words:
    """The sentence of a number that is held against a parameter."""
    clause, number = threshold.clause, threshold.number
    zh, en = ("达到", "reaches") if value >= number else ("没有达到", "is below")
    return Words(
        f"{one.short.zh} {value:,}，{zh} {number:,}（{clause.zh}）。",
        f"{_capital(one.short.en)}: {value:,}, which {en} {number:,} ({clause.en}).",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
