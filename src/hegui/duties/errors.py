"""The room's one error."""

from hegui.errors import HeguiError


class DutiesError(HeguiError):
    """A pack, a profile, a licence or an attestation can't be taken as it was given.

    Args:
        code: stable code.
        zh: what happened, what is safe, what to do, in Chinese.
        en: the same in English.
        field: what is wrong of what was given, if it is one thing.
    """

    def __init__(self, code: str, *, zh: str, en: str, field: str = "") -> None:
        super().__init__(code, zh=zh, en=en)
        self.field = field
