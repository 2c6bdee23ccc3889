"""What the pages of the law share: words of a status, of a clause, of a rule's number."""

from collections.abc import Mapping
from typing import Any

from hegui.law import Book, LawError, Parameter, Span, Status, dated
from hegui.web.language import Language, Say

#: The pack that the house is for.
MEASURES = "cn-genai-measures-2023"
#: The kind of status that the parts and the stylesheet know.
KIND: Mapping[Status, str] = {
    Status.OVERDUE: "overdue",
    Status.NOT_MET: "not_met",
    Status.STALE: "stale",
    Status.NEEDS_PERSON: "person",
    Status.DUE_SOON: "due",
    Status.MET: "met",
    Status.NO_OCCASION: "idle",
    Status.NOT_APPLICABLE: "na",
}


def tools(book: Book, say: Say, lang: Language) -> dict[str, Any]:
    """What the templates of the law call."""
    return {
        "statuses": tuple(Status),
        "kind_of": lambda status: KIND[Status(status)],
        "word_of": lambda status: say(f"law.status.{Status(status)}"),
        "of": lambda words: words.of(lang),
        "worth": lambda value: worth(value, lang),
        "rule": lambda name: rule(book, name),
        "cite": lambda ref: cite(book, ref, lang),
        "day": dated,
    }


def worth(value: str, lang: Language) -> str:
    """A number of law as people read it: a span in words, a count in groups, else as it stands."""
    if value.isdigit():
        return f"{int(value):,}"
    try:
        return Span.parse(value).said.of(lang)
    except LawError:  # a share, a time of day
        return value


def rule(book: Book, name: str) -> Parameter | None:
    """A parameter by its full name; None for a rule that isn't there any more."""
    try:
        return book.parameter(name)
    except LawError:
        return None


def cite(book: Book, ref: str, lang: Language) -> str:
    """A provision as people cite it; as it stands where there is none of that name."""
    try:
        pack, found = book.pack(ref.partition("/")[0]), book.provision(ref)
    except LawError:
        return ref
    return f"{pack.instrument_of(found).short.of(lang)} {found.clause.of(lang)}"
