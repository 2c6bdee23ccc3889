"""A text that comes piece by piece: what may leave now, and what waits.

What waits is exact: the characters from the earliest one at which a listed word may have begun
that the text so far does not decide. A position where no word can begin any more never matters
again, so each piece is looked at with the held tail before it and nothing else.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge

from hegui.screen import escape
from hegui.screen.finding import MOST_FINDINGS, Finding
from hegui.screen.index import Index
from hegui.screen.normal import EXPANDS, VANISHES, tables
from hegui.screen.units import Runs, Units

#: Pieces longer than this are taken apart, so that one full of hits costs bounded memory.
_LONGEST_PIECE = 65_536


class Stream:
    """Clears a text for release as it comes. Made by ``Screen.stream``.

    What ``feed`` and ``finish`` return, joined, is the text that was fed, except that a stop ends
    it before the listed word, and that a run of more than 64 invisible characters is cut to 64.
    How the text is split makes no difference to that, to ``stopped`` or to ``reviews``.

    Attributes:
        stopped: the first stop; once set, nothing more is released.
        reviews: what a reviewer should see, up to the stop, in the order in which the findings
            end; at most 100.
    """

    __slots__ = (
        "_escaped",
        "_fed",
        "_folded",
        "_index",
        "_open",
        "_runs",
        "_source",
        "_table",
        "_units",
        "reviews",
        "stopped",
    )

    def __init__(self, index: Index, *, escaped: bool) -> None:
        self.stopped: Finding | None = None
        self.reviews: list[Finding] = []
        self._index = index
        self._escaped = escaped
        self._table = tables()[0]
        self._fed = 0
        # What is held, in original characters and in normal form.
        self._source = ""
        self._folded = ""
        # The same character by character, while the two are not one for one, a run of invisible
        # characters may go on, or the text was stopped.
        self._units: Units | None = None
        self._open = ""  # an escape whose end has not come
        self._runs = Runs()

    @property
    def held(self) -> int:
        """Original characters that wait."""
        return len(self._source) + len(self._open)

    def feed(self, text: str) -> str:
        """Takes the next piece and returns what is now cleared, before and within it."""
        if self._units is not None or len(text) > _LONGEST_PIECE:
            return self._feed_odd(text)
        piece = text.translate(self._table)
        folded = self._folded + piece
        if (
            VANISHES in piece
            or EXPANDS in piece
            or self._index.search(folded)
            or (self._escaped and "\\" in text)
        ):
            return self._feed_units(text)
        source = self._source + text
        cut = self._index.begun(folded)
        self._folded = folded[cut:]
        self._source = source[cut:]
        self._fed += len(text)
        return source[:cut]

    def finish(self) -> str:
        """Ends the text and returns what was still held."""
        cleared = self._feed_units("", last=True) if self._open else ""
        cleared += self._source
        self._source = self._folded = ""
        if self._units is not None:
            self._units = Units([], [], [])
        return cleared

    def _feed_odd(self, text: str) -> str:
        """The same as ``feed``, for what needs more than a look at the piece."""
        if self.stopped is not None:
            return ""
        if len(text) <= _LONGEST_PIECE:
            return self._feed_units(text)
        starts = range(0, len(text), _LONGEST_PIECE)
        return "".join([self.feed(text[at : at + _LONGEST_PIECE]) for at in starts])

    def _feed_units(self, text: str, *, last: bool = False) -> str:
        """The same as ``feed``, for any text: character by character."""
        units = self._units or self._held_units()
        runs = self._take(text, units, last=last)
        owners = units.owners()
        folded = "".join(units.folds)
        if runs or self._index.meets(folded, len(self._folded)):
            self._tell(self._met(folded, units, owners), runs)
        if self.stopped is not None:
            self._source = self._folded = self._open = ""
            self._units = Units([], [], [])
            return "".join(units.sources[: bisect_left(units.places, self.stopped.start)])
        cut = self._index.begun(folded)
        count = owners[cut] if cut < len(folded) else len(units.sources)
        self._hold(units.after(count))
        return "".join(units.sources[:count])

    def _tell(self, words: Iterator[Finding], runs: list[Finding]) -> None:
        """Keeps what is found up to the first stop."""
        for finding in merge(words, runs, key=lambda finding: finding.end):
            if finding.action == "stop":
                self.stopped = finding
                return
            if len(self.reviews) < MOST_FINDINGS:
                self.reviews.append(finding)

    def _held_units(self) -> Units:
        places = range(self._fed - len(self._source), self._fed)
        return Units(list(places), list(self._source), list(self._folded))

    def _take(self, text: str, units: Units, *, last: bool) -> list[Finding]:
        """Appends the piece's characters, long runs cut, and returns the runs' findings."""
        place = self._fed - len(self._open)
        self._fed += len(text)
        if not self._escaped:
            return self._runs.take(units, place, list(text), text)
        sources, chars, self._open = escape.split(self._open + text, last=last)
        return self._runs.take(units, place, sources, chars)

    def _met(self, folded: str, units: Units, owners: Sequence[int]) -> Iterator[Finding]:
        for hit in self._index.hits(folded, len(self._folded)):
            last = owners[hit.end - 1]
            end = units.places[last] + len(units.sources[last])
            yield from self._index.findings(hit.word, units.places[owners[hit.start]], end)

    def _hold(self, units: Units) -> None:
        self._source = "".join(units.sources)
        self._folded = "".join(units.folds)
        count = len(units.folds)
        plain = len(self._source) == count and isinstance(units.owners(), range)
        self._units = None if plain and not self._open and not self._runs.open else units
