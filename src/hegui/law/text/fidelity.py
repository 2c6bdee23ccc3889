"""A pack held against the official text: what one has and the other lacks."""

from enum import StrEnum

import msgspec

from hegui.law.pack import Pack
from hegui.law.provision import Provision
from hegui.law.text.shapes import Article, Official


class Part(StrEnum):
    """A part of a law."""

    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    ITEM = "item"


class Lack(msgspec.Struct, frozen=True):
    """A provision of the pack whose place the text doesn't have.

    Attributes:
        provision: its id.
        article: the article it names.
        part: what of it the text lacks.
        wanted: the number of that part, or the article's number.
        has: how many such parts the text has there; of articles, in all.
    """

    provision: str
    article: str
    part: Part
    wanted: str
    has: int


class Fidelity(msgspec.Struct, frozen=True, kw_only=True):
    """How a pack and the official text of its instrument fit.

    Attributes:
        language: of the text.
        articles: how many the text has.
        stated: how many the pack says the instrument has; 0 where it doesn't say.
        without_provision: articles of the text of which the pack tells nothing.
        without_duty: articles that it tells of, with nothing that a provider must do.
        without_article: provisions whose place the text doesn't have.
    """

    language: str
    articles: int
    stated: int
    without_provision: tuple[str, ...]
    without_duty: tuple[str, ...]
    without_article: tuple[Lack, ...]

    @property
    def fits(self) -> bool:
        """Whether each has what the other has; an article need not bear a duty."""
        counted = self.stated in (0, self.articles)
        return counted and not self.without_provision and not self.without_article


def fidelity(pack: Pack, official: Official) -> Fidelity:
    """Hold a pack's first instrument against its official text."""
    provisions = [one for one in pack.provisions if pack.instrument_of(one) is pack.instrument]
    told = {one.article for one in provisions}
    binding = {one.article for one in provisions if one.duties}
    numbers = [one.number for one in official.articles]
    return Fidelity(
        language=official.language,
        articles=len(numbers),
        stated=pack.instrument.articles,
        without_provision=tuple(one for one in numbers if one not in told),
        without_duty=tuple(one for one in numbers if one in told - binding),
        without_article=tuple(
            lack for one in provisions if (lack := _lack(one, official)) is not None
        ),
    )


def _lack(one: Provision, official: Official) -> Lack | None:
    article = official.article(one.article)
    if article is None:
        return Lack(one.id, one.article, Part.ARTICLE, one.article, len(official.articles))
    if one.paragraph is None:
        return None
    if one.paragraph > len(article.paragraphs):
        return Lack(
            one.id, one.article, Part.PARAGRAPH, str(one.paragraph), len(article.paragraphs)
        )
    return _lacks_item(one, article, one.paragraph)


def _lacks_item(one: Provision, article: Article, paragraph: int) -> Lack | None:
    items = article.paragraphs[paragraph - 1].items
    if one.item is None or str(one.item) in {each.number for each in items}:
        return None
    return Lack(one.id, one.article, Part.ITEM, str(one.item), len(items))
