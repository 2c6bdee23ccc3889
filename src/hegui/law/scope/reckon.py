"""Conditions answered in three values, with the facts that decided.

Kleene's logic: one "no" decides what must all hold, one "yes" what any may fulfil, and what is not
known decides nothing. The reasons kept are those that decided; what would have to be known
otherwise.
"""

from collections.abc import Callable, Mapping

from hegui.law.condition import Condition
from hegui.law.scope.answer import Applies, Reason
from hegui.law.scope.facts import Answer

#: Answers one condition over a single fact.
Leaf = Callable[[Condition], Applies]


def join(condition: Condition, leaf: Leaf) -> Applies:
    """The answer to a condition, each fact's by ``leaf``."""
    if condition.fact is not None:
        return leaf(condition)
    if condition.all:
        return every([join(each, leaf) for each in condition.all])
    if condition.any:
        return opposite(every([opposite(join(each, leaf)) for each in condition.any]))
    return every([opposite(join(each, leaf)) for each in condition.none])


def every(parts: list[Applies]) -> Applies:
    """Whether several hold together; without any, yes."""
    for answer in (False, None):
        deciding = [each for each in parts if each.answer is answer]
        if deciding:
            return Applies(answer, _reasons(deciding))
    return Applies(True, _reasons(parts))


def opposite(one: Applies) -> Applies:
    """The same with yes and no changed about, reasons too."""
    if one.answer is None:
        return one
    turned = (Reason(each.fact, each.text, _turned(each.for_)) for each in one.reasons)
    return Applies(not one.answer, tuple(turned))


def holds(condition: Condition, values: Mapping[str, Answer]) -> bool | None:
    """The bare answer to a condition that asks for no parameter."""
    return join(
        condition, lambda each: Applies(compare(each, values.get(each.fact or ""), None))
    ).answer


def compare(condition: Condition, value: Answer | None, threshold: int | None) -> bool | None:
    """Whether one fact's value is what is asked; unknown while there is none.

    Args:
        condition: over one fact, fit for its kind.
        value: what was answered.
        threshold: the number to reach, where one is asked for.
    """
    if value is None:
        return None
    if condition.has is not None:
        return isinstance(value, tuple) and condition.has in value
    if condition.one_of:
        return value in condition.one_of
    if condition.at_least is not None:
        return isinstance(value, int) and threshold is not None and value >= threshold
    return value == condition.value


def _reasons(parts: list[Applies]) -> tuple[Reason, ...]:
    """The reasons of several, each once, in their order."""
    return tuple(dict.fromkeys(reason for each in parts for reason in each.reasons))


def _turned(for_: bool | None) -> bool | None:
    return None if for_ is None else not for_
