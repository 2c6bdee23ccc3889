"""From a published file to the laws in it."""

import re
from collections.abc import Iterable, Sequence

from hegui.law.errors import LawError
from hegui.law.text import ends, markup, remarks
from hegui.law.text.articles import Builder
from hegui.law.text.blocks import blocks, full_width, parted
from hegui.law.text.decode import decode
from hegui.law.text.headings import Heading, headings
from hegui.law.text.lines import Line, note_number, split
from hegui.law.text.run import LEAST, run
from hegui.law.text.shapes import Article, Official, Remark
from hegui.law.text.sheet import Law, lay

_LANGUAGES = ("zh", "en")
_NOTE_MARK = re.compile(r"\s?[\[［〔](\d{1,3})[\]］〕]")


def read(data: bytes, filename: str) -> tuple[Official, ...]:
    """Find the laws in a published text, whatever stands around them.

    An article begins where ``第N条`` or ``Article N`` stands as a heading, and the numbers run in
    order from 1; of several runs in one language the longest is the law.

    Args:
        data: plain text or a web page in UTF-8, UTF-16 or GB18030; at most 4 MB.
        filename: for errors; nothing follows from its ending.

    Returns:
        At most one law in each language, in the order in which they begin.

    Raises:
        LawError: ``text_without_articles`` when there is no law in it; ``text_size``,
            ``text_kind``, ``text_marks``, ``text_lines``, ``text_places``.
    """
    text = decode(data, filename)
    if markup.is_page(text):
        text = markup.plain(text, filename)
    lines = split(text, filename)
    found = headings(lines, filename)
    by_language = {one: [each for each in found if each.language == one] for one in _LANGUAGES}
    runs = {one: chosen for one, each in by_language.items() if (chosen := run(each))}
    if not runs:
        raise _nothing(found, filename)
    strays = {one: _strays(by_language[one], chosen) for one, chosen in runs.items()}
    laws = lay(lines, runs, [one for each in strays.values() for one in each])
    notes = {n for line in lines if (n := note_number(line.text))}
    tails = _tails(list(laws.values()))
    return tuple(
        _official(
            law,
            tails[law.language],
            notes,
            remarks.of_run(runs[law.language], strays[law.language])
            + _others(by_language[law.language], runs[law.language]),
        )
        for law in laws.values()
    )


def _strays(found: Sequence[Heading], chosen: Sequence[Heading]) -> list[Heading]:
    """Headings at the start of a line, among those chosen but none of them."""
    places = {one[2:4] for one in chosen}
    first, last = chosen[0][2:4], chosen[-1][2:4]
    return [
        one for one in found if one.first and first < one[2:4] < last and one[2:4] not in places
    ]


def _others(found: Sequence[Heading], chosen: Sequence[Heading]) -> list[Remark]:
    """Another law in the same language, before or after the one that was taken."""
    first, last = chosen[0][2:4], chosen[-1][2:4]
    before = run([one for one in found if one[2:4] < first])
    after = run([one for one in found if one[2:4] > last])
    return [remarks.other(each) for each in (before, after) if each]


def _tails(laws: Sequence[Law]) -> dict[str, list[Line]]:
    """Cuts what is no part of the last article; before another law, it is that law's head."""
    tails: dict[str, list[Line]] = {}
    for at, law in enumerate(laws):
        share = law.shares[-1]
        whole, _ = blocks(share.lines, None)
        keep = whole[ends.last(whole) - 1].upto if whole else 0
        rest = share.lines[keep:]
        del share.lines[keep:]
        later = [one for one in laws[at + 1 :] if one.shares[0].heading[2:4] > law.last[2:4]]
        if later:
            later[0].head[:0] = rest
        tails[law.language] = [] if later else rest
    return tails


def _official(law: Law, tail: list[Line], notes: set[str], found: list[Remark]) -> Official:
    full = full_width([line for share in law.shares for line in share.lines])
    articles: list[Article] = []
    unplaced = [line.text for line in law.unplaced if line.text]
    listed, marked = law.listed, 0
    for share in law.shares:
        lines, count = _without_marks(share.lines, notes)
        whole, aside = blocks(lines, full)
        builder = Builder(share.heading.number)
        builder.add(parted(whole))
        articles.append(builder.article(share.chapter))
        found += builder.remarks
        unplaced += aside
        listed, marked = listed + builder.listed, marked + count
    if listed:
        found.append(remarks.lists(listed))
    if marked:
        found.append(remarks.notes(marked))
    return Official(
        language=law.language,
        articles=tuple(articles),
        head=_texts(law.head),
        tail=_texts(tail),
        unplaced=tuple(unplaced),
        remarks=tuple(found),
    )


def _without_marks(lines: Iterable[Line], notes: set[str]) -> tuple[list[Line], int]:
    """Lines without the marks of footnotes that the text has, and how many there were."""
    kept: list[Line] = []
    count = 0

    def gone(match: re.Match[str]) -> str:
        nonlocal count
        if match[1] not in notes:
            return match[0]
        count += 1
        return ""

    for line in lines:
        start = 0 if note_number(line.text) is None else len(line.text)
        kept.append(line._replace(text=line.text[:start] + _NOTE_MARK.sub(gone, line.text[start:])))
    return kept, count


def _texts(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(line.text for line in lines if line.text)


def _nothing(found: Sequence[Heading], file: str) -> LawError:
    numbers = [str(one.number) for one in found[:12]]
    zh = (
        f"这样的行有 {len(found)} 处：第 {'、'.join(numbers)} 条" if found else "这样的行一处也没有"
    )
    en = f"{len(found)} lines begin so: {', '.join(numbers)}" if found else "no line begins so"
    return LawError(
        "text_without_articles",
        zh=f"在文件 {file} 中没有找到法律正文，没有导入。查找的是以“第…条”或“Article …”开头、"
        f"从第 1 条起依次排列的至少 {LEAST} 条；{zh}。请导入公布的全文，而不是介绍它的文章。",
        en=f"No law was found in {file}, and nothing was taken from it. Looked for: lines that "
        f"begin with 第…条 or Article …, at least {LEAST}, in order from 1; {en}. Give the "
        "published text itself, and no article about it.",
    )
