"""What the simulated compliance officer answers, enters and attests: the words of her papers."""

import tomllib
from functools import lru_cache
from importlib.resources import files

import msgspec


class Licence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A licence or filing to be entered.

    Attributes:
        kind: of the route that asks for it.
        number: nobody's.
        scope: what it allows.
        ends: the days after the demonstration on which it runs out; none: it does not.
        paper: the name of its evidence; empty: none at hand.
    """

    kind: str
    number: str
    scope: str
    ends: int | None = None
    paper: str = ""


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is attested of a control.

    Attributes:
        text: the statement.
        paper: the name of the file that shows it; empty: the statement stands alone.
    """

    text: str
    paper: str = ""


class Papers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All she writes.

    Attributes:
        pack: the pack whose controls she attests.
        holder: who holds the licences.
        answers: the service's profile, by fact: a field's value, or what is ticked of several.
        licences: those to be entered.
        statements: by control; what is not there nobody has done yet.
        short: the control whose attestation ends within the demonstration.
        renewed: what is stated of it then, late.
        taken_back: the control whose attestation is taken back.
        why_taken_back: the reason.
        anew: what is stated of it afterwards.
    """

    pack: str
    holder: str
    answers: dict[str, str | list[str]]
    licences: list[Licence]
    statements: dict[str, Statement]
    short: str
    renewed: Statement
    taken_back: str
    why_taken_back: str
    anew: Statement


@lru_cache
def papers() -> Papers:
    """Her papers, from the file beside this module."""
    text = files("hegui.demo").joinpath("compliance.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Papers)


def content(paper: str) -> str:
    """What is in a file of that name: enough to be one, and plainly nobody's."""
    title = paper.removesuffix(".txt")
    return f"{title}\n\n演示文件，不是任何真实单位的材料。\nA demonstration's file.\n"
