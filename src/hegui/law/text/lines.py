"""Lines of a text, and what kind of line each is."""

import re
from typing import NamedTuple

from hegui.law.errors import LawError
from hegui.law.text.numerals import CHINESE, number

#: Lines of one text; the longest code of law has some three thousand.
MOST_LINES = 20_000
#: They show nothing and stand between any two characters of a page.
_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff", "\xad")
_ENDS = "。！？；：.!?;:｡"
_CLOSING = "\"'”’」』》)）]】*_ "
_LEADER = ("..", "…", "··", "．．")
_NOTE_MARK = re.compile(r"[\[［〔]\d{1,3}[\]］〕]$")

_PAGE_NUMBER = re.compile(
    r"[-–—―－·\s]{0,6}(?:第\s?)?\d{1,4}\s?页?(?:\s?[/／,，共]{1,2}\s?\d{1,4}\s?页?)?[-–—―－·\s]{0,6}"
    r"|page\s\d{1,4}(?:\s(?:of|/)\s\d{1,4})?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[\[［〔](\d{1,3})[\]］〕]\s?\S|(?:脚注|注释?|注釋|註)\s?\d{0,3}\s?[:：]|note\s\d{0,3}\s?:",
    re.IGNORECASE,
)
_CHAPTER_ZH = re.compile(
    rf"第\s{{0,3}}([{CHINESE}\d]{{1,9}})\s{{0,3}}([编編章节節])(?!的|规定|規定)"
)
_CHAPTER_EN = re.compile(
    r"(Part|Chapter|Section)\s{1,3}(\d{1,3}|[IVXLC]{1,9})(?![\w])", re.IGNORECASE
)
#: What pages put before a line: a list's number, a bullet, signs of Markdown.
_FURNITURE = re.compile(r"(?:\d{1,3}\s?[.、．)）]\s{0,3}|[#*•·▪●○◦–—_-]{1,6}\s{0,3}){0,4}")
_LEVELS = {"编": 0, "編": 0, "part": 0, "章": 1, "chapter": 1, "节": 2, "節": 2, "section": 2}
_LONGEST = {"zh": 40, "en": 120}


class Line(NamedTuple):
    """A line with something on it.

    Attributes:
        text: without blanks at its ends.
        blank: whether an empty line stands before it.
        indent: how many blanks it begins with.
    """

    text: str
    blank: bool
    indent: int


class Chapter(NamedTuple):
    """A line that names a part, a chapter or a section.

    Attributes:
        language: ``zh`` or ``en``.
        level: 0 of a part, 1 of a chapter, 2 of a section.
        number: which one.
        titled: whether it has a title, and not only a number.
    """

    language: str
    level: int
    number: int
    titled: bool


def split(text: str, file: str) -> list[Line]:
    """The lines of a text that have something on them.

    Args:
        text: of any kind of line end.
        file: its name, for errors.

    Raises:
        LawError: ``text_lines``.
    """
    for char in _INVISIBLE:
        text = text.replace(char, "")
    rows = text.splitlines()
    if len(rows) > MOST_LINES:
        raise LawError(
            "text_lines",
            zh=f"文件 {file} 有 {len(rows)} 行，多于 {MOST_LINES} 行，没有读取。"
            "请只保存法律正文后重试。",
            en=f"The file {file} has {len(rows)} lines, more than {MOST_LINES}, and was not read. "
            "Save the law's text alone and try again.",
        )
    lines: list[Line] = []
    blank = False
    for row in rows:
        bare = row.strip()
        if bare:
            lines.append(Line(bare, blank, len(row) - len(row.lstrip())))
        blank = not bare
    return lines


def ended(text: str) -> bool:
    """Whether a line's end is a sentence's, and not a place where it was broken."""
    bare = _NOTE_MARK.sub("", text[-40:].rstrip(_CLOSING)).rstrip(_CLOSING)
    return bare.endswith(tuple(_ENDS)) and not bare.endswith(_LEADER)


def page_number(text: str) -> bool:
    """Whether a line is only the number of a page."""
    return len(text) <= 24 and _PAGE_NUMBER.fullmatch(text) is not None


def note(text: str) -> bool:
    """Whether a line begins a footnote."""
    return _NOTE.match(text) is not None


def note_number(text: str) -> str | None:
    """The number of the footnote that a line begins, or None."""
    found = _NOTE.match(text)
    return found[1] if found else None


def furniture(text: str) -> int:
    """How many characters at a line's start are a list's or the page's, and no part of it."""
    found = _FURNITURE.match(text)
    return found.end() if found else 0


def chapter(text: str) -> Chapter | None:
    """What a line names, if it is a heading above articles and nothing besides."""
    text = text[furniture(text) :].rstrip("*_ ")
    if len(text) > _LONGEST["en"] or ended(text):
        return None
    zh = _CHAPTER_ZH.match(text)
    if zh and len(text) <= _LONGEST["zh"] and (n := number(zh[1])):
        return Chapter("zh", _LEVELS[zh[2]], n, zh.end() < len(text))
    en = _CHAPTER_EN.match(text)
    if en and (n := number(en[2].upper())):
        rest = text[en.end() :].lstrip(" .:–—-")
        if not rest[:1].islower():
            return Chapter("en", _LEVELS[en[1].lower()], n, bool(rest))
    return None


def chapter_at_end(text: str) -> int:
    """The column at which a line's end names a chapter; the line's length where it doesn't."""
    window = max(0, len(text) - _LONGEST["en"])
    for pattern in (_CHAPTER_ZH, _CHAPTER_EN):
        for found in pattern.finditer(text, window):
            at = found.start()
            parted = at == 0 or text[at - 1].isspace() or ended(text[:at])
            if parted and chapter(text[at:]):
                return at
    return len(text)
