"""The facts that a service is asked for: question, help, options, and when it isn't asked.

They stand in ``facts.yaml``, in the order in which they are asked; conditions of packs name them.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Literal

import msgspec

from hegui.law import yaml_file
from hegui.law.condition import Condition, FactName
from hegui.law.errors import LawError
from hegui.law.problem import unknown
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
        for where, why in _wrong(one, known, place):
            raise document.wrong(why, where)
        known[one.id] = one
    return found


def unfit(
    condition: Condition, known: dict[str, Fact], path: str = ""
) -> Iterator[tuple[str, Words]]:
    """What a condition asks that its facts can't answer.

    Args:
        condition: as a file states it.
        known: the facts, by id.
        path: where it stands, such as ``$.provisions[0].applies``.

    Returns:
        For each, where it stands, and what is wrong.
    """
    for name in ("all", "any", "none"):
        for index, each in enumerate(getattr(condition, name)):
            yield from unfit(each, known, f"{path}.{name}[{index}]")
    if condition.fact is None:
        return
    one = known.get(condition.fact)
    if one is None:
        yield f"{path}.fact", unknown("事实", "fact", condition.fact, known, "hegui law facts")
        return
    if not _asks_for(condition, one.kind):
        how = ASKED[one.kind]
        yield (
            path,
            Words(
                f"{one.id} 是 {one.kind} 类的事实，不能这样问；应为：{how.zh}",
                f"{one.id} is a {one.kind}: it can't be asked so; it has to be: {how.en}",
            ),
        )
    options = [each.id for each in one.options]
    named = [("is", condition.value), ("has", condition.has)]
    named += [(f"one_of[{number}]", each) for number, each in enumerate(condition.one_of)]
    for field, value in named:
        if isinstance(value, str) and options and value not in options:
            zh, en = f" {one.id} 选项", f"option of {one.id}"
            yield f"{path}.{field}", unknown(zh, en, value, options)


#: How a condition asks for a fact of each kind.
ASKED: Mapping[Kind, Words] = MappingProxyType(
    {
        Kind.BOOL: Words("is: true 或 is: false", "is: true or is: false"),
        Kind.CHOICE: Words("is: 选项，或 one_of: [选项…]", "is: OPTION, or one_of: [OPTION, …]"),
        Kind.SEVERAL: Words("has: 选项", "has: OPTION"),
        Kind.NUMBER: Words("at_least: 规则包/参数", "at_least: PACK/PARAMETER"),
        Kind.TEXT: Words("不能用于条件", "nothing; no condition asks for it"),
    }
)


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


def _wrong(one: Fact, known: dict[str, Fact], place: str) -> Iterator[tuple[str, Words]]:
    """What is wrong with a fact, given those before it, each with where it stands."""
    if one.id in known:
        yield place, Words(f"事实 {one.id} 重复", f"the fact {one.id!r} stands twice")
    spoken = one.said_yes is not None and one.said_no is not None
    if spoken != (one.kind is Kind.BOOL):
        yield (
            place,
            Words(
                f"{one.id}：bool 须有 said_yes 和 said_no，其他种类不能有",
                f"{one.id}: a bool has said_yes and said_no, and nothing else has",
            ),
        )
    chosen = one.kind in (Kind.CHOICE, Kind.SEVERAL)
    if chosen != bool(one.options) or len(one.options) == 1:
        yield (
            place,
            Words(
                f"{one.id}：choice 和 several 须有两个以上选项，其他种类不能有",
                f"{one.id}: a choice and several have options, two or more, and nothing else has",
            ),
        )
    for index, moot in enumerate(one.moot):
        path = f"{place}.moot[{index}]"
        # A question is passed over because of earlier answers alone.
        yield from unfit(moot.when, known, f"{path}.when")
        fits = bool if one.kind is Kind.BOOL else int
        if moot.then is not None and type(moot.then) is not fits:
            why = Words(
                f"{one.id}：{moot.then} 不是它的答案", f"{one.id}: {moot.then!r} is no answer to it"
            )
            yield f"{path}.then", why
