"""All words of all packs, compiled: which occur in a text, and which might be about to.

Kept small, for every worker holds it: one string of all normal forms, sorted, two numbers a word
for where it begins and what the packs say of it, and the automaton. Spellings are kept only where
they differ.
"""

import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter

import msgspec
from daachorse import CharwiseDoubleArrayAhoCorasick

from hegui.screen.finding import Finding
from hegui.screen.normal import VANISHES
from hegui.screen.pack import Action, Pack, fold_word

#: Characters searched at once, so that a text full of hits costs bounded memory.
BLOCK = 65_536


class Kind(msgspec.Struct, frozen=True):
    """What a pack says of a word, but the word."""

    pack: str
    pack_version: str
    author: str
    category: str
    action: Action


def _entries(packs: Sequence[Pack]) -> list[tuple[str, Kind, str]]:
    """Normal form, kind and spelling of every word; by normal form, and stops before reviews."""
    kinds: dict[Kind, Kind] = {}
    entries = []
    for action in ("stop", "review"):
        for pack in packs:
            for word in pack.words:
                if word.action != action:
                    continue
                kind = Kind(pack.name, pack.version, pack.author, word.category, word.action)
                folded = fold_word(word.word)
                if folded == word.word:
                    folded = word.word  # one string for both
                entries.append((folded, kinds.setdefault(kind, kind), word.word))
    entries.sort(key=itemgetter(0))
    return entries


def _search(words: list[str]) -> Callable[[str], list[tuple[int, int, int]]]:
    """Finds all occurrences (start, end, number) of words, overlapping ones too."""
    if not words:
        return lambda _: []
    return CharwiseDoubleArrayAhoCorasick(words).find_overlapping


def _copied(text: str) -> str:
    """The same text as an object of its own, so that nothing keeps a pack's memory."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")


def _kept(kind: Kind) -> Kind:
    texts = (kind.pack, kind.pack_version, kind.author, kind.category)
    pack, version, author, category = map(_copied, texts)
    return Kind(pack, version, author, category, kind.action)


def _seconds(words: Sequence[str]) -> dict[str, str]:
    """Of sorted words of three characters and more: for each first one, the second ones.

    That takes a tenth of the memory of a set of pairs.
    """
    longer = (word for word in words if len(word) > 2)
    return {
        first: "".join(second for second, _ in groupby(group, key=itemgetter(1)))
        for first, group in groupby(longer, key=itemgetter(0))
    }


class Hit(msgspec.Struct, frozen=True, order=True, gc=False):
    """An occurrence in a normal form. Order: as a reader meets their ends, the longest first."""

    end: int
    start: int
    word: int


class _Sorted:
    """The normal forms, sorted: one string, of which each is taken when it is asked for."""

    def __init__(self, words: Sequence[str]) -> None:
        self._joined = "".join(words)
        self._bounds = array("I", accumulate(map(len, words), initial=0))

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __getitem__(self, at: int) -> str:
        return self._joined[self._bounds[at] : self._bounds[at + 1]]


class Index:
    """The compiled words. Read-only, so threads and streams share it.

    Attributes:
        fingerprint: SHA-256 over the packs' digests, hexadecimal; the packs' order does not matter.
        longest: characters of the longest normal form; 0 without words.
        search: finds all occurrences (start, end, word) in a normal form of modest length.
    """

    def __init__(self, packs: Sequence[Pack]) -> None:
        packs = sorted(packs, key=lambda pack: (pack.name, pack.version, pack.digest))
        digests = sorted(pack.digest for pack in packs)
        self.fingerprint = hashlib.sha256("\n".join(digests).encode()).hexdigest()
        self._kind_of = array("I")
        numbers: dict[tuple[Kind, ...], int] = {}
        words: list[str] = []
        spelled: list[tuple[str, ...]] = []
        for folded, listed in groupby(_entries(packs), key=itemgetter(0)):
            entries = list(listed)
            kinds = tuple(kind for _, kind, _ in entries)
            self._kind_of.append(numbers.setdefault(kinds, len(numbers)))
            spellings = tuple(spelling for _, _, spelling in entries)
            spelled.append(spellings if any(each != folded for each in spellings) else ())
            words.append(folded)
        self.longest = max(map(len, words), default=0)
        self._words = _Sorted(words)
        self.search = _search(words)
        # Beginnings of longer words. Of three characters they are rare enough in a text that the
        # few found can each be looked up, from the first word that begins so to the first that
        # begins as the next one does; at the very end of a text, two and one must do.
        thrice: dict[str, int] = {}
        for number, word in enumerate(words):
            if len(word) > 3:
                thrice.setdefault(word[:3], number)
        self._begun_thrice = _search(list(thrice))
        self._from = array("I", [*thrice.values(), len(words)])
        # The fourth character of each word, by which nearly all of the found are told to go on
        # otherwise.
        self._fourth = "".join([word[3] if len(word) > 3 else VANISHES for word in words])
        #: Where the text that a word could have begun in begins, from the end.
        self._reach = 1 - self.longest
        # Small objects last and as copies: among what is let go of here, each would keep a
        # megabyte from the system.
        self._begun_twice = _seconds(words)
        self._begun_once = {first for first, _ in groupby(word[0] for word in words if word[1:])}
        self._spellings = {n: [*map(_copied, each)] for n, each in enumerate(spelled) if each}
        self._kinds = [[*map(_kept, kinds)] for kinds in numbers]

    def meets(self, folded: str, after: int) -> bool:
        """Whether some occurrence ends past ``after``."""
        found = self.search(folded)
        return bool(found) and any(end > after for _, end, _ in found)

    def hits(self, folded: str, after: int = 0) -> list[Hit]:
        """The occurrences that end past ``after``, in order, of a normal form of modest length."""
        found = self.search(folded)
        return sorted(Hit(end, start, word) for start, end, word in found if end > after)

    def all_hits(self, folded: str) -> Iterator[Hit]:
        """The occurrences in order, of a normal form of any length."""
        back = max(self.longest - 1, 0)
        for start in range(0, len(folded), BLOCK):
            first = max(start - back, 0)
            for hit in self.hits(folded[first : start + BLOCK], start - first):
                yield Hit(hit.end + first, hit.start + first, hit.word)

    def begun(self, folded: str) -> int:
        """Where the earliest word begins that the text may yet complete; its length if none does.

        That is the first position from which the rest is a proper prefix of a word.
        """
        size = len(folded)
        near = folded[self._reach :]
        for start, end, beginning in self._begun_thrice(near):
            if end == len(near):
                return size - 3
            least, most = self._from[beginning], self._from[beginning + 1]
            if self._fourth.find(near[end], least, most) < 0:
                continue
            rest = near[start:]
            after = bisect_right(self._words, rest, least, most)
            if after < most and self._words[after].startswith(rest):
                return size - len(rest)
        if size > 1 and folded[-1] in self._begun_twice.get(folded[-2], ""):
            return size - 2
        if folded[-1:] in self._begun_once:
            return size - 1
        return size

    def findings(self, word: int, start: int, end: int) -> list[Finding]:
        """One finding for each pack that lists the word, stops first."""
        kinds = self._kinds[self._kind_of[word]]
        spellings = self._spellings.get(word) or [self._words[word]] * len(kinds)
        return [
            Finding(
                kind.pack,
                kind.pack_version,
                kind.author,
                kind.category,
                kind.action,
                spelling,
                start,
                end,
            )
            for kind, spelling in zip(kinds, spellings, strict=True)
        ]
