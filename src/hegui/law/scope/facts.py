"""The facts that a service is asked for: question, help, options, and when it isn't asked.

They stand in ``facts.yaml``, in the order in which they are asked; conditions of packs name them.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import msgspec

from hegui.law import yaml_file
from hegui.law.condition import Condition, FactName
from hegui.law.errors import LawError
from hegui.law.words import Words

#: What a fact may be answered with; several values are sorted as the options are.
Answer = bool | str | int | tuple[str, ...]

FILE = "facts.yaml"


class Kind(StrEnum):
    """How a fact is answered."""

    BOOL = "bool"
    CHOICE = "choice"  # one of its options
    SEVERAL = "several"  # any of its options, or none of them
    NUMBER = "number"
    TEXT = "text"  # for filings; no condition asks for it


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the values of a choice, with what people call it."""

    id: FactName
    label: Words


class Moot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a question isn't asked, and what its answer is then.

    Attributes:
        when: a condition over earlier facts.
        then: the answer that follows; none: none follows, it merely needn't be known.
    """

    when: Condition
    then: bool | int | None = None


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact.

    Attributes:
        id: as conditions name it.
        kind: how it is answered.
        short: what it is about, to stand in a sentence.
        question: as it is asked.
        help: what counts, and by which clause.
        said_yes: of a bool, the sentence that "yes" states.
        said_no: the same of "no".
        options: of a choice or several.
        least: of several, how many must be chosen.
        moot: when it isn't asked.
    """

    id: FactName
    kind: Kind
    short: Words
    question: Words
    help: Words
    said_yes: Words | None = None
    said_no: Words | None = None
    options: tuple[Option, ...] = ()
    least: int = 0
    moot: tuple[Moot, ...] = ()

    def label(self, option: str) -> Words:
        """What people call one of its options."""
        return next(one.label for one in self.options if one.id == option)


class Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Facts that are asked for together, on one page."""

    id: FactName
    title: Words
    facts: Annotated[tuple[Fact, ...], msgspec.Meta(min_length=1)]


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: Literal[1]
    groups: Annotated[tuple[Group, ...], msgspec.Meta(min_length=1)]


@cache
def groups() -> tuple[Group, ...]:
    """The groups, in the order in which they are asked.

    Raises:
        LawError: ``pack_malformed``, when the shipped file is damaged.
    """
    return read(resources.files(__package__).joinpath(FILE).read_bytes(), FILE)


@cache
def facts() -> dict[str, Fact]:
    """Every fact by its id, in the order in which they are asked."""
    return {one.id: one for group in groups() for one in group.facts}


def fact(name: str) -> Fact:
    """A fact by its id.

    Raises:
        LawError: ``fact_unknown``.
    """
    found = facts().get(name)
    if found is None:
        raise LawError(
            "fact_unknown",
            zh=f"没有名为“{name}”的事实，什么都没有保存。可用的有：{'、'.join(facts())}。",
            en=f"There is no fact {name!r}; nothing was saved. There are: {', '.join(facts())}.",
        )
    return found


def read(data: bytes, file: str) -> tuple[Group, ...]:
    """Read a file of facts and check it.

    Raises:
        LawError: ``pack_malformed``, naming the line and the field.
    """
    document = yaml_file.load(data, file)
    found = document.convert(_File).groups
    known: dict[str, Fact] = {}
    for place, one in _places(found):
        why = _wrong(one, known)
        if why:
            raise document.wrong(why, place)
        known[one.id] = one
    return found


def unfit(condition: Condition, known: dict[str, Fact]) -> Iterator[str]:
    """What a condition asks that its facts can't answer, a line each."""
    for each in (*condition.all, *condition.any, *condition.none):
        yield from unfit(each, known)
    if condition.fact is None:
        return
    one = known.get(condition.fact)
    if one is None:
        yield f"there is no fact {condition.fact!r}"
        return
    if not _asks_for(condition, one.kind):
        yield f"{one.id} is a {one.kind}: it can't be asked so"
    options = {each.id for each in one.options}
    named = [condition.value, condition.has, *condition.one_of]
    for value in named:
        if isinstance(value, str) and options and value not in options:
            yield f"{one.id} has no option {value!r}"


def _asks_for(condition: Condition, kind: Kind) -> bool:
    """Whether a condition's way of asking fits a kind of fact; none asks for a text."""
    if kind is Kind.BOOL:
        return isinstance(condition.value, bool)
    if kind is Kind.CHOICE:
        return isinstance(condition.value, str) or bool(condition.one_of)
    if kind is Kind.SEVERAL:
        return condition.has is not None
    return kind is Kind.NUMBER and condition.at_least is not None


def _places(found: tuple[Group, ...]) -> Iterator[tuple[str, Fact]]:
    for at, group in enumerate(found):
        for index, one in enumerate(group.facts):
            yield f"$.groups[{at}].facts[{index}]", one


def _wrong(one: Fact, known: dict[str, Fact]) -> str:
    """What is wrong with a fact, given those before it; empty of nothing."""
    if one.id in known:
        return f"the fact {one.id!r} stands twice"
    spoken = one.said_yes is not None and one.said_no is not None
    if spoken != (one.kind is Kind.BOOL):
        return f"{one.id}: a bool has said_yes and said_no, and nothing else has"
    chosen = one.kind in (Kind.CHOICE, Kind.SEVERAL)
    if chosen != bool(one.options) or len(one.options) == 1:
        return f"{one.id}: a choice and several have options, and nothing else has"
    for moot in one.moot:
        for why in unfit(moot.when, known):
            return f"{one.id}: moot: {why} before it"
        fits = bool if one.kind is Kind.BOOL else int
        if moot.then is not None and type(moot.then) is not fits:
            return f"{one.id}: moot: {moot.then!r} is no answer to it"
    return ""
