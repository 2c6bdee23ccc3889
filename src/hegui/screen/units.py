"""Characters that are not one for one with their normal form: how each is written, and where."""

from collections.abc import Sequence
from itertools import accumulate

from hegui.screen.finding import LONGEST_RUN, Finding, obfuscation
from hegui.screen.normal import EXPANDS, VANISHES, marked, tables


class Units:
    """Parallel lists with an item for each character.

    Attributes:
        places: its offset in all that was fed.
        sources: how it is written; more than one character for an escape.
        folds: its normal form; empty for an invisible one.
    """

    __slots__ = ("folds", "places", "sources")

    def __init__(self, places: list[int], sources: list[str], folds: list[str]) -> None:
        self.places = places
        self.sources = sources
        self.folds = folds

    def after(self, count: int) -> "Units":
        """All but the first ``count``."""
        return Units(self.places[count:], self.sources[count:], self.folds[count:])

    def owners(self) -> Sequence[int]:
        """For each character of the normal form, the number of the item it came from."""
        if "" not in self.folds and len("".join(self.folds)) == len(self.folds):
            return range(len(self.folds))
        return [number for number, fold in enumerate(self.folds) for _ in fold]


class Runs:
    """Counts invisible characters in a row, across pieces, and lets 64 of them through."""

    __slots__ = ("_count", "_start")

    def __init__(self) -> None:
        self._count = 0
        self._start = 0

    @property
    def open(self) -> bool:
        """Whether the last character was an invisible one."""
        return self._count > 0

    def take(self, units: Units, place: int, sources: list[str], chars: str) -> list[Finding]:
        """Appends characters to ``units``, all but what is cut, and returns the runs found.

        Args:
            units: what is held.
            place: the first character's offset in all that was fed.
            sources: how each character is written.
            chars: the characters.
        """
        if not chars:
            return []  # an escape has only begun: nothing came that could end a run
        folded = marked(chars)
        places = list(accumulate(map(len, sources), initial=place))
        if VANISHES not in folded and EXPANDS not in folded:
            self._count = 0
            units.places += places[:-1]
            units.sources += sources
            units.folds += folded
            return []
        found = []
        for number, fold in enumerate(folded):
            if fold != VANISHES:
                self._count = 0
            else:
                self._count += 1
                if self._count == 1:
                    self._start = places[number]
                elif self._count > LONGEST_RUN:
                    if self._count == LONGEST_RUN + 1:
                        found.append(obfuscation(self._start, places[number + 1]))
                    continue
            units.places.append(places[number])
            units.sources.append(sources[number])
            units.folds.append(_spelled(chars[number], fold))
        return found


def _spelled(char: str, fold: str) -> str:
    """A character's normal form, given its marked form."""
    if fold == VANISHES:
        return ""
    return tables()[1][char] if fold == EXPANDS else fold
