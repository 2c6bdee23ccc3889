"""How a duty stands. There is no word for "compliant": each state says what it rests on."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from hegui.law.words import Words


class Status(StrEnum):
    """The state of a duty, a control or a check, the most urgent first.

    ``no_occasion`` is calmer than ``met``, so that where several are taken together whatever was
    seen speaks for them, and where nothing was seen nothing is claimed.
    """

    OVERDUE = "overdue"
    NOT_MET = "not_met"
    STALE = "stale"  # shown once, but the evidence is too old
    NEEDS_PERSON = "needs_person"  # nothing that the house sees can show it
    DUE_SOON = "due_soon"
    MET = "met"
    NO_OCCASION = "no_occasion"  # asked for only when something occurs, and nothing did
    NOT_APPLICABLE = "not_applicable"


#: The shape of each, since no state is told by colour alone, and its word.
SAID: Mapping[Status, tuple[str, Words]] = MappingProxyType(
    {
        Status.OVERDUE: ("■", Words("已过期", "overdue")),
        Status.NOT_MET: ("▲", Words("未满足", "not met")),
        Status.STALE: ("◌", Words("证据过旧", "evidence too old")),
        Status.NEEDS_PERSON: ("✎", Words("需要人办理", "needs a person")),
        Status.DUE_SOON: ("◐", Words("即将到期", "due soon")),
        Status.MET: ("●", Words("已满足", "met")),
        Status.NO_OCCASION: ("◇", Words("尚无事例", "no occasion yet")),
        Status.NOT_APPLICABLE: ("○", Words("不适用", "not applicable")),
    }
)
_ORDER = {status: place for place, status in enumerate(Status)}


def worst(statuses: Iterable[Status]) -> Status:
    """The most urgent of several; ``not_applicable`` of none."""
    return min(statuses, key=_ORDER.__getitem__, default=Status.NOT_APPLICABLE)
