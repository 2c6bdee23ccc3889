"""A screen: word packs compiled, for whole texts and for streams."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import merge

from hegui.screen.finding import LONGEST_RUN, MOST_FINDINGS, Finding, obfuscation
from hegui.screen.index import BLOCK, Index
from hegui.screen.normal import EXPANDS, VANISHES, marked, origins, unmarked
from hegui.screen.pack import Pack
from hegui.screen.stream import Stream

_LONG_RUN = re.compile(f"{VANISHES}{{{LONGEST_RUN + 1},}}")


class Screen:
    """Word packs compiled. Read-only after that: threads and streams may share one.

    A word is met wherever its normal form stands within the text's normal form, whatever stands
    around it.

    Attributes:
        fingerprint: SHA-256 over the packs' digests, hexadecimal; the packs' order does not matter.
        longest: characters of the longest word's normal form, 0 without words. A stream holds back
            at most one character less, in normal form.
    """

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._index = Index(packs)
        self.fingerprint = self._index.fingerprint
        self.longest = self._index.longest

    def scan(self, text: str) -> list[Finding]:
        """What a text holds, in the order in which the findings end; at most 100 of an action."""
        folded = marked(text)
        runs = (
            obfuscation(run.start(), run.start() + LONGEST_RUN + 1)
            for run in _LONG_RUN.finditer(folded)
        )
        told: Counter[str] = Counter()
        findings = []
        for finding in merge(self._words(text, folded), runs, key=lambda finding: finding.end):
            told[finding.action] += 1
            if told[finding.action] <= MOST_FINDINGS:
                findings.append(finding)
        return findings

    def clears(self, text: str) -> bool:
        """Whether a text plainly holds nothing: no listed word, no invisible character.

        Then a stream of it ends by itself, tells nothing and releases it unchanged. Quicker than
        :meth:`scan` for the texts that most are; where it is false a closer look is due.
        """
        if len(text) > BLOCK:
            return False
        folded = marked(text)
        if VANISHES in folded:
            return False
        if EXPANDS in folded:
            folded = unmarked(text, folded)
        return not self._index.meets(folded, 0)

    def first_stop(self, text: str) -> Finding | None:
        """The stop that a stream of this text would end at; none if it would end by itself."""
        stops = (found for found in self._words(text, marked(text)) if found.action == "stop")
        return next(stops, None)

    def stream(self, escaped: bool = False) -> Stream:
        """A new stream.

        Args:
            escaped: the text is the inside of a JSON string as written, such as the arguments of a
                tool call; an escape counts as the character it stands for.
        """
        return Stream(self._index, escaped=escaped)

    def _words(self, text: str, folded: str) -> Iterator[Finding]:
        origin: Sequence[int] | None = None
        for hit in self._index.all_hits(unmarked(text, folded)):
            # Offsets are led back only when there is something to tell.
            origin = origin or origins(text, folded)
            yield from self._index.findings(hit.word, origin[hit.start], origin[hit.end - 1] + 1)
