"""Whether a condition of a pack applies to a service, with its reasons."""

from datetime import date

from hegui.law.book import Book, conditions
from hegui.law.condition import Condition
from hegui.law.errors import LawError
from hegui.law.pack import Pack
from hegui.law.parameter import Parameter
from hegui.law.problem import Problem
from hegui.law.scope import sentences
from hegui.law.scope.answer import Applies, Reason
from hegui.law.scope.facts import facts, unfit
from hegui.law.scope.profile import Profile
from hegui.law.scope.reckon import compare, join
from hegui.law.words import Words


def applies(condition: Condition | None, profile: Profile, book: Book, on: date) -> Applies:
    """Whether a condition holds of a service on a day.

    Args:
        condition: as a pack states it; none: it holds of every service.
        profile: what was answered.
        book: the packs, for the numbers that a condition names.
        on: the day.

    Returns:
        Yes, no, or unknown, with the facts that decided, or that would have to be known.

    Raises:
        LawError: ``condition_unfit``, when it asks what no fact can answer; ``parameter_unknown``.
    """
    if condition is None:
        return Applies(True)
    for _, why in unfit(condition, facts()):
        raise LawError(
            "condition_unfit",
            zh=f"规则包里的适用条件无法回答（{why.zh}）。请改正规则包后重新导入。",
            en=f"A pack's condition can't be answered ({why.en}). Correct the pack and import it "
            "again.",
        )
    return join(condition, lambda each: _one(each, profile, book, on))


def misfits(book: Book) -> tuple[Problem, ...]:
    """Conditions of packs that no fact can answer."""
    return tuple(one for pack in book.packs for one in misfits_of(pack))


def misfits_of(pack: Pack) -> tuple[Problem, ...]:
    """The same of one pack."""
    return tuple(
        Problem(pack.name, name, why, where)
        for name, path, one in conditions(pack)
        for where, why in unfit(one, facts(), path)
    )


def _one(condition: Condition, profile: Profile, book: Book, on: date) -> Applies:
    """The answer of one fact."""
    one = facts()[condition.fact or ""]
    value, rule = profile.of(one.id), condition.at_least
    if rule is None or not isinstance(value, int):
        answer = compare(condition, value, None)
        return _because(one.id, answer, sentences.stated(one, value, condition))
    book.parameter(rule)  # one that never was is the pack's fault
    threshold = valid(book, rule, on)
    if threshold is None:
        none = Words(
            f"{on} 没有有效的门槛（{rule}）。", f"No threshold is in force on {on} ({rule})."
        )
        return _because(one.id, False, none)
    reached = compare(condition, value, int(threshold.number))
    return _because(one.id, reached, sentences.measured(one, value, threshold))


def _because(fact: str, answer: bool | None, text: Words) -> Applies:
    return Applies(answer, (Reason(fact, text, answer),))


def valid(book: Book, rule: str, on: date) -> Parameter | None:
    """A parameter by its full name as it is in force on a day; none while it isn't."""
    pack, _, name = rule.rpartition("/")
    found = (one for each in book.packs if each.name == pack for one in each.parameters)
    return next((one for one in found if one.id == name and one.valid(on)), None)
