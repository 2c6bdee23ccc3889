"""What in the packs in force would lead nowhere once another pack comes or goes."""

from collections.abc import Iterator

from hegui.checks import CHECKS
from hegui.law import Book, LawError, Parameter, problems, shipped_book
from hegui.law.scope.applies import misfits
from hegui.outbox import stages

#: Numbers that the house itself runs by; the shipped packs have all of them.
_RULES = frozenset({*stages.RULES, *(rule for check in CHECKS.values() for rule in check.rules)})


def broken(there: Book, then: Book) -> tuple[str, ...]:
    """What would lead nowhere, a line each, beyond what does already.

    Args:
        there: the packs in force.
        then: those that would be.
    """
    known = {*problems(there, CHECKS), *misfits(there)}
    new = [line for line in (*problems(then, CHECKS), *misfits(then)) if line not in known]
    return (*new, *_rules(then))


def _rules(then: Book) -> Iterator[str]:
    """Numbers that the house runs by and that would be gone, or another kind of number."""
    for rule in sorted(_RULES):
        name = rule.partition("/")[0]
        stated = [one for one in then.pack(name).parameters if one.rule == rule]
        kind = _kind(shipped_book().parameter(rule))
        if not stated:
            yield f"there is no parameter {rule}, which the house runs by"
        for one in stated:
            if _kind(one) != kind:
                yield f"{rule} is {one.value!r}, and has to be a {kind}"


def _kind(parameter: Parameter) -> str:
    for kind in ("span", "number"):
        try:
            getattr(parameter, kind)
        except LawError:
            continue
        return kind
    return "text"
