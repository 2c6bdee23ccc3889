"""The questionnaire's forms: answers to fields and fields to answers, one group a page."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec

from hegui.law import LawError
from hegui.law.scope import Answer, Fact, Group, Kind, Profile, fact, groups, settled
from hegui.law.scope.profile import check

#: The page after the last group: everything that was answered, and the button that records it.
END = "end"
#: The value by which a form says that none of several fits.
NONE = "none"

_YES, _NO = "yes", "no"
_NUMBER = re.compile(r"[0-9]{1,3}([,， ]?[0-9]{3})*|[0-9]+")
#: Characters of a number; a longer one is past every bound, and Python wouldn't read it.
_LONGEST = 100


class Sent(msgspec.Struct, frozen=True):
    """What a form brought.

    Attributes:
        given: each field as it was filled in, to be shown again.
        answers: those that can be used, by fact.
        wrong: those that can't, with why.
    """

    given: dict[str, Any]
    answers: dict[str, Answer]
    wrong: dict[str, LawError]


def group_of(name: str) -> Group | None:
    """A group by its id, or None."""
    return next((one for one in groups() if one.id == name), None)


def shown(group: Group, answers: Mapping[str, Answer]) -> list[Fact]:
    """The facts of a group that its page asks for: those that no other page made moot."""
    names = {one.id for one in group.facts}
    others = {name: value for name, value in answers.items() if name not in names}
    asked = Profile(others).asked
    return [one for one in group.facts if one.id in asked]


def after(group: Group, answers: Mapping[str, Answer]) -> str:
    """The id of the page after a group; one whose every question is moot is passed over."""
    ids = [one.id for one in groups()]
    for one in groups()[ids.index(group.id) + 1 :]:
        if shown(one, answers):
            return one.id
    return END


def previous(name: str, answers: Mapping[str, Answer]) -> str:
    """The id of the page before a group or the end; empty before the first."""
    found = ""
    for one in groups():
        if one.id == name:
            break
        if shown(one, answers):
            found = one.id
    return found


def fields(group: Group, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The fields of a group as its answers fill them."""
    return {one.id: _field(one, answers.get(one.id)) for one in group.facts}


def read(form: Mapping[str, str], asked: list[Fact]) -> Sent:
    """What a form says of the facts that its page asks for."""
    given: dict[str, Any] = {}
    answers: dict[str, Answer] = {}
    wrong: dict[str, LawError] = {}
    for one in asked:
        given[one.id] = _given(form, one)
        try:
            value = check(one, _value(one, given[one.id]))
        except LawError as error:
            wrong[one.id] = error
            continue
        if value is not None:
            answers[one.id] = value
    return Sent(given, answers, wrong)


def joined(
    draft: Mapping[str, Answer], group: Group, answers: Mapping[str, Answer]
) -> dict[str, Answer]:
    """A draft with a group's answers in place of those before; what became moot is gone."""
    names = {one.id for one in group.facts}
    return settled({**{n: v for n, v in draft.items() if n not in names}, **answers})


def stored(answers: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers that were kept, as a form begins with them.

    What this version of the house no longer asks for, or no longer takes, is asked again.
    """
    kept: dict[str, Answer] = {}
    for name, value in answers.items():
        with suppress(LawError):
            taken = check(fact(name), value)
            if taken is not None:
                kept[name] = taken
    return settled(kept)


def _field(one: Fact, value: Answer | None) -> Any:
    if one.kind is Kind.SEVERAL:
        if value is None:
            return []
        return list(value) or [NONE] if isinstance(value, tuple) else []
    if value is None:
        return ""
    if one.kind is Kind.BOOL:
        return _YES if value else _NO
    return str(value)


def _given(form: Mapping[str, str], one: Fact) -> Any:
    if one.kind is not Kind.SEVERAL:
        return form.get(one.id, "").strip()
    options = [*(each.id for each in one.options), NONE]
    return [option for option in options if form.get(f"{one.id}.{option}")]


def _value(one: Fact, given: Any) -> object:
    """What a field means; what it can't mean stays as it is, for the check to refuse."""
    if one.kind is Kind.SEVERAL:
        return _several(given)
    if not given:
        return None
    if one.kind is Kind.BOOL:
        return {_YES: True, _NO: False}.get(given, given)
    if one.kind is Kind.NUMBER and len(given) <= _LONGEST and _NUMBER.fullmatch(given):
        return int(re.sub(r"\D", "", given))
    return given


def _several(given: list[str]) -> object:
    """Options; none of them; no answer; or both some and none, which no answer can be."""
    if given == [NONE]:
        return []
    return "both" if NONE in given else given or None
