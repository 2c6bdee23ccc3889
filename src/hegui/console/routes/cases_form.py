"""The form in which a person writes a decision: filled before it is seen, read when it is sent."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from hegui.cases import CHARACTERS, CasesError, Kind, Statement
from hegui.cases.statement import SHORT
from hegui.console.routes.cases_subjects import Draft
from hegui.web.language import Language, Say
from hegui.world import BEIJING

#: An explanation says something from so many characters on.
LEAST_EXPLANATION = 20
#: The fields of the form in its order, each with the most characters it takes.
FIELDS: Mapping[str, int] = {
    "outcome": 16,
    "explanation": CHARACTERS,
    "facts": CHARACTERS,
    "ground": 32,
    "reference": SHORT["reference"],
    "category": SHORT["category"],
    "automated_detection": 3,
    "automated_decision": 16,
    "scope": SHORT["scope"],
    "territory": 200,
    "applied": 16,
    "ends": 16,
    "redress": SHORT["redress"],
}
#: What may stay empty: the end always, the reference when nothing was wrong.
_OPTIONAL = frozenset({"ends"})
#: A form of this size holds every field at its longest, each character in four bytes, escaped.
MOST_BYTES = 12 * (sum(FIELDS.values()) + 1000)
_FORMAT = "%Y-%m-%dT%H:%M"


class Form(msgspec.Struct, frozen=True):
    """A decision as far as it is written.

    Attributes:
        values: what stands in the fields, as typed.
        wrong: fields at fault, each with a sentence that says what to do.
        statement: the statement of reasons, once nothing is at fault.
    """

    values: Mapping[str, str]
    wrong: Mapping[str, str] = {}
    statement: Statement | None = None


def begin(draft: Draft, contact: str, say: Say) -> Form:
    """The form before anybody wrote in it: what is known stands there, facts and words do not."""
    return Form(
        {
            **dict.fromkeys(FIELDS, ""),
            "reference": draft.reference,
            "category": draft.category,
            "automated_detection": "yes" if draft.automated_detection else "no",
            "automated_decision": "not_automated",
            "scope": draft.scope,
            "territory": "CN",
            "applied": local(draft.applied),
            "redress": say("cases.redress", contact=contact),
        }
    )


def read(sent: Mapping[str, str], kind: Kind, lang: Language, say: Say) -> Form:
    """The form as it was sent: a statement of reasons, or what is at fault in which field."""
    values = {name: sent.get(name, "").replace("\r\n", "\n") for name in FIELDS}
    wrong = dict(_wrong(values, say))
    if wrong:
        return Form(values, wrong)
    try:
        statement = _statement(values).checked(kind)
    except CasesError as error:
        told = error.zh if lang == "zh" else error.en
        return Form(values, {error.field: told})
    return Form(values, {}, statement)


def local(ms: int) -> str:
    """A moment as a field of date and time holds it: Beijing time, to the minute."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(BEIJING).strftime(_FORMAT)


def _wrong(values: Mapping[str, str], say: Say) -> Mapping[str, str]:
    wrong = {}
    for name, most in FIELDS.items():
        value = values[name].strip()
        optional = name in _OPTIONAL or (name == "reference" and values["ground"] == "none")
        if not value and not optional:
            wrong[name] = say("cases.wrong.needed")
        elif len(value) > most:
            wrong[name] = say("cases.wrong.long", n=len(value), most=most)
        elif name == "explanation" and len(value) < LEAST_EXPLANATION:
            wrong[name] = say("cases.wrong.short", n=len(value), least=LEAST_EXPLANATION)
        elif value and name in {"applied", "ends"} and _moment(value) is None:
            wrong[name] = say("cases.wrong.moment")
    return wrong


def _statement(values: Mapping[str, str]) -> Statement:
    applied = _moment(values["applied"])
    return Statement(
        outcome=values["outcome"],
        ground=values["ground"],  # type: ignore[arg-type]  # checked() says what is wrong
        reference=values["reference"],
        category=values["category"],
        facts=values["facts"],
        explanation=values["explanation"],
        automated_detection=values["automated_detection"] == "yes",
        automated_decision=values["automated_decision"],  # type: ignore[arg-type]  # as above
        scope=values["scope"],
        territory=values["territory"].replace(" ", "").upper(),
        applied=applied or 0,
        ends=_moment(values["ends"]),
        redress=values["redress"],
    )


def _moment(text: str) -> int | None:
    """Milliseconds since 1970, UTC, of a date and time in Beijing; ``None`` for anything else."""
    try:
        at = datetime.strptime(text.strip(), _FORMAT).replace(tzinfo=BEIJING)
    except ValueError:
        return None
    return int(at.timestamp()) * 1000
