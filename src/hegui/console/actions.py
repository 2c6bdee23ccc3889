"""Who may do what: four fixed roles, typed actions, and the one table that joins them."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is; the values stand in the database."""

    OWNER = "owner"
    OFFICER = "officer"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"


class Action(StrEnum):
    """What a route of the console needs; each needs exactly one."""

    ENTER = "enter"  # any member of staff: own session, own passphrase
    READ_OVERVIEW = "overview.read"
    READ_GENERATIONS = "generations.read"
    OPEN_TEXT = "text.open"
    READ_CASES = "cases.read"
    WORK_CASES = "cases.work"
    DECIDE_CASES = "cases.decide"
    READ_APPLICATIONS = "applications.read"
    MANAGE_APPLICATIONS = "applications.manage"
    READ_WORDS = "words.read"
    MANAGE_WORDS = "words.manage"
    READ_LEDGER = "ledger.read"
    VERIFY_LEDGER = "ledger.verify"
    READ_LAW = "law.read"
    ATTEST = "law.attest"
    LAW_SCOPE = "law.scope"
    READ_SETTINGS = "settings.read"
    READ_STAFF = "staff.read"
    MANAGE_STAFF = "staff.manage"


_READS = frozenset(action for action in Action if action.value.endswith(".read"))

#: What each role may do. Only a reviewer, who decides, opens sealed text besides the owner.
MATRIX: Mapping[Role, frozenset[Action]] = {
    Role.OWNER: frozenset(Action),
    Role.OFFICER: _READS
    | {
        Action.ENTER,
        Action.WORK_CASES,
        Action.MANAGE_APPLICATIONS,
        Action.MANAGE_WORDS,
        Action.ATTEST,
        Action.LAW_SCOPE,
        Action.VERIFY_LEDGER,
    },
    Role.REVIEWER: frozenset(
        {
            Action.ENTER,
            Action.READ_OVERVIEW,
            Action.READ_GENERATIONS,
            Action.OPEN_TEXT,
            Action.READ_CASES,
            Action.WORK_CASES,
            Action.DECIDE_CASES,
            Action.READ_WORDS,
            Action.READ_LAW,
            Action.READ_LEDGER,
            Action.VERIFY_LEDGER,
        }
    ),
    Role.AUDITOR: _READS | {Action.ENTER, Action.VERIFY_LEDGER},
}


def may(role: Role, action: Action) -> bool:
    """Whether a role may do something."""
    return action in MATRIX[role]


def who_may(action: Action) -> list[Role]:
    """The roles that may do something, the owner first."""
    return [role for role in Role if may(role, action)]
