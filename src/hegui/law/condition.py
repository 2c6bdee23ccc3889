"""Conditions as data: when an instrument or a provision applies to a service.

A condition is either one fact of the service's profile held against a value, or several
conditions joined. Packs state them; :mod:`hegui.law.scope` answers them, with reasons.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from hegui.law.schema import WORDS, MisstatedError
from hegui.law.words import Words

FactName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z][a-z0-9_]*$",
        max_length=48,
        extra={
            WORDS: Words(
                "小写字母开头的名称，只含小写字母、数字和下划线，最多 48 个字符",
                "a name of lower-case letters, digits and underscores, up to 48 characters, "
                "a letter first",
            )
        },
    ),
]


class Condition(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Exactly one of ``fact``, ``all``, ``any`` and ``none`` is given.

    Attributes:
        fact: the fact's name, as the questionnaire has it.
        value: what it must be: true or false, or one of a choice's values.
        has: what a fact of several values must contain.
        one_of: the values of a choice that will do.
        at_least: the full name of a parameter that a number must reach.
        all: conditions that must all hold.
        any: conditions of which one must hold.
        none: conditions of which none may hold.
    """

    fact: FactName | None = None
    value: bool | str | None = msgspec.field(default=None, name="is")
    has: str | None = None
    one_of: tuple[str, ...] = ()
    at_least: str | None = None
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what says nothing or two things.

        Raises:
            MisstatedError: which of the two.
        """
        joined = [one for one in (self.all, self.any, self.none) if one]
        asked = [self.value is not None, self.has is not None, bool(self.one_of)]
        asked.append(self.at_least is not None)
        if (self.fact is None) == (not joined) or len(joined) > 1:
            raise MisstatedError(
                "每个条件须有 fact、all、any、none 中的恰好一个",
                "a condition has exactly one of fact, all, any and none",
            )
        if self.fact is None and any(asked):
            raise MisstatedError(
                "is、has、one_of、at_least 只能和 fact 一起用",
                "is, has, one_of and at_least belong to a fact",
            )
        if self.fact is not None and sum(asked) != 1:
            raise MisstatedError(
                "fact 须带 is、has、one_of、at_least 中的恰好一个",
                "a fact has exactly one of is, has, one_of and at_least",
            )
