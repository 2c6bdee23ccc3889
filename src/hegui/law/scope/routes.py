"""The ways a service may have to go before it is offered and after; in ``routes.yaml``."""

from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import msgspec

from hegui.law import yaml_file
from hegui.law.condition import Condition
from hegui.law.parameter import Grade
from hegui.law.provision import Ref
from hegui.law.schema import WORDS
from hegui.law.scope.facts import facts, unfit
from hegui.law.words import Words

FILE = "routes.yaml"
RouteId = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z]+(-[a-z]+)*$",
        max_length=48,
        extra={
            WORDS: Words(
                "由小写字母和横线组成的名称，最多 48 个字符",
                "a name of lower-case letters and hyphens, up to 48 characters",
            )
        },
    ),
]


class RouteKind(StrEnum):
    """What stands at the end of a route."""

    FILING = "filing"
    ASSESSMENT = "assessment"
    LICENCE = "licence"
    CHECK = "check"


class Occasion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What sets a route off again; an event where it has no condition."""

    text: Words
    when: Condition | None = None


class Route(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One route.

    Attributes:
        id: its id; a licence in the register names it too.
        kind: what stands at its end.
        title: what it is called.
        when: when it is needed.
        rule: the same in our words.
        clause: where that stands.
        grade: what our words rest on.
        note: what else to know.
        prepare: what has to be made ready.
        clocks: full names of the parameters it runs by.
        occasions: what sets it off, and off again.
    """

    id: RouteId
    kind: RouteKind
    title: Words
    when: Condition
    rule: Words
    clause: Words
    grade: Grade
    note: Words | None = None
    prepare: tuple[Words, ...] = ()
    clocks: tuple[Ref, ...] = ()
    occasions: tuple[Occasion, ...] = ()


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: Literal[1]
    routes: Annotated[tuple[Route, ...], msgspec.Meta(min_length=1)]


@cache
def routes() -> tuple[Route, ...]:
    """Every route, in the order in which they are shown.

    Raises:
        LawError: ``pack_malformed``, when the shipped file is damaged.
    """
    return read(resources.files(__package__).joinpath(FILE).read_bytes(), FILE)


def read(data: bytes, file: str) -> tuple[Route, ...]:
    """Read a file of routes and check it.

    Raises:
        LawError: ``pack_malformed``, naming the line and the field.
    """
    document = yaml_file.load(data, file)
    found = document.convert(_File).routes
    seen: set[str] = set()
    for index, one in enumerate(found):
        place = f"$.routes[{index}]"
        if one.id in seen:
            why = Words(f"路径 {one.id} 重复", f"the route {one.id!r} stands twice")
            raise document.wrong(why, place)
        seen.add(one.id)
        asked = [(f"{place}.when", one.when)]
        asked += [
            (f"{place}.occasions[{number}].when", each.when)
            for number, each in enumerate(one.occasions)
            if each.when is not None
        ]
        for path, condition in asked:
            for where, why in unfit(condition, facts(), path):
                raise document.wrong(why, where)
    return found
