"""Everything the portal says, one catalogue for each language."""

from hegui.portal.words import appeals, mine
from hegui.portal.words.en import WORDS as EN
from hegui.portal.words.zh import WORDS as ZH
from hegui.web import shared_words
from hegui.web.language import Catalogues

CATALOGUES = Catalogues(
    {**shared_words.ZH, **ZH, **appeals.ZH, **mine.ZH},
    {**shared_words.EN, **EN, **appeals.EN, **mine.EN},
)
speaker = CATALOGUES.speaker

__all__ = ["CATALOGUES", "speaker"]
