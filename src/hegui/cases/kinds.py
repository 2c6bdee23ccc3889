"""Kinds of case. A further kind is a further value here; nothing elsewhere knows one by name."""

from collections.abc import Callable, Mapping

import msgspec
from sqlalchemy import Connection

from hegui.cases import subjects
from hegui.cases.errors import CasesError
from hegui.cases.subjects import Subject

#: How many characters the filer and the decider may write in each text of a case.
CHARACTERS = 4000


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of case.

    Attributes:
        name: in tables, evidence and addresses; at most 16 characters.
        prefix: of its numbers.
        answer_rule: the law's parameter that says how long the answer may take.
        outcomes: what can be decided.
        texts: the filer's texts, each with its most characters.
        subject: finds the act that a case is about by its id.
    """

    name: str
    prefix: str
    answer_rule: str
    outcomes: tuple[str, ...]
    texts: Mapping[str, int]
    subject: Callable[[Connection, str], Subject | None]


#: Somebody says that a stop was wrong.
APPEAL = Kind(
    name="appeal",
    prefix="A",
    answer_rule="cn-app-method-2019/complaint.answer",
    outcomes=("upheld", "rejected"),
    texts={"statement": CHARACTERS},
    subject=subjects.stop,
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (APPEAL,)}


def kind(name: str) -> Kind:
    """The kind of that name.

    Raises:
        CasesError: ``case_kind``.
    """
    try:
        return KINDS[name]
    except KeyError:
        raise CasesError(
            "case_kind",
            zh=f"没有“{name}”这类事项。可用的有：{'、'.join(KINDS)}。",
            en=f"There is no kind of case {name!r}. There are: {', '.join(KINDS)}.",
        ) from None
