"""The trades of a demonstration, in the order in which they come to work each hour.

A later room adds its trade as one module here and one entry in :data:`TRADES`.
"""

from collections.abc import Mapping
from typing import ClassVar, Protocol

from hegui.demo.rhythm import Hour
from hegui.demo.town import Town
from hegui.demo.trades.appeals import Appeals
from hegui.demo.trades.applications import Applications
from hegui.demo.trades.auditors import Auditors
from hegui.demo.trades.law import Law
from hegui.demo.trades.media import Media
from hegui.demo.trades.operators import Operators
from hegui.demo.trades.readers import Readers
from hegui.demo.trades.reviewers import Reviewers
from hegui.demo.trades.words import Words


class Trade(Protocol):
    """People of one kind, who do something in some hours.

    Attributes:
        counted: what they count in ``Town.counts``, each with its words.
    """

    counted: ClassVar[Mapping[str, str]]

    def __init__(self, town: Town) -> None: ...

    async def hour(self, hour: Hour) -> None:
        """Live one hour. It may let time pass within it, through ``Town.move_to``."""
        ...

    async def close(self) -> None:
        """Go home: close what is open."""
        ...


TRADES: tuple[type[Trade], ...] = (
    Operators,
    Reviewers,
    Law,
    Words,
    Applications,
    Readers,
    Media,
    Appeals,
    Auditors,
)


def counted() -> dict[str, str]:
    """The words of everything that the trades count, trade by trade."""
    return {name: words for trade in TRADES for name, words in trade.counted.items()}
