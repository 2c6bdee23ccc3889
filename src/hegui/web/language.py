"""The two languages of every page, and the reader's choice between them.

Chinese comes first; English is complete too. A template never holds a sentence of its own.
"""

from collections.abc import Callable, Mapping
from typing import Literal
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

Language = Literal["zh", "en"]
#: Says a key in one language, its blanks filled; an unknown key is a KeyError.
Say = Callable[..., str]

COOKIE = "hegui-lang"
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_YEAR_SECONDS = 31_536_000


class Catalogues:
    """Everything one app says, a catalogue for each language.

    Args:
        zh: sentences by key, with blanks as ``str.format`` has them.
        en: the same keys and blanks.
    """

    def __init__(self, zh: Mapping[str, str], en: Mapping[str, str]) -> None:
        self.words: dict[Language, Mapping[str, str]] = {"zh": zh, "en": en}

    def speaker(self, lang: Language) -> Say:
        """A function that says a key in ``lang``."""
        words = self.words[lang]

        def say(key: str, /, **blanks: object) -> str:
            return words[key].format(**blanks) if blanks else words[key]

        return say


def asked(request: Request) -> Language | None:
    """The language that ``?lang=`` asks for now, or None; an unknown one asks for nothing."""
    value = request.query_params.get("lang")
    return value if value in _LANGUAGES else None


def chosen(request: Request) -> Language:
    """The reader's language: asked for now, else remembered in the cookie, else Chinese."""
    remembered = request.cookies.get(COOKIE)
    kept = remembered if remembered in _LANGUAGES else "zh"
    return asked(request) or kept


def remember(request: Request, response: Response, *, secure: bool) -> None:
    """Keep the language that was asked for just now."""
    now = asked(request)
    if now is not None:
        response.set_cookie(
            COOKIE, now, max_age=_YEAR_SECONDS, secure=secure, httponly=True, samesite="lax"
        )


def in_language(request: Request, lang: str) -> str:
    """The address of this page in another language; everything else in it stays."""
    query = {name: value for name, value in request.query_params.items() if name != "lang"}
    return f"{request.url.path}?{urlencode({**query, 'lang': lang})}"
