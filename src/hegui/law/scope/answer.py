"""The answer to "does this apply to us?", with its reasons."""

import msgspec

from hegui.law.words import Words


class Reason(msgspec.Struct, frozen=True):
    """One fact that decided, or would decide if it were known.

    Attributes:
        fact: the fact's name.
        text: what was answered and what that means, as a sentence.
        for_: whether it speaks for applying; ``None`` where the fact is unknown.
    """

    fact: str
    text: Words
    for_: bool | None


class Applies(msgspec.Struct, frozen=True):
    """Whether something applies to a service.

    Attributes:
        answer: yes, no, or ``None`` while a fact that decides is unknown.
        reasons: what decided; none where it applies to every service.
    """

    answer: bool | None
    reasons: tuple[Reason, ...] = ()
