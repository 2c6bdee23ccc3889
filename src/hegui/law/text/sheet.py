"""Which line belongs to which article: a text laid out along the headings that were chosen."""

from collections.abc import Iterator, Mapping, Sequence

from hegui.law.text.headings import Heading
from hegui.law.text.lines import Chapter, Line, chapter, chapter_at_end, ended, furniture


class Share:
    """An article and its lines; the first is what stands behind its heading."""

    def __init__(self, heading: Heading, chapter: str) -> None:
        self.heading = heading
        self.chapter = chapter
        self.lines: list[Line] = []


class Law:
    """One law's lines.

    Attributes:
        language: ``zh`` or ``en``.
        head: before its first article.
        shares: its articles; the last takes all that follows it.
        unplaced: after an article and part of none.
        listed: how many of its headings a page's list has numbered.
    """

    def __init__(self, language: str, chosen: Sequence[Heading]) -> None:
        self.language = language
        self.head: list[Line] = []
        self.shares: list[Share] = []
        self.unplaced: list[Line] = []
        self.listed = 0
        self.last = chosen[-1]
        self._chapters: dict[int, str] = {}

    def under(self, found: Sequence[tuple[Chapter, Line]]) -> str:
        """The chapter that follows from the headings before an article."""
        for one, line in found:
            self.listed += numbered(line.text)
            kept = {level: text for level, text in self._chapters.items() if level < one.level}
            self._chapters = kept | {one.level: _title(line.text)}
        return " ".join(self._chapters.values())


class _Walk:
    """Where the lines go, as the text is walked through."""

    def __init__(self, laws: Mapping[str, Law], first: Law) -> None:
        self.laws = laws
        self.law = first
        self.sink = first.head
        self.pending: list[tuple[Chapter, Line]] = []  # headings that may be the next article's

    def put(self, line: Line) -> None:
        """A line without an article's heading."""
        named = chapter(line.text)
        if named:
            self.pending.append((named, line))
        elif self.pending and not self.pending[-1][0].titled and _may_title(line):
            one, before = self.pending[-1]
            titled = before._replace(text=f"{before.text} {line.text}")
            self.pending[-1] = (one._replace(titled=True), titled)
        else:
            self._flush(len(self.pending))
            self.sink.append(line)

    def open(self, heading: Heading) -> None:
        """An article begins."""
        law = self.laws[heading.language]
        own = _leading_to(heading, self.pending, first=not law.shares)
        self._flush(len(self.pending) - own)
        share = Share(heading, law.under(self.pending))
        self.pending = []
        law.shares.append(share)
        self.law, self.sink = law, share.lines

    def stray(self, heading: Heading) -> None:
        """An article begins that is none of the law's."""
        self._flush(len(self.pending))
        self.law = self.laws[heading.language]
        self.sink = self.law.unplaced

    def end(self) -> None:
        """The text is over."""
        self._flush(len(self.pending))

    def _flush(self, count: int) -> None:
        """Headings that lead to no article; what follows them is no part of the article before."""
        if not count:
            return
        shares = self.law.shares
        if shares and self.sink is shares[-1].lines and shares[-1].heading != self.law.last:
            self.sink = self.law.unplaced
        self.sink.extend(line for _, line in self.pending[:count])
        del self.pending[:count]


def lay(
    lines: Sequence[Line],
    runs: Mapping[str, Sequence[Heading]],
    strays: Sequence[Heading],
) -> dict[str, Law]:
    """The lines of each law, by language, in the order in which the laws begin.

    Args:
        lines: of the text.
        runs: by language, the headings of its articles; none is empty.
        strays: headings among them that are no part of a law.
    """
    ordered = sorted(runs.items(), key=lambda pair: (pair[1][0].line, pair[1][0].start))
    laws = {language: Law(language, chosen) for language, chosen in ordered}
    walk = _Walk(laws, next(iter(laws.values())))
    cuts: dict[int, list[Heading]] = {}
    apart = set(strays)
    for one in sorted([*strays, *(one for _, each in ordered for one in each)], key=_place):
        cuts.setdefault(one.line, []).append(one)
    for at, line in enumerate(lines):
        for heading, piece in _pieces(line, cuts.get(at, [])):
            if heading is None:
                walk.put(piece)
            elif heading in apart:
                walk.stray(heading)
                walk.sink.append(Line(line.text[heading.start : heading.end], line.blank, 0))
                walk.sink.append(piece)
            else:
                walk.open(heading)
                walk.sink.append(piece)
                walk.law.listed += heading.first and numbered(line.text)
    walk.end()
    return laws


def _place(one: Heading) -> tuple[int, int]:
    return one.line, one.start


def _pieces(line: Line, cuts: list[Heading]) -> Iterator[tuple[Heading | None, Line]]:
    """A line in parts: what stands before its headings, and each heading with its own words."""
    if not cuts:
        yield None, line
        return
    starts = [one.start for one in cuts]
    if starts[0]:
        yield from _ending(None, line.text[: starts[0]], line)
    for one, until in zip(cuts, [*starts[1:], len(line.text)], strict=True):
        if until < len(line.text):
            yield from _ending(one, line.text[one.end : until], line)
        else:
            yield one, Line(line.text[one.end :].strip(), False, line.indent)


def _ending(
    heading: Heading | None, text: str, line: Line
) -> Iterator[tuple[Heading | None, Line]]:
    """A part before a heading; a chapter at its end is a part of its own."""
    bare = text.rstrip()
    at = chapter_at_end(bare)
    if heading or at:
        blank = line.blank and heading is None
        yield heading, Line(bare[:at].strip(), blank, line.indent)
    if at < len(bare):
        yield None, Line(bare[at:], False, line.indent)


def _leading_to(heading: Heading, pending: Sequence[tuple[Chapter, Line]], first: bool) -> int:
    """How many of the last headings an article stands under: at most one of each level.

    More of one level are a table of contents, and so is a chapter other than the first before
    the first article.
    """
    count, level = 0, 3
    for one, _ in reversed(pending):
        if one.language != heading.language or one.level >= level:
            break
        count, level = count + 1, one.level
    if first and any(one.number != 1 for one, _ in pending[len(pending) - count :]):
        return 0
    return count


def numbered(text: str) -> bool:
    """Whether a heading has a list's number before it."""
    return text[:1].isdigit()


def _may_title(line: Line) -> bool:
    return len(line.text) <= 80 and not ended(line.text)


def _title(text: str) -> str:
    return text[furniture(text) :].strip("*_ ")
