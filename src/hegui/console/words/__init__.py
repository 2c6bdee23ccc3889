"""Everything the console says, one catalogue for each language, joined from its areas."""

from hegui.console.words import (
    applications,
    cases,
    frame,
    generations,
    law,
    law_export,
    law_scope,
    ledger,
    overview,
    settings,
    sign,
    staff,
    word_packs,
)
from hegui.web import shared_words
from hegui.web.language import Catalogues

AREAS = (
    shared_words,
    frame,
    sign,
    overview,
    generations,
    cases,
    applications,
    word_packs,
    law,
    law_export,
    law_scope,
    ledger,
    settings,
    staff,
)
CATALOGUES = Catalogues(
    {key: words for area in AREAS for key, words in area.ZH.items()},
    {key: words for area in AREAS for key, words in area.EN.items()},
)
speaker = CATALOGUES.speaker

__all__ = ["AREAS", "CATALOGUES", "speaker"]
