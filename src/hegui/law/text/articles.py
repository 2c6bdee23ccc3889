"""The blocks of an article as paragraphs with their items."""

from collections.abc import Iterable

from hegui.law.text.blocks import Block
from hegui.law.text.marks import Mark
from hegui.law.text.shapes import Article, Item, Paragraph, Remark
from hegui.law.words import Words


class _Item:
    def __init__(self, mark: Mark, text: str) -> None:
        self.mark = mark
        self.sub: Mark | None = None  # the last of its own parts
        self.texts = [text]


class _Paragraph:
    def __init__(self, text: str) -> None:
        self.text = text
        self.items: list[_Item] = []


class Builder:
    """Puts one article together.

    Args:
        number: of the article.

    Attributes:
        remarks: what was odd.
        listed: how many numbers of a list were left out: web pages number on across articles.
    """

    def __init__(self, number: int) -> None:
        self.number = str(number)
        self.remarks: list[Remark] = []
        self.listed = 0
        self._paragraphs: list[_Paragraph] = []

    def add(self, blocks: Iterable[Block]) -> None:
        """Takes the article's blocks in their order."""
        for block in blocks:
            if block.mark is None:
                if block.text:
                    self._paragraphs.append(_Paragraph(block.text))
            else:
                self._marked(block.mark, block.text)

    def article(self, chapter: str) -> Article:
        """The article."""
        return Article(
            self.number,
            tuple(
                Paragraph(
                    one.text,
                    tuple(Item(str(item.mark.number), "\n".join(item.texts)) for item in one.items),
                )
                for one in self._paragraphs
            ),
            chapter,
        )

    def _marked(self, mark: Mark, text: str) -> None:
        items = self._paragraphs[-1].items if self._paragraphs else []
        last = items[-1] if items else None
        if last is None:
            if mark.number == 1 or mark.style != "dot":
                self._item(mark, text, expected=1)
            else:
                self._from_list(text)
        elif _continues(last, mark):
            last.sub = mark
            last.texts.append(f"{mark.number}. {text}")
        elif mark.number == last.mark.number + 1 or mark.style == last.mark.style != "dot":
            self._item(mark, text, expected=last.mark.number + 1)
        else:
            self._from_list(text)

    def _item(self, mark: Mark, text: str, expected: int) -> None:
        if not self._paragraphs:
            self._paragraphs.append(_Paragraph(""))
        self._paragraphs[-1].items.append(_Item(mark, text))
        if mark.number != expected:
            self.remarks.append(
                Remark(
                    "item",
                    self.number,
                    Words(
                        zh=f"第 {self.number} 条中，应为第 {expected} 项之处写作第 "
                        f"{mark.number} 项；已照原文保留。",
                        en=f"In article {self.number}, item {mark.number} stands where item "
                        f"{expected} should; it was kept as it is.",
                    ),
                )
            )

    def _from_list(self, text: str) -> None:
        """A paragraph that a page's list gave a number."""
        self.listed += 1
        self._paragraphs.append(_Paragraph(text))


def _continues(last: _Item, mark: Mark) -> bool:
    """Whether a mark numbers a part of the last item, and not the next item."""
    if mark.style == last.mark.style:
        return False
    return mark.number == (
        1 if last.sub is None or last.sub.style != mark.style else last.sub.number + 1
    )
