"""The rule behind a deadline, as a reader is told of it: how long, by which clause of what."""

import msgspec

from hegui.law import LawError, Span, pack, parameter
from hegui.web.language import Language


class Rule(msgspec.Struct, frozen=True):
    """What a clock goes by.

    Attributes:
        span: how long, in words.
        title: of the instrument; empty for a rule of the provider's own.
        clause: where in the instrument.
        name: the rule's full name, as the evidence has it.
    """

    span: str
    title: str
    clause: str
    name: str


def rule(name: str, span: str, lang: Language) -> Rule:
    """The rule of a clock.

    Args:
        name: the law's parameter, or what the provider calls a rule of its own.
        span: how long the clock runs, e.g. ``15wd``.
        lang: the reader's language.
    """
    how_long = Span.parse(span).said.of(lang)
    try:
        found = parameter(name)
    except LawError:
        # Not a number of law, or of a pack that is no longer shipped: the name is what there is.
        return Rule(how_long, "", "", name)
    instrument = pack(found.pack).instrument_of(found)
    return Rule(how_long, instrument.title.of(lang), found.clause.of(lang), name)
