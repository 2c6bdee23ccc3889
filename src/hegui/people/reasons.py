"""The statement of reasons that every suspension carries, shown to the person whole.

Its fields are those of the EU's transparency database (Regulation (EU) 2022/2065, Art. 17 ¶3
and Art. 24 ¶5): ground, category, facts, whether found and decided by a machine, scope,
territory, dates, redress.
"""

from typing import Literal, Self

import msgspec

from hegui.people.errors import PeopleError

#: The harms that legal systems share. Only these can suspend a person: a provider's own category
#: and an opinion never do, and a person in distress is helped, so self-harm is not here either.
Category = Literal[
    "violence",
    "sexual_content",
    "abuse",
    "terrorism",
    "hatred",
    "fraud_malware",
    "personal_data",
    "others_rights",
]


class Reasons(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a person is suspended.

    Attributes:
        ground: against the law, or against the service agreement alone.
        reference: the provision or the paragraph of the agreement.
        category: which shared harm.
        facts: what happened, in words that the person can answer to.
        automated_detection: whether a machine found it.
        automated_decision: whether a machine took part in deciding. That a machine alone decided
            can't be said: a suspension is decided by a person.
        scope: what is suspended.
        territory: where it holds, two-letter country codes (ISO 3166-1).
        applied: from when, milliseconds since 1970, UTC.
        ends: until when, ``None`` while it has no end.
        redress: how and where to appeal to a person.
        decision: the decision's id, 32 hex digits; :func:`hegui.people.persons.suspend` gives it.
    """

    ground: Literal["illegal_content", "incompatible_content"]
    reference: str
    category: Category
    facts: str
    automated_detection: bool
    automated_decision: Literal["partially", "not_automated"]
    scope: str
    territory: tuple[str, ...]
    applied: int
    ends: int | None
    redress: str
    decision: str = ""

    def to_json(self) -> bytes:
        """The statement as it is stored and shown to programs."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """Read a statement.

        Raises:
            PeopleError: ``reasons_malformed``: a field is missing, empty or of another form, or
                it ends before it begins.
        """
        try:
            return msgspec.json.decode(data, type=cls).checked()
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _malformed(str(error)) from error

    def checked(self) -> Self:
        """This statement, if a person could answer to it.

        Raises:
            PeopleError: ``reasons_malformed``, as above.
        """
        for field in ("reference", "facts", "scope", "territory", "redress"):
            if not getattr(self, field):
                raise _malformed(f"{field} is empty")
        if not all(len(code) == 2 and code.isascii() and code.isupper() for code in self.territory):
            raise _malformed("territory has two-letter country codes, such as CN")
        if self.ends is not None and self.ends <= self.applied:
            raise _malformed("ends is not after applied")
        return self


def _malformed(why: str) -> PeopleError:
    return PeopleError(
        "reasons_malformed",
        zh=f"理由说明不完整或格式不对（{why}）。未作任何限制；请补全后重试。",
        en=f"The statement of reasons is not complete ({why}). "
        "Nothing was restricted; complete it and try again.",
    )
