"""Everything the portal says, one catalogue for each language, and the choice between them.

Chinese comes first; English is complete too. A template never holds a sentence of its own.
"""

from collections.abc import Callable
from typing import Literal

from starlette.requests import Request

from hegui.portal.words.en import WORDS as EN
from hegui.portal.words.zh import WORDS as ZH

Language = Literal["zh", "en"]
Say = Callable[..., str]

CATALOGUES: dict[Language, dict[str, str]] = {"zh": ZH, "en": EN}
COOKIE = "hegui-lang"

__all__ = ["CATALOGUES", "COOKIE", "Language", "Say", "asked", "chosen", "speaker"]


def speaker(lang: Language) -> Say:
    """A function that says a key in ``lang``, its blanks filled; an unknown key is a KeyError."""
    words = CATALOGUES[lang]

    def say(key: str, /, **blanks: object) -> str:
        return words[key].format(**blanks) if blanks else words[key]

    return say


def asked(request: Request) -> Language | None:
    """The language that ``?lang=`` asks for now, or None; an unknown one asks for nothing."""
    value = request.query_params.get("lang")
    return value if value in CATALOGUES else None


def chosen(request: Request) -> Language:
    """The reader's language: asked for now, else remembered in the cookie, else Chinese."""
    remembered = request.cookies.get(COOKIE)
    kept = remembered if remembered in CATALOGUES else "zh"
    return asked(request) or kept
