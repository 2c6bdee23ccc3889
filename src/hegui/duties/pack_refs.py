"""What in the packs in force would lead nowhere once another pack comes or goes."""

from collections.abc import Iterator

from hegui.checks import CHECKS
from hegui.law import Book, LawError, Parameter, Words, problems, shipped_book
from hegui.law.problem import Problem
from hegui.law.scope.applies import misfits
from hegui.outbox import stages

#: Numbers that the house itself runs by; the shipped packs have all of them.
_RULES = frozenset({*stages.RULES, *(rule for check in CHECKS.values() for rule in check.rules)})


def broken(there: Book, then: Book) -> tuple[Problem, ...]:
    """What would lead nowhere, beyond what does already.

    Args:
        there: the packs in force.
        then: those that would be.
    """
    # Something else may stand before it in the file by then.
    known = {str(one) for one in _all(there)}
    return tuple(one for one in _all(then) if str(one) not in known)


def _all(book: Book) -> Iterator[Problem]:
    yield from problems(book, CHECKS)
    yield from misfits(book)
    yield from _rules(book)


def _rules(then: Book) -> Iterator[Problem]:
    """Numbers that the house runs by and that would be gone, or another kind of number."""
    for rule in sorted(_RULES):
        name, _, short = rule.partition("/")
        stated = [one for one in then.pack(name).parameters if one.rule == rule]
        kind = _kind(shipped_book().parameter(rule))
        if not stated:
            why = Words(
                f"没有参数 {rule}，系统靠它运行",
                f"there is no parameter {rule}, which the house runs by",
            )
            yield Problem(name, short, why)
        for one in stated:
            if _kind(one) != kind:
                why = Words(
                    f"参数 {rule} 的值是“{one.value}”，应为{_KINDS[kind]}",
                    f"{rule} is {one.value!r}, and has to be a {kind}",
                )
                yield Problem(name, short, why)


_KINDS = {"span": "期限，如 15wd", "number": "数字", "text": "文字"}


def _kind(parameter: Parameter) -> str:
    for kind in ("span", "number"):
        try:
            getattr(parameter, kind)
        except LawError:
            continue
        return kind
    return "text"
