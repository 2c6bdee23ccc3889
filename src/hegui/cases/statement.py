"""The statement of reasons of a decision, as it is written and as it is checked.

Its fields are those of the EU's transparency database (Regulation (EU) 2022/2065, Art. 17 ¶3 and
Art. 24 ¶5). That a machine alone decided can't be said: a case is decided by a person.
"""

import re
from typing import Literal, get_args

import msgspec

from hegui.cases.errors import CasesError
from hegui.cases.kinds import CHARACTERS, Kind
from hegui.cases.texts import checked

Ground = Literal["illegal_content", "incompatible_content", "none"]
AutomatedDecision = Literal["partially", "not_automated"]

#: The most characters of each short field.
SHORT = {"reference": 500, "category": 64, "scope": 500, "redress": 1000}
_TERRITORY = re.compile(r"[A-Z]{2}(,[A-Z]{2})*")
_TERRITORIES = 200


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Why a case was decided as it was.

    Attributes:
        outcome: one of the kind's outcomes.
        ground: against the law, against the service's own rules, or ``none`` when nothing was
            wrong after all.
        reference: the provision or the rule; may be empty with ground ``none``.
        category: the harm that was in question.
        facts: what the decision rests on.
        explanation: the decision in words for the filer.
        automated_detection: whether a machine found what the case is about.
        automated_decision: whether a machine took part in deciding: ``partially`` or
            ``not_automated``.
        scope: what the decision holds for.
        territory: where it holds, two-letter country codes (ISO 3166-1), comma between them.
        applied: from when, milliseconds since 1970, UTC.
        ends: until when, ``None`` while it has no end.
        redress: what else the filer can do.
    """

    outcome: str
    ground: Ground
    reference: str
    category: str
    facts: str
    explanation: str
    automated_detection: bool
    automated_decision: AutomatedDecision
    scope: str
    territory: str
    applied: int
    ends: int | None
    redress: str

    def checked(self, kind: Kind) -> "Statement":
        """This statement with its words as they are kept, if a person could answer to it.

        Raises:
            CasesError: ``case_statement`` or ``case_text``, with the field at fault.
        """
        _choice("outcome", self.outcome, kind.outcomes)
        _choice("ground", self.ground, get_args(Ground))
        _choice("automated_decision", self.automated_decision, get_args(AutomatedDecision))
        if len(self.territory) > _TERRITORIES or not _TERRITORY.fullmatch(self.territory):
            raise _wrong("territory", "应为两位国家代码，如 CN", "it has country codes, such as CN")
        if self.ends is not None and self.ends <= self.applied:
            raise _wrong("ends", "应晚于生效时间", "it comes after the start")
        optional = {"reference"} if self.ground == "none" else set()
        words = {
            field: checked(getattr(self, field), field, most, needed=field not in optional)
            for field, most in {**SHORT, "facts": CHARACTERS, "explanation": CHARACTERS}.items()
        }
        return msgspec.structs.replace(self, **words)

    def canonical(self) -> bytes:
        """The bytes that the ledger's commitment is made to: RFC 8785 JSON."""
        return msgspec.json.encode(self, order="sorted")


def _choice(field: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        said = "、".join(allowed)
        raise _wrong(field, f"应为其中之一：{said}", f"it is one of {', '.join(allowed)}")


def _wrong(field: str, zh: str, en: str) -> CasesError:
    return CasesError(
        "case_statement",
        zh=f"理由说明的“{field}”不对（{zh}）；没有作出决定。请改正后重试。",
        en=f"The field {field} of the statement of reasons is wrong ({en}); nothing was decided. "
        "Correct it and try again.",
        field=field,
    )
