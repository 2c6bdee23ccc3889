"""What is found in a published text: articles, paragraphs, items, and what fits nowhere."""

import msgspec

from hegui.law.words import Words


class Item(msgspec.Struct, frozen=True):
    """An item of a paragraph (项).

    Attributes:
        number: as the text counts it, in Arabic digits.
        text: its words, without the number; parts of its own stand in lines of their own.
    """

    number: str
    text: str


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of an article (款); its place in the article is its number.

    Attributes:
        text: its words; before the items, where it has some.
        items: in the text's order.
    """

    text: str
    items: tuple[Item, ...] = ()


class Article(msgspec.Struct, frozen=True):
    """An article (条).

    Attributes:
        number: in Arabic digits.
        paragraphs: in the text's order; none where only its heading was found.
        chapter: the headings it stands under, as the text has them; empty where it has none.
    """

    number: str
    paragraphs: tuple[Paragraph, ...]
    chapter: str = ""


class Remark(msgspec.Struct, frozen=True):
    """Something about a text that a person should know before relying on it.

    Attributes:
        kind: ``missing``, ``repeated``, ``jump``, ``item``, ``run_on`` or ``other``; ``list`` and
            ``note`` of what was only left out.
        article: the article it is about; empty where it is about none.
        text: what was found, and what was made of it.
    """

    kind: str
    article: str
    text: Words

    @property
    def doubt(self) -> bool:
        """Whether it casts doubt on the articles, and doesn't only tell of marks left out."""
        return self.kind not in ("list", "note")


class Official(msgspec.Struct, frozen=True, kw_only=True):
    """One law in one language, as a published text has it.

    Every line of the text is in exactly one place: an article, the head, the tail, or unplaced.

    Attributes:
        language: ``zh`` or ``en``.
        articles: in the order of their numbers.
        head: lines before the first article, back to the law before it in the same text.
        tail: lines after the last article, unless another law follows.
        unplaced: lines between the first and the last article that are part of none: page
            numbers, notes, an article that stands twice.
        remarks: what is odd about it.
    """

    language: str
    articles: tuple[Article, ...]
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def article(self, number: str) -> Article | None:
        """An article by its number, or None."""
        return next((one for one in self.articles if one.number == number), None)

    @property
    def paragraphs(self) -> int:
        """How many paragraphs all articles have."""
        return sum(len(one.paragraphs) for one in self.articles)

    @property
    def items(self) -> int:
        """How many items all paragraphs have."""
        return sum(len(each.items) for one in self.articles for each in one.paragraphs)
