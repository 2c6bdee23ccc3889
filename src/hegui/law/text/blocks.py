"""The lines of an article put together: what was broken over lines is joined again."""

import re
from typing import NamedTuple

from hegui.law.text.lines import Line, ended, note, page_number
from hegui.law.text.marks import Mark, mark, styles, within

_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
#: A line is as wide as the widest when it is no more than this many columns narrower.
_NEARLY = 6
#: Characters that tell a text's language.
_SAMPLE = 400


class Block(NamedTuple):
    """A stretch of an article that is one paragraph or item.

    Attributes:
        text: its words, without its mark.
        mark: of an item.
        blank: whether an empty line stands before it.
        upto: how many of the article's lines stand up to its end.
    """

    text: str
    mark: Mark | None
    blank: bool
    upto: int


def han(text: str) -> bool:
    """Whether a text is Chinese rather than English."""
    sample = text[:_SAMPLE]
    return 4 * len(_HAN.findall(sample)) >= len(sample)


def full_width(lines: list[Line]) -> int | None:
    """How wide a line is that goes on in the next, or None where lines are not broken.

    Lines of a file that was broken to a width mostly end within a sentence when they are as wide
    as the widest.
    """
    if not lines:
        return None
    nearly = max(_width(line.text) for line in lines) - _NEARLY
    wide = [line for line in lines if _width(line.text) >= nearly]
    broken = sum(not ended(line.text) for line in wide)
    return nearly if broken >= 3 and 2 * broken >= len(wide) else None


def _width(text: str) -> int:
    """In columns: Chinese characters take two."""
    return len(text.encode("gbk", "replace"))


def blocks(lines: list[Line], full: int | None) -> tuple[list[Block], list[str]]:
    """An article's lines as paragraphs and items, and the lines that are neither.

    Args:
        lines: the first has what stands behind the heading, and may be empty.
        full: as ``full_width`` tells it.
    """
    found: list[_Open] = []
    aside: list[str] = []
    turned = noting = False  # a page was turned; a footnote goes on
    for at, line in enumerate(lines):
        one = mark(line.text)
        if page_number(line.text):
            aside.append(line.text)
            turned = True
        elif note(line.text) or (noting and one is None and not line.blank):
            aside.append(line.text)
            noting = not ended(line.text)
        elif found and one is None and found[-1].goes_on(line, turned, full):
            found[-1].lines.append(line)
            found[-1].upto = at + 1
            turned = noting = False
        else:
            found.append(_Open(one, line, at + 1))
            turned = noting = False
    return [one.block() for one in found], aside


def _spaced(before: str, after: str, chinese: bool) -> bool:
    """Whether a blank stood where a line was broken between two characters."""
    if chinese:  # only between two words of another language
        return before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
    return bool(before)


def parted(whole: list[Block]) -> list[Block]:
    """Blocks whose items stand in one line with them, as one block each."""
    return [each for at in range(len(whole)) for each in _parted(whole, at)]


class _Open:
    """A block that may go on."""

    def __init__(self, mark: Mark | None, line: Line, upto: int) -> None:
        self.mark = mark
        self.lines = [line]
        self.upto = upto

    def goes_on(self, line: Line, turned: bool, full: int | None) -> bool:
        """Whether a line without a mark is the rest of this block."""
        last = self.lines[-1]
        if not last.text:
            return True
        if line.blank and not turned:
            return False
        if not ended(last.text):
            return True
        return full is not None and _width(last.text) >= full and line.indent <= last.indent

    def block(self) -> Block:
        """It as a whole."""
        texts = [one.text for one in self.lines]
        if self.mark:
            texts[0] = texts[0][self.mark.end :]
        chinese = han(max(texts, key=len))
        parts: list[str] = []
        for text in texts:
            if parts and _spaced(parts[-1][-1:], text[:1], chinese):
                parts.append(" ")
            parts.append(text)
        return Block("".join(parts), self.mark, self.lines[0].blank, self.upto)


def _parted(whole: list[Block], at: int) -> list[Block]:
    one = whole[at]
    then = whole[at + 1].mark if at + 1 < len(whole) else None
    if one.mark:
        marks = within(one.text, 0, one.mark.style, one.mark.number + 1)
    else:
        tries = (within(one.text, 0, style, 1) for style in styles())
        marks = max(tries, key=len)
        if len(marks) == 1 and not (then and (then.style, then.number) == (marks[0].style, 2)):
            marks = []
    if not marks:
        return [one]
    ends = [*(each.start for each in marks[1:]), len(one.text)]
    items = [
        Block(one.text[each.end : end].strip(), each, False, one.upto)
        for each, end in zip(marks, ends, strict=True)
    ]
    return [one._replace(text=one.text[: marks[0].start].strip()), *items]
