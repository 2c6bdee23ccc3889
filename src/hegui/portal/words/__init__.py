"""Everything the portal says, one catalogue for each language."""

from hegui.portal.words import appeals, check, mine, save
from hegui.portal.words.en import WORDS as EN
from hegui.portal.words.zh import WORDS as ZH
from hegui.web import shared_words
from hegui.web.language import Catalogues

CATALOGUES = Catalogues(
    {**shared_words.ZH, **ZH, **appeals.ZH, **mine.ZH, **check.ZH, **save.ZH},
    {**shared_words.EN, **EN, **appeals.EN, **mine.EN, **check.EN, **save.EN},
)
speaker = CATALOGUES.speaker

__all__ = ["CATALOGUES", "speaker"]
