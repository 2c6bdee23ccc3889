"""The room's one error."""

from hegui.errors import HeguiError


class PeopleError(HeguiError):
    """A person, an application or a key can't do what was asked.

    Args:
        code: stable code.
        zh: what happened, what is safe, what to do, in Chinese.
        en: the same in English.
        field: what is wrong of what was given, if it is one thing.
    """

    def __init__(self, code: str, *, zh: str, en: str, field: str = "") -> None:
        super().__init__(code, zh=zh, en=en)
        self.field = field


def person_unknown() -> PeopleError:
    """The error for an id that is nobody's."""
    return PeopleError(
        "person_unknown",
        zh="没有这个用户，可能已被删除。请让应用重新登记。",
        en="There is no such person; they may be erased. Let the application register them again.",
    )
