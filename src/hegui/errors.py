"""The one base of all errors: a stable code, and a sentence in Chinese and English."""


class HeguiError(Exception):
    """Something a person can act on.

    Args:
        code: stable, lower case with underscores; documented in ``docs/errors.md``.
        zh: one Chinese sentence: what happened, what is safe, what to do.
        en: the same in English.
    """

    def __init__(self, code: str, *, zh: str, en: str) -> None:
        super().__init__(f"{code}: {en}")
        self.code = code
        self.zh = zh
        self.en = en
