"""How the papers on duties tell things in one language."""

from datetime import date, datetime

from hegui.duties.export.words import GRADE, SAID, STATUS
from hegui.law import Grade, LawError, Modality, Span, Status, Words
from hegui.law.scope.answer import Applies
from hegui.law.status import SAID as STATUS_SAID
from hegui.papers import State, Term, Tone
from hegui.world import BEIJING


class Told:
    """Words, states and times in ``zh`` or ``en``."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, key: str, /, **blanks: object) -> str:
        """A sentence of the catalogue, its blanks filled."""
        words = self.of(SAID[key])
        return words.format(**blanks) if blanks else words

    def of(self, words: Words) -> str:
        """Words in this language."""
        return words.of(self.lang)

    def state(self, status: Status) -> State:
        """A status with its shape and its word."""
        (shape, word), tone = STATUS_SAID[status], STATUS[status][0]
        return State(status.value, shape, self.of(word), tone)

    def grade(self, grade: Grade) -> str:
        """A grade with what it means: ``P 已读原文``."""
        return f"{grade.value} {self.of(GRADE[grade][0])}"

    def modality(self, modality: Modality) -> str:
        """How binding something is."""
        return self(f"modality.{modality.value}")

    def answer(self, applies: Applies) -> Term:
        """Whether something applies."""
        code = str(applies.answer).lower()
        return Term(code, self(f"applies.{code}"))

    def side(self, *, against: bool) -> State:
        """On which side an entry is."""
        if against:
            return State("against", "▲", self("against"), Tone.URGENT)
        return State("for", "●", self("for"), Tone.GOOD)

    def why(self, applies: Applies) -> str:
        """The reasons, one after the other."""
        return ("" if self.lang == "zh" else " ").join(
            self.of(reason.text) for reason in applies.reasons
        )

    def value(self, value: str) -> str:
        """A number of law: a span in words, anything else as it stands."""
        try:
            return self.of(Span.parse(value).said)
        except LawError:  # a share, a count, a time of day
            return value

    def when(self, at: int) -> str:
        """A moment in Beijing, to the minute."""
        return moment(at).strftime("%Y-%m-%d %H:%M")


def moment(at: int) -> datetime:
    """Milliseconds since 1970 as a moment in Beijing, to the second."""
    return datetime.fromtimestamp(at // 1000, BEIJING)


def perhaps(at: int | None) -> datetime | None:
    """The same of what may never have been."""
    return None if at is None else moment(at)


def day(number: int) -> date:
    """A day from a number such as 20261122."""
    return date(number // 10_000, number // 100 % 100, number % 100)
