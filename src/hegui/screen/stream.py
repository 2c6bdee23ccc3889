"""A text that comes piece by piece: what may leave now, and what waits.

What waits is exact: the characters from the earliest one at which a listed word may have begun
that the text so far does not decide. A position where no word can begin any more never matters
again, so each piece is looked at with the held tail before it and nothing else.
"""

from heapq import merge
from itertools import chain
from typing import NamedTuple

from hegui.screen import escape
from hegui.screen.finding import LONGEST_RUN, MOST_FINDINGS, Finding, obfuscation
from hegui.screen.index import Hit, Index
from hegui.screen.normal import EXPANDS, VANISHES, tables


class _Unit(NamedTuple):
    """One character: where it was fed, how it is written, and its normal form."""

    at: int
    source: str
    folded: str


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
        "_run",
        "_run_start",
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
        # The same character by character, while they are not one for one; else None.
        self._units: list[_Unit] | None = None
        self._open = ""  # an escape whose end has not come
        self._run = 0  # invisible characters in a row
        self._run_start = 0

    @property
    def held(self) -> int:
        """Original characters that wait."""
        return len(self._source) + len(self._open)

    def feed(self, text: str) -> str:
        """Takes the next piece and returns what is now cleared, before and within it."""
        if self.stopped is not None or not text:
            return ""
        piece = text.translate(self._table)
        if (
            self._units is not None
            or VANISHES in piece
            or EXPANDS in piece
            or (self._escaped and "\\" in text)
        ):
            return self._feed_units(text, last=False)
        before = len(self._folded)
        folded = self._folded + piece
        source = self._source + text
        self._fed += len(text)
        self._run = 0
        hits = self._index.hits(folded, before)
        if hits:
            first = self._fed - len(source)
            findings = [(hit, first + hit.start, first + hit.end) for hit in hits]
            stop = self._judge(...)
        cut = self._index.begun(folded)
        self._folded = folded[cut:]
        self._source = source[cut:]
        return source[:cut]
