"""Places in a text where an article may begin, told from places that only mention one."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hegui.law.errors import LawError
from hegui.law.text.lines import Line, ended, furniture
from hegui.law.text.numerals import CHINESE, number

#: Places where a text names an article, at its beginning or not; long codes have some thousand.
MOST_PLACES = 10_000
_NAMED = {
    "zh": re.compile(rf"第\s{{0,3}}([{CHINESE}\d]{{1,9}})\s{{0,3}}[条條]"),
    "en": re.compile(r"[Aa](?:rticle|RTICLE|rt\.?|RT\.?)\s{1,3}(\d{1,4}|[IVXLC]{1,9})(?!\w)"),
}
#: What may stand between a heading and its article.
_BETWEEN = {"zh": " \t\u3000\xa0*_:：.", "en": " \t\u3000\xa0*_:.–—-"}
_SPACES = " \t\u3000\xa0*_"
#: What follows a mention: after a blank, and straight after the number.
_MENTIONS = (
    "的",
    "第",
    "、",
    "，",
    ",",
    "。",
    "；",
    ";",
    "款",
    "项",
    "項",
    "规定",
    "規定",
    "）",
    ")",
)
_MENTIONS_AT_ONCE = (
    *_MENTIONS, "和", "及", "或", "至", "与", "與", "之", "所",
    "中的", "中所", "以及", "以外", "以上", "以下",
)  # fmt: skip
#: What makes an English number a part of another: ``Article 4(1)``, ``20.2``, ``4-6``, ``7's``.
_PART = re.compile(r"[.(–—-]\d|[,;)\]'’/]")
_SENTENCE_BEFORE = "。！？；：.!?;:”」』）)】]》"
#: Words that lead to a mention, where a heading's own title might stand.
_LEADING = ("see", "under", "in", "and", "of", "ibid", "or", "to", "by", "with", "per", "the")


class Heading(NamedTuple):
    """Where an article may begin.

    Attributes:
        language: ``zh`` or ``en``.
        number: of the article.
        line: the index of its line.
        start: the column at which it begins, with what stands before it in its list.
        end: the column at which its own words begin.
        first: whether it is the first thing of its line.
        full: whether sentences follow before the next; a table of contents has none.
    """

    language: str
    number: int
    line: int
    start: int
    end: int
    first: bool
    full: bool = False


def headings(lines: list[Line], file: str) -> list[Heading]:
    """Every place where an article may begin, in the text's order, of both languages.

    Raises:
        LawError: ``text_places``.
    """
    found: list[Heading] = []
    places = 0
    for at, line in enumerate(lines):
        for language, named in _NAMED.items():
            for match in named.finditer(line.text):
                places += 1
                if places > MOST_PLACES:
                    raise _too_many(file)
                found.extend(_heading(line.text, at, language, match))
    found.sort(key=lambda one: (one.line, one.start))
    return list(_weighed(lines, found))


def _heading(text: str, line: int, language: str, match: re.Match[str]) -> Iterator[Heading]:
    n = number(match[1])
    if n is None:
        return
    start, rest = match.start(), text[match.end() : match.end() + 40]
    first = furniture(text) == start
    follows = _zh_follows if language == "zh" else _en_follows
    if not follows(rest, first) or not (first or _may_precede(text, start, language)):
        return
    own = match.end() + len(rest) - len(rest.lstrip(_BETWEEN[language]))
    yield Heading(language, n, line, 0 if first else start, own, first)


def _zh_follows(rest: str, first: bool) -> bool:
    bare = rest.lstrip(_SPACES)
    if not bare:
        return first
    if bare != rest:
        return not bare.startswith(_MENTIONS)
    return first and not rest.startswith(_MENTIONS_AT_ONCE)


def _en_follows(rest: str, first: bool) -> bool:
    bare = rest.lstrip(_BETWEEN["en"])
    if not bare or _PART.match(rest):
        return first and not bare
    return not bare[0].islower() and bare[0] not in ",;)]"


def _may_precede(text: str, start: int, language: str) -> bool:
    """Whether what stands before a heading within a line may be the end of something else."""
    before = text[max(0, start - 40) : start]
    bare = before.rstrip()
    if bare.endswith(tuple(_SENTENCE_BEFORE)):
        return True
    if bare == before:  # nothing parts them
        return False
    if language == "zh":
        return not bare.endswith(("“", "《", "（", "(", "、", "，", ","))
    word = bare.rsplit(None, 1)[-1].strip("(“\"'")
    return word[:1].isupper() and word.lower().rstrip(".") not in _LEADING


def _weighed(lines: list[Line], found: list[Heading]) -> Iterator[Heading]:
    """Says of each heading whether sentences follow it before the next of its language."""
    following: dict[str, Heading] = {}
    told: list[Heading] = []
    for one in reversed(found):
        until = following.get(one.language)
        told.append(one._replace(full=any(ended(text) for text in _between(lines, one, until))))
        following[one.language] = one
    yield from reversed(told)


def _between(lines: list[Line], one: Heading, until: Heading | None) -> Iterable[str]:
    last = until.line if until else len(lines)
    if until and until.line == one.line:
        yield lines[one.line].text[one.end : until.start]
        return
    yield lines[one.line].text[one.end :]
    for line in lines[one.line + 1 : last]:
        yield line.text
    if until and until.start:
        yield lines[last].text[: until.start]


def _too_many(file: str) -> LawError:
    return LawError(
        "text_places",
        zh=f"文件 {file} 提到条文多于 {MOST_PLACES} 处，没有读取。请只保存一部法律的正文后重试。",
        en=f"The file {file} names articles in more than {MOST_PLACES} places and was not read. "
        "Save the text of one law alone and try again.",
    )
